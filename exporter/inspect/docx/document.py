"""An opened Word document: its stories, headings and the locations of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exporter.files import read_regular
from exporter.inspect.docx.errors import DocxError
from exporter.inspect.docx.package import Package
from exporter.inspect.docx.styles import Styles, outline_level
from exporter.inspect.docx.xml import VAL, Element, child_value, is_on, name, value

_CHARACTERS = {name("tab"): "\t", name("br"): "\n", name("cr"): "\n", name("noBreakHyphen"): "\u2011"}
_TEXT = (name("t"), name("m:t"), *_CHARACTERS)
_SKIPPED = (name("mc:Fallback"), name("del"), name("moveFrom"))
_OBJECTS = (name("drawing"), name("pict"), name("object"), name("m:oMath"))
"""Visible content of a paragraph besides text."""
_QUOTED = 40
"""Characters of a paragraph that a location quotes."""


class Story(NamedTuple):
    """A story: the body, the footnotes or endnotes, a header or a footer."""

    part: str
    root: Element


class DocxFile:
    """An opened Word file.

    Raises:
        DocxError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            self.package = Package(read_regular(path))
        except OSError as error:
            raise DocxError(f"The Word file cannot be read: {error.strerror or error}.") from error
        self.document = self.package.document()
        self.styles = Styles(self.part("styles"), self.part("theme"))
        self._locations: dict[Element, str] = {}

    def part(self, kind: str) -> Element | None:
        """Return the root of a part that the document refers to, such as `numbering`, or None if there is none."""
        part = self.package.related(kind)
        return self.package.xml(part) if part else None

    def stories(self, *, headers: bool = False) -> Iterator[Story]:
        """Yield the body, the footnotes and the endnotes; with `headers`, headers and footers too."""
        yield Story(self.package.main, self.document)
        relations = self.package.relations(self.package.main).values()
        for kind in ("footnotes", "endnotes", *(("header", "footer") if headers else ())):
            for relation in relations:
                if relation.kind == kind and not relation.external and relation.target in self.package:
                    yield Story(relation.target, self.package.xml(relation.target))

    def style(self, paragraph: Element) -> str:
        """Return the style of a paragraph."""
        element = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
        return value(element) if element is not None else self.styles.default_paragraph

    def level(self, paragraph: Element) -> int:
        """Return the level of a heading, from 1; 0 for any other paragraph."""
        outline = paragraph.find(f"{name('pPr')}/{name('outlineLvl')}")
        return outline_level(outline) if outline is not None else self.styles.level(self.style(paragraph))

    def is_numbered(self, paragraph: Element) -> bool:
        """Return whether a paragraph is a list item or has a number."""
        number = paragraph.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
        if number is not None:
            return number.get(VAL) != "0"
        return self.styles.is_numbered(self.style(paragraph))

    def location(self, element: Element) -> str:
        """Return the location of an element: the heading above, the paragraph's number below it, its first words."""
        if not self._locations:
            self._locate_paragraphs()
        paragraph: Element | None = element
        while paragraph is not None and paragraph not in self._locations:
            inner = next((child for child in paragraph.iter(name("p")) if child in self._locations), None)
            paragraph = inner if inner is not None else paragraph.getparent()
        return self._locations.get(paragraph, "") if paragraph is not None else ""

    def _locate_paragraphs(self) -> None:
        for story in self.stories():
            heading, number, tables = "", 0, 0
            prefix = "" if story.root is self.document else "notes, "
            for paragraph in story.root.iter(name("p"), name("tbl")):
                in_table = next(paragraph.iterancestors(name("tbl")), None) is not None
                if paragraph.tag == name("tbl"):
                    tables += not in_table
                    continue
                words = " ".join(text(paragraph).split())
                quoted = f"“{words[:_QUOTED]}{'…' if len(words) > _QUOTED else ''}”"
                level = self.level(paragraph)
                if level and words:
                    self._locations[paragraph] = f"{prefix}heading {quoted}"
                    heading, number, tables = f"under {quoted}, ", 0, 0
                    continue
                # Readers cannot count paragraphs that show nothing.
                empty = not words and next(paragraph.iter(*_OBJECTS), None) is None
                number += not in_table and not level and not empty
                if in_table:
                    label = f"table {tables}"
                elif level or empty:
                    label = f"an empty {'heading' if level else 'paragraph'}"
                    label += f" after paragraph {number}" if number else ""
                else:
                    label = f"paragraph {number}"
                self._locations[paragraph] = f"{prefix}{heading}{label}{f': {quoted}' if words else ''}"


def document_variables(settings: Element | None) -> dict[str, str]:
    """Return the document variables of the settings part by name (17.15.1.32)."""
    variables = settings.iter(name("docVar")) if settings is not None else ()
    return {variable.get(name("name")) or "": variable.get(VAL) or "" for variable in variables}


def text(element: Element) -> str:
    """Return the text under an element as Word shows it, including hidden text."""
    parts = []
    for child in element.iter(*_TEXT):
        if child.tag in _CHARACTERS:
            parent = child.getparent()
            if parent is None or parent.tag != name("r"):
                continue
        if next(child.iterancestors(*_SKIPPED), None) is None:
            parts.append(_CHARACTERS.get(str(child.tag), child.text or ""))
    return "".join(parts)


def is_shown(run: Element, styles: Styles) -> bool:
    """Return whether a run is not hidden (17.3.2.41)."""
    properties = run.find(name("rPr"))
    vanish = properties.find(name("vanish")) if properties is not None else None
    if vanish is not None:
        return not is_on(vanish)
    return not styles.of(child_value(properties, name("rStyle"))).hidden
