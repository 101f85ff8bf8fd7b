"""The table of contents of a Word file: its entries, and what its fields show (ISO/IEC 29500-1, 17.16.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED
from exporter.parity.docx.styles import Roles

_PAGE = re.compile(r"\s*PAGEREF\s+(\S+)")
_DEPTH = re.compile(r'\s*TOC\b.*\\o\s+"1-(\d+)"')


class TocEntry(NamedTuple):
    """An entry, as it stands."""

    words: str
    bookmark: str
    """Where it leads; empty if it is no link."""
    level: int
    """That of its style."""
    pages: tuple[str, ...]
    """Bookmarks whose page numbers it shows."""
    number: str
    """What it shows after its words."""


def entries(content: Element, word: DocxFile, roles: Roles) -> Iterator[TocEntry]:
    """Yield the entries of a table of contents."""
    for paragraph in content.iter(name("p")):
        level = roles.entry_level(word.style(paragraph))
        links = [*paragraph.iter(name("hyperlink"))]
        for line in links or ([paragraph] if level else []):
            words: list[str] = []
            numbers: list[str] = []
            part = words
            for element in line.iter(name("t"), name("m:t"), name("tab")):
                if element.tag == name("tab"):
                    part = numbers
                else:
                    part.append(element.text or "")
            codes = (code.text or "" for code in line.iter(name("instrText")))
            pages = tuple(match[1] for match in map(_PAGE.match, codes) if match)
            bookmark = line.get(name("anchor")) or ""
            yield TocEntry("".join(words), bookmark, level, pages, "".join(numbers).strip())


def check(content: Element, toc_entries: list[TocEntry]) -> Iterator[Finding]:
    """Yield fields that show the numbers of other pages, or make another table when Word renews them."""
    last = 0
    for entry in toc_entries:
        shown = f"“{entry.words[:QUOTED]}” in the table of contents"
        if any(page != entry.bookmark for page in entry.pages):
            yield rules.CONTENTS.finding(f"{shown} has the number of another page.")
        if entry.number.isdecimal():
            if int(entry.number) < last:
                yield rules.CONTENTS.finding(f"{shown} has the number {entry.number}, and the one before it {last}.")
            last = int(entry.number)
    depths = [
        int(match[1])
        for match in map(_DEPTH.match, (code.text or "" for code in content.iter(name("instrText"))))
        if match
    ]
    deepest = max((entry.level for entry in toc_entries), default=0)
    if depths and min(depths) < deepest:
        yield rules.CONTENTS.finding(
            f"Word makes the table of contents again with {min(depths)} of its {deepest} levels."
        )


def levels(toc_entries: list[TocEntry], headings: Mapping[str, int]) -> Iterator[Finding]:
    """Yield entries whose style is that of another level than their heading.

    Args:
        toc_entries: The entries.
        headings: Level of the heading of each bookmark.
    """
    for entry in toc_entries:
        heading = headings.get(entry.bookmark)
        if heading is not None and heading != entry.level:
            message = f"In the table of contents, “{entry.words[:QUOTED]}” has level {entry.level}"
            yield rules.CONTENTS.finding(f"{message}; its heading has {heading}.")
