"""Headings that only look like headings (WCAG 1.3.1 F2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

import msgspec

from exporter.findings import FindingDetails, Severity, quoted
from exporter.model import ListStyle
from exporter.model.text_keys import same_words
from exporter.readers.docx.blocks.captions import is_figure, is_table
from exporter.readers.docx.inlines.text_runs import PLAIN_FORMAT, TextRun
from exporter.readers.docx.looks import Look
from exporter.readers.docx.parsed import ParsedBlock, ParsedParagraph, role_of, starts_page
from exporter.readers.docx.recognition.chapter_lines import are_of_one_outline, is_chapter, line_text
from exporter.readers.docx.recognition.cover_lines import LONGEST, is_of_title_page, is_on_cover
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.rules import HEADING_LOOK, TITLE_DOUBTFUL
from exporter.readers.heading_levels import (
    Candidate,
    HeadingLook,
    chapter_kind,
    group_by_look,
    is_heading_text,
    join_lines,
)
from exporter.readers.rules import FindingCollector

_LARGER = 1.15
"""Size of a heading that is not bold, as a multiple of that of the text."""
_TITLE_LINES = 3
_ADDRESS = 3
"""Lines in a row that are no headings."""
_SHOWN = 3
"""Headings that a message names."""
_GUESSED = msgspec.structs.replace(HEADING_LOOK, severity=Severity.NOTE)
_GUESSED_ADVICE = "Check them in the table of contents; to be sure, give them heading styles in Word."


def find_title(blocks: Sequence[ParsedBlock], known: str, report: FindingCollector, *, guess: bool) -> str:
    """Report a line at the beginning that looks like the title, or make it the title; return it.

    It stands out more than every other paragraph. Where one has the style Title, it is larger than that, and only
    becomes the title if it repeats that of the properties.

    Args:
        blocks: The text.
        known: The title in the properties of the file, which needs no report where it is repeated.
        report: Receives the findings.
        guess: Whether to make it the title, unless a paragraph has the style Title.
    """
    paragraphs = [block for block in blocks if isinstance(block, ParsedParagraph) and not block.is_empty]
    styled = [paragraph for paragraph in paragraphs if paragraph.meaning.role is Role.TITLE]
    visible = [block for block in paragraphs if block.look is not None and block.meaning.role is Role.TEXT]
    top = max((paragraph.look for paragraph in visible if paragraph.look is not None), default=None)
    title = [paragraph for paragraph in visible if paragraph.look == top]
    first = next((index for index, paragraph in enumerate(paragraphs) if paragraph.look == top), 0)
    text = " ".join(line_text(paragraph) for paragraph in title)
    if (
        top is None
        or top.size <= _body_size(paragraphs) * _LARGER
        or first > LONGEST
        or len(title) > _TITLE_LINES
        or paragraphs[first : first + len(title)] != title
        or first + len(title) == len(paragraphs)
        or any(paragraph.meaning.role is Role.HEADING for paragraph in paragraphs[:first])
        or not is_heading_text(text)
        or any(paragraph not in paragraphs[:LONGEST] or not _is_smaller(paragraph, top) for paragraph in styled)
    ):
        return ""
    is_known = same_words(text, known)
    guess = guess and not styled
    if guess or is_known:
        for paragraph in styled:
            paragraph.meaning = PLAIN
        for paragraph in title:
            paragraph.meaning = Meaning(Role.TITLE)
    if is_known:
        return text
    if guess:
        message = f"{quoted(text)} ({top}) was read as the title."
        report.add(_GUESSED, title[0].source, message, advice="To be sure, give it the style Title in Word.")
    else:
        details = FindingDetails(is_title=True)
        if styled:
            message = f"{quoted(line_text(styled[0]))} has the style Title, but {quoted(text)} is larger ({top})."
            report.add(TITLE_DOUBTFUL, title[0].source, message, details=details)
        else:
            advice = "Give it the style Title (Home, Styles), or export with --guess-headings."
            message = f"{quoted(text)} looks like the title ({top})."
            report.add(HEADING_LOOK, title[0].source, message, advice=advice, details=details)
        for paragraph in paragraphs[: first + len(title)]:
            paragraph.look = None  # nothing on a title page is a heading
    return text


def _is_smaller(paragraph: ParsedParagraph, look: Look) -> bool:
    return paragraph.look is not None and paragraph.look.size < look.size


def find_headings(blocks: list[ParsedBlock], report: FindingCollector, *, guess: bool) -> None:
    """Report paragraphs that look like headings, once for each look, or make them headings."""
    marked = _marked(blocks)
    candidates, continued = join_lines(_candidates(blocks, marked))
    heading_looks = group_by_look(candidates, marked)
    levels_of_look = Counter(look.candidates[0].look for look in heading_looks)
    body = _text_size(blocks)
    for look in heading_looks:
        first = blocks[look.candidates[0].position]
        assert isinstance(first, ParsedParagraph)
        assert first.look is not None
        stands_out = _stands_out(first.look, body)
        _report(first, look, report, guess=guess, stands_out=stands_out, is_alone=levels_of_look[first.look] == 1)
    if not guess:
        return
    levels = {candidate.position: look.level for look in heading_looks for candidate in look.candidates}
    for index, block in enumerate(blocks):
        if isinstance(block, ParsedParagraph) and index in levels:
            block.meaning = Meaning(Role.HEADING, levels[index])
            second = blocks[index + 1]
            if index + 1 in continued and isinstance(second, ParsedParagraph):
                block.text_runs = [*block.text_runs, TextRun(PLAIN_FORMAT, " "), *second.text_runs]
                block.bookmarks = [*block.bookmarks, *second.bookmarks]
            block.text_runs = [run.without_bold() for run in block.text_runs]
    blocks[:] = [block for index, block in enumerate(blocks) if index not in continued]


def _report(
    first: ParsedParagraph,
    look: HeadingLook,
    report: FindingCollector,
    *,
    guess: bool,
    stands_out: bool,
    is_alone: bool,
) -> None:
    """Report paragraphs of one look and level.

    Args:
        first: The first of them.
        look: All of them.
        report: Receives the finding.
        guess: Whether they are made headings.
        stands_out: Whether they look different from the text; else the number of a chapter makes them headings.
        is_alone: Whether no other level has their look.
    """
    texts = [quoted(candidate.text, 40) for candidate in look.candidates]
    names = ", ".join(texts[:_SHOWN])
    if len(texts) > _SHOWN:
        names = f"{names} and {len(texts) - _SHOWN} more"
    paragraphs = f"{len(texts)} paragraphs" if len(texts) > 1 else "A paragraph"
    noun = "headings" if len(texts) > 1 else "a heading"
    seen = str(first.look) if stands_out else "with the number of a chapter"
    if guess:
        verb = "were" if len(texts) > 1 else "was"
        message = f"{paragraphs} ({seen}) {verb} read as {noun} of level {look.level}: {names}."
        report.add(_GUESSED, first.source, message, advice=_GUESSED_ADVICE)
        return
    verb = "look" if len(texts) > 1 else "looks"
    message = f"{paragraphs} ({seen}) {verb} like {noun} of level {look.level}: {names}."
    if len(texts) == 1:
        give = "give it"
    elif stands_out and is_alone:
        give = "click in one of them, choose Home, Select, Select All Text With Similar Formatting, and give them"
    else:
        give = "give each of them"
    advice = f"If so, {give} the style Heading {look.level}; or export with --guess-headings."
    details = FindingDetails(level=look.level, count=len(texts))
    report.add(HEADING_LOOK, first.source, message, advice=advice, details=details)


def _marked(blocks: Sequence[ParsedBlock]) -> list[Candidate]:
    """Return the headings that are marked as such."""
    return [
        Candidate(index, line_text(block), block.own_look or (), level=max(block.meaning.level, 1))
        for index, block in enumerate(blocks)
        if isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING
    ]


def _candidates(blocks: Sequence[ParsedBlock], headings: Sequence[Candidate]) -> list[Candidate]:
    """Return the paragraphs that look like headings.

    Lines that only name the table or figure after them are none, nor are large ones whose look occurs once.
    """
    body = _text_size(blocks)
    marked = _marked_sizes(blocks, body)
    parent = 0
    candidates: list[Candidate] = []
    on_cover: set[int] = set()
    followed: set[Look] = set()
    marked_chapters = {heading.text for heading in headings if chapter_kind(heading.text)}
    looks = [block.own_look for block in blocks if isinstance(block, ParsedParagraph)]
    repeated = Counter(look for look in looks if look is not None and _stands_out(look, body))
    for index, block in enumerate(blocks[:-1]):
        if not isinstance(block, ParsedParagraph):
            continue
        look = block.look
        if block.meaning.role is Role.HEADING:
            parent = max(block.meaning.level, 1)
        elif look is not None and _is_candidate(blocks, index, body):
            if not _stands_out(look, body) and line_text(block) in marked_chapters:
                continue
            level = min((level for level, size in marked.items() if size <= look.size), default=parent + 1)
            candidates.append(Candidate(index, line_text(block), look, min(parent, level - 1)))
            if is_on_cover(blocks, index):
                on_cover.add(index)
                continue
            repeated[look] += 1 + look.bold
            if not _is_shown(blocks[index + 1]):
                followed.add(look)
    accepted = {look for look in followed if repeated[look] > 1}
    # Centred lines of a cover are no headings, but other lines on it may be of a run with them.
    shown = [item for item in candidates if item.look in accepted or item.position in on_cover]
    after = {index + 1 for index in on_cover if starts_page(blocks[index + 1])}
    return [item for item in _without_runs(shown, after) if item.position not in on_cover]


def _marked_sizes(blocks: Sequence[ParsedBlock], body: int) -> dict[int, int]:
    """Return the size of the marked headings of each level, in half-points, if it is larger than that of the text."""
    marked: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING and block.look is not None:
            level = max(block.meaning.level, 1)
            marked[level] = max(marked.get(level, 0), block.look.size)
    return {level: size for level, size in marked.items() if size > body}


def _is_candidate(blocks: Sequence[ParsedBlock], index: int, body: int) -> bool:
    block = blocks[index]
    assert isinstance(block, ParsedParagraph)
    assert block.look is not None
    has_nodes = any(run.node is not None for run in block.text_runs)
    adjacent = (*blocks[max(index - 1, 0) : index], blocks[index + 1])
    following = blocks[index + 1]
    look = following.look if isinstance(following, ParsedParagraph) else None
    is_above_heading = role_of(following) is Role.HEADING or (look is not None and _stands_out(look, body))
    is_list = block.number is not None and (
        block.number.level.style is ListStyle.BULLET or any(map(_is_item, adjacent))
    )
    return (
        block.meaning.role is Role.TEXT
        and (_stands_out(block.look, body) or (not is_above_heading and is_chapter(blocks, index)))
        and not (has_nodes or block.sequence or block.tabs or is_list)
        and not is_of_title_page(blocks, index)
        and is_heading_text(line_text(block))
    )


def _is_item(block: ParsedBlock) -> bool:
    return isinstance(block, ParsedParagraph) and block.number is not None


def _is_shown(block: ParsedBlock) -> bool:
    return is_table(block) or is_figure(block)


def _without_runs(candidates: Sequence[Candidate], after: Collection[int]) -> list[Candidate]:
    """Return candidates without addresses and title pages: three in a row that look the same, or at the beginning.

    Args:
        candidates: The lines.
        after: Positions of lines that follow a cover.
    """
    rows: list[list[Candidate]] = [[item] for item in candidates[:1]]
    for before, item in pairwise(candidates):
        is_start = rows[-1][0].position <= _SHOWN
        is_next = item.position == before.position + 1 and item.position not in after
        if is_next and (is_start or item.look == before.look):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for items in rows if len(items) < _ADDRESS or are_of_one_outline(items) for item in items]


def _stands_out(look: Look, body: int) -> bool:
    return look.bold or look.size > body * _LARGER


def _text_size(blocks: Sequence[ParsedBlock]) -> int:
    return _body_size([block for block in blocks if isinstance(block, ParsedParagraph)])


def _body_size(paragraphs: Sequence[ParsedParagraph]) -> int:
    """Return the size of most of the text, in half-points."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        if paragraph.look is not None and paragraph.meaning.role is Role.TEXT:
            sizes[paragraph.look.size] += len(paragraph.text)
    return sizes.most_common(1)[0][0] if sizes else 0
