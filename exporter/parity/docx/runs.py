"""What a paragraph says: words with their languages, links, marks of notes, pictures, formulas (ISO 29500-1, 17.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from exporter.inspect.docx.package import Relation
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.parity.content import NOWHERE, InlineItem, letters
from exporter.parity.docx.styles import OUR_WORDS, Roles

_SKIPPED = frozenset({name("mc:Fallback"), name("del"), name("moveFrom"), name("pPr"), name("rPr")})
_EMBEDDED = re.compile("[\u202a\u202b]")
_RTL_EMBEDDED = "\u202b"
_POP = "\u202c"
_STEERING = re.compile("[\u202a-\u202c]")
_NOTE_FIELD = re.compile(r"\s*NOTEREF\s+(\S+)", re.IGNORECASE)
_T, _R, _LINK = name("t"), name("r"), name("hyperlink")
_BLANKS = {name("br"): " ", name("cr"): " ", name("tab"): " ", name("noBreakHyphen"): "\u2011"}


class Look(NamedTuple):
    """What the properties of a run say, as far as it matters here."""

    style: str
    language: str | None
    """None: a stretch against the direction around it, whose language nothing says."""
    own: bool
    """Whether the run says its language itself."""
    rtl: bool
    code: bool
    hidden: bool
    key: tuple[object, ...]
    """By what two neighbouring runs are the same piece of code."""


class Context(NamedTuple):
    """What the paragraphs of one part have in common."""

    relations: Mapping[str, Relation]
    roles: Roles
    languages: Mapping[str, str]
    """Of the document, by kind of script: val, bidi."""
    variables: Mapping[str, str]
    """Of the document (17.15.1.32)."""
    notes: Mapping[tuple[str, str], str]
    """Number of each note, from 1, by the kind and the identifier of its reference."""
    references: Mapping[str, str]
    """Number of each note by the bookmark on its reference."""


class Said(msgspec.Struct):
    """A paragraph while it is gathered."""

    parts: list[str] = []
    runs: list[tuple[str | None, str]] = []
    marks: list[InlineItem] = []
    names: list[str] = []
    """Bookmarks that begin in it."""
    lines: list[int] = []
    """How many parts there are at each line end."""
    anchors: dict[int, str] = {}
    """Bookmark that a link leads to, by the place of its mark."""


class Runs:
    """Gathers what runs of a paragraph say; one for each paragraph.

    Args:
        context: What is the same for the whole part.
        rtl: Whether the paragraph runs from right to left.
        foreign: Whether it is in another language than the document.
        said: What is gathered already.
    """

    def __init__(self, context: Context, *, rtl: bool, foreign: bool = False, said: Said | None = None) -> None:
        self.context, self.rtl, self.foreign = context, rtl, foreign
        self.said = said or Said()
        self._behind: list[InlineItem] | None = None
        """Marks of notes inside a link; they stand behind it."""
        self._fields: list[list[str]] = []
        """Code of each open field, and in which of its parts the reading stands."""
        self._code: tuple[object, ...] | None = None
        self._short: int | None = None
        """Where the mark of the abbreviation lies that goes on, or that a long form may follow."""
        self._forms: dict[int, tuple[str, str]] = {}
        """Short and long form of the abbreviations, by the place of their marks."""
        self._embedded: bool | None = None
        """Direction of the passage between marks of embedding: whether it is from right to left."""

    def read(self, paragraph: Iterable[Element]) -> Said:
        """Return what a paragraph says."""
        self._children(paragraph)
        for place, (short, long) in self._forms.items():
            written = long.strip().removeprefix("(").removesuffix(")")
            target = written or self._meaning(short)
            self.said.marks[place] = InlineItem("abbreviation", letters(short), target)
        return self.said

    def _children(self, parent: Iterable[Element]) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == _R:
                self._run(child)
            elif tag == _LINK:
                self._link(child)
            elif tag == name("bookmarkStart"):
                self.said.names.append(child.get(name("name")) or "")
            elif tag == name("m:oMath"):
                self._plain()
                words = "".join(each.text or "" for each in child.iter(name("m:t")))
                self.said.marks.append(InlineItem("formula", "", words))
            elif isinstance(tag, str) and len(child):
                self._children(child)

    def _plain(self) -> None:
        """What follows is another piece of code, and no long form of the abbreviation before."""
        self._code, self._short = None, None

    def _run(self, run: Element) -> None:
        look = self._look(run.find(name("rPr")))
        for child in run:
            tag = child.tag
            if tag == name("fldChar"):
                self._field(child.get(name("fldCharType")) or "")
            elif tag == name("instrText"):
                if self._fields:
                    self._fields[-1][0] += child.text or ""
            elif any(field[1] == "begin" for field in self._fields) or look.hidden:
                continue
            elif tag == _T:
                self._say(child.text or "", look)
            elif tag in _BLANKS:
                if tag in {name("br"), name("cr")}:
                    self.said.lines.append(len(self.said.parts))
                self._say(_BLANKS[tag], look)
            elif tag in {name("footnoteReference"), name("endnoteReference")}:
                kind = "footnote" if tag == name("footnoteReference") else "endnote"
                self._note(self.context.notes.get((kind, child.get(name("id")) or ""), "?"))
            elif tag in {name("drawing"), name("pict")} or tag == name("mc:AlternateContent"):
                self._picture(child)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", "begin"])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "shown"
            note = _NOTE_FIELD.match(self._fields[-1][0])
            if note:
                self._note(self.context.references.get(note[1], "?"))
                self._fields[-1][1] = "begin"  # what it shows is the number of the note
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, number: str) -> None:
        self._plain()
        (self.said.marks if self._behind is None else self._behind).append(InlineItem("note", "", number))

    def _picture(self, holder: Element) -> None:
        self._plain()
        for frame in holder.iter(name("wp:inline"), name("wp:anchor")):
            identity = frame.find(name("wp:docPr"))
            if identity is None or next(frame.iter(name("pic:pic")), None) is None:
                continue
            if any(each.get("val") in {"1", "true"} for each in identity.iter(name("adec:decorative"))):
                continue
            self.said.marks.append(InlineItem("picture", "", identity.get("descr") or None))

    def _link(self, link: Element) -> None:
        self._plain()
        before, self._behind, marks = len(self.said.parts), [], len(self.said.marks)
        self._children(link)
        if (before, marks) == (len(self.said.parts), len(self.said.marks)):
            self.said.marks += self._behind
            self._behind = None
            return  # nobody could click it
        words = letters("".join(self.said.parts[before:]))
        anchor, identifier = link.get(name("anchor")), link.get(name("r:id"))
        if identifier is not None:
            relation = self.context.relations.get(identifier)
            target = relation.target if relation is not None and relation.external else "nowhere"
            made = InlineItem("link", words, target)
        else:
            known = self.context.variables.get(f"bookmark:{anchor}", anchor or "")
            made = InlineItem("link", words, f"#{known}", (NOWHERE,))
            self.said.anchors[len(self.said.marks)] = anchor or ""
        self.said.marks.append(made)
        self.said.marks += self._behind
        self._behind = None
        self._plain()

    def _say(self, text: str, look: Look) -> None:
        if self.context.roles.is_(look.style, *OUR_WORDS):
            self._plain()
            return
        if self.context.roles.is_(look.style, "expansion"):
            self._expand(text)
            return
        self._embed(text, look)
        self.said.parts.append(text)
        words, marks = letters(text), self.said.marks
        if look.code:
            if self._code == look.key and marks and marks[-1].kind == "code":
                marks[-1] = msgspec.structs.replace(marks[-1], text=marks[-1].text + words)
            else:
                marks.append(InlineItem("code", words))
        self._code = look.key if look.code else None
        if not self.context.roles.is_(look.style, "abbreviation"):
            self._short = None
            return
        if self._short is None or self._is_whole(*self._forms[self._short]):
            self._short = len(marks)
            marks.append(InlineItem("abbreviation"))
        before, _ = self._forms.get(self._short, ("", ""))
        self._forms[self._short] = (before + text, "")

    def _expand(self, text: str) -> None:
        """Take a long form, which stands in brackets behind the short one."""
        if self._short is not None:
            short, long = self._forms[self._short]
            self._forms[self._short] = (short, long + _STEERING.sub("", text))

    def _is_whole(self, short: str, long: str) -> bool:
        """Return whether what follows in the same style is another abbreviation."""
        return bool(long) or self._meaning(short) is not None

    def _meaning(self, short: str) -> str | None:
        """Return what a short form stands for, written with or without marks of embedding."""
        names = (short, _STEERING.sub("", short))
        variables = self.context.variables
        return next((variables[f"abbreviation:{each}"] for each in names if f"abbreviation:{each}" in variables), None)

    def _embed(self, text: str, look: Look) -> None:
        """Take the language of words; a passage between marks of embedding has a direction of its own."""
        if _EMBEDDED.match(text):
            self._embedded = text[0] == _RTL_EMBEDDED
        kind = "bidi" if look.rtl else "val"
        base = self.rtl if self._embedded is None else self._embedded
        against = look.rtl != base and (self.foreign or self._embedded is not None)
        language = look.language if look.own else None if against else self.context.languages.get(kind, "")
        self.said.runs.append((language, text))
        if text.endswith(_POP):
            self._embedded = None

    def _look(self, properties: Element | None) -> Look:
        if properties is None:
            return Look("", None, own=False, rtl=False, code=False, hidden=False, key=())
        style = _value(properties, "rStyle")
        rtl = is_on(properties.find(name("rtl")))
        code = is_on(properties.find(name("noProof"))) or self.context.roles.is_(style, "verbatimchar")
        parts = ("b", "i", "strike")
        key = (style, *(is_on(properties.find(name(part))) for part in parts), _value(properties, "vertAlign"))
        said = properties.find(name("lang"))
        own = said.get(name("bidi" if rtl else "val")) if said is not None else None
        hidden = is_on(properties.find(name("vanish")))
        return Look(style, own, own=bool(own), rtl=rtl, code=code, hidden=hidden, key=key)


def _value(properties: Element, tag: str) -> str:
    element = properties.find(name(tag))
    return (element.get(name("val")) or "") if element is not None else ""
