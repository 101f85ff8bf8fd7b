"""Fixes of headings, lists, languages and speakers that a newer version of a manuscript is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import product
from operator import itemgetter
from typing import NamedTuple

from exporter import model as m
from exporter.model.walk import headings, plain_text, walk
from exporter.revise import changes as c
from exporter.revise.counterparts import Candidate, Version, counterparts
from exporter.revise.fixes import Fix, LostFix
from exporter.revise.list_marks import items_of
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.text import typed_lists


def marked_headings(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the lines that were made headings, with their levels."""
    levels = {id(heading.section): heading.level for heading in headings(fixed.publication)}
    for old, wanted, present in counterparts(*map(_texts, (before, fixed, newer))):
        if isinstance(old, m.Section) or id(wanted) not in levels:
            continue
        text, source = plain_text(old), present.at.source if present else None
        if source is None:
            yield LostFix("heading", text)
        elif isinstance(present, m.Paragraph):
            yield Fix("heading", text, c.HeadingLevel(source, levels[id(wanted)]))


def languages(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the languages of paragraphs and of passages in them."""
    for old, wanted, present in counterparts(*map(_texts, (before, fixed, newer))):
        if not isinstance(old, m.Paragraph) or not isinstance(wanted, m.Paragraph):
            continue
        text, source = plain_text(old), present.at.source if present else None
        for words, tag in sorted(_marked(wanted).items() - _marked(old).items()):
            if source is None:
                yield LostFix("language", words or text)
            elif isinstance(present, m.Paragraph) and _marked(present) == _marked(old):
                yield Fix("language", words or text, c.PassageLanguage(source, tag, words))


def _texts(version: Version) -> Sequence[Candidate[m.Paragraph | m.Section]]:
    """Return the paragraphs and headings by their text: what is one may become the other."""
    nodes = [node for node in walk(version.publication) if isinstance(node, m.Paragraph | m.Section)]
    texts = (plain_text(node if isinstance(node, m.Paragraph) else node.title) for node in nodes)
    return [Candidate(text, version.around(node), node) for node, text in zip(nodes, texts, strict=True) if text]


def _marked(paragraph: m.Paragraph) -> Mapping[str, str]:
    """Return the languages of a paragraph and its passages, by their words; those of all of it by none."""
    marked = ((node, node.at.language) for node in walk(paragraph))
    return {"" if node is paragraph else plain_text(node): language for node, language in marked if language}


_Items = tuple[str, ...]


class _List(NamedTuple):
    items: _Items
    change: c.TypedList | None
    """What makes it a list; None if it is one."""


def lists(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the typed lists that were made lists."""
    new = set(Counter(map(_items, _lists(fixed))) - Counter(map(_items, _lists(before))))
    versions = [_lists_with(version, new) for version in (before, fixed, newer)] if new else [[], [], []]
    done: set[m.Source] = set()
    for old, wanted, present in counterparts(*versions):
        sources = {old.change.source, *old.change.others} if old.change is not None else set()
        if not sources or wanted.change is not None or sources <= done:
            continue  # it is none, or the inner list of another one
        done |= sources
        if present is None:
            yield LostFix("list", old.items[0])
        elif present.change is not None:
            yield Fix("list", old.items[0], present.change)


def _lists_with(version: Version, wanted: Set[_Items]) -> Sequence[Candidate[_List]]:
    """Return the lists with certain items, also those that were typed, in the order of the text."""
    order = {id(node): number for number, node in enumerate(walk(version.publication))}
    numbered: list[tuple[int, Candidate[_List]]] = []
    for node in _lists(version):
        items = _items(node)
        if items in wanted:
            numbered.append((order[id(node)], Candidate(items, version.around(node), _List(items, None))))
    lengths = {len(items) for items in wanted}
    for paragraphs, lines in typed_lists(DocumentIndex(version.publication)):
        texts = tuple(" ".join(item.split()) for item in items_of(lines))
        sources = [paragraph.at.source for paragraph in paragraphs if paragraph.at.source]
        if len(sources) != len(paragraphs):
            continue
        # A line beside the list may look like one of its items, such as a numbered heading.
        is_one = len(paragraphs) == 1
        for start, length in product(range(len(paragraphs)), {len(texts)} if is_one else lengths):
            items, some = texts[start : start + length], slice(start, 1 if is_one else start + length)
            if len(items) == length and items in wanted:
                first, *others = sources[some]
                around = version.around(paragraphs[some][0], paragraphs[some][-1])
                listed = _List(items, c.TypedList(first, tuple(others)))
                numbered.append((order[id(paragraphs[start])], Candidate(items, around, listed)))
    return [candidate for _, candidate in sorted(numbered, key=itemgetter(0))]


def _lists(version: Version) -> Iterator[m.List]:
    return (node for node in walk(version.publication) if isinstance(node, m.List))


def _items(node: m.List) -> _Items:
    """Return the texts of the items of a list, with those of the lists in them as they were typed: below each other."""
    return tuple(_item_texts(node))


def _item_texts(node: m.List) -> Iterator[str]:
    for item in node.items:
        own = tuple(child for child in item.children if not isinstance(child, m.List))
        yield " ".join(plain_text(own).split())
        for child in item.children:
            if isinstance(child, m.List):
                yield from _item_texts(child)


class _Turn(NamedTuple):
    speaker: str
    source: m.Source | None


def speakers(before: Version, fixed: Version, newer: Version) -> Iterator[Fix | LostFix]:
    """Yield the names of speakers."""
    for old, wanted, present in counterparts(*map(_turns, (before, fixed, newer))):
        name = wanted.speaker
        if name == old.speaker:
            continue
        if present is None or present.source is None:
            yield LostFix("speaker", name)
        elif present.speaker == old.speaker:
            yield Fix("speaker", name, c.SpeakerName(present.source, old.speaker, name))


def _turns(version: Version) -> Sequence[Candidate[_Turn]]:
    """Return the turns by what is said in them."""
    return [
        Candidate(plain_text(node.children), version.around(node), _Turn(node.speaker.name, node.at.source))
        for node in walk(version.publication)
        if isinstance(node, m.Turn)
    ]
