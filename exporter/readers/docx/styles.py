"""Formats of paragraphs and runs with what they inherit from styles (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import msgspec

from exporter.inspect.docx import Styles
from exporter.inspect.docx.numbering import first_indent
from exporter.inspect.docx.styles import BODY_TEXT
from exporter.inspect.docx.xml import VAL, Element, is_on, length, name, number, value
from exporter.readers.docx.borders import frame_of
from exporter.readers.docx.roles import PLAIN, Meaning, Role, Roles, WordRole

_P_STYLE, _R_STYLE, _LANG = name("pStyle"), name("rStyle"), name("lang")
_NO_UNDERLINE = frozenset({"", "none"})
_MOST_STOPS = 64
"""Tab stops of a paragraph in Word."""
_NO_LANGUAGE = frozenset({"x-none", "none", "zxx", "und", "*", "x-nolang"})


class CharacterFormat(msgspec.Struct, frozen=True, gc=False):
    """Format and languages of a run; None where they are inherited."""

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
        """Return this format, with the values of `below` where it has none."""
        if below is NO_CHARACTER_FORMAT:
            return self
        if self is NO_CHARACTER_FORMAT:
            return below
        inherited = {field: getattr(below, field) for field in self.__struct_fields__ if getattr(self, field) is None}
        return (
            msgspec.structs.replace(self, **inherited) if any(part is not None for part in inherited.values()) else self
        )


NO_CHARACTER_FORMAT = CharacterFormat()


class ParagraphFormat(msgspec.Struct, frozen=True, gc=False):
    """Format of a paragraph, or of a style with those it is based on; None where it is inherited."""

    meaning: Meaning | None = None
    outline: int | None = None
    """From 0; 9 for plain text."""
    number: int | None = None
    """Instance of a list; 0 removes the paragraph from its list."""
    level: int | None = None
    bidi: bool | None = None
    alignment: str | None = None
    left: int | None = None
    right: int | None = None
    first: int | None = None
    """Indent of the first line, beyond `left`."""
    keep_next: bool | None = None
    leaders: tuple[str, ...] | None = None
    """Leaders of its tab stops, from left to right."""
    frame: str | None = None
    """Its borders as XML if they are on all sides, else empty."""
    characters: CharacterFormat = NO_CHARACTER_FORMAT

    def over(self, below: ParagraphFormat) -> ParagraphFormat:
        """Return this format, with the values of `below` where it has none."""
        if self is NO_PARAGRAPH_FORMAT:
            return below
        fresh = {
            field: getattr(below, field)
            for field in self.__struct_fields__
            if field != "characters" and getattr(self, field) is None
        }
        return msgspec.structs.replace(self, characters=self.characters.over(below.characters), **fresh)


NO_PARAGRAPH_FORMAT = ParagraphFormat()
_TOGGLES = {name("b"): "bold", name("i"): "italic", name("strike"): "strike", name("vanish"): "hidden"}
_TOGGLES |= {name("dstrike"): "strike", name("rtl"): "rtl"}


_SORT_ORDER = re.compile("-(?:mathan|modern|phoneb|pronun|radstr|stroke|technl|tradnl)$", re.IGNORECASE)
"""Sort orders in locale names of Windows, such as `es-ES_tradnl` ([MS-LCID], 2.2), which are no BCP 47 subtags."""


def tag_of(tag: str) -> str | None:
    """Return a language tag of a file as a BCP 47 tag, or None if there is none."""
    tag = _SORT_ORDER.sub("", tag.strip().replace("_", "-"))
    return None if not tag or tag.casefold() in _NO_LANGUAGE else tag


def read_character_format(properties: Element | None) -> CharacterFormat:
    """Return the format in `w:rPr`, without what it inherits."""
    if properties is None or not len(properties):
        return NO_CHARACTER_FORMAT
    values: dict[str, object] = {}
    complex_bold = complex_italic = None
    is_complex = False
    for child in properties:
        tag = child.tag
        if tag in _TOGGLES:
            on = is_on(child)
            # Single and double strikethrough have the same meaning.
            values[_TOGGLES[tag]] = on or bool(values.get(_TOGGLES[tag])) if tag.endswith("strike") else on
        elif tag == _LANG:
            values["language"] = tag_of(child.get(VAL) or "")
            values["language_bidi"] = tag_of(child.get(name("bidi")) or "")
            values["language_asia"] = tag_of(child.get(name("eastAsia")) or "")
        elif tag == name("vertAlign"):
            values["vertical"] = child.get(VAL)
        elif tag == name("u"):
            values["underline"] = (child.get(VAL) or "single") not in _NO_UNDERLINE
        elif tag == name("em"):
            # Dots are what italics are in other scripts (17.3.2.12).
            values["italic"] = (child.get(VAL) or "none") != "none" or values.get("italic")
        elif tag == name("rFonts"):
            values["font"] = child.get(name("ascii")) or child.get(name("hAnsi")) or child.get(name("cs"))
        elif tag == name("cs"):
            is_complex = is_on(child)
        elif tag == name("bCs"):
            complex_bold = is_on(child)
        elif tag == name("iCs"):
            complex_italic = is_on(child)
    if values.get("rtl") or is_complex:
        # Complex scripts have toggle properties of their own (17.3.2.2, 17.3.2.17).
        values["italic"] = complex_italic if complex_italic is not None else values.get("italic")
        if complex_bold is not None and not (values["italic"] and not values.get("bold")):
            # In the Word edition, scripts without italics are bold where others are italic.
            values["bold"] = complex_bold
    return CharacterFormat(**values) if values else NO_CHARACTER_FORMAT  # type: ignore[arg-type]  # each key is a field of its type


def read_paragraph_format(properties: Element | None) -> ParagraphFormat:
    """Return the format in `w:pPr`, without its style and the format of its mark."""
    if properties is None or not len(properties):
        return NO_PARAGRAPH_FORMAT
    values: dict[str, object] = {}
    for child in properties:
        reader = _PROPERTY_READERS.get(child.tag)
        if reader is not None:
            values.update(reader(child))
    return ParagraphFormat(**values) if values else NO_PARAGRAPH_FORMAT  # type: ignore[arg-type]  # each key is a field of its type


def is_hidden(mark: Element | None, paragraph_format: ParagraphFormat) -> bool:
    """Return whether the mark of a paragraph is hidden, which without visible text takes no line and no number."""
    own = mark.find(name("vanish")) if mark is not None else None
    return is_on(own) if own is not None else bool(paragraph_format.characters.hidden)


def _read_number(element: Element) -> dict[str, object]:
    instance, level = element.find(name("numId")), element.find(name("ilvl"))
    return {
        "number": number(value(instance)) if instance is not None else None,
        "level": number(value(level)) if level is not None else None,
    }


def _read_indent(element: Element) -> dict[str, object]:
    left = element.get(name("left")) or element.get(name("start"))
    right = element.get(name("right")) or element.get(name("end"))
    return {
        "left": length(left) if left else None,
        "right": length(right) if right else None,
        "first": first_indent(element),
    }


def _read_tabs(element: Element) -> dict[str, object]:
    stops = (stop for stop in element.iterchildren(name("tab")) if stop.get(VAL) not in ("clear", "bar"))
    ordered = sorted(stops, key=lambda stop: length(stop.get(name("pos"))))
    return {"leaders": tuple(stop.get(name("leader")) or "" for stop in ordered[:_MOST_STOPS])}


_PROPERTY_READERS: Mapping[str, Callable[[Element], dict[str, object]]] = {
    name("outlineLvl"): lambda element: {"outline": number(element.get(VAL), BODY_TEXT)},
    name("numPr"): _read_number,
    name("bidi"): lambda element: {"bidi": is_on(element)},
    name("jc"): lambda element: {"alignment": element.get(VAL)},
    name("keepNext"): lambda element: {"keep_next": is_on(element)},
    name("ind"): _read_indent,
    name("tabs"): _read_tabs,
    name("pBdr"): lambda element: {"frame": frame_of(element)},
}


class StyleFormats:
    """The formats that the styles of a document define; an undefined style is known by its identifier alone."""

    def __init__(self, styles: Styles, roles: Roles) -> None:
        self._styles = styles
        self._roles = roles
        self._paragraph_formats: dict[str, ParagraphFormat] = {}
        self._character_formats: dict[str, CharacterFormat] = {}
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

    def run_properties(self, run_style: str, paragraph_style: str) -> list[Element]:
        """Return the run properties that a run inherits, nearest first; a paragraph without a style has the default."""
        inherited = (run_style, paragraph_style or self._styles.default_paragraph)
        chain = [element.find(name("rPr")) for style in inherited for element in self._styles.chain(style)]
        return [properties for properties in (*chain, self._styles.default_run) if properties is not None]

    def paragraph_format(self, style: str) -> ParagraphFormat:
        """Return the format of a paragraph style, with what it inherits."""
        style = style or self._styles.default_paragraph
        if style not in self._paragraph_formats:
            self._paragraph_formats[style] = self._read_paragraph_format(style)
        return self._paragraph_formats[style]

    def _read_paragraph_format(self, style: str) -> ParagraphFormat:
        result = NO_PARAGRAPH_FORMAT
        known = False
        for identifier, element in self._chain(style):
            meaning = self._roles.paragraph(self.name_of(identifier)) or self._roles.paragraph(identifier)
            known = known or meaning is not None
            own = read_paragraph_format(element.find(name("pPr")) if element is not None else None)
            if result.outline is not None and meaning is not None and meaning.role is Role.HEADING:
                meaning = PLAIN  # a nearer style defines the level
            if own.outline is not None and result.meaning is None and (meaning is None or meaning.role is Role.HEADING):
                level = own.outline
                meaning = Meaning(Role.HEADING, level + 1) if 0 <= level < BODY_TEXT else PLAIN
            if meaning == PLAIN and identifier != style and element is not None:
                meaning = None
            run_properties = element.find(name("rPr")) if element is not None else None
            characters = _inherited_by_runs(read_character_format(run_properties))
            result = result.over(msgspec.structs.replace(own, meaning=meaning, characters=characters))
        if result.number is not None and result.level is None:
            result = msgspec.structs.replace(result, level=0)
        if (result.meaning is None or (result.meaning == PLAIN and not known)) and self._is_own(style):
            self.unknown[style] = self.name_of(style)
        return result

    def _is_own(self, style: str) -> bool:
        element = self._styles.element(style)
        return element is not None and element.get(name("customStyle")) in ("1", "true", "on")

    def character_format(self, style: str) -> CharacterFormat:
        """Return the format of a character style, with what it inherits."""
        if style not in self._character_formats:
            result = NO_CHARACTER_FORMAT
            for identifier, element in self._chain(style):
                own = read_character_format(element.find(name("rPr"))) if element is not None else NO_CHARACTER_FORMAT
                role = self._roles.character(self.name_of(identifier)) or self._roles.character(identifier)
                if role is not None and role is not WordRole.TEXT:
                    # The role expresses its meaning; its appearance is irrelevant.
                    own = msgspec.structs.replace(own, bold=False, italic=False, strike=False, underline=False)
                result = result.over(msgspec.structs.replace(own, role=role))
            self._character_formats[style] = result
        return self._character_formats[style]

    def has_condition(self, table_style: str, kind: str) -> bool:
        """Return whether a table style formats a part of the table, such as `firstRow` (17.7.6.6)."""
        return any(
            part.get(name("type")) == kind and len(part)
            for _, element in self._chain(table_style)
            if element is not None
            for part in element.iter(name("tblStylePr"))
        )


def _inherited_by_runs(character_format: CharacterFormat) -> CharacterFormat:
    """Return the part of a paragraph style's format that is relevant for its runs (17.7.3)."""
    return CharacterFormat(
        hidden=character_format.hidden,
        language=character_format.language,
        language_bidi=character_format.language_bidi,
        language_asia=character_format.language_asia,
        font=character_format.font,
    )
