"""The navigation control centre: headings, pages and skippable structures as links to the sound (DAISY 2.02, 2.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.labels import Labels
from exporter.model import Direction, Metadata
from exporter.writers.daisy import formatting
from exporter.writers.daisy.sections import Event, Section, Skip, text_of
from exporter.writers.daisy.smil import FORMAT, File, text_id
from exporter.writers.daisy.xhtml import DOCTYPE, SHEET
from exporter.writers.markup.element import attributes, element, escape
from exporter.writers.xhtml.required_metadata import UNDATED

NAME = "ncc.html"
GENERATOR = "exporter"
RTL_SHEET = "rtl.css"
"""Style sheet for text from right to left: this document may have no `dir` (DAISY 2.02, 2.1)."""
RTL_RULE = b"body { direction: rtl; }\n"
_SHOWN = 60
"""Characters of a box or a description that are shown if it has no title."""


class NccEntry(NamedTuple):
    """An entry of the NCC."""

    name: str
    """Name of its element."""
    kind: str
    """Class; empty for a heading."""
    text: str
    address: str
    number: int = 0
    """Number of a normal page."""


def entries(
    sections: Sequence[Section], files: Sequence[File], labels: Labels, page_labels: Mapping[str, str]
) -> list[NccEntry]:
    """Return all entries in reading order.

    Args:
        sections: The sections of the recording.
        files: Their SMIL files.
        labels: Labels in the language of the book.
        page_labels: Page labels by the identifiers of their marks.
    """
    return list(_entries(sections, files, labels, page_labels))


def _entries(
    sections: Sequence[Section], files: Sequence[File], labels: Labels, page_labels: Mapping[str, str]
) -> Iterator[NccEntry]:
    around: set[object] = set()
    for index, (section, file) in enumerate(zip(sections, files, strict=True)):
        for number, event in enumerate(section.events, 1):
            address = f"{file.name}#{text_id(number)}"
            if number == 1:
                yield NccEntry(f"h{section.level}", "" if index else "title", section.title, address)
            if event.skip is Skip.PAGE:
                label = page_labels.get(event.par.target) or event.element.get("aria-label") or ""
                page = formatting.number(label)
                yield NccEntry(
                    "span",
                    formatting.kind(label),
                    page,
                    address,
                    int(page) if page.isdigit() else 0,
                )
            elif event.is_reference:
                yield NccEntry("span", "noteref", "".join(event.element.itertext()).strip(), address)
            elif event.skip in {Skip.SIDEBAR, Skip.PRODUCER} and event.around not in around:
                around.add(event.around)
                kind = "sidebar" if event.skip is Skip.SIDEBAR else "optional-prodnote"
                yield NccEntry("span", kind, _title(event, labels), address)


def _title(event: Event, labels: Labels) -> str:
    text = text_of(event.around[0]) if len(event.around) else text_of(event.around)
    text = text or text_of(event.around) or labels("common.note", number="")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def write(metadata: Metadata, lines: Sequence[NccEntry], files: Sequence[File], narrator: str, count: int) -> bytes:
    """Return the document.

    Args:
        metadata: The metadata, with a title and a language.
        lines: Its entries.
        files: The SMIL files.
        narrator: Names of the voices.
        count: Number of files in the book.
    """
    metas = [{"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}]
    metas += [{"name": name, "content": value} for name, value in _metadata(metadata, lines, files, narrator, count)]
    sheets = [SHEET, RTL_SHEET] if metadata.direction is Direction.RTL else [SHEET]
    links = [{"rel": "stylesheet", "type": "text/css", "href": name} for name in sheets]
    parts = [element("title", escape(metadata.full_title))]
    parts += [f"<meta{attributes(values)}/>" for values in metas] + [f"<link{attributes(values)}/>" for values in links]
    head = "\n".join(parts)
    body = "\n".join(_line(number, entry) for number, entry in enumerate(lines, 1))
    language = metadata.language
    values = {"xmlns": "http://www.w3.org/1999/xhtml", "lang": language, "xml:lang": language}
    content = f"\n{element('head', f'{_BREAK}{head}{_BREAK}')}\n{element('body', f'{_BREAK}{body}{_BREAK}')}\n"
    document = element("html", content, values)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{DOCTYPE}\n{document}\n'.encode()


_BREAK = "\n"


def _line(number: int, entry: NccEntry) -> str:
    link = element("a", escape(entry.text), {"href": entry.address})
    return element(entry.name, link, {"class": entry.kind or None, "id": f"n{number:04}"})


def _metadata(
    metadata: Metadata, lines: Sequence[NccEntry], files: Sequence[File], narrator: str, count: int
) -> Iterator[tuple[str, str]]:
    kinds = Counter(entry.kind for entry in lines)
    date = (metadata.date or UNDATED).isoformat()
    creators = metadata.creators or (metadata.publisher or metadata.full_title,)
    yield "dc:title", metadata.full_title
    for name in creators:
        yield "dc:creator", name
    yield "dc:date", date
    yield "dc:format", FORMAT
    yield "dc:identifier", metadata.identifier or metadata.full_title
    yield "dc:language", metadata.language
    yield "dc:publisher", metadata.publisher or ", ".join(creators)
    for subject in metadata.subjects:
        yield "dc:subject", subject
    if metadata.description:
        yield "dc:description", metadata.description
    if metadata.rights:
        yield "dc:rights", metadata.rights
    yield "ncc:charset", "utf-8"
    yield "ncc:depth", str(max(int(entry.name[1]) for entry in lines if entry.name != "span"))
    yield "ncc:files", str(count)
    yield "ncc:footnotes", str(kinds["noteref"])
    yield "ncc:generator", GENERATOR
    yield "ncc:maxPageNormal", str(max(entry.number for entry in lines))
    yield "ncc:multimediaType", "audioFullText"
    yield "ncc:narrator", narrator
    yield "ncc:pageFront", str(kinds[formatting.FRONT])
    yield "ncc:pageNormal", str(kinds[formatting.NORMAL])
    yield "ncc:pageSpecial", str(kinds[formatting.SPECIAL])
    yield "ncc:prodNotes", str(kinds["optional-prodnote"])
    yield "ncc:producedDate", date
    if metadata.publisher:
        yield "ncc:producer", metadata.publisher
    yield "ncc:setInfo", "1 of 1"
    yield "ncc:sidebars", str(kinds["sidebar"])
    yield "ncc:tocItems", str(len(lines))
    yield "ncc:totalTime", formatting.whole_seconds(round(sum(file.length for file in files) / 1000))
