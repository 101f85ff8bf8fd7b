"""Links, marks of notes, abbreviations, code and formulas of a passage against those of its twin."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.content import ContentItem, InlineItem, comparison_key, letters
from exporter.parity.item_names import QUOTED, named

_RULES = {"link": rules.LINKS, "note": rules.NOTES, "picture": rules.PICTURES}


class Places:
    """Where links of the tree lead, and which passages of an edition stand there.

    Args:
        targets: Of the tree: index of the passage that begins the node of an identifier; less than 0 in a note.
        matched: Index of the twin in the edition, by index in the tree.
    """

    def __init__(self, targets: Mapping[str, int], matched: Mapping[int, int]) -> None:
        self.targets, self.matched = targets, matched
        self._ours = frozenset(matched.values())
        self._last = max(matched, default=-1)
        self._end = max(matched.values(), default=-1)

    def begins(self, goal: int, place: int) -> bool:
        """Whether a passage of the edition is the twin of one of the tree, or what the edition puts before it."""
        if goal < 0 or place < 0:
            return goal == place
        if place > self._last:
            return goal > self._end  # behind all passages
        twin = self.matched.get(place)
        while twin is not None and goal < twin and goal not in self._ours:
            goal += 1
        return goal == twin


def diff(want: ContentItem, have: ContentItem, places: Places, where: str) -> Iterator[Finding]:
    """Yield what differs; `where` is the place in the edition, as it stands at the end of a message."""
    for kind in dict.fromkeys(mark.kind for mark in (*want.marks, *have.marks)):
        left = [mark for mark in want.marks if mark.kind == kind]
        right = [mark for mark in have.marks if mark.kind == kind]
        rule = _RULES.get(kind, rules.MARKS)
        if len(left) != len(right):
            message = f"{named(want)} has {len(right)} of the kind {kind}, not {len(left)}{where}."
            yield rule.finding(message, want.source)
            continue
        for one, two in zip(left, right, strict=True):
            said = _mark(kind, one, two, places)
            if said:
                yield rule.finding(f"{named(want)}: {said}{where}.", want.source)


def _mark(kind: str, want: InlineItem, have: InlineItem, places: Places) -> str:
    match kind:
        case "link":
            if want.text != have.text:
                return f"the link “{want.text[:QUOTED]}” covers “{have.text[:QUOTED]}”"
            return _link(want.target or "", have, places)
        case "note":
            return "" if want.target == have.target else f"the reference to note {want.target} leads to {have.target}"
        case "formula":
            if have.text and want.text != have.text:
                return f"the formula “{want.text[:QUOTED]}” is “{have.text[:QUOTED]}”"
            said = have.target or ""
            # A formula may be a sign alone, such as ∆.
            says = have.text or ((letters(said) or (said.strip() and not letters(want.text))) and "\\" not in said)
            return "" if says else "a formula has no words"
        case "picture":
            return ""  # their alt texts are compared in one list
        case _:
            same = want.text == have.text and comparison_key(want.target or "") == comparison_key(have.target or "")
            return "" if same else f"the {kind} “{want.text[:QUOTED]}” is “{have.text[:QUOTED]}” ({have.target})"


def _link(target: str, have: InlineItem, places: Places) -> str:
    goes = have.target or "nowhere"
    elsewhere = f"the link “{have.text[:QUOTED]}” leads to {goes}, not to {target}"
    if not target.startswith("#"):
        return "" if _address(target) == _address(goes) else elsewhere
    place = places.targets.get(target[1:])
    if have.place is not None and place is not None:
        return "" if places.begins(have.place[0], place) else f"“{have.text[:QUOTED]}” leads to another place"
    if goes in {"nowhere", "several places"} or not goes.startswith("#"):
        return elsewhere
    return "" if goes in {target, "#"} else elsewhere


def _address(target: str) -> str:
    """Return an address as formats write it that know no letters but those of ASCII (RFC 3987, 3.1)."""
    return quote(target, safe=string.punctuation)
