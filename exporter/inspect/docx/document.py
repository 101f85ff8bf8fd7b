"""A Word document as it is read: its stories, its paragraphs, where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exporter.inspect.docx.namespaces import name
from exporter.inspect.docx.package import Element, Package
from exporter.inspect.docx.styles import Styles, on, outline_level

_SIGNS = {name("tab"): "\t", name("br"): "\n", name("cr"): "\n", name("noBreakHyphen"): "\u2011"}
_SHOWN = (name("t"), name("m:t"), *_SIGNS)
_SKIPPED = (name("mc:Fallback"), name("del"), name("moveFrom"))
_SEEN = (name("drawing"), name("pict"), name("object"), name("m:oMath"))
"""What is seen in a paragraph without words."""
_QUOTED = 40
"""Characters of a paragraph that a finding quotes."""


class Story(NamedTuple):
    """A flow of text: the body, notes, a header or footer."""

    part: str
    root: Element


class DocxFile:
    """An opened Word file.

    Raises:
        NotWordError: It cannot be taken apart.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.package = Package(path)
        self.document = self.package.xml(self.package.main)
        styles, theme = self.package.related("styles"), self.package.related("theme")
        self.styles = Styles(self.package.xml(styles) if styles else None, self.package.xml(theme) if theme else None)
        self._places: dict[Element, str] = {}

    def part(self, kind: str) -> Element | None:
        """Return the root of a part that the document points at, such as `numbering`; None when there is none."""
        found = self.package.related(kind)
        return self.package.xml(found) if found else None

    def stories(self, *, frame: bool = False) -> Iterator[Story]:
        """Yield the body and the notes; with `frame` headers and footers too."""
        yield Story(self.package.main, self.document)
        kinds = ("footnotes", "endnotes", *(("header", "footer") if frame else ()))
        for relation in self.package.relations(self.package.main).values():
            if relation.kind in kinds and not relation.external and relation.target in self.package:
                yield Story(relation.target, self.package.xml(relation.target))

    def style(self, paragraph: Element) -> str:
        """Return the style of a paragraph."""
        element = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
        return (element.get(name("val")) or "") if element is not None else self.styles.default_paragraph

    def level(self, paragraph: Element) -> int:
        """Return the level of a heading, from 1; 0 for any other paragraph."""
        outline = paragraph.find(f"{name('pPr')}/{name('outlineLvl')}")
        return outline_level(outline) if outline is not None else self.styles.level(self.style(paragraph))

    def numbered(self, paragraph: Element) -> bool:
        """Return whether a paragraph is an item of a list or has a number."""
        number = paragraph.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
        if number is not None:
            return number.get(name("val")) != "0"
        return self.styles.numbered(self.style(paragraph))

    def place(self, element: Element) -> str:
        """Return the place of an element in words: heading above, number of the paragraph below it, its first words."""
        if not self._places:
            self._number()
        paragraph: Element | None = element
        while paragraph is not None and paragraph not in self._places:
            inner = next((each for each in paragraph.iter(name("p")) if each in self._places), None)
            paragraph = inner if inner is not None else paragraph.getparent()
        return self._places.get(paragraph, "") if paragraph is not None else ""

    def _number(self) -> None:
        for story in self.stories():
            under, number, tables = "", 0, 0
            where = "" if story.root is self.document else "notes, "
            for paragraph in story.root.iter(name("p"), name("tbl")):
                inside = next(paragraph.iterancestors(name("tbl")), None) is not None
                if paragraph.tag == name("tbl"):
                    tables += not inside
                    continue
                said = " ".join(text(paragraph).split())
                quoted = f"“{said[:_QUOTED]}{'…' if len(said) > _QUOTED else ''}”"
                level = self.level(paragraph)
                if level and said:
                    self._places[paragraph] = f"{where}heading {quoted}"
                    under, number, tables = f"under {quoted}, ", 0, 0
                    continue
                # Nobody counts what shows nothing.
                empty = not said and next(paragraph.iter(*_SEEN), None) is None
                number += not inside and not level and not empty
                if inside:
                    which = f"table {tables}"
                elif level or empty:
                    which = f"an empty {'heading' if level else 'paragraph'}"
                    which += f" after paragraph {number}" if number else ""
                else:
                    which = f"paragraph {number}"
                self._places[paragraph] = f"{where}{under}{which}{f': {quoted}' if said else ''}"


def text(element: Element) -> str:
    """Return the characters under an element as they are shown, hidden ones too."""
    parts = []
    for each in element.iter(*_SHOWN):
        if each.tag in _SIGNS:
            parent = each.getparent()
            if parent is None or parent.tag != name("r"):
                continue
        if any(above.tag in _SKIPPED for above in each.iterancestors(*_SKIPPED)):
            continue
        parts.append(_SIGNS.get(str(each.tag), each.text or ""))
    return "".join(parts)


def is_shown(run: Element, styles: Styles) -> bool:
    """Return whether a run is not hidden (17.3.2.41)."""
    properties = run.find(name("rPr"))
    vanish = properties.find(name("vanish")) if properties is not None else None
    if vanish is not None:
        return not on(vanish)
    style = properties.find(name("rStyle")) if properties is not None else None
    return not (style is not None and styles.of(style.get(name("val")) or "").hidden)
