"""A span around each sentence of the tree, as the target of an overlay.

No element is divided: if a link, emphasis or a quotation contains the end of one sentence and the start of another,
both sentences have one span and one par.
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
    """Consecutive utterances."""

    first: int
    """Index in the script."""
    last: int

    def holds(self, other: Unit) -> bool:
        """Return whether another unit is part of this one."""
        return self.first <= other.first and other.last <= self.last


class Marked(NamedTuple):
    """A publication in which everything that is read out has an identifier."""

    publication: Publication
    elements: dict[str, Unit]
    """Utterances of elements, by their identifiers."""
    labels: dict[str, Unit]
    """Utterances of the labels that an edition writes for nodes, by their `At.id`."""


class TextSpan(NamedTuple):
    """A range of the running text of a node, and its utterances."""

    begin: int
    end: int
    unit: Unit

    def extended_to(self, begin: int, end: int, unit: Unit) -> TextSpan:
        """Return the shortest span that contains this one and another."""
        both = Unit(min(self.unit.first, unit.first), max(self.unit.last, unit.last))
        return TextSpan(min(self.begin, begin), max(self.end, end), both)


def mark(publication: Publication, utterances: Sequence[Utterance]) -> Marked:
    """Return the publication with a span around every sentence, and the utterances of its elements.

    Args:
        publication: A publication whose nodes have ids.
        utterances: Its script.
    """
    texts, elements, labels = _read_ranges(utterances)
    used_ids = {node.at.id.casefold() for node in walk(publication) if node.at.id}
    names = (name for number in count(1) if (name := f"s{number}") not in used_ids)
    names_by_owner: dict[str, dict[TextSpan, str]] = {}
    spans: list[tuple[Unit, str, TextSpan]] = []
    for node in walk(publication):
        if type(node) in FIELDS and node.at.id in texts:
            own_spans = _adjust(running_text(node), texts[node.at.id])
            _remove_inner(running_text(node), own_spans, elements)
            spans += [(span.unit, node.at.id, span) for span in own_spans]
    for (unit, owner, span), name in zip(sorted(spans), names, strict=False):
        names_by_owner.setdefault(owner, {})[span] = name
        elements[name] = unit

    def change(node: Node) -> Node:
        own = names_by_owner.get(node.at.id or "") if type(node) in FIELDS else None
        if not own:
            return node
        return msgspec.structs.replace(node, **{FIELDS[type(node)]: tuple(_wrap(running_text(node), 0, own))})

    return Marked(rewrite(publication, change), elements, labels)


def _read_ranges(utterances: Sequence[Utterance]) -> tuple[dict[str, list[TextSpan]], dict[str, Unit], dict[str, Unit]]:
    """Return the utterances of running texts, of whole nodes, and of labels, by `At.id`."""
    texts: dict[str, list[TextSpan]] = {}
    elements: dict[str, Unit] = {}
    labels: dict[str, Unit] = {}
    continues = False
    for index, utterance in enumerate(utterances):
        source, unit = utterance.text_range, Unit(index, index)
        if source is None:
            pass
        elif source.label:
            labels.setdefault(source.node, unit)
        elif source.end:
            spans = texts.setdefault(source.node, [])
            if continues and spans and spans[-1].unit.last == index - 1:
                spans[-1] = spans[-1].extended_to(source.begin, source.end, unit)
            else:
                spans.append(TextSpan(source.begin, source.end, unit))
        else:
            known = elements.setdefault(source.node, unit)
            if known.last == index - 1:
                elements[source.node] = Unit(known.first, index)
        continues = utterance.continues
    return texts, elements, labels


def _adjust(inlines: Inlines, spans: Iterable[TextSpan]) -> list[TextSpan]:
    """Return spans without white space at their ends; each contains an element as a whole or is inside it."""
    characters = "".join(_characters(inlines))
    adjusted = _merge(_trim(span, characters) for span in spans)
    containers = list(_containers(inlines, 0))
    while True:
        extended = _merge(_extend(adjusted, containers))
        if extended == adjusted:
            return adjusted
        adjusted = extended


def _characters(inlines: Inlines) -> Iterator[str]:
    for _, node in leaves(inlines):
        match node:
            case Text(text):
                yield text
            case LineBreak():
                yield "\n"
            case _ if size(node):
                yield "\ufffc"


def _trim(span: TextSpan, characters: str) -> TextSpan:
    text = characters[span.begin : span.end]
    begin = span.begin + len(text) - len(text.lstrip())
    return span._replace(begin=begin, end=begin + len(text.strip()))


def _extend(spans: Sequence[TextSpan], containers: Iterable[tuple[int, int]]) -> list[TextSpan]:
    """Return spans extended to each container that they contain only in part.

    Args:
        spans: The spans in order, none inside another.
        containers: Their begins and ends.
    """
    out = list(spans)
    begins = [span.begin for span in spans]
    for begin, end in containers:
        for edge in (begin, end):
            # Only a span across one of its ends can contain it in part.
            index = bisect_left(begins, edge) - 1
            if index < 0 or spans[index].end <= edge:
                continue
            span = spans[index]
            if not (begin <= span.begin and span.end <= end) and not (span.begin <= begin and end <= span.end):
                out[index] = out[index].extended_to(begin, end, span.unit)
    return out


def _merge(spans: Iterable[TextSpan]) -> list[TextSpan]:
    """Return spans in order, without empty ones; those that overlap become one."""
    out: list[TextSpan] = []
    for span in sorted(span for span in spans if span.begin < span.end):
        if out and span.begin < out[-1].end:
            out[-1] = out[-1].extended_to(*span)
        else:
            out.append(span)
    return out


def _containers(inlines: Inlines, begin: int) -> Iterator[tuple[int, int]]:
    for node in inlines:
        end = begin + size(node)
        children: Inlines = getattr(node, "children", ())
        if children and begin < end:
            yield begin, end
            yield from _containers(children, begin)
        begin = end


def _remove_inner(inlines: Inlines, spans: Sequence[TextSpan], elements: dict[str, Unit]) -> None:
    """Remove images and note references that are read within a unit of several sentences."""
    for _, node in leaves(inlines):
        if isinstance(node, Image | NoteReference) and node.at.id in elements:
            own = elements[node.at.id]
            if any(span.unit.holds(own) for span in spans):
                del elements[node.at.id]


def _wrap(inlines: Inlines, begin: int, names: Mapping[TextSpan, str]) -> Iterator[Inline]:
    """Yield inlines with a `Span` around each text span."""
    spans = sorted(names)
    begins = [span.begin for span in spans]
    inside: list[Inline] = []
    current: TextSpan | None = None
    for start, stop, node in _pieces(inlines, begin, names):
        index = bisect_right(begins, start) - 1
        holder = spans[index] if index >= 0 and stop <= spans[index].end else None
        if start == stop and current is not None and stop <= current.end:
            holder = current
        if holder != current and current is not None:
            yield Span(at=At(id=names[current]), children=tuple(inside))
            inside = []
        current = holder
        if current is None:
            yield node
        else:
            inside.append(node)
    if current is not None:
        yield Span(at=At(id=names[current]), children=tuple(inside))


def _pieces(inlines: Inlines, begin: int, names: Mapping[TextSpan, str]) -> Iterator[tuple[int, int, Inline]]:
    """Yield inlines with their positions, texts divided where a span begins or ends, others with the spans in them."""
    spans = sorted(names)
    begins, ends = [span.begin for span in spans], [span.end for span in spans]
    for node in inlines:
        end = begin + size(node)
        near = spans[bisect_right(ends, begin) : bisect_left(begins, end)]
        if isinstance(node, Text):
            edges = sorted({edge for span in near for edge in (span.begin, span.end) if begin < edge < end})
            at = node.at
            for start, stop in zip((begin, *edges), (*edges, end), strict=True):
                yield start, stop, Text(at=at, text=node.text[start - begin : stop - begin])
                at = msgspec.structs.replace(at, id=None)
        else:
            within = {span: names[span] for span in near if begin <= span.begin and span.end <= end}
            is_whole = any((span.begin, span.end) == (begin, end) for span in within)
            children: Inlines = getattr(node, "children", ())
            if within and children and not is_whole:
                node = msgspec.structs.replace(node, children=tuple(_wrap(children, begin, within)))  # noqa: PLW2901
            yield begin, end, node
        begin = end
