"""Labels and markup of an eBraille publication, from its tree in braille (eBraille 1.0, 6.2)."""

from __future__ import annotations

import re
from typing import Any

from exporter.labels import Labels
from exporter.model import Described, Image, Inline, List, ListStyle, Math, MathBlock, PageBreak, Scope, Table
from exporter.model.table_grid import Headings, PlacedCell, place_cells
from exporter.model.walk import plain_text
from exporter.writers.braille.translation import Translator
from exporter.writers.ebraille.transcription import TranscriberNote, reflowable
from exporter.writers.markup.block import Markup
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.tables import NARROW
from exporter.writers.xhtml.markup import XhtmlMarkup
from exporter.writers.xhtml.page_list import Mark
from exporter.writers.xhtml.stacked_tables import StackedTableMarkup

NOTE_CLASS = "transcriber-note"
"""Class of notes of the transcriber (eBraille Tagging Best Practices)."""
_IN_BRAILLE = re.compile("([\u2800-\u28ff\0]+)")
_OPENED = frozenset({"common.long_description", "common.long_description_of"})
"""Labels at the beginning of notes of the transcriber, which end after other text."""
_ROW_SCOPES = frozenset({Scope.ROW, Scope.ROW_GROUP})
_GAP = 2
"""Cells between the columns of a table."""


class CellLabels(Labels):
    """Labels in cells; values that are in cells already stay as they are.

    Args:
        labels: Labels in print.
        translator: Translates them.
    """

    def __init__(self, labels: Labels, translator: Translator) -> None:
        vars(self).update(vars(labels))
        self._translator = translator
        self._opening, _, self._closing = translator.transcriber_note("\0").partition("\0")

    def __call__(self, key: str, **values: object) -> str:
        """Return a label; a name that the original does not have is a note of the transcriber."""
        cells = self.cells(super().__call__(key, **values))
        opening = self._opening if key in _OPENED or key.startswith("asides.") else ""
        closing = self._closing if key.startswith("asides.") else ""
        return f"{opening}{cells}{closing}"

    def cells(self, text: str) -> str:
        """Return text as cells, as far as it is not in cells already."""
        parts = _IN_BRAILLE.split(text)
        parts[::2] = (self._translator.text(part) for part in parts[::2])
        return reflowable("".join(parts))


class EbrailleMarkup(XhtmlMarkup):
    """Markup of a tree in braille: no images, numbers of items and pages as text, notes of the transcriber.

    Args:
        translator: Translates numbers of notes and pages.
        settings: Those of `XhtmlMarkup`.
    """

    folds_descriptions = False
    framed = Markup.framed
    """Without a wrapper: lines of a braille display do not scroll sideways."""

    def __init__(self, *args: Any, translator: Translator, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._translator = translator
        self._numbers = {str(number): note for note, number in self.identifiers.note_number.items()}

    def _inline(self, node: Inline) -> str:
        if isinstance(node, TranscriberNote):
            values = {**self._attributes(node), "class": NOTE_CLASS}
            return element("span", self.inlines(node.children), values)
        return super()._inline(node)

    def image(self, node: Image, *, details: str | None = None) -> str:
        """Return the description of an image of a figure, instead of the image; its long description follows."""
        del details
        if isinstance(node.alt, Described):
            return element("p", escape(node.alt.text), {**self.at(node), "class": NOTE_CLASS})
        return element("span", "", self.at(node)) if node.at.id in self.identifiers.targets else ""

    def formula(self, node: Math | MathBlock) -> str:
        """Return the cells of a formula."""
        return escape(node.tex)

    def note_mark(self, mark: str) -> str:
        """Return the sign of a reference to a note; a letter as text."""
        note = self._numbers.get(mark)
        return reflowable(self._translator.note_mark(note) if note is not None else self._translator.text(mark))

    def reference_mark(self, link: str) -> str:
        """Return the link of a note reference, which its cells raise."""
        return link

    def _list(self, node: List, depth: int) -> str:
        values = {**self.at(node), "class": "nomark" if node.tight else "nomark loose"}
        items = "\n".join(self._item(item, depth, tight=node.tight) for item in node.items)
        return element("ul" if node.style is ListStyle.BULLET else "ol", items, values)

    def table(self, node: Table, depth: int) -> str:
        """Return a table, row by row where a line has not as many cells as its columns need."""
        lines = place_cells(node.groups)
        widths = [1] * len(node.columns)
        for placed in (placed for line in lines for placed in line if placed.columns == 1):
            if placed.column < len(widths):
                widths[placed.column] = max(widths[placed.column], len(plain_text(placed.cell)))
        was = self._heads, self._width
        self._heads, self._width = (
            Headings(lines) if len(widths) >= NARROW else None,
            sum(widths) + _GAP * (len(widths) - 1),
        )
        try:
            return super(StackedTableMarkup, self).table(node, depth)
        finally:
            self._heads, self._width = was

    def row_attributes(self, line: list[PlacedCell]) -> Attributes:
        """Return the attributes of a row: the row headers above that span it, in cells."""
        return self._in_cells(super().row_attributes(line))

    def cell_attributes(self, placed: PlacedCell) -> Attributes:
        """Return the attributes of a cell: the headers of its columns, in cells; a header of a row has them too."""
        if placed.cell.scope not in _ROW_SCOPES or not self._heads:
            return self._in_cells(super().cell_attributes(placed))
        above = (head for head in self._heads.before(placed) if head.cell.scope not in _ROW_SCOPES)
        words = ", ".join(filter(None, (plain_text(head.cell) for head in above)))
        return self._in_cells({"data-heads": f"{self.labels('pdf.head', name=words)} " if words else None})

    def _in_cells(self, values: Attributes) -> Attributes:
        comma = self._translator.text(",")
        return {name: value and value.replace(",", comma) for name, value in values.items()}

    def page_number(self, label: str) -> str:
        """Return the number of a page of print; a space in it is a cell, since it is one word (eBraille 1.0, 8.3.2)."""
        return self._translator.text(label, literal=True)

    def _page_break(self, node: PageBreak) -> str:
        if not node.label:
            return ""
        return self._mark("div", Mark(node.at.id or "", node.label))

    def _mark(self, name: str, mark: Mark) -> str:
        number = self.page_number(mark.label)
        values = {"id": mark.id or None, "class": "page-mark", "aria-label": number}
        return element(name, escape(number), {**values, **self.semantics("doc-pagebreak", "pagebreak")})
