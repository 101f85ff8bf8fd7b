"""Diff of the inline items of two paired items: links, note references, abbreviations, code, formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.addresses import ascii_address
from exporter.parity.comparison.item_names import QUOTED, describe_item, quote_from
from exporter.parity.content import ContentItem, InlineItem, PageEntry, comparison_key, letters
from exporter.parity.picture_files import is_same_shape

_RULES = {"link": rules.LINKS, "note": rules.NOTES, "picture": rules.PICTURES}


ABOVE = 30.0
"""Points by which the base line of a caption may be above its table, to which a link leads."""
NEAR = 2.0
"""Points between base lines of one line."""


class LinkTargets:
    """Link targets in the tree, and the matching items of an edition.

    Args:
        targets: Of the tree: index of the first item of the node with an ID; less than 0 in a note.
        matched: Index in the edition, by index in the tree.
        items: Those of the edition.
        digests: Those of the pictures of the tree.
        placed: Those of the files that the edition should have of each of them (`ExtractedContent.placed`).
        omitted: IDs in notes that the edition leaves out, since nothing refers to them.
    """

    def __init__(
        self,
        targets: Mapping[str, int],
        matched: Mapping[int, int],
        items: Sequence[ContentItem],
        digests: frozenset[str] = frozenset(),
        placed: Mapping[str, tuple[str, ...]] = {},
        *,
        omitted: frozenset[str] = frozenset(),
    ) -> None:
        self.items = items
        self.omitted = {f"#{name}" for name in omitted}
        self.matched_items = [items[index] for index in matched.values()]
        """Those of the edition that come from the manuscript."""
        self.targets, self.matched, self.digests, self.placed = targets, matched, digests, placed
        self.files: dict[tuple[str, str], str] = {}
        """Digests of the files of the edition by those of the manuscript and the width at which they are shown."""
        self._matched_indices = frozenset(matched.values())
        self._last = max(matched, default=-1)
        self._end = max(matched.values(), default=-1)

    def leads_to(self, entry: PageEntry, name: str) -> bool:
        """Return whether a place on a page is where the item of an ID begins, as far as that is known."""
        index = self.matched.get(self.targets.get(name, -1))
        return index is None or is_at(entry, self.items[index], self.matched_items)

    def begins(self, goal: int, index: int) -> bool:
        """Return whether an item of the edition matches one of the tree, or is an addition directly before it."""
        if goal < 0 or index < 0:
            return goal == index
        if index > self._last:
            return goal > self._end  # after all items
        match = self.matched.get(index)
        while match is not None and goal < match and goal not in self._matched_indices:
            goal += 1
        return goal == match


def is_at(target: PageEntry, item: ContentItem, items: Sequence[ContentItem]) -> bool:
    """Return whether a place on a page is where an item begins: no item before it in its column is below the place."""
    if item.page is None:
        return True
    if target.page != item.page:
        return _is_end_of_page_before(target, item, items) or _is_inside(target, item, items)
    if target.top is None or item.y is None:
        return True
    if item.y > target.top + NEAR:
        return item.y - target.top <= ABOVE or _is_inside(target, item, items)
    for other in reversed(items[: next((index for index, other in enumerate(items) if other is item), 0)]):
        if other.page != item.page or (other.y is not None and other.y < item.y - NEAR):
            return True  # on the page before, or in the column before
        if not _is_beside(other, item) and other.y is not None and item.y + NEAR < other.y <= target.top + NEAR:
            return False
    return True


def _is_beside(other: ContentItem, item: ContentItem) -> bool:
    """Return whether items are in different cells of one row."""
    pairs = zip(other.path, item.path, strict=False)
    steps = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return all(step.startswith("cell ") for step in steps)


def _is_inside(target: PageEntry, item: ContentItem, items: Sequence[ContentItem]) -> bool:
    """Return whether a place on a page is after the beginning of an item, and before that of the next one."""
    start, goal = _position(item.page, item.y), _position(target.page, target.top)
    following = iter(items)
    any(other is item for other in following)
    end = next((end for other in following if (end := _position(other.page, other.y))), None)
    if start is None or goal is None or goal <= start:
        return False
    return goal < end if end is not None else target.page == item.page


def _position(page: int | None, y: float | None) -> tuple[int, float] | None:
    """Return a place in the order of reading, or None if it is not known."""
    return None if page is None or y is None else (page, -y)


def _is_end_of_page_before(target: PageEntry, item: ContentItem, items: Sequence[ContentItem]) -> bool:
    """Return whether no item is between a place and the next page: a block may begin with a picture there."""
    if item.page is None or target.top is None or target.page != item.page - 1:
        return False
    return all(
        (other.page != target.page or other.y is None or other.y >= target.top - NEAR)
        and (other.page != item.page or other is item or other.y is None or item.y is None or other.y < item.y)
        for other in items
    )


def _is_seen(mark: InlineItem) -> bool:
    """Return whether an inline item is always drawn: a space as code is not at the end of a line."""
    return mark.kind != "code" or bool(mark.text)


def diff(expected: ContentItem, actual: ContentItem, link_targets: LinkTargets, location: str) -> Iterator[Finding]:
    """Yield the differences; `location` is the location in the edition, for the end of a message."""
    all_expected, all_actual = (list(filter(_is_seen, item.marks)) for item in (expected, actual))
    for kind in dict.fromkeys(mark.kind for mark in (*all_expected, *all_actual)):
        expected_marks = [mark for mark in all_expected if mark.kind == kind]
        actual_marks = [mark for mark in all_actual if mark.kind == kind]
        rule = _RULES.get(kind, rules.MARKS)
        if len(expected_marks) > len(actual_marks) and kind == "link":
            expected_marks = [mark for mark in expected_marks if mark.target not in link_targets.omitted]
        if len(expected_marks) != len(actual_marks):
            numbers = f"{len(actual_marks)}; expected {len(expected_marks)}"
            message = f"{describe_item(expected)}, inline items of the kind {kind}: {numbers}{location}."
            yield rule.finding(message, expected.source)
            continue
        for expected_mark, actual_mark in zip(expected_marks, actual_marks, strict=True):
            difference = _diff_mark(kind, expected_mark, actual_mark, link_targets)
            if difference:
                yield rule.finding(f"{describe_item(expected)}: {difference}{location}.", expected.source)
    yield from _positions(expected, actual, location)


def _positions(expected: ContentItem, actual: ContentItem, location: str) -> Iterator[Finding]:
    """Yield the first of the notes, pictures and formulas that is among other words, or in another order."""
    words, whole = letters(expected.text), letters(actual.text)
    begin = whole.find(words)
    if begin < 0 or (whole != words and not (words and expected.parts)):
        return
    starts = ((expected.marks, 0), (actual.marks, begin))
    if words:
        pairs = [
            [(mark.kind, mark.before - start) for mark in marks if mark.before is not None] for marks, start in starts
        ]
    else:  # only their order counts, and what is in a link
        pairs = [
            [(mark.kind, 0) for mark in marks if mark.before is not None or mark.kind == "link"] for marks, _ in starts
        ]
    if sorted(kind for kind, _ in pairs[0]) != sorted(kind for kind, _ in pairs[1]):
        return  # one is missing, which is reported already
    for (kind, before), other in zip(*pairs, strict=True):
        if (kind, before) != other:
            goal = f"before {quote_from(expected.text, before)}" if before < len(words) else "at the end"
            message = f"a {kind} is at another place; expected {goal}"
            rule = _RULES.get(kind, rules.MARKS)
            yield rule.finding(f"{describe_item(expected)}: {message}{location}.", expected.source)
            return


def _diff_mark(kind: str, expected: InlineItem, actual: InlineItem, link_targets: LinkTargets) -> str:
    match kind:
        case "link":
            if expected.text != actual.text:
                return f"link text “{actual.text[:QUOTED]}”; expected “{expected.text[:QUOTED]}”"
            titles = [comparison_key(mark.title or "") for mark in (expected, actual)]
            if actual.title is not None and titles[0] != titles[1]:
                shown = f"“{actual.title[:QUOTED]}”; expected “{(expected.title or '')[:QUOTED]}”"
                return f"the title of the link “{actual.text[:QUOTED]}” is {shown}"
            if actual.structure and expected.structure != actual.structure:
                return f"the link “{actual.text[:QUOTED]}” has other quotation marks"
            return _diff_link(expected.target or "", actual, link_targets)
        case "note":
            return (
                ""
                if expected.target == actual.target
                else f"the reference to note {expected.target} points to {actual.target}"
            )
        case "formula":
            if actual.text and expected.text != actual.text:
                return f"the formula “{expected.text[:QUOTED]}” is “{actual.text[:QUOTED]}”"
            if actual.structure and expected.structure != actual.structure:
                return f"the formula “{expected.text[:QUOTED]}” is built otherwise"
            if None not in (expected.styles, actual.styles) and expected.styles != actual.styles:
                return f"the formula “{expected.text[:QUOTED]}” is emphasised, raised or lowered otherwise"
            alt_text = actual.target or ""
            if expected.target and actual.target is not None and letters(expected.target) != letters(alt_text):
                return f"the formula “{expected.target[:QUOTED]}” is called “{alt_text[:QUOTED]}”"
            # A formula may consist of one symbol, such as ∆; a backslash is TeX, unless it is in the formula (A \ B).
            is_tex = "\\" in alt_text and "\\" not in expected.text
            has_text = actual.text or (
                (letters(alt_text) or (alt_text.strip() and not letters(expected.text))) and not is_tex
            )
            return "" if has_text else "a formula has no words"
        case "picture":
            languages = (expected.language.lower(), actual.language.lower())
            if expected.target and all(languages) and languages[0] != languages[1]:
                stated = f"{actual.language}; expected {expected.language}"
                return f"the description of the picture “{expected.target[:QUOTED]}” is in {stated}"
            # Alt texts are compared in `sequence_diff`; a file may have been made of that of the manuscript.
            files = link_targets.files
            is_other = files.setdefault((expected.structure, actual.width), actual.structure) != actual.structure
            is_other = is_other or (actual.structure in link_targets.digests and actual.structure != expected.structure)
            is_other = is_other or actual.structure not in link_targets.placed.get(expected.structure, actual.structure)
            is_known = bool(expected.structure and actual.structure)
            is_other = (is_known and is_other) or not is_same_shape(expected.shape, actual.shape)
            return f"the picture “{(expected.target or '')[:QUOTED]}” is another file" if is_other else ""
        case _:
            if actual.structure and expected.structure and actual.structure != expected.structure:
                return f"the lines of the {kind} “{expected.text[:QUOTED]}” begin otherwise"
            is_same = expected.text == actual.text and comparison_key(expected.target or "") == comparison_key(
                actual.target or ""
            )
            return (
                ""
                if is_same
                else f"the {kind} “{expected.text[:QUOTED]}” is “{actual.text[:QUOTED]}” ({actual.target})"
            )


def _diff_link(target: str, actual: InlineItem, link_targets: LinkTargets) -> str:
    actual_target = actual.target or "nowhere"
    message = f"link “{actual.text[:QUOTED]}” points to {actual_target}; expected {target}"
    if not target.startswith("#"):
        return "" if ascii_address(target) == ascii_address(actual_target) else message
    index = link_targets.targets.get(target[1:])
    if actual.goal is not None and index is not None:
        return (
            ""
            if link_targets.begins(actual.goal[0], index)
            else f"link “{actual.text[:QUOTED]}” points to another place"
        )
    if actual_target in {"nowhere", "several places"} or not actual_target.startswith("#"):
        return message
    if actual.entry is not None and not link_targets.leads_to(actual.entry, target[1:]):
        return f"link “{actual.text[:QUOTED]}” points to another place"
    return "" if actual_target in {target, "#"} else message
