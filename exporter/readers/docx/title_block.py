"""The title block: metadata from the first paragraphs of a document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from exporter.labels import Labels
from exporter.model import Contributor, Cover, Image, Metadata
from exporter.readers.docx.parsed import Contents, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import PLAIN, Meaning, Role

_TITLES = frozenset({Role.TITLE, Role.SUBTITLE, Role.AUTHOR, Role.DATE, Role.KIND, Role.COVER})
_BY = re.compile(r"\s*(?:by|por|par|von|di|da|door|автор:?|авторы:?)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:;|\n|,(?=\s)|\s(?:and|y|e|et|und|и|&)\s)\s*")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def take(
    blocks: list[ParsedBlock], metadata: Metadata, labels: Labels, *, own: bool
) -> tuple[Metadata, list[ParsedBlock]]:
    """Separate the title block from the rest of a document.

    Args:
        blocks: The parsed blocks of the document.
        metadata: Metadata from its properties; in Word editions they are complete.
        labels: Fixed texts in the language of the document.
        own: Whether exporter wrote it.

    Returns:
        The metadata completed from the title block, and the remaining blocks.
    """
    lines: list[ParsedParagraph] = []
    index = 0
    cover: Image | None = None
    for block in blocks:
        if not isinstance(block, ParsedParagraph) or block.meaning.role not in _TITLES or block.number is not None:
            break
        if block.meaning.role is Role.COVER:
            cover = block.images[0] if block.images else cover
        lines.append(block)
        index += 1
    remaining = [_as_text(block) for block in blocks[index:]]
    if own:
        if cover is not None and metadata.cover is not None:
            metadata = msgspec.structs.replace(metadata, cover=Cover(cover.source, cover.alt))
        return metadata, remaining
    fields: dict[str, object] = {}
    texts = {role: [line for line in lines if line.meaning.role is role and line.text.strip()] for role in _TITLES}
    if cover is not None:
        fields["cover"] = Cover(cover.source, cover.alt)
    if texts[Role.TITLE]:
        fields["title"] = " ".join(_plain(line) for line in texts[Role.TITLE])
        fields["source"] = texts[Role.TITLE][0].source
    if texts[Role.SUBTITLE]:
        fields["subtitle"] = " ".join(_plain(line) for line in texts[Role.SUBTITLE])
    if texts[Role.AUTHOR]:
        fields["authors"] = _people([_plain(line) for line in texts[Role.AUTHOR]], metadata)
    for line in texts[Role.DATE]:
        date = read_date(_plain(line), labels)
        if date is not None:
            fields["date"] = date
    return msgspec.structs.replace(metadata, **fields), remaining


def _as_text(block: ParsedBlock) -> ParsedBlock:
    """Return a later paragraph in a style of the title block as a heading, if it is a title, or as plain text."""
    if not isinstance(block, ParsedParagraph) or block.meaning.role not in _TITLES:
        return block
    if block.meaning.role is Role.TITLE and not block.is_empty:
        block.meaning = Meaning(Role.HEADING, 0)
    else:
        block.meaning = PLAIN
    return block


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
    return tuple(people)


def read_date(text: str, labels: Labels) -> datetime.date | None:
    """Return the date in a line, in digits or with the name of the month, or None if there is none."""
    from babel import Locale
    from babel.dates import get_month_names

    if match := _ISO.search(text):
        try:
            return datetime.date.fromisoformat(match[0])
        except ValueError:
            return None
    folded = text.casefold()
    for tag in dict.fromkeys((labels.language, "en")):
        try:
            locale = Locale.parse(tag.replace("-", "_"))
        except (ValueError, LookupError):
            continue
        for width in ("wide", "abbreviated"):
            for month, word in get_month_names(width, "format", locale).items():
                if re.search(rf"(?<!\w){re.escape(word.casefold().rstrip('.'))}", folded) and (
                    date := _day(folded, month)
                ):
                    return date
    return None


def _day(text: str, month: int) -> datetime.date | None:
    numbers = [int(digits) for digits in re.findall(r"\d+", text)]
    years = [number for number in numbers if 1000 <= number <= 2999]
    days = [number for number in numbers if 1 <= number <= 31]
    if len(years) != 1 or len(days) != 1:
        return None
    try:
        return datetime.date(years[0], month, days[0])
    except ValueError:
        return None


def before_contents(blocks: Sequence[ParsedBlock]) -> int | None:
    """Return the index of the table of contents, or None if there is none."""
    return next((index for index, block in enumerate(blocks) if isinstance(block, Contents)), None)
