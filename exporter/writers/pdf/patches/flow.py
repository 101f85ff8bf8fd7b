"""Arguments and results of `_in_flow_layout` of `weasyprint.layout.block`, the layout of a child of a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Flow(NamedTuple):
    """Arguments of `_in_flow_layout`."""

    context: Any
    box: Any
    child_index: int
    child: Any
    new_children: list[Any]
    page_is_empty: bool
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    adjoining_margins: list[float]
    bottom_space: float
    position_y: float
    skip_stack: Any
    first_letter_style: Any
    first_line_style: Any
    discard: bool
    next_page: Any
    max_lines: Any

    @property
    def share_left(self) -> float:
        """Share of the page below the position that notes do not take."""
        left = self.context.page_bottom - self.bottom_space - self.position_y
        return float(left / self.context.current_footnote_area.page.height)

    def undo(self) -> Callable[[], None]:
        """Return a function that undoes what placing boxes changes in other boxes."""
        absolute, fixed = list(self.absolute_boxes), list(self.fixed_boxes)
        groups = [(box, box.is_header, box.is_footer) for box in self.child.descendants() if hasattr(box, "is_header")]

        def undo() -> None:
            self.absolute_boxes[:], self.fixed_boxes[:] = absolute, fixed
            for box, *flags in groups:  # `tables` changes those that do not fit
                box.is_header, box.is_footer = flags

        return undo

    def at(self, index: int, children: list[Any]) -> Flow:
        """Return the arguments for another child of the box, to be placed after these children."""
        last = children[-1]
        y = last.border_box_y() + last.border_height()
        child = self.box.children[index]
        child.position_x, child.position_y = self.box.content_box_x(), y
        return self._replace(
            child_index=index,
            child=child,
            new_children=list(children),
            adjoining_margins=[last.margin_bottom],
            position_y=y,
            skip_stack=None,
        )

    def remove_notes(self, placed: Placed) -> None:
        """Remove the notes of the child whose marks are not on the page; WeasyPrint does not for all rows."""
        context = self.context
        notes = [
            getattr(note, "whole", note) for note in (*context.current_page_footnotes, *context.reported_footnotes)
        ]
        if not notes:
            return
        marked = {part.footnote for child in placed.new_children[-1:] for part in child.descendants()}
        here = _notes_in(self.child, context)
        for note in notes:
            if note in here and note not in marked:
                context.unlayout_footnote(note)


class Placed(NamedTuple):
    """Results of `_in_flow_layout`."""

    abort: bool
    stop: bool
    resume_at: Any
    position_y: float
    adjoining_margins: list[float]
    next_page: Any
    new_children: list[Any]
    max_lines: Any


def _notes_in(box: Any, context: Any) -> set[Any]:
    """Return the footnotes whose marks are in a box before its layout; each page asks for those around its end."""
    known: dict[int, tuple[Any, set[Any]]] = vars(context).setdefault("notes_in", {})
    if id(box) not in known:
        known[id(box)] = box, {part.footnote for part in box.descendants() if part.footnote is not None}
    return known[id(box)][1]
