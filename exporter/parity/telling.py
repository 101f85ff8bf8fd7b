"""Every difference between what the tree asks an edition to tell and what it tells, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.naming import QUOTED, listed, named, quote
from exporter.parity.passages import Mark, Note, Passage, Told, letters, squashed

SHORT_ADDITION = 80
"""Letters that an edition may set around words of the manuscript, such as “Quoted from”."""
TITLE_ADDED = 400
"""Characters of what an edition may add by itself: the word “Warning” on a box, “Long description of” and a caption."""
OPENING = 12
"""Passages by which the beginning of the text is known behind cover and imprint."""
MOST_OPENINGS = 50
_TOLD_ELSEWHERE = frozenset({"heading", "picture"})
"""Kinds whose words are compared in lists of their own, so that here only their place counts."""
_RULES_OF_MARKS = {"link": rules.LINKS, "note": rules.NOTES, "picture": rules.PICTURES}


def differences(expected: Told, found: Told) -> Iterator[Finding]:
    """Give every difference, each at its place in the manuscript and in the edition."""
    pairs = _Pairs(expected.passages, found.passages, expected.slots)
    yield from pairs.findings(frame=True)
    comparison = _Comparison(expected, found, dict(pairs.matched))
    for one, two in pairs.matched:
        yield from comparison.passage(expected.passages[one], found.passages[two])
    yield from comparison.contents()
    yield from _notes(expected, found, comparison)


def _notes(expected: Told, found: Told, comparison: _Comparison) -> Iterator[Finding]:
    if len(expected.notes) != len(found.notes):
        yield rules.NOTES.finding(f"There are {len(found.notes)} notes, not {len(expected.notes)}.")
    lost = _lost_notes(expected.notes, found.notes)
    for number, note in enumerate(expected.notes):
        if number in lost:
            text = quote(note.passages[0]) if note.passages else "(empty)"
            yield rules.NOTES.finding(f"The note {text} is missing.", note.source)
    kept = [note for number, note in enumerate(expected.notes) if number not in lost]
    for one, two in zip(kept, found.notes, strict=False):
        pairs = _Pairs(one.passages, two.passages, {})
        yield from pairs.findings(frame=False)
        for first, second in pairs.matched:
            yield from comparison.passage(one.passages[first], two.passages[second])
        if one.ways_back != two.ways_back:
            message = f"The note has {two.ways_back} links back to the text, not {one.ways_back} ({two.place})."
            yield rules.NOTES.finding(message, one.source)


def _lost_notes(expected: Sequence[Note], found: Sequence[Note]) -> set[int]:
    """Give the indexes of the notes that are not there, when there are fewer than expected."""
    if len(found) >= len(expected):
        return set()
    left, right = ([" ".join(_key(each) for each in note.passages) for note in notes] for notes in (expected, found))
    lost: set[int] = set()
    for tag, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag in {"delete", "replace"}:
            lost.update(range(start + (last - first), end))
    return lost


def _key(passage: Passage) -> str:
    """Give by what passages of two editions are taken for the same one."""
    if passage.kind in {"picture", "formula"}:
        return f"{passage.kind}:"
    return f"cell:{letters(passage.text)}" if passage.kind == "cell" else letters(passage.text) or passage.kind


def _identity(passage: Passage) -> str:
    """Give by what a passage is known in another place; it ends in a sign when it is not."""
    if passage.kind == "picture":
        return f"picture:{letters(passage.marks[0].target or '')}"
    return _key(passage) if letters(passage.text) else "-"


class _Pairs:
    """Which passage of one side is which of the other, and what is left over."""

    def __init__(self, expected: Sequence[Passage], found: Sequence[Passage], slots: dict[int, int] | object) -> None:
        self.expected, self.found = expected, found
        self.slots = Counter(slots if isinstance(slots, dict) else {})
        self.matched: list[tuple[int, int]] = []
        self.missing: list[int] = []
        self.extra: list[int] = []
        self.changed: list[tuple[int, int]] = []
        left, right = [_key(each) for each in expected], [_key(each) for each in found]
        start = _first(left, right)
        self.head = range(start)
        """What stands before the text: cover, imprint."""
        first = 0
        while first < len(left) and start + first < len(right) and left[first] == right[start + first]:
            self.matched.append((first, start + first))
            first += 1
        matcher = SequenceMatcher(None, left[first:], right[start + first :], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            one, two = range(first + a, first + b), range(start + first + c, start + first + d)
            if tag == "equal":
                self.matched += zip(one, two, strict=True)
            else:
                self._uneven(list(one), list(two))
        last = max((index for _, index in self.matched), default=-1)
        self.tail = [index for index in self.extra if index > last]
        """What stands behind the text: a colophon."""

    def _uneven(self, one: list[int], two: list[int]) -> None:
        at = one[0] if one else self.matched[-1][0] + 1 if self.matched else 0
        for place in range(at, (one[-1] if one else at) + 2):
            while self.slots[place] and len(two) > len(one):
                short = next((index for index in two if len(self.found[index].text) <= TITLE_ADDED), None)
                if short is None:
                    break
                two.remove(short)
                self.slots[place] -= 1
        if len(one) == len(two):
            self.changed += zip(one, two, strict=True)
            return
        # Framed passages hold the words of the manuscript among words of the edition.
        for index in list(one):
            twin = next((each for each in two if _framed(self.expected[index], self.found[each])), None)
            if twin is not None:
                self.matched.append((index, twin))
                one.remove(index)
                two.remove(twin)
        self.missing += one
        self.extra += two

    def findings(self, *, frame: bool) -> Iterator[Finding]:
        """Give what is missing, too much, changed or out of order.

        Args:
            frame: Whether an edition may add something before and behind the whole.
        """
        for index, other in list(self.changed):
            want, have = self.expected[index], self.found[other]
            # What a cell holds is told passage by passage.
            if _framed(want, have) or want.kind == have.kind == "cell":
                self.matched.append((index, other))
                self.changed.remove((index, other))
        self.matched.sort()
        moved = {_identity(self.found[index]): index for index in self.extra}
        moved |= {_identity(self.found[index]): index for _, index in self.changed}
        for index in self.missing:
            want = self.expected[index]
            other = moved.pop(_identity(want), -1)
            if other >= 0 and _identity(want)[-1:].isalnum():
                have = self.found[other]
                message = f"{named(want)} stands in another place: {have.place}{self._after(index)}."
                yield rules.ORDER.finding(message, want.source)
                self.extra = [each for each in self.extra if each != other]
            elif want.kind not in _TOLD_ELSEWHERE:
                yield rules.TEXT.finding(f"{named(want)} is missing{self._after(index)}.", want.source)
        for index, other in self.changed:
            want, have = self.expected[index], self.found[other]
            if want.kind == have.kind and want.kind in _TOLD_ELSEWHERE:
                continue
            message = f"{named(want)} reads {quote(have)} ({have.place})."
            yield rules.TEXT.finding(message, want.source)
        yield from self._additions(frame=frame)

    def _additions(self, *, frame: bool) -> Iterator[Finding]:
        known = {_key(each) for each in self.expected if len(letters(each.text)) > QUOTED // 2}
        outside = {*self.head, *self.tail} if frame else set()
        for index in (*self.head, *self.extra):
            have = self.found[index]
            if _key(have) in known:
                yield rules.TEXT.finding(f"{quote(have)} stands there twice ({have.place}).")
            elif index in outside or have.kind in _TOLD_ELSEWHERE:
                continue
            else:
                yield rules.TEXT.finding(f"{named(have)} is not in the manuscript ({have.place}).")

    def _after(self, index: int) -> str:
        before = next((each for each in reversed(self.expected[:index]) if letters(each.text)), None)
        return f", after {quote(before)}" if before is not None else ", at the beginning"


def _first(left: Sequence[str], right: Sequence[str]) -> int:
    """Give where the text begins on the right: where most of the first passages follow each other."""
    opening = left[:OPENING]
    if not opening:
        return len(right)
    best, where = 0, 0
    for start in [index for index, key in enumerate(right) if key in opening[:3]][:MOST_OPENINGS]:
        window = right[start : start + OPENING + 2]
        blocks = SequenceMatcher(None, opening, window, autojunk=False).get_matching_blocks()
        score = sum(block.size for block in blocks)
        if score > best:
            best, where = score, start
    return where


def _framed(want: Passage, have: Passage) -> bool:
    """Whether an edition tells the words of the manuscript with words of its own around them."""
    said = letters(have.text)
    if not want.parts or len(said) > sum(map(len, want.parts)) + SHORT_ADDITION:
        return False
    return all(part in said for part in want.parts)


class _Comparison:
    """Compares passages that are the same one."""

    def __init__(self, expected: Told, found: Told, matched: dict[int, int]) -> None:
        self.expected, self.found, self.matched = expected, found, matched
        self.ours = frozenset(matched.values())

    def passage(self, want: Passage, have: Passage) -> Iterator[Finding]:
        """Give the differences between a passage and its twin."""
        where, source = f" ({have.place})", want.source
        if want.kind != have.kind:
            message = f"{named(want)} is a {have.kind}{where}."
            yield rules.KINDS.finding(message, source)
        elif (
            not want.parts
            and want.kind not in {"cell", *_TOLD_ELSEWHERE}
            and squashed(want.text) != squashed(have.text)
        ):
            yield rules.TEXT.finding(f"{named(want)} reads {quote(have)}{where}.", source)
        left, right = self._path(want), self._path(have)
        if left != right:
            message = f"{named(want)} stands in {listed(right)}, not in {listed(left)}{where}."
            yield rules.NESTING.finding(message, source)
        if want.label and want.label != have.label:
            message = f"{named(want)} bears the number “{have.label}”, not “{want.label}”{where}."
            yield rules.NESTING.finding(message, source)
        if want.detail != have.detail:
            yield rules.TABLES.finding(f"{named(want)}: {have.detail}, not {want.detail}{where}.", source)
        elif want.heads is not None and want.heads != (have.heads or ()):
            message = f"{named(want)} is headed by {listed(have.heads or ())}, not by {listed(want.heads)}{where}."
            yield rules.TABLES.finding(message, source)
        yield from self._languages(want, have, where)
        yield from self._marks(want, have, where)

    def _path(self, passage: Passage) -> tuple[str, ...]:
        return passage.path if self.found.turns else tuple(step for step in passage.path if step != "turn")

    def _languages(self, want: Passage, have: Passage, where: str) -> Iterator[Finding]:
        if want.parts or want.runs == have.runs:
            return
        languages = [[language.lower() for language, _ in each.runs] for each in (want, have)]
        lengths = [[len(text) for _, text in each.runs] for each in (want, have)]
        if languages[0] == languages[1] and lengths[0] == lengths[1]:
            return  # the words differ, which is told already
        message = f"{named(want)} is in {listed(languages[1])}, not in {listed(languages[0])}{where}."
        yield rules.PASSAGES.finding(message, want.source)

    def _marks(self, want: Passage, have: Passage, where: str) -> Iterator[Finding]:
        for kind in dict.fromkeys(mark.kind for mark in (*want.marks, *have.marks)):
            left = [mark for mark in want.marks if mark.kind == kind]
            right = [mark for mark in have.marks if mark.kind == kind]
            rule = _RULES_OF_MARKS.get(kind, rules.MARKS)
            if len(left) != len(right):
                message = f"{named(want)} has {len(right)} of the kind {kind}, not {len(left)}{where}."
                yield rule.finding(message, want.source)
                continue
            for one, two in zip(left, right, strict=True):
                said = self._mark(kind, one, two)
                if said:
                    yield rule.finding(f"{named(want)}: {said}{where}.", want.source)

    def _mark(self, kind: str, want: Mark, have: Mark) -> str:
        match kind:
            case "link":
                if want.text != have.text:
                    return f"the link “{want.text[:QUOTED]}” covers “{have.text[:QUOTED]}”"
                return self._link(want.target or "", have)
            case "note":
                return (
                    "" if want.target == have.target else f"the reference to note {want.target} leads to {have.target}"
                )
            case "formula":
                return (
                    "" if letters(have.target or "") and "\\" not in (have.target or "") else "a formula has no words"
                )
            case "picture":
                return ""  # their alt texts are compared in one list
            case _:
                same = want.text == have.text and squashed(want.target or "") == squashed(have.target or "")
                return "" if same else f"the {kind} “{want.text[:QUOTED]}” is “{have.text[:QUOTED]}” ({have.target})"

    def _link(self, target: str, have: Mark) -> str:
        goes = have.target or "nowhere"
        if not target.startswith("#"):
            return "" if target == goes else f"the link “{have.text[:QUOTED]}” leads to {goes}, not to {target}"
        place = self.expected.targets.get(target[1:])
        if have.place is not None and place is not None:
            return "" if self._begins(have.place[0], place) else f"“{have.text[:QUOTED]}” leads to another place"
        if goes in {"nowhere", "several places"} or not goes.startswith("#"):
            return f"the link “{have.text[:QUOTED]}” leads to {goes}, not to {target}"
        return "" if goes in {target, "#"} else f"the link “{have.text[:QUOTED]}” leads to {goes}, not to {target}"

    def _begins(self, goal: int, place: int) -> bool:
        """Whether a passage of the edition is the twin of one of the tree, or what the edition puts before it."""
        twin = self.matched.get(place)
        while twin is not None and goal < twin and goal not in self.ours:
            goal += 1
        return goal == twin

    def contents(self) -> Iterator[Finding]:
        """Compare the list of contents, where there is one, with the headings."""
        headings = [each for each in self.expected.passages if each.kind == "heading"]
        pages = {letters(each.text): each.page for each in self.found.passages if each.kind == "heading"}
        place = 0
        for words, page in self.found.contents:
            said = letters(words)
            heads = (index for index in range(place, len(headings)) if said.startswith(letters(headings[index].text)))
            match = next(heads, None)
            if match is None:
                yield rules.CONTENTS.finding(f"“{words[:QUOTED]}” in the contents is no heading, or out of order.")
                continue
            place = match + 1
            there = pages.get(letters(headings[match].text))
            if page is None or (there is not None and page != there):
                goes = "nowhere" if page is None else f"page {page + 1}"
                message = f"“{words[:QUOTED]}” in the contents leads to {goes}."
                yield rules.CONTENTS.finding(message, headings[match].source)
