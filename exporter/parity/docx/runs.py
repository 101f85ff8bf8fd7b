"""Content of paragraphs: text with languages, links, note references, images, formulas (ISO/IEC 29500-1, 17.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import msgspec

from exporter.inspect.docx.package import Relation
from exporter.inspect.docx.xml import Element, name
from exporter.model.quotation_marks import closing_marks, quotation_marks
from exporter.parity.content import NOWHERE, QUOTES, InlineItem, letters
from exporter.parity.docx import office_math
from exporter.parity.docx.run_formats import RunFormat, read_format
from exporter.parity.docx.styles import GENERATED_TEXT, Roles
from exporter.parity.picture_files import PictureFile, as_shown

_SKIPPED = frozenset({name("mc:Fallback"), name("del"), name("moveFrom"), name("pPr"), name("rPr")})
_EMBEDDING = re.compile("[\u202a-\u202c]")
_AROUND_MARK = "\u202a\u202b\u202c\u202f "
"""Characters beside a quotation mark: embeddings, and spaces."""
_POINT = 12700
"""English Metric Units, below which sizes are rounded."""
_NOTE_FIELD = re.compile(r"\s*NOTEREF\s+(\S+)", re.IGNORECASE)
_SPACE, _XML_SPACES = "{http://www.w3.org/XML/1998/namespace}space", " \t\r\n"
_T, _R, _LINK = name("t"), name("r"), name("hyperlink")
_SPACES = {name("br"): " ", name("cr"): " ", name("tab"): " ", name("noBreakHyphen"): "\u2011"}


class Context(NamedTuple):
    """Data shared by the paragraphs of a part."""

    relations: Mapping[str, Relation]
    roles: Roles
    language: str
    """Of the document."""
    variables: Mapping[str, str]
    """Of the document (17.15.1.32)."""
    notes: Mapping[tuple[str, str], str]
    """Number of each note, from 1, by the kind and the identifier of its reference."""
    references: Mapping[str, str]
    """Number of each note by the bookmark on its reference."""
    picture: Callable[[str], PictureFile] = lambda _part: PictureFile()
    """Returns what is known of a picture by its part."""


class ParagraphContent(msgspec.Struct):
    """Content of a paragraph, collected run by run."""

    parts: list[str] = []
    runs: list[tuple[str, str]] = []
    styles: list[tuple[str, str]] = []
    marks: list[InlineItem] = []
    names: list[str] = []
    """Bookmarks that start in it."""
    lines: list[int] = []
    """Number of parts before each line end."""
    anchors: dict[int, str] = {}
    """Bookmark that a link refers to, by the index of its inline item."""


class Runs:
    """Collector of the runs of one paragraph.

    Args:
        context: Data shared by the paragraphs of the part.
        style: Style of the paragraph.
        content: Content to which it is added.
    """

    def __init__(self, context: Context, style: str, content: ParagraphContent | None = None) -> None:
        self.context = context
        self.style = style
        self.content = content or ParagraphContent()
        self._deferred_notes: list[InlineItem] | None = None
        """Note references inside a link, which follow it."""
        self._fields: list[list[str]] = []
        """Code of each open field, and the part of it that is being read."""
        self._abbreviation: int | None = None
        """Index of the abbreviation that may continue or be followed by its long form."""
        self._forms: dict[int, tuple[str, str]] = {}
        """Short and long form of the abbreviations, by the index of their inline items."""

        self._quotations: list[str] = []
        """Opening marks of the open short quotations."""
        self._overridden = False
        """Whether the order of characters is given by the file (17.3.2.3 bdo)."""

    def read(self, paragraph: Iterable[Element]) -> ParagraphContent:
        """Return the content of a paragraph."""
        self._children(paragraph)
        for index, (short, long) in self._forms.items():
            target = long.strip().removeprefix("(").removesuffix(")") or self._expansion(short)
            self.content.marks[index] = InlineItem("abbreviation", letters(short), target)
        return self.content

    def continued(self) -> Runs:
        """Return the collector of the next line of the paragraph, which is in the same short quotations."""
        following = Runs(self.context, self.style)
        following._quotations = self._quotations
        return following

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
                self.content.names.append(child.get(name("name")) or "")
            elif tag == name("m:oMath"):
                self._end_item()
                words = "".join(text.text or "" for text in child.iter(name("m:t")))
                structure, here = office_math.parts(child), len(self.content.parts)
                styles = frozenset({"quotation"} if self._quotations else ())
                formula = InlineItem("formula", "", words, structure=structure, before=here, styles=styles)
                self.content.marks.append(formula)
            elif isinstance(tag, str) and len(child):
                outer = self._overridden
                self._overridden = outer or tag == name("bdo")
                self._children(child)
                self._overridden = outer

    def _end_item(self) -> None:
        """End the current abbreviation."""
        self._abbreviation = None

    def _run(self, run: Element) -> None:
        run_format = read_format(run.find(name("rPr")), self.context.roles, self.style)
        for child in run:
            tag = child.tag
            if tag == name("fldChar"):
                self._field(child.get(name("fldCharType")) or "")
            elif tag == name("instrText"):
                if self._fields:
                    self._fields[-1][0] += child.text or ""
            elif any(field[1] == "begin" for field in self._fields) or run_format.hidden:
                continue
            elif tag == _T:
                text = child.text or ""
                # Word keeps spaces at the ends only where it is asked to (XML 1.0, 2.10).
                self._add_text(text if child.get(_SPACE) == "preserve" else text.strip(_XML_SPACES), run_format)
            elif tag == name("sym"):
                self._add_text("\ufffd", run_format)  # a character of a symbol font (17.3.3.30)
            elif tag in _SPACES:
                if tag in {name("br"), name("cr")}:
                    self.content.lines.append(len(self.content.parts))
                self._add_text(_SPACES[tag], run_format)
            elif tag in {name("footnoteReference"), name("endnoteReference")}:
                kind = "footnote" if tag == name("footnoteReference") else "endnote"
                self._note(self.context.notes.get((kind, child.get(name("id")) or ""), "?"))
            elif tag in {name("drawing"), name("pict")} or tag == name("mc:AlternateContent"):
                self._image(child)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", "begin"])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "shown"
            note = _NOTE_FIELD.match(self._fields[-1][0])
            if note:
                self._note(self.context.references.get(note[1], "?"))
                self._fields[-1][1] = "begin"  # its result is the number of the note
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, number: str) -> None:
        self._end_item()
        (self.content.marks if self._deferred_notes is None else self._deferred_notes).append(
            InlineItem("note", "", number, before=len(self.content.parts))
        )

    def _image(self, holder: Element) -> None:
        self._end_item()
        for drawing in holder.iter(name("wp:inline"), name("wp:anchor")):
            properties = drawing.find(name("wp:docPr"))
            if properties is None or next(drawing.iter(name("pic:pic")), None) is None:
                continue
            if any(flag.get("val") in {"1", "true"} for flag in properties.iter(name("adec:decorative"))):
                continue
            alt, extent = properties.get("descr") or None, drawing.find(f".//{name('wp:extent')}")
            width, height = (extent.get(side) or "" if extent is not None else "" for side in ("cx", "cy"))
            file, here = self._file(drawing), len(self.content.parts)
            self.content.marks.append(
                InlineItem(
                    *("picture", "", alt),
                    structure=file.digest,
                    shape=as_shown(file.shape, width, height, _POINT),
                    width=width,
                    before=here,
                )
            )

    def _file(self, drawing: Element) -> PictureFile:
        """Return what is known of the file that a drawing shows."""
        picture = next(drawing.iter(name("a:blip")), None)
        relation = self.context.relations.get(picture.get(name("r:embed")) or "") if picture is not None else None
        is_part = relation is not None and not relation.external
        return self.context.picture(relation.target) if relation is not None and is_part else PictureFile()

    def _link(self, link: Element) -> None:
        self._end_item()
        before, self._deferred_notes, marks = len(self.content.parts), [], len(self.content.marks)
        self._children(link)
        if marks == len(self.content.marks) and not "".join(self.content.parts[before:]).strip():
            self.content.marks += self._deferred_notes
            self._deferred_notes = None
            return  # the link shows nothing to click
        text = "".join(self.content.parts[before:])
        words, quotes = letters(text), str(len(QUOTES.findall(text)))
        anchor, identifier, title = link.get(name("anchor")), link.get(name("r:id")), link.get(name("tooltip")) or ""
        if identifier is not None:
            relation = self.context.relations.get(identifier)
            target = relation.target if relation is not None and relation.external else "nowhere"
            item = InlineItem("link", words, target, title=title, structure=quotes)
        else:
            identifier = self.context.variables.get(f"bookmark:{anchor}", anchor or "")
            item = InlineItem("link", words, f"#{identifier}", (NOWHERE,), title=title, structure=quotes)
            self.content.anchors[len(self.content.marks)] = anchor or ""
        self.content.marks.append(item)
        end = len(self.content.parts)
        self.content.marks += (msgspec.structs.replace(note, before=end) for note in self._deferred_notes)
        self._deferred_notes = None
        self._end_item()

    def _add_text(self, text: str, run_format: RunFormat) -> None:
        if self.context.roles.has_role(run_format.style, *GENERATED_TEXT):
            self._end_item()
            if self.context.roles.has_role(run_format.style, "quotationmark"):
                self._quotation(text.strip(_AROUND_MARK), run_format.language or self.context.language)
            return
        if self.context.roles.has_role(run_format.style, "expansion"):
            self._expand(text)
            return
        self.content.runs.append((run_format.language or self.context.language, text))
        styles = run_format.styles | ({"quotation"} if self._quotations else set())
        styles |= {"override"} if self._overridden else set()
        self.content.styles.append((" ".join(sorted(styles)), text))
        self.content.parts.append(text)
        marks = self.content.marks
        if run_format.code:
            marks.append(InlineItem("code", letters(text)))
        if not self.context.roles.has_role(run_format.style, "abbreviation"):
            self._abbreviation = None
            return
        if self._abbreviation is None or self._is_complete(*self._forms[self._abbreviation]):
            self._abbreviation = len(marks)
            marks.append(InlineItem("abbreviation"))
        before, _ = self._forms.get(self._abbreviation, ("", ""))
        self._forms[self._abbreviation] = (before + text, "")

    def _quotation(self, mark: str, language: str) -> None:
        """Begin or end a short quotation."""
        inner, _ = quotation_marks(language, len(self._quotations))
        if self._quotations and mark in closing_marks(self._quotations[-1]) and mark != inner.strip():
            self._quotations.pop()
        else:
            self._quotations.append(mark)

    def _expand(self, text: str) -> None:
        """Add the long form of an abbreviation, which follows it in brackets."""
        if self._abbreviation is not None:
            short, long = self._forms[self._abbreviation]
            self._forms[self._abbreviation] = (short, long + _EMBEDDING.sub("", text))

    def _is_complete(self, short: str, long: str) -> bool:
        """Return whether text that follows in the same style is another abbreviation."""
        return bool(long) or self._expansion(short) is not None

    def _expansion(self, short: str) -> str | None:
        """Return the long form of an abbreviation, with or without embedding characters, or None if unknown."""
        keys = (f"abbreviation:{form}" for form in (short, _EMBEDDING.sub("", short)))
        return next((self.context.variables[key] for key in keys if key in self.context.variables), None)
