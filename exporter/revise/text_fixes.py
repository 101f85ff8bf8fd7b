"""Fixes of headings, lists, languages and speakers that a newer version of a manuscript is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from exporter import model as m
from exporter.model.walk import headings, plain_text, walk
from exporter.revise import changes as c
from exporter.revise.fixes import Fix
from exporter.revise.list_marks import items_of
from exporter.validate.lint.document_index import DocumentIndex
from exporter.validate.lint.text import typed_lists


def marked_headings(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, unmarked = _paragraphs(before), _paragraphs(fixed)
    levels: dict[str, list[int]] = {}
    for heading in headings(fixed):
        levels.setdefault(plain_text(heading.section.title), []).append(heading.level)
    for text, paragraphs in _paragraphs(newer).items():
        if text in old and text not in unmarked:
            for paragraph, level in zip(paragraphs, levels.get(text, ()), strict=False):
                if paragraph.at.source is not None:
                    yield Fix("heading", text, text, c.HeadingLevel(paragraph.at.source, level))


def lists(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    new_lists = list_texts(fixed) - list_texts(before)
    for paragraphs, lines in typed_lists(DocumentIndex(newer)) if new_lists else ():
        items = tuple(" ".join(item.split()) for item in items_of(lines))
        sources = [paragraph.at.source for paragraph in paragraphs if paragraph.at.source]
        if len(sources) != len(paragraphs):
            continue
        if len(paragraphs) == 1 and items in new_lists:
            yield Fix("list", items[0], items, c.TypedList(sources[0]))
        # A line beside the list may look like one of its items, such as a numbered heading.
        for start, end in combinations(range(len(paragraphs) + 1 if len(paragraphs) > 1 else 0), 2):
            if (items_here := items[start:end]) in new_lists:
                yield Fix(
                    "list", items_here[0], items_here, c.TypedList(sources[start], tuple(sources[start + 1 : end]))
                )


def list_texts(publication: m.Publication) -> set[tuple[str, ...]]:
    """Return the texts of the items of each list."""
    return {
        tuple(" ".join(plain_text(item).split()) for item in node.items)
        for node in walk(publication)
        if isinstance(node, m.List)
    }


def _paragraphs(publication: m.Publication) -> Mapping[str, list[m.Node]]:
    """Return the paragraphs by their text."""
    paragraphs: dict[str, list[m.Node]] = {}
    for node in walk(publication):
        if isinstance(node, m.Paragraph) and (text := plain_text(node)):
            paragraphs.setdefault(text, []).append(node)
    return paragraphs


def languages(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, wanted = _paragraphs(before), _paragraphs(fixed)
    for text, paragraphs in _paragraphs(newer).items():
        for paragraph, known, fixed_one in zip(paragraphs, old.get(text, ()), wanted.get(text, ()), strict=False):
            if paragraph.at.source is None or _marked(known) != _marked(paragraph):
                continue
            for words, tag in sorted(_marked(fixed_one).items() - _marked(known).items()):
                yield Fix("language", words or text, text, c.PassageLanguage(paragraph.at.source, tag, words))


def _marked(paragraph: m.Node) -> Mapping[str, str]:
    """Return the languages of a paragraph and its passages, by their words; those of all of it by none."""
    marked = ((node, node.at.language) for node in walk(paragraph))
    return {"" if node is paragraph else plain_text(node): language for node, language in marked if language}


def speakers(before: m.Publication, fixed: m.Publication, newer: m.Publication) -> Iterator[Fix]:
    old, wanted = _turns(before), _turns(fixed)
    for text, turn in _turns(newer).items():
        if turn.at.source is None or text not in old or text not in wanted:
            continue
        name = wanted[text].speaker.name
        if turn.speaker.name == old[text].speaker.name != name:
            yield Fix("speaker", name, text, c.SpeakerName(turn.at.source, turn.speaker.name, name))


def _turns(publication: m.Publication) -> Mapping[str, m.Turn]:
    """Return the turns by what is said in them."""
    turns: dict[str, m.Turn] = {}
    for node in walk(publication):
        if isinstance(node, m.Turn):
            turns.setdefault(plain_text(node.children), node)
    return turns
