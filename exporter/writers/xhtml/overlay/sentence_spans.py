"""Every sentence of the tree in an element of its own, so that an overlay can point at it.

No element is torn: where a link, a stressed passage or a quotation holds the end of one sentence and the beginning of
another, both stand in one element and are read as one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

import msgspec

from exporter.model import At, Image, Inline, Inlines, LineBreak, Node, NoteReference, Publication, Span, Text
from exporter.model.text_positions import FIELDS, leaves, running_text, size
from exporter.model.walk import rewrite, walk
from exporter.speech.utterance import Utterance


class Unit(NamedTuple):
    """Utterances that follow each other."""

    first: int
    """Place in the script."""
    last: int

    def holds(self, other: Unit) -> bool:
        """Return whether another unit is part of this one."""
        return self.first <= other.first and other.last <= self.last


class Marked(NamedTuple):
    """A publication in which everything that is read has an identifier."""

    publication: Publication
    elements: dict[str, Unit]
    """What reads an element, by its identifier."""
    labels: dict[str, Unit]
    """What reads the words that the layout writes for a node, by its `At.id`."""


class Stretch(NamedTuple):
    """Places in the running text of a node, and what reads them."""

    begin: int
    end: int
    unit: Unit

    def with_(self, begin: int, end: int, unit: Unit) -> Stretch:
        """Return the shortest stretch that holds this one and another."""
        spoken = Unit(min(self.unit.first, unit.first), max(self.unit.last, unit.last))
        return Stretch(min(self.begin, begin), max(self.end, end), spoken)


def mark(publication: Publication, utterances: Sequence[Utterance]) -> Marked:
    """Return the publication with a span around every sentence, and which utterances read what.

    Args:
        publication: With ids on its nodes.
        utterances: Its script.
    """
    texts, elements, labels = _places(utterances)
    taken = {node.at.id.casefold() for node in walk(publication) if node.at.id}
    names = (name for number in count(1) if (name := f"s{number}") not in taken)
    named: dict[str, dict[Stretch, str]] = {}
    found: list[tuple[Unit, str, Stretch]] = []
    for node in walk(publication):
        if type(node) in FIELDS and node.at.id in texts:
            whole = _whole(running_text(node), texts[node.at.id])
            _leave_to_sentences(running_text(node), whole, elements)
            found += [(stretch.unit, node.at.id, stretch) for stretch in whole]
    for (unit, owner, stretch), name in zip(sorted(found), names, strict=False):
        named.setdefault(owner, {})[stretch] = name
        elements[name] = unit

    def change(node: Node) -> Node:
        own = named.get(node.at.id or "") if type(node) in FIELDS else None
        if not own:
            return node
        return msgspec.structs.replace(node, **{FIELDS[type(node)]: tuple(_wrapped(running_text(node), 0, own))})

    return Marked(rewrite(publication, change), elements, labels)


def _places(utterances: Sequence[Utterance]) -> tuple[dict[str, list[Stretch]], dict[str, Unit], dict[str, Unit]]:
    """Return what is read of running texts, of nodes as wholes, and of what the layout writes, by `At.id`."""
    texts: dict[str, list[Stretch]] = {}
    elements: dict[str, Unit] = {}
    labels: dict[str, Unit] = {}
    goes_on = False
    for number, utterance in enumerate(utterances):
        place, unit = utterance.text_range, Unit(number, number)
        if place is None:
            pass
        elif place.label:
            labels.setdefault(place.node, unit)
        elif place.end:
            found = texts.setdefault(place.node, [])
            if goes_on and found and found[-1].unit.last == number - 1:
                found[-1] = found[-1].with_(place.begin, place.end, unit)
            else:
                found.append(Stretch(place.begin, place.end, unit))
        else:
            known = elements.setdefault(place.node, unit)
            if known.last == number - 1:
                elements[place.node] = Unit(known.first, number)
        goes_on = utterance.continues
    return texts, elements, labels


def _whole(inlines: Inlines, stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches without white space at their ends that hold an element or lie inside it, never a part of one."""
    characters = "".join(_characters(inlines))
    found = _joined(_trimmed(stretch, characters) for stretch in stretches)
    containers = list(_containers(inlines, 0))
    while True:
        grown = _joined(_grown(found, containers))
        if grown == found:
            return found
        found = grown


def _characters(inlines: Inlines) -> Iterator[str]:
    for _, node in leaves(inlines):
        match node:
            case Text(text):
                yield text
            case LineBreak():
                yield "\n"
            case _ if size(node):
                yield "\ufffc"


def _trimmed(stretch: Stretch, characters: str) -> Stretch:
    words = characters[stretch.begin : stretch.end]
    begin = stretch.begin + len(words) - len(words.lstrip())
    return stretch._replace(begin=begin, end=begin + len(words.strip()))


def _grown(stretches: Sequence[Stretch], containers: Iterable[tuple[int, int]]) -> list[Stretch]:
    """Return stretches with the whole of each container of which they hold a part and more.

    Args:
        stretches: In order, none inside another.
        containers: Begin and end of each.
    """
    out = list(stretches)
    begins = [each.begin for each in stretches]
    for begin, end in containers:
        for edge in (begin, end):
            # Only a stretch across one of its ends can hold a part of it and more.
            place = bisect_left(begins, edge) - 1
            if place < 0 or stretches[place].end <= edge:
                continue
            stretch = stretches[place]
            if not (begin <= stretch.begin and stretch.end <= end) and not (
                stretch.begin <= begin and end <= stretch.end
            ):
                out[place] = out[place].with_(begin, end, stretch.unit)
    return out


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that share a place as one; empty ones are none."""
    out: list[Stretch] = []
    for stretch in sorted(stretch for stretch in stretches if stretch.begin < stretch.end):
        if out and stretch.begin < out[-1].end:
            out[-1] = out[-1].with_(*stretch)
        else:
            out.append(stretch)
    return out


def _containers(inlines: Inlines, begin: int) -> Iterator[tuple[int, int]]:
    for node in inlines:
        end = begin + size(node)
        children: Inlines = getattr(node, "children", ())
        if children and begin < end:
            yield begin, end
            yield from _containers(children, begin)
        begin = end


def _leave_to_sentences(inlines: Inlines, stretches: Sequence[Stretch], elements: dict[str, Unit]) -> None:
    """Take away pictures and marks of notes that are heard in the middle of what reads several sentences."""
    for _, node in leaves(inlines):
        if isinstance(node, Image | NoteReference) and node.at.id in elements:
            own = elements[node.at.id]
            if any(stretch.unit.holds(own) for stretch in stretches):
                del elements[node.at.id]


def _wrapped(inlines: Inlines, begin: int, named: Mapping[Stretch, str]) -> Iterator[Inline]:
    """Yield inlines with a span around each stretch."""
    stretches = sorted(named)
    begins = [each.begin for each in stretches]
    inside: list[Inline] = []
    current: Stretch | None = None
    for start, stop, node in _pieces(inlines, begin, named):
        before = bisect_right(begins, start) - 1
        holder = stretches[before] if before >= 0 and stop <= stretches[before].end else None
        if start == stop and current is not None and stop <= current.end:
            holder = current
        if holder != current and current is not None:
            yield Span(at=At(id=named[current]), children=tuple(inside))
            inside = []
        current = holder
        if current is None:
            yield node
        else:
            inside.append(node)
    if current is not None:
        yield Span(at=At(id=named[current]), children=tuple(inside))


def _pieces(inlines: Inlines, begin: int, named: Mapping[Stretch, str]) -> Iterator[tuple[int, int, Inline]]:
    """Yield inlines with their places, texts cut where a stretch begins or ends, others with the stretches in them."""
    stretches = sorted(named)
    begins, ends = [each.begin for each in stretches], [each.end for each in stretches]
    for node in inlines:
        end = begin + size(node)
        near = stretches[bisect_right(ends, begin) : bisect_left(begins, end)]
        if isinstance(node, Text):
            edges = sorted({edge for each in near for edge in (each.begin, each.end) if begin < edge < end})
            at = node.at
            for start, stop in zip((begin, *edges), (*edges, end), strict=True):
                yield start, stop, Text(at=at, text=node.text[start - begin : stop - begin])
                at = msgspec.structs.replace(at, id=None)
        else:
            within = {each: named[each] for each in near if begin <= each.begin and each.end <= end}
            whole = any((each.begin, each.end) == (begin, end) for each in within)
            children: Inlines = getattr(node, "children", ())
            if within and children and not whole:
                node = msgspec.structs.replace(node, children=tuple(_wrapped(children, begin, within)))  # noqa: PLW2901
            yield begin, end, node
        begin = end
