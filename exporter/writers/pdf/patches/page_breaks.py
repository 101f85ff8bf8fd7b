"""Page breaks that leave no page half empty.

Changes: `block_level_page_break` and `_in_flow_layout` of `weasyprint.layout.block`.

Chapters. Why: CSS either begins a page for every chapter, and leaves the page before it with two lines, or for none. An
element of the class `chapter` with `break-before: page` begins a page, unless a third of the page before it would stay
empty, or all of it fits there. One of the class `long-chapter`, whose text takes several pages (`pdf/markup.py`),
always does, as in the books of publishers: this is known before the layout and does not depend on what is before it,
so that its pages are laid out once and kept (`exporter.writers.pdf.parts`).

Figures and tables. Why: one that does not fit on the rest of a page leaves it empty. The paragraphs after it are moved
before it, as in printed books, if the sentence before it does not announce it by a colon; the structure tree keeps the
order of the document. Lines after it that say where it comes from or explain it stay with it. A short table or box,
which otherwise stays on one page, is divided if that does not help, and a long description, which names its figure,
is on the next page.
Upstream: no issue is known; CSS has page floats for this (css-page-floats-3), which WeasyPrint does not support.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from exporter.lexicon.word_lists import all_words
from exporter.writers.pdf.patches.box_splitting import split
from exporter.writers.pdf.patches.flow import Flow, Placed

CHAPTER = "chapter"
"""The class of elements that begin a page under conditions."""
LONG_CHAPTER = "long-chapter"
"""The class of those among them that always do."""
DESCRIPTION = "description"
"""The class of long descriptions."""
EMPTY = 1 / 3
"""Share of a page that is not left empty before a chapter."""
GAP = 0.12
"""Share of a page that is not left empty before a figure, a table or a box."""
SMALL = 0.08
"""Share of a page on which no chapter fits."""
_TRIALS = 2
"""Trials inside each other; each further one doubles the time of a table inside a table."""
_LETTER = 0.2
"""The least area of a letter with its share of the line, in squares of the size of the text."""
_AVERAGE_LETTER = 0.45
"""The usual width of a letter, in sizes of the text."""
_CREDIT_LINES = 3
_TYPED_CAPTION = re.compile(r"(?P<word>[^\W\d_]+)\.?\s*\d+(?:[.-]\d+)*\s*(?:[.:：–—-]\s*|$)")
_FORCED = frozenset({"page", "left", "right", "recto", "verso"})
_MAY_BE_MOVED = frozenset({"figure", "table"})
_MAY_BE_DIVIDED = frozenset({"table", "aside", "tr", "figure"})
_FILL = frozenset({"p", "ul", "ol", "blockquote", "aside"})
_DIVIDED = {"break_inside": "auto", "orphans": 1}
_PARTED = {"break_before": "auto"}
_UNBROKEN = {"break": "any", "page": None}


@contextmanager
def patched() -> Iterator[None]:
    """Decide breaks before chapters by the space that is left, and fill the space before figures."""
    from weasyprint.layout import block

    layout = _Layout(block)
    with (
        patch.object(block, "_in_flow_layout", layout.in_flow),
        patch.object(block, "block_level_page_break", layout.page_break),
    ):
        yield


class _Layout:
    """The layout of children of a block.

    Args:
        block: The module `weasyprint.layout.block`.
    """

    def __init__(self, block: Any) -> None:
        self._block = block
        self._lay_out, self._page_break = block._in_flow_layout, block.block_level_page_break
        self._trials = 0
        """How many trials inside each other the layout is in."""

    def page_break(self, before: Any, after: Any) -> str:
        """Return the value of the break between two boxes, without that of a chapter; a caption stays at its figure."""
        value = str(self._page_break(before, after))
        is_figure = before is not None and after is not None and before.element_tag in _MAY_BE_MOVED
        if is_figure and value == "auto" and _is_caption_or_credit([after], before.width):
            return "avoid"
        if value != "page" or not _begins_chapter(after):
            return value
        return value if _FORCED.intersection(self._block._add_break_values(before, "after")) else "auto"

    def in_flow(self, *arguments: Any) -> Placed:
        """Return the layout of a child, or the end of the page before it."""
        flow = Flow(*arguments)
        may_break = flow.new_children and flow.skip_stack is None and flow.share_left < EMPTY
        if may_break and _begins_chapter(flow.child):
            return self._placed_whole(flow) or _stop(flow, flow.child_index, {"break": "page", "page": None})
        placed = self._laid_out(flow)
        return placed if self._trials >= _TRIALS else self._without_gap(flow, placed)

    def _laid_out(self, flow: Flow, trials: int = 0) -> Placed:
        """Return the layout of a child; boxes in it have fewer trials."""
        self._trials += trials
        try:
            placed = Placed(*self._lay_out(*flow))
        finally:
            self._trials -= trials
        if placed.abort or placed.stop:
            flow.remove_notes(placed)
        return placed

    def _placed_whole(self, flow: Flow) -> Placed | None:
        """Place a chapter if all of it fits on the page."""
        if flow.share_left < SMALL or never_fits(flow.child, flow.context.current_footnote_area.page.style["size"]):
            return None
        copied = flow._replace(new_children=[*flow.new_children], adjoining_margins=[*flow.adjoining_margins])
        # What fits is not moved or divided, and what does not fit must stay as it was.
        undo = flow.undo()
        placed = self._laid_out(copied, _TRIALS)
        if not placed.stop and not placed.abort:
            return placed
        if len(placed.new_children) > len(flow.new_children):
            child = placed.new_children[-1]
            self._block.remove_placeholders(flow.context, [child], flow.absolute_boxes, flow.fixed_boxes)
        undo()
        return None

    def _without_gap(self, flow: Flow, placed: Placed) -> Placed:
        """Fill the page if the child, or one before it that stays with it, does not fit on it."""
        if placed.abort:
            index, children = flow.child_index, flow.new_children
        elif placed.stop and None in placed.resume_at.values():
            (index,), children = placed.resume_at, placed.new_children
        else:
            return placed
        if children and not children[-1].is_in_normal_flow():
            return placed
        following = flow.at(index, children) if children else flow
        tag = following.child.element_tag
        # The rows of a table are placed together with their caption, by the box around both.
        is_rows = following.box.element is following.child.element
        if following.share_left < GAP or is_rows or not any(map(_stays_whole, _with_rows(following.child))):
            return placed
        filled = None
        if tag in _MAY_BE_MOVED and children and not _is_announced(children[-1]):
            filled = self._filled(following)
        if filled is None and tag in _MAY_BE_DIVIDED:
            filled = self._divided(following, flow.child_index)
        return filled or placed

    def _filled(self, flow: Flow) -> Placed | None:
        """Move paragraphs from after a figure before it, as many as fit."""
        box, filled = flow.box, None
        size = _group(box.children[flow.child_index :])
        while _is_caption_or_credit(box.children[flow.child_index + size :], box.width):
            size += 1
        while (source := flow.child_index + size) < len(box.children) and box.children[source].element_tag in _FILL:
            order = box.children
            group = order[flow.child_index : source]
            box.children = [*order[: flow.child_index], order[source], *group, *order[source + 1 :]]
            count = len(flow.new_children)
            undo = flow.undo()
            placed = self._laid_out(flow.at(flow.child_index, flow.new_children), 1)
            if len(placed.new_children) <= count:
                box.children = order
                undo()
                break
            if placed.stop:
                resume_at = placed.resume_at[flow.child_index]
                if resume_at is not None:
                    # The figure is the first on the next page, and the rest of the paragraph follows it.
                    parts = split(order[source], resume_at)
                    box.children = [*order[: flow.child_index], parts[0], *group, parts[1], *order[source + 1 :]]
                return placed._replace(resume_at={flow.child_index + 1: None})
            flow = flow.at(flow.child_index + 1, placed.new_children)
            filled = _stop(flow, flow.child_index, dict(_UNBROKEN))
        return filled

    def _divided(self, flow: Flow, end: int) -> Placed | None:
        """Place as much as fits of a table, a box or the description of a figure, with the children up to `end`."""
        count = len(flow.new_children)
        boxes = flow.box.children[flow.child_index :]
        changes: list[tuple[Any, Any]] = [(box.style, _DIVIDED) for box in _divisible(boxes)]
        if _group(boxes) > 1:
            changes.append((boxes[1].style, _PARTED))
        before = [(style, {name: style[name] for name in values}) for style, values in changes]
        for style, values in changes:
            style.update(values)
        undo = flow.undo()
        placed = self._laid_out(flow, 1)
        for index in range(flow.child_index + 1, end + 1):
            if placed.stop or placed.abort:
                break
            placed = self._laid_out(flow.at(index, placed.new_children), 1)
        if len(placed.new_children) > count:
            return placed
        for style, values in before:
            style.update(values)
        undo()
        return None


def never_fits(chapter: Any, page: tuple[float, float]) -> bool:
    """Return whether a chapter has more letters than the smallest type sets on a third of a page of a size."""
    letters = sum(len(getattr(box, "text", "")) for box in chapter.descendants())
    return bool(letters * _LETTER * chapter.style["font_size"] ** 2 > EMPTY * page[0] * page[1])


def _stop(flow: Flow, index: int, next_page: Any) -> Placed:
    """Return the end of a page before a child."""
    return Placed(
        abort=False,
        stop=True,
        resume_at={index: None},
        position_y=flow.position_y,
        adjoining_margins=flow.adjoining_margins,
        next_page=next_page,
        new_children=flow.new_children,
        max_lines=flow.max_lines,
    )


def _begins_chapter(box: Any) -> bool:
    """Return whether a chapter that may begin on any page begins with this box."""
    while box.is_in_normal_flow():
        if box.style["break_before"] in _FORCED:
            classes = _classes(box)
            return bool(box.style["break_before"] == "page") and CHAPTER in classes and LONG_CHAPTER not in classes
        if not getattr(box, "children", ()):
            break
        box = box.children[0]
    return False


def _divisible(children: list[Any]) -> list[Any]:
    """Return the boxes that decide whether the first of these children is divided."""
    if children[0].element_tag != "figure":
        return _with_rows(children[0])
    return list(children[1].descendants()) if _group(children) > 1 else []


def _with_rows(box: Any) -> list[Any]:
    """Return a box and, if it is that of a table with its caption, the box of its rows."""
    return [box, *(child for child in getattr(box, "children", ()) if child.element is box.element)]


def _stays_whole(box: Any) -> bool:
    return bool(box.style["break_inside"] == "avoid")


def _group(children: list[Any]) -> int:
    """Return how many boxes belong together: a figure or a table and its long description."""
    return 1 + (len(children) > 1 and DESCRIPTION in _classes(children[1]))


def _is_caption_or_credit(children: list[Any], width: float) -> bool:
    """Return whether the first child is a paragraph of a few lines, of a width: “Figure 1: …” or “Source: …”."""
    if not children or children[0].element_tag != "p":
        return False
    text = _text(children[0])
    label, colon, rest = text.replace("：", ":").partition(":")
    is_credit = text.startswith("©") or (colon and rest and label.strip().casefold() in all_words("credit_words"))
    typed = _TYPED_CAPTION.match(text)
    is_caption = typed is not None and typed["word"].casefold() in all_words("figure_words")
    return (
        bool(is_credit or is_caption)
        and len(text) * _AVERAGE_LETTER * children[0].style["font_size"] <= _CREDIT_LINES * width
    )


def _is_announced(box: Any) -> bool:
    """Return whether a text ends with a colon."""
    return _text(box).endswith((":", "："))


def _text(box: Any) -> str:
    return "".join(getattr(part, "text", "") for part in box.descendants()).strip()


def _classes(box: Any) -> list[str]:
    return (box.element.get("class") or "").split() if box.element is not None else []
