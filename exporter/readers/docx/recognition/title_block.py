"""The title block: metadata from the first paragraphs of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeGuard

import msgspec

from exporter.findings import quoted
from exporter.labels import Labels
from exporter.model import Contributor, Cover, Image, Metadata, NoteReference, Source
from exporter.model.east_asian import count_words
from exporter.model.text_keys import same_words, words_key
from exporter.readers.docx.parsed import Contents, ParsedBlock, ParsedParagraph
from exporter.readers.docx.recognition.layout_tables import is_title
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.rules import TITLE_AGAIN, TITLE_TWICE
from exporter.readers.rules import UNSUPPORTED, FindingCollector
from exporter.readers.typed_dates import is_date, read_date

_TITLES = frozenset({Role.TITLE, Role.SUBTITLE, Role.AUTHOR, Role.DATE, Role.KIND, Role.COVER})
_BY = re.compile(
    r"\s*(?:(?:by|por|par|von|di|da|door|автор:?|авторы:?)\s+|(?:作者|撰文|撰稿|执笔)\s*[:：]\s*)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:[;、；，]|\n|,(?=\s)|\s(?:and|y|e|et|und|и|&)\s)\s*")
LONGEST_LINE = 200
"""Characters of a line of a title page; a longer paragraph is text."""
_LONGEST_PAGE = 15
"""Paragraphs of a title page."""
_LONGEST_FOREWORD = 600
"""Words before the title; where there are more, the style Title marks a part of the text."""
_LONGEST_LETTERHEAD = 60
"""Words of names and addresses above a title."""


class TitleBlock(NamedTuple):
    """The title block of a document, and the rest of it."""

    metadata: Metadata
    leading: list[ParsedBlock]
    """Blocks above the title or among its lines, such as a logo or the name of an organisation."""
    remaining: list[ParsedBlock]


def take(blocks: Sequence[ParsedBlock], metadata: Metadata, labels: Labels, report: FindingCollector) -> TitleBlock:
    """Separate the title block from the rest of a document.

    Args:
        blocks: The parsed blocks of the document.
        metadata: Metadata from its properties.
        labels: Fixed texts in the language of the document.
        report: Collector of findings.
    """
    _mark_title(blocks, metadata)
    _mark_subtitle(blocks, metadata.subtitle)
    start = _title_index(blocks)
    end = _end(blocks, start)
    for block in blocks[: max(start, 0)]:
        if isinstance(block, ParsedParagraph) and block.meaning == PLAIN and is_date(_plain(block), labels):
            block.meaning = Meaning(Role.DATE)
    lines: list[ParsedParagraph] = []
    leading: list[ParsedBlock] = []
    following: list[ParsedBlock] = []
    for block in blocks[:end]:
        rest = [block]
        if _is_line(block):
            lines.append(block)
            rest = _without_metadata(block, labels)
        (leading if start >= 0 else following).extend(rest)
    for line in lines:
        if any(isinstance(run.node, NoteReference) for run in line.text_runs):
            report_note(report, line.source)
    _report_repeated(lines, report)
    fields = _fields(lines, metadata, labels)
    metadata = msgspec.structs.replace(metadata, **fields)
    _remove_headings(leading)
    return TitleBlock(metadata, leading, [*following, *_with_later_titles(blocks[end:], metadata.title, report)])


def take_own(blocks: Sequence[ParsedBlock], metadata: Metadata) -> TitleBlock:
    """Separate the title block of a Word edition, whose metadata are complete, from the rest."""
    end = next((index for index, block in enumerate(blocks) if not _is_line(block)), len(blocks))
    for line in blocks[:end]:
        if _is_line(line) and line.meaning.role is Role.COVER and line.images and metadata.cover is not None:
            cover = Cover(line.images[0].source, line.images[0].alt)
            metadata = msgspec.structs.replace(metadata, cover=cover)
    for block in blocks[end:]:
        if isinstance(block, ParsedParagraph) and block.meaning.role in _TITLES:
            block.meaning = Meaning(Role.HEADING, 0) if is_title(block) else PLAIN
    return TitleBlock(metadata, [], list(blocks[end:]))


def _is_line(block: ParsedBlock) -> TypeGuard[ParsedParagraph]:
    """Return whether a block is a paragraph in a style of the title block."""
    return isinstance(block, ParsedParagraph) and block.meaning.role in _TITLES and block.number is None


def _mark_title(blocks: Sequence[ParsedBlock], metadata: Metadata) -> None:
    """Make a line at the beginning the title if it repeats that of the properties and no paragraph is the title."""
    if not words_key(metadata.title) or any(map(is_title, blocks)) or len(blocks) == 1:
        return
    for block in blocks[:_LONGEST_PAGE]:
        if isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING:
            return
        if isinstance(block, ParsedParagraph) and block.meaning == PLAIN and same_words(block.text, metadata.title):
            block.meaning = Meaning(Role.TITLE)
            return


def _mark_subtitle(blocks: Sequence[ParsedBlock], known: str) -> None:
    """Make the line that follows the title the subtitle if it repeats that of the properties."""
    if not words_key(known):
        return
    lines = [block for block in blocks[:_LONGEST_PAGE] if isinstance(block, ParsedParagraph) and not block.is_empty]
    for before, line in pairwise(lines):
        if is_title(before) and line.meaning == PLAIN and not line.images and same_words(line.text, known):
            line.meaning = Meaning(Role.SUBTITLE)


def _title_index(blocks: Sequence[ParsedBlock]) -> int:
    """Return the index of the title, or -1 if none is near the beginning."""
    words = 0
    for index, block in enumerate(blocks):
        if is_title(block):
            return index
        words += count_words(block.text) if isinstance(block, ParsedParagraph) else 0
        if words > _LONGEST_FOREWORD:
            break
    return -1


def _end(blocks: Sequence[ParsedBlock], start: int) -> int:
    """Return the index after the last line of the title block whose title has the index `start`."""
    title = blocks[start] if start >= 0 else None
    end = start + 1
    for index, block in enumerate(blocks[end : end + _LONGEST_PAGE], end):
        if _is_line(block):
            if is_title(block) and title is not None and end < index and not _repeats(block, title):
                break  # it names a part of the text
            end = index + 1
        elif isinstance(block, Contents) or block.page_break or _is_text(block):
            break
    return end


def _is_text(block: ParsedBlock) -> bool:
    """Return whether a block is the first heading or a paragraph of the text."""
    return isinstance(block, ParsedParagraph) and (block.meaning.role is Role.HEADING or len(block.text) > LONGEST_LINE)


def _repeats(block: ParsedParagraph, title: ParsedBlock) -> bool:
    return isinstance(title, ParsedParagraph) and same_words(block.text, title.text)


def _without_metadata(line: ParsedParagraph, labels: Labels) -> list[ParsedBlock]:
    """Return what remains of a line of the title block in the text: its images, or words that are no date."""
    if line.meaning.role is Role.DATE and line.text.strip() and not is_date(_plain(line), labels):
        return [msgspec.structs.replace(line, meaning=PLAIN)]
    images = [run for run in line.text_runs if isinstance(run.node, Image)]
    if not images or line.meaning.role is Role.COVER:
        return []
    return [msgspec.structs.replace(line, meaning=PLAIN, text_runs=images, bookmarks=[])]


def report_note(report: FindingCollector, source: Source | None) -> None:
    """Report a note reference in a title or another line of the title page."""
    message = "The note reference in the title was ignored: a title cannot have notes."
    advice = "Move the note reference to the end of the first sentence of the text."
    report.add(UNSUPPORTED, source, message, advice=advice)


def _fields(lines: Sequence[ParsedParagraph], metadata: Metadata, labels: Labels) -> dict[str, object]:
    """Return the metadata in the lines of the title block."""
    fields: dict[str, object] = {}
    texts = {role: [line for line in lines if line.meaning.role is role and line.text.strip()] for role in _TITLES}
    covers = [line.images[0] for line in lines if line.meaning.role is Role.COVER and line.images]
    if covers:
        fields["cover"] = Cover(covers[-1].source, covers[-1].alt)
    if texts[Role.TITLE]:
        fields["title"] = _joined(texts[Role.TITLE])
        fields["source"] = texts[Role.TITLE][0].source
    if texts[Role.SUBTITLE]:
        fields["subtitle"] = _joined(texts[Role.SUBTITLE])
    if texts[Role.AUTHOR]:
        fields["authors"] = _people([_plain(line) for line in texts[Role.AUTHOR]], metadata)
    for line in texts[Role.DATE]:
        date = read_date(_plain(line), labels)
        if date is not None:
            fields["date"] = date
    return fields


def _joined(lines: Iterable[ParsedParagraph]) -> str:
    """Return lines as one text, without those that repeat others."""
    texts: list[str] = []
    for text in map(_plain, lines):
        if not any(same_words(text, other) for other in texts):
            texts.append(text)
    return " ".join(texts)


def _report_repeated(lines: Sequence[ParsedParagraph], report: FindingCollector) -> None:
    """Report titles of the title block that repeat another."""
    titles = [line for line in lines if is_title(line)]
    for index, line in enumerate(titles):
        if any(_repeats(line, other) for other in titles[:index]):
            _report_twice(line, report)


def _report_twice(line: ParsedParagraph, report: FindingCollector) -> None:
    report.add(TITLE_TWICE, line.source, f"The title is repeated here: {quoted(line.text)}; it was left out.")


def _remove_headings(leading: Sequence[ParsedBlock]) -> None:
    """Make headings above the title plain text unless there is text below them: they name an organisation or series."""
    paragraphs = [block for block in leading if isinstance(block, ParsedParagraph)]
    if sum(count_words(paragraph.text) for paragraph in paragraphs) > _LONGEST_LETTERHEAD:
        return
    for paragraph in paragraphs:
        if paragraph.meaning.role is Role.HEADING:
            paragraph.meaning = PLAIN


def _with_later_titles(blocks: Sequence[ParsedBlock], title: str, report: FindingCollector) -> list[ParsedBlock]:
    """Return the text with later paragraphs in the style Title as headings of the highest level.

    One that repeats the title is removed.
    """
    levels = [
        block.meaning.level
        for block in blocks
        if isinstance(block, ParsedParagraph) and block.meaning.role is Role.HEADING and not block.is_empty
    ]
    heading = Meaning(Role.HEADING, min(levels, default=1))
    out: list[ParsedBlock] = []
    later: list[ParsedParagraph] = []
    for block in blocks:
        if is_title(block):
            if same_words(block.text, title):
                _report_twice(block, report)
                continue
            later.append(block)
            block.meaning = heading
        elif isinstance(block, ParsedParagraph) and block.meaning.role in _TITLES:
            block.meaning = PLAIN
        out.append(block)
    if later:
        more = f" and {len(later) - 1} more" if len(later) > 1 else ""
        message = f"The style Title marks {quoted(later[0].text)}{more}: read as a heading of level {heading.level}."
        report.add(TITLE_AGAIN, later[0].source, message)
    return out


def _plain(line: ParsedParagraph) -> str:
    parts = (run.text if run.node is None else " " for run in line.text_runs)
    return " ".join("".join(parts).split())


def _people(lines: Sequence[str], metadata: Metadata) -> tuple[Contributor, ...]:
    """Return the people in a byline, or those of the properties if the byline names the same."""
    byline = " ".join(lines)
    if metadata.authors and all(person.name in byline for person in metadata.authors):
        return metadata.authors
    people: list[Contributor] = []
    for line in lines:
        words = _BY.sub("", line, count=1) if _BY.match(line) else line
        people += [Contributor(name) for name in _AND.split(words) if name.strip()]
    return tuple(dict.fromkeys(people))


def before_contents(blocks: Sequence[ParsedBlock]) -> int | None:
    """Return the index of the table of contents, or None if there is none."""
    return next((index for index, block in enumerate(blocks) if isinstance(block, Contents)), None)
