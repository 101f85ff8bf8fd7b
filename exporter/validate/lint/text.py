"""Text that looks right and sounds wrong: structure made by hand, capitals, blanks, letters that are pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import (
    Figure,
    LineBreak,
    Node,
    Paragraph,
    Section,
    Source,
    Strong,
    Table,
    Text,
)
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode

FAKE_HEADING = Rule(
    id="heading-by-hand",
    severity=Severity.WARNING,
    sentence="Headings are headings, not bold paragraphs.",
    advice="Begin the line with # signs instead, one for each level: ## Findings.",
    clause="WCAG 1.3.1 F2",
)
FAKE_LIST = Rule(
    id="list-by-hand",
    severity=Severity.WARNING,
    sentence="Lists are lists, not paragraphs or lines with a mark before them.",
    advice="Begin each item with “- ” or “1. ” at the beginning of a line, and leave a blank line before the first.",
    clause="WCAG 1.3.1 F2",
)
CAPITALS = Rule(
    id="text-capitals",
    severity=Severity.WARNING,
    sentence="Sentences are not written in capitals.",
    advice="Write them in small letters; capitals are harder to read, and some voices spell them out.",
    clause="WCAG 1.4.8, Clear Print",
)
BLANKS = Rule(
    id="text-blanks",
    severity=Severity.WARNING,
    sentence="Blanks part words; they do not place them.",
    advice="Leave one blank; for columns write a table.",
    clause="WCAG 1.3.2 F33, F34",
)
SPACED = Rule(
    id="text-spaced-letters",
    severity=Severity.WARNING,
    sentence="The letters of a word stand together.",
    advice="Write the word without blanks inside it, and **bold** if it is to stand out.",
    clause="WCAG 1.3.2 F32",
)
FANCY = Rule(
    id="text-fancy-letters",
    severity=Severity.WARNING,
    sentence="Letters are letters, not mathematical signs or icons that look like them.",
    advice="Type the words anew, with **bold** or *italics* where needed; icons from symbol fonts are read as nothing.",
    clause="WCAG 1.3.1, 1.1.1",
)
DUPLICATE_NUMBER = Rule(
    id="caption-number",
    severity=Severity.WARNING,
    sentence="No two captions have the same number.",
    advice="Number the captions anew, and mend the references to them in the text.",
)

RULES = (FAKE_HEADING, FAKE_LIST, CAPITALS, BLANKS, SPACED, FANCY, DUPLICATE_NUMBER)

_SHORTEST_SHOUT = 20
"""Letters of a passage in capitals that is more than a name or a short form."""
_LONGEST_HEADING = 80
_MARK = re.compile(r"[•◦▪▫■□●○‣⁃·*►✓✔➢-]\s+\S|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)\s+\S|\d{1,3}\.\s+\S", re.IGNORECASE)
_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u3000]{3,}|\t")
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){3,40}(?!\w)")
_CAPTION = re.compile(r"([^\W\d_]+\.?) (\d+(?:\.\d+)*)(?=[.:\s–—-]|$)")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at paragraphs, headings and captions."""
    yield from _fake_headings(index.publication.front)
    yield from _fake_headings(index.publication.body)
    for section, met in index.of(Section):
        yield from _fake_headings(section.children)
        yield from _shouted(plain_text(section.title), "heading", met.source)
    yield from _fake_lists(index)
    for paragraph, met in index.of(Paragraph):
        yield from _shouted(plain_text(paragraph), "paragraph", met.source)
    for text, met in index.of(Text):
        yield from _letters(text.text, met.source)
    yield from _numbers(index)


def _fake_headings(blocks: tuple[Any, ...]) -> Iterator[Finding]:
    # The last block heads nothing.
    for block in blocks[:-1]:
        if isinstance(block, Paragraph) and len(block.children) == 1 and isinstance(block.children[0], Strong):
            words = plain_text(block)
            if 0 < len(words) <= _LONGEST_HEADING and not words.endswith((".", "!", "?", "…", "»", "”", "؟", "。")):
                yield FAKE_HEADING.finding(f"The bold paragraph {quoted(words)} looks like a heading.", block.at.source)


def _fake_lists(index: DocumentIndex) -> Iterator[Finding]:
    for blocks in index.siblings():
        run: list[Paragraph] = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                run.clear()
                continue
            lines = _lines(block)
            marked = [line for line in lines if _is_marked(line)]
            if len(lines) == len(marked) == 1:
                run.append(block)
                if len(run) == 2:
                    yield _fake_list(run[0], plain_text(run[0]))
                continue
            run.clear()
            if len(marked) > 1:
                yield _fake_list(block, marked[0])


def _lines(paragraph: Paragraph) -> list[str]:
    lines: list[list[Node]] = [[]]
    for child in paragraph.children:
        if isinstance(child, LineBreak):
            lines.append([])
        else:
            lines[-1].append(child)
    return [plain_text(line) for line in lines]


def _is_marked(line: str) -> bool:
    return _MARK.match(line) is not None


def _fake_list(block: Paragraph, first: str) -> Finding:
    return FAKE_LIST.finding(f"The lines from {quoted(first, 40)} on are a list made by hand.", block.at.source)


def _shouted(words: str, what: str, source: Source | None) -> Iterator[Finding]:
    capitals = sum(map(str.isupper, words))
    # Scripts without capitals count as neither.
    if (
        words.isupper()
        and len(words.split()) > 2
        and max(_SHORTEST_SHOUT, 0.8 * sum(map(str.isalpha, words))) <= capitals
    ):
        yield CAPITALS.finding(f"The {what} {quoted(words)} is written in capitals.", source)


def _letters(text: str, source: Source | None) -> Iterator[Finding]:
    if match := _BLANKS.search(text):
        around = text[max(match.start() - 20, 0) : match.end() + 20]
        yield BLANKS.finding(f"{len(match[0])} blanks stand in a row in {quoted(around)}.", source)
    if match := _SPACED.search(text):
        yield SPACED.finding(f"The letters of {quoted(match[0])} stand apart.", source)
    if text.isascii():
        return
    odd = "".join(letter for letter in text if _is_fancy(letter))
    if odd:
        yield FANCY.finding(f"{quoted(odd, 20)} is made of signs ({_named(odd[0])}), not of letters.", source)


def _is_fancy(letter: str) -> bool:
    code = ord(letter)
    return (
        0x1D400 <= code <= 0x1D7FF or 0xE000 <= code <= 0xF8FF or 0xFF21 <= code <= 0xFF5A or 0x24B6 <= code <= 0x24E9
    )


def _named(letter: str) -> str:
    return unicodedata.name(letter, f"private character U+{ord(letter):04X}").lower()


def _numbers(index: DocumentIndex) -> Iterator[Finding]:
    first: dict[str, IndexedNode] = {}
    captions = [(figure.caption, met) for figure, met in index.of(Figure)]
    captions += [(table.caption, met) for table, met in index.of(Table)]
    for caption, met in captions:
        match = _CAPTION.match(plain_text(caption))
        if match and first.setdefault(match[0].casefold(), met) is not met:
            yield DUPLICATE_NUMBER.finding(f"Two captions begin with {quoted(match[0])}.", met.source)
