"""Text formatted by hand that speech and braille get wrong: structure, capitals, spaces, letter-like symbols."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from exporter import model as m
from exporter.findings import Finding, FindingDetails, Rule, Severity, quoted
from exporter.model.east_asian import HAN, has_characters
from exporter.model.typed_lists import MARKER, levels_of, lines_of, numbering_of
from exporter.model.walk import plain_text
from exporter.validate.lint.document_index import DocumentIndex, IndexedNode

FAKE_HEADING = Rule(
    id="heading-by-hand",
    severity=Severity.WARNING,
    sentence="Headings are headings, not bold paragraphs.",
    advice="Begin the line with # characters instead, one for each level: ## Findings.",
    clause="WCAG 1.3.1 F2",
)
FAKE_LIST = Rule(
    id="list-by-hand",
    severity=Severity.WARNING,
    sentence="Lists are lists, not paragraphs or lines that begin with a typed bullet or number.",
    advice="Begin each item with “- ” or “1. ” at the beginning of a line, and put an empty line before the first.",
    clause="WCAG 1.3.1 F2",
)
CAPITALS = Rule(
    id="text-capitals",
    severity=Severity.WARNING,
    sentence="Sentences are not written in capitals.",
    advice="Write them in small letters; capitals are harder to read, and some voices spell them out.",
    clause="WCAG 1.4.8, Clear Print",
)
SPACES = Rule(
    id="text-blanks",
    severity=Severity.WARNING,
    sentence="Spaces separate words; they do not position them.",
    advice="Keep one space; for columns write a table.",
    clause="WCAG 1.3.2 F33, F34",
)
SPACED = Rule(
    id="text-spaced-letters",
    severity=Severity.WARNING,
    sentence="The letters of a word have no spaces between them.",
    advice="Write the word without spaces inside it, and **bold** if it is to stand out.",
    clause="WCAG 1.3.2 F32",
)
FANCY = Rule(
    id="text-fancy-letters",
    severity=Severity.WARNING,
    sentence="Letters are letters, not mathematical symbols or icons that look like them.",
    advice="Type the words again, with **bold** or *italics* where needed; icons from symbol fonts are not read out.",
    clause="WCAG 1.3.1, 1.1.1",
)
DUPLICATE_NUMBER = Rule(
    id="caption-number",
    severity=Severity.WARNING,
    sentence="No two captions have the same number.",
    advice="Renumber the captions, and fix the references to them in the text.",
)

RULES = (FAKE_HEADING, FAKE_LIST, CAPITALS, SPACES, SPACED, FANCY, DUPLICATE_NUMBER)

_WORD = (".docx", ".docm", ".dotx", ".dotm")
_MIN_CAPITALS = 20
"""Capitals of a passage that is more than a name or an abbreviation."""
_LONGEST_HEADING = 80
_MOST_HEADINGS = 3
"""Bold paragraphs that are reported one by one."""
_LONGEST_SLIP = 5
"""Spaces in a row that no column needs."""
_MOST_SLIPS = 3
"""Places with such spaces that are reported one by one."""
_SPACE_RUN = re.compile("[ \u00a0\u2000-\u200a\u3000]{3,}|\t")
_SYLLABLES = "\u0900-\u109f\u1200-\u1cff\ua4d0-\ua63f\ua800-\uabff"
"""Letters that are syllables, or may be words or initials: Devanagari to Myanmar, Ethiopic to Vedic, Vai."""
_SPACED = re.compile(rf"(?<!\w)[^\W\d_{_SYLLABLES}](?: [^\W\d_{_SYLLABLES}]){{3,40}}(?!\w)")
_CAPTION = re.compile(rf"(?:[^\W\d_]+\.? |[{HAN}]{{1,3}} ?)\d+(?:[.-]\d+)*(?=[.:：\s–—-]|$)")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check paragraphs, headings and captions."""
    yield from _check_fake_headings(index)
    for section, indexed in index.of_type(m.Section):
        yield from _check_capitals(plain_text(section.title), "heading", indexed.source)
    for paragraphs, lines in typed_lists(index):
        yield _fake_list(paragraphs, lines)
    for paragraph, indexed in index.of_type(m.Paragraph):
        yield from _check_capitals(plain_text(paragraph), "paragraph", indexed.source)
    yield from _check_spaces(index)
    for text, indexed in index.of_type(m.Text):
        yield from _check_characters(text.text, indexed.source)
    yield from _duplicate_numbers(index)


def _check_fake_headings(index: DocumentIndex) -> Iterator[Finding]:
    """Report bold paragraphs that look like headings; if there are many, all in one finding."""
    groups = [index.publication.front, index.publication.body]
    groups += [section.children for section, _ in index.of_type(m.Section)]
    paragraphs = [paragraph for blocks in groups for paragraph in _fake_headings(blocks)]
    names = [quoted(plain_text(paragraph)) for paragraph in paragraphs]
    if len(paragraphs) <= _MOST_HEADINGS:
        for paragraph, name in zip(paragraphs, names, strict=True):
            yield FAKE_HEADING.finding(f"The bold paragraph {name} looks like a heading.", paragraph.at.source)
    else:
        more = f"{', '.join(names[:_MOST_HEADINGS])} and {len(names) - _MOST_HEADINGS} more"
        message = f"{len(names)} bold paragraphs look like headings: {more}."
        yield FAKE_HEADING.finding(message, paragraphs[0].at.source, details=FindingDetails(count=len(names)))


def _fake_headings(blocks: tuple[Any, ...]) -> Iterator[m.Paragraph]:
    # The last block is no heading: nothing follows it.
    for block in blocks[:-1]:
        if isinstance(block, m.Paragraph) and len(block.children) == 1 and isinstance(block.children[0], m.Strong):
            words = plain_text(block)
            if 0 < len(words) <= _LONGEST_HEADING and not words.endswith(
                (".", "!", "?", "…", "»", "”", "؟", *"。！？；，：")
            ):
                yield block


def typed_lists(index: DocumentIndex) -> Iterator[tuple[list[m.Paragraph], list[str]]]:
    """Yield the paragraphs of each list that was typed, with its lines that begin with a bullet or a number."""
    for blocks in index.sibling_blocks():
        items: list[m.Paragraph] = []
        for block in (*blocks, None):
            lines = lines_of(block) if isinstance(block, m.Paragraph) else []
            item_lines = [line for line in lines if MARKER.match(line)]
            if isinstance(block, m.Paragraph) and len(lines) == len(item_lines) == 1:
                items.append(block)
                continue
            if len(items) > 1:
                yield items, [plain_text(item) for item in items]
            items = []
            if isinstance(block, m.Paragraph) and len(item_lines) > 1:
                yield [block], item_lines


def _fake_list(paragraphs: list[m.Paragraph], lines: list[str]) -> Finding:
    sources = tuple(paragraph.at.source for paragraph in paragraphs if paragraph.at.source)
    # Levels are written into Word files only; elsewhere they are made by hand.
    is_word = all(source.file.casefold().endswith(_WORD) for source in sources)
    is_list = numbering_of(lines) or (is_word and levels_of(lines))
    items = sources if len(sources) == len(paragraphs) and is_list else ()
    return FAKE_LIST.finding(
        f"The lines from {quoted(lines[0], 40)} on look like a list.",
        paragraphs[0].at.source,
        details=FindingDetails(count=len(lines), items=items),
    )


def _check_capitals(words: str, label: str, source: m.Source | None) -> Iterator[Finding]:
    capitals = sum(map(str.isupper, words))
    # Scripts without capitals count as neither.
    if (
        words.isupper()
        and len(words.split()) > 2
        and max(_MIN_CAPITALS, 0.8 * sum(map(str.isalpha, words))) <= capitals
    ):
        yield CAPITALS.finding(f"The {label} {quoted(words)} is written in capitals.", source)


def _check_spaces(index: DocumentIndex) -> Iterator[Finding]:
    """Report tabs and spaces in a row; many that are slips of the thumb, all in one finding."""
    slips: list[Finding] = []
    for text, indexed in index.of_type(m.Text):
        if match := _SPACE_RUN.search(text.text):
            context = text.text[max(match.start() - 20, 0) : match.end() + 20]
            problem = f"{len(match[0])} spaces in a row" if len(match[0]) > 1 else "Tab character"
            finding = SPACES.finding(f"{problem}: {quoted(context)}.", indexed.source)
            if 1 < len(match[0]) <= _LONGEST_SLIP:
                slips.append(finding)
            else:
                yield finding
    if len(slips) <= _MOST_SLIPS:
        yield from slips
    else:
        first = slips[0]
        yield SPACES.finding(f"Spaces in a row in {len(slips)} places. The first: {first.message}", first.source)


def _check_characters(text: str, source: m.Source | None) -> Iterator[Finding]:
    if match := _SPACED.search(text):
        yield SPACED.finding(f"Spaces between the letters of a word: {quoted(match[0])}.", source)
    if text.isascii():
        return
    is_wide = has_characters(text)
    fancy = "".join(char for char in text if _is_fancy(char) or (_is_wide_letter(char) and not is_wide))
    if fancy:
        yield FANCY.finding(
            f"{quoted(fancy, 20)} is made of symbols ({_character_name(fancy[0])}), not letters.", source
        )


def _is_fancy(character: str) -> bool:
    code = ord(character)
    return 0x1D400 <= code <= 0x1D7FF or 0xE000 <= code <= 0xF8FF or 0x24B6 <= code <= 0x24E9


def _is_wide_letter(character: str) -> bool:
    """Return whether a character is a letter as wide as a Chinese character, beside which it is usual."""
    return "Ａ" <= character <= "ｚ" and character.isalpha()


def _character_name(character: str) -> str:
    return unicodedata.name(character, f"private character U+{ord(character):04X}").lower()


def _duplicate_numbers(index: DocumentIndex) -> Iterator[Finding]:
    first_by_number: dict[str, IndexedNode] = {}
    captions = [(figure.caption, indexed) for figure, indexed in index.of_type(m.Figure)]
    captions += [(table.caption, indexed) for table, indexed in index.of_type(m.Table)]
    for caption, indexed in captions:
        match = _CAPTION.match(plain_text(caption))
        if match and first_by_number.setdefault(match[0].casefold(), indexed) is not indexed:
            yield DUPLICATE_NUMBER.finding(f"Two captions begin with {quoted(match[0])}.", indexed.source)
