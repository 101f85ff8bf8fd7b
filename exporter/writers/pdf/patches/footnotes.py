"""Footnotes that begin on the page of the line that refers to them.

Changes: `LayoutContext` of `weasyprint.document`; `_linebox_layout` and `iter_line_boxes` of `weasyprint.layout.block`;
`make_page` of `weasyprint.layout.page`.

Lost notes. Why: to fit a line, WeasyPrint moves footnotes of earlier lines to the next page, and then does
not lay out the footnotes of the line itself: their text is lost. It does neither inside columns, so the layout of
lines is given a context that says it is in one; the line moves to the next page with its footnotes.
Upstream: the rule came with pull request 2437; no issue about lost notes is known.

Divided notes. Why: WeasyPrint does not divide a footnote. One that does not fit takes its line to the next page, which
leaves a gap, and what is longer than a page is lost. Here it is divided: as many of its lines as fit are on the page
of its line, the others are the first footnote of the next page.
Upstream: issue 1833 (open) is about footnotes that are longer than the page.

Many notes. Why: for each note, WeasyPrint lays out all notes of the page again, and looks for it in a list of all that
are on no page yet. Here only the note is laid out, and it is looked up.
Upstream: issue 578 (open) is about the speed of long documents.

Remade pages. Why: WeasyPrint remembers what of the notes is left for the next page only until that page is made: if a
page is made again later, and the page before it is not, what was left for it is lost.
Upstream: no issue is known.

Repeated marks. Why: WeasyPrint forgets which notes are on earlier pages. If a page is made again that repeats the
header row of a table, the notes of that row are printed there too; if the rest of a row moves on, its notes do so, too.
Upstream: no issue is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any, NamedTuple
from unittest.mock import patch

from exporter.writers.pdf.patches.box_splitting import split, without_anonymous_boxes

_MIN_TEXT_HEIGHT = 80
"""The height of a page that footnotes leave to the text; CSS pixels."""
_ROUNDING = 0.01
"""CSS pixels by which heights of the same lines may differ."""


class _LineContext:
    """A layout context that says that it is inside a column, and that no note is left for the next page."""

    in_column = True
    reported_footnotes = ()

    def __init__(self, context: Any) -> None:
        self.context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)


class _Measured(NamedTuple):
    """A footnote of a page, where its border ends, and the margins below that."""

    note: Any
    bottom: float
    margins: list[float]


class _Waiting(dict[Any, None]):
    """Footnotes that are on no page yet; WeasyPrint asks for that of every box, and most have none.

    Args:
        footnotes: The footnotes.
        is_marked_before: Whether the mark of a footnote is on an earlier page.
    """

    def __init__(self, footnotes: Iterable[Any], is_marked_before: Callable[[Any], bool]) -> None:
        super().__init__(dict.fromkeys(footnotes))
        self._is_marked_before = is_marked_before

    def __contains__(self, footnote: object) -> bool:
        return footnote is not None and super().__contains__(footnote) and not self._is_marked_before(footnote)

    def append(self, footnote: Any) -> None:
        """Add a footnote."""
        self[footnote] = None

    def remove(self, footnote: Any) -> None:
        """Remove a footnote."""
        del self[footnote]


@contextmanager
def patched() -> Iterator[None]:
    """Keep footnotes on the pages of their lines."""
    from weasyprint import document
    from weasyprint.layout import LayoutContext, block, page

    lay_out_lines, iter_lines, make = block._linebox_layout, block.iter_line_boxes, page.make_page

    def linebox_layout(context: Any, *arguments: Any) -> Any:
        return lay_out_lines(_LineContext(context), *arguments)

    def iter_line_boxes(context: Any, box: Any, position_y: float, bottom_space: float, *arguments: Any) -> Any:
        # Boxes inside the lines are in a column only if the lines are.
        context = context.context
        for line, resume_at in iter_lines(context, box, position_y, bottom_space, *arguments):
            block = arguments[1]
            bottom = line.position_y + line.height + bottom_space
            if resume_at is None:
                bottom += block.padding_bottom + block.border_bottom_width
            # A further line of the paragraph may have to be on the same page.
            context.line = bottom, bottom + (line.height if resume_at is not None else 0)
            yield line, resume_at

    def make_page(context: Any, *arguments: Any) -> Any:
        number = arguments[3]
        context.reported_footnotes = [*context.left.get(number - 1, ())]
        context.line = None
        context.forget_marks(number)
        result = make(context, *arguments)
        context.remember_marks(number, result[0])
        before, context.left[number] = context.left.get(number), tuple(context.reported_footnotes)
        if len(context.page_maker) > number and _texts(before) != _texts(context.left[number]):
            context.page_maker[number][-1]["content_changed"] = True
        return result

    with (
        patch.object(document, "LayoutContext", _context(LayoutContext)),
        patch.object(block, "_linebox_layout", linebox_layout),
        patch.object(block, "iter_line_boxes", iter_line_boxes),
        patch.object(page, "make_page", make_page),
    ):
        yield


def _context(base: Any) -> Any:
    """Return the class of a layout context that divides footnotes."""

    class Context(base):  # type: ignore[misc]  # WeasyPrint has no annotations, so `base` is Any
        line: tuple[float, float] | None = None
        """Where a page must end at the earliest for the line that is being laid out, and for the next one too."""

        def __init__(self, *arguments: Any, **values: Any) -> None:
            super().__init__(*arguments, **values)
            self.left: dict[int, tuple[Any, ...]] = {}
            """What is left of the footnotes of each page for the next one."""
            self._marks: dict[int, set[Any]] = {}
            """The footnotes whose marks are on each page."""
            self._first_marks: dict[Any, int] = {}
            """The first page with the mark of each footnote."""
            self._parts: dict[Any, tuple[Any, Any]] = {}
            self._measured_area: Any = None
            self._measured: list[_Measured] = []

        @property
        def footnotes(self) -> _Waiting:
            return self._waiting

        @footnotes.setter
        def footnotes(self, footnotes: Iterable[Any]) -> None:
            self._waiting = _Waiting(footnotes, self._is_marked_before)

        def forget_marks(self, page: int) -> None:
            """Forget the marks of a page that is made again."""
            for footnote in self._marks.pop(page, ()):
                if self._first_marks.get(footnote) == page:
                    del self._first_marks[footnote]

        def remember_marks(self, page: int, box: Any) -> None:
            """Remember the marks of a page."""
            self._marks[page] = {part.footnote for part in box.descendants() if part.footnote is not None}
            for footnote in self._marks[page]:
                self._first_marks[footnote] = min(page, self._first_marks.get(footnote, page))

        def _is_marked_before(self, footnote: Any) -> bool:
            return bool(self._first_marks.get(footnote, self.current_page) < self.current_page)

        def layout_footnote(self, footnote: Any) -> bool:
            has_left = bool(self.reported_footnotes)
            overflow = super().layout_footnote(footnote)
            if has_left and self.line is not None:
                return True
            top = self.current_footnote_area.page.content_box_y() + _MIN_TEXT_HEIGHT
            for least in reversed(self.line or (top,)):
                bottom = max(least, top)
                fits = not overflow and self.page_bottom >= bottom - _ROUNDING
                if fits or self._divide(footnote, bottom):
                    return False
            return True

        def _update_footnote_area(self) -> bool:
            area, line = self.current_footnote_area, self.line
            if area.height != "auto" and not self.in_column:
                self.page_bottom += area.margin_height()
            area.children = self.current_page_footnotes
            area.height = self._notes_height()
            if not self.in_column:
                self.page_bottom -= area.margin_height()
            self.line = line
            return False

        def _notes_height(self) -> float:
            """Return the height of the notes of the page; those that were there before are not laid out again."""
            area, notes = self.current_footnote_area, self.current_page_footnotes
            if self._measured_area is not area:
                self._measured_area, self._measured = area, []
            measured = self._measured
            unchanged = 0
            while unchanged < min(len(measured), len(notes)) and measured[unchanged].note is notes[unchanged]:
                unchanged += 1
            del measured[unchanged:]
            for note in notes[unchanged:]:
                bottom, margins = measured[-1][1:] if measured else (0, [])
                laid_out, _, _, margins, *_ = _lay_out(self, _complete(note), bottom, -inf, [*margins])
                bottom = laid_out.border_box_y() + laid_out.border_height()
                measured.append(_Measured(note, bottom, [*margins, laid_out.margin_bottom]))
            if not measured:
                return 0
            # A margin without padding or a border below it is outside the area.
            _, bottom, margins = measured[-1]
            return bottom if area.bottom_margin_collapses() else bottom + max(margins)

        def report_footnote(self, footnote: Any) -> None:
            self._join(footnote)
            super().report_footnote(footnote)

        def unlayout_footnote(self, footnote: Any) -> None:
            if not self._is_marked_before(footnote):
                self._join(footnote)
                super().unlayout_footnote(footnote)

        def _join(self, footnote: Any) -> None:
            """Undo the division of a footnote."""
            first, rest = self._parts.pop(footnote, (None, None))
            if rest in self.reported_footnotes and first in self.current_page_footnotes:
                self.reported_footnotes.remove(rest)
                self.current_page_footnotes[self.current_page_footnotes.index(first)] = footnote

        def _divide(self, footnote: Any, bottom: float) -> bool:
            """Leave as many lines of the last footnote for the next page as the page has to end at `bottom`."""
            line = self.line
            whole = _lay_out(self, _complete(footnote), 0, -inf, [])[0]
            height = whole.margin_height() - (bottom - self.page_bottom) - whole.margin_bottom
            note = _complete(footnote)
            part, resume_at, *_ = _lay_out(self, note, 0, self.page_bottom - height, [])
            self.line = line
            if part is None or resume_at is None:
                return False
            first, rest = map(without_anonymous_boxes, split(note, resume_at))
            if _texts((first,)) == [""]:
                return False
            self.current_page_footnotes[-1] = first
            self._update_footnote_area()
            if self.page_bottom < bottom - _ROUNDING:
                self.current_page_footnotes[-1] = footnote
                self._update_footnote_area()
                return False
            self._parts[footnote] = first, rest
            first.whole = footnote  # which `flow` looks for
            self.reported_footnotes.append(rest)
            return True

    return Context


def _lay_out(context: Any, note: Any, top: float, bottom_space: float, margins: list[float]) -> Any:
    """Return the results of the layout of a complete footnote below a position and the margins of that before it."""
    from weasyprint.layout.block import block_level_layout

    page = context.current_footnote_area.page
    note.position_x, note.position_y = page.content_box_x(), top
    context.create_block_formatting_context(object())
    results = block_level_layout(
        context, note, bottom_space, None, page, page_is_empty=False, adjoining_margins=margins
    )
    context.finish_block_formatting_context()
    return results


def _complete(footnote: Any) -> Any:
    """Return a copy of a footnote as it is laid out."""
    from weasyprint.formatting_structure.build import create_anonymous_boxes

    return create_anonymous_boxes(footnote.deepcopy())


def _texts(notes: tuple[Any, ...] | None) -> list[str]:
    """Return the texts of footnotes."""
    return ["".join(getattr(part, "text", "") for part in note.descendants()) for note in notes or ()]
