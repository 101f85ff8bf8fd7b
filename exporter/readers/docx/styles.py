"""Styles, and what a paragraph or run is once all that it inherits is known (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from exporter.inspect.docx import Styles
from exporter.inspect.docx.styles import BODY_TEXT
from exporter.inspect.docx.xml import VAL, Element, is_on, length, name, number, value
from exporter.readers.docx.roles import PLAIN, Meaning, Role, Roles, WordRole

_P_STYLE, _R_STYLE, _LANG = name("pStyle"), name("rStyle"), name("lang")
_SUBTLE = frozenset({"", "none"})
_NO_LANGUAGE = frozenset({"x-none", "none", "zxx", "und", "*", "x-nolang"})


class CharacterFormat(msgspec.Struct, frozen=True, gc=False):
    """How a run looks and in which languages it is; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    underline: bool | None = None
    hidden: bool | None = None
    vertical: str | None = None
    """superscript, subscript or baseline."""
    rtl: bool | None = None
    language: str | None = None
    language_bidi: str | None = None
    language_asia: str | None = None
    font: str | None = None
    role: WordRole | None = None

    def over(self, below: CharacterFormat) -> CharacterFormat:
        """Return this with what `below` says where it says nothing itself."""
        if below is NO_CHARACTER_FORMAT:
            return self
        if self is NO_CHARACTER_FORMAT:
            return below
        said = {field: getattr(below, field) for field in self.__struct_fields__ if getattr(self, field) is None}
        return msgspec.structs.replace(self, **said) if any(part is not None for part in said.values()) else self


NO_CHARACTER_FORMAT = CharacterFormat()


class ParagraphFormat(msgspec.Struct, frozen=True, gc=False):
    """What a paragraph is: by itself, or by its style with all that this is based on. None where nothing is said."""

    meaning: Meaning | None = None
    outline: int | None = None
    """From 0; 9 for plain text."""
    number: int | None = None
    """Instance of a list; 0 takes the paragraph out of its list."""
    level: int | None = None
    bidi: bool | None = None
    alignment: str | None = None
    left: int | None = None
    keep_next: bool | None = None
    words: CharacterFormat = NO_CHARACTER_FORMAT

    def over(self, below: ParagraphFormat) -> ParagraphFormat:
        """Return this with what `below` says where it says nothing itself."""
        if self is NO_PARAGRAPH_FORMAT:
            return below
        fresh = {
            field: getattr(below, field)
            for field in self.__struct_fields__
            if field != "words" and getattr(self, field) is None
        }
        return msgspec.structs.replace(self, words=self.words.over(below.words), **fresh)


NO_PARAGRAPH_FORMAT = ParagraphFormat()
_TOGGLES = {name("b"): "bold", name("i"): "italic", name("strike"): "strike", name("vanish"): "hidden"}
_TOGGLES |= {name("dstrike"): "strike", name("rtl"): "rtl"}


_SORTED = re.compile("-(?:mathan|modern|phoneb|pronun|radstr|stroke|technl|tradnl)$", re.IGNORECASE)
"""Orders of sorting in names of Windows, such as `es-ES_tradnl` ([MS-LCID], 2.2); no subtags of BCP 47."""


def tag_of(said: str) -> str | None:
    """Return a BCP 47 tag as a file writes it; None for none."""
    said = _SORTED.sub("", said.strip().replace("_", "-"))
    return None if not said or said.casefold() in _NO_LANGUAGE else said


def read_character_format(properties: Element | None) -> CharacterFormat:
    """Return what `w:rPr` says by itself."""
    if properties is None or not len(properties):
        return NO_CHARACTER_FORMAT
    said: dict[str, object] = {}
    complex_bold = complex_italic = None
    for child in properties:
        tag = child.tag
        if tag in _TOGGLES:
            on = is_on(child)
            # Single and double strike are one thing said in two ways.
            said[_TOGGLES[tag]] = on or bool(said.get(_TOGGLES[tag])) if tag.endswith("strike") else on
        elif tag == _LANG:
            said["language"] = tag_of(child.get(VAL) or "")
            said["language_bidi"] = tag_of(child.get(name("bidi")) or "")
            said["language_asia"] = tag_of(child.get(name("eastAsia")) or "")
        elif tag == name("vertAlign"):
            said["vertical"] = child.get(VAL)
        elif tag == name("u"):
            said["underline"] = (child.get(VAL) or "single") not in _SUBTLE
        elif tag == name("rFonts"):
            said["font"] = child.get(name("ascii")) or child.get(name("hAnsi")) or child.get(name("cs"))
        elif tag == name("bCs"):
            complex_bold = is_on(child)
        elif tag == name("iCs"):
            complex_italic = is_on(child)
    if said.get("rtl"):
        # Scripts written from right to left go by switches of their own (17.3.2.2, 17.3.2.17).
        said["italic"] = complex_italic if complex_italic is not None else said.get("italic")
        if complex_bold is not None and not (said["italic"] and not said.get("bold")):
            # Bold alone under slanted words is how our own edition slants scripts that know no slant.
            said["bold"] = complex_bold
    return CharacterFormat(**said) if said else NO_CHARACTER_FORMAT  # type: ignore[arg-type]  # each key is a field of its type


def read_paragraph_format(properties: Element | None) -> ParagraphFormat:
    """Return what `w:pPr` says by itself, its style and paragraph mark apart."""
    if properties is None or not len(properties):
        return NO_PARAGRAPH_FORMAT
    said: dict[str, object] = {}
    for child in properties:
        reader = _PROPERTY_READERS.get(child.tag)
        if reader is not None:
            said.update(reader(child))
    return ParagraphFormat(**said) if said else NO_PARAGRAPH_FORMAT  # type: ignore[arg-type]  # each key is a field of its type


def _read_number(element: Element) -> dict[str, object]:
    instance, level = element.find(name("numId")), element.find(name("ilvl"))
    return {
        "number": number(value(instance)) if instance is not None else None,
        "level": number(value(level)) if level is not None else None,
    }


def _read_indent(element: Element) -> dict[str, object]:
    left = element.get(name("left")) or element.get(name("start"))
    return {"left": length(left) if left else None}


_PROPERTY_READERS: Mapping[str, Callable[[Element], dict[str, object]]] = {
    name("outlineLvl"): lambda element: {"outline": number(element.get(VAL), BODY_TEXT)},
    name("numPr"): _read_number,
    name("bidi"): lambda element: {"bidi": is_on(element)},
    name("jc"): lambda element: {"alignment": element.get(VAL)},
    name("keepNext"): lambda element: {"keep_next": is_on(element)},
    name("ind"): _read_indent,
}


class StyleFormats:
    """The formats that the styles of a document define; an undefined style is known by its identifier alone."""

    def __init__(self, styles: Styles, roles: Roles) -> None:
        self._styles = styles
        self._roles = roles
        self._lines: dict[str, ParagraphFormat] = {}
        self._words: dict[str, CharacterFormat] = {}
        self.unknown: dict[str, str] = {}
        """Names of custom styles whose meaning is unknown, by their ids."""
        self.default = read_character_format(styles.default_run)
        """The format that all runs inherit."""
        normal = styles.element(styles.default_paragraph)
        if normal is not None:
            self.default = read_character_format(normal.find(name("rPr"))).over(self.default)

    def _chain(self, style: str) -> Iterator[tuple[str, Element | None]]:
        """Yield a style and those it is based on with their ids; None for an undefined one."""
        for identifier in self._styles.lineage(style):
            yield identifier, self._styles.element(identifier)

    def name_of(self, style: str) -> str:
        """Return the name of a style as Word shows it."""
        return self._styles.name_of(style) or style

    def line(self, style: str) -> ParagraphFormat:
        """Return what a paragraph style says, with all that it is based on."""
        style = style or self._styles.default_paragraph
        if style not in self._lines:
            self._lines[style] = self._read_paragraph_format(style)
        return self._lines[style]

    def _read_paragraph_format(self, style: str) -> ParagraphFormat:
        line = NO_PARAGRAPH_FORMAT
        known = False
        for identifier, element in self._chain(style):
            meaning = self._roles.paragraph(self.name_of(identifier)) or self._roles.paragraph(identifier)
            known = known or meaning is not None
            own = read_paragraph_format(element.find(name("pPr")) if element is not None else None)
            if line.outline is not None and meaning is not None and meaning.role is Role.HEADING:
                meaning = PLAIN  # a style nearer by has said which level it is
            if own.outline is not None and line.meaning is None and (meaning is None or meaning.role is Role.HEADING):
                level = own.outline
                meaning = Meaning(Role.HEADING, level + 1) if 0 <= level < BODY_TEXT else PLAIN
            if meaning == PLAIN and identifier != style and element is not None:
                meaning = None
            own = msgspec.structs.replace(
                own,
                meaning=meaning,
                words=_inherited_by_runs(read_character_format(element.find(name("rPr"))))
                if element is not None
                else NO_CHARACTER_FORMAT,
            )
            line = line.over(own)
        if line.number is not None and line.level is None:
            line = msgspec.structs.replace(line, level=0)
        if (line.meaning is None or (line.meaning == PLAIN and not known)) and self._is_own(style):
            self.unknown[style] = self.name_of(style)
        return line

    def _is_own(self, style: str) -> bool:
        element = self._styles.element(style)
        return element is not None and element.get(name("customStyle")) in ("1", "true", "on")

    def words(self, style: str) -> CharacterFormat:
        """Return what a character style says, with all that it is based on."""
        if style not in self._words:
            words = NO_CHARACTER_FORMAT
            for identifier, element in self._chain(style):
                own = read_character_format(element.find(name("rPr"))) if element is not None else NO_CHARACTER_FORMAT
                role = self._roles.character(self.name_of(identifier)) or self._roles.character(identifier)
                if role is not None and role is not WordRole.TEXT:
                    # What it means is said; how it looks is its own affair.
                    own = msgspec.structs.replace(own, bold=False, italic=False, strike=False, underline=False)
                words = words.over(msgspec.structs.replace(own, role=role))
            self._words[style] = words
        return self._words[style]

    def has_condition(self, table_style: str, kind: str) -> bool:
        """Return whether a table style sets a part of the table, such as `firstRow`, apart from the rest (17.7.6.6)."""
        return any(
            part.get(name("type")) == kind and len(part)
            for _, element in self._chain(table_style)
            if element is not None
            for part in element.iter(name("tblStylePr"))
        )


def _inherited_by_runs(words: CharacterFormat) -> CharacterFormat:
    """Return what words take over from the style of their paragraph: how it looks is its own affair (17.7.3)."""
    return CharacterFormat(
        hidden=words.hidden,
        language=words.language,
        language_bidi=words.language_bidi,
        language_asia=words.language_asia,
        font=words.font,
    )
