"""The navigation of a talking book held against what it is about: counts, order and titles (DAISY 2.02, 2.1, 2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from exporter.findings import Finding
from exporter.inspect.archive import resolve
from exporter.parity.extraction import normal
from exporter.parity.rules import CHAPTERS, LANGUAGE, METADATA, ORDER, TITLE
from exporter.parity.xhtml import elements

_COUNTED = {
    "ncc:footnotes": "noteref",
    "ncc:pageFront": "page-front",
    "ncc:pageNormal": "page-normal",
    "ncc:pageSpecial": "page-special",
    "ncc:prodNotes": "optional-prodnote",
    "ncc:sidebars": "sidebar",
}
"""Metadata that count entries, and the classes of these."""
_FIXED = {
    "dc:format": "Daisy 2.02",
    "ncc:charset": "utf-8",
    "ncc:multimediaType": "audioFullText",
    "ncc:setInfo": "1 of 1",
}
_ENTRIES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "span", "div"})


def check(index: Any, metadata: Mapping[str, str], files: int) -> Iterator[Finding]:
    """Yield numbers and names in the metadata of ncc.html that are not those of the book."""
    entries = [element for element in index.iter() if elements.name(element) in _ENTRIES and element.get("id")]
    kinds = Counter(kind for entry in entries for kind in elements.kinds(entry))
    levels = [level for entry in entries if (level := elements.level(entry)) is not None]
    normal_pages = [entry for entry in entries if "page-normal" in elements.kinds(entry)]
    numbers = [int(words) for entry in normal_pages if (words := "".join(entry.itertext()).strip()).isdecimal()]
    expected = {
        **{name: str(kinds[kind]) for name, kind in _COUNTED.items()},
        **_FIXED,
        "ncc:depth": str(max(levels, default=0)),
        "ncc:files": str(files),
        "ncc:maxPageNormal": str(max(numbers, default=0)),
        "ncc:tocItems": str(len(entries)),
    }
    for name, value in expected.items():
        if metadata.get(name) != value:
            yield METADATA.finding(f"The navigation states {name} as “{metadata.get(name, '')}”; expected “{value}”.")
    if metadata.get("ncc:producedDate", metadata.get("dc:date")) != metadata.get("dc:date"):
        yield METADATA.finding(f"The navigation states “{metadata['ncc:producedDate']}” as the day of production.")
    if metadata.get("ncc:producer", metadata.get("dc:publisher")) != metadata.get("dc:publisher"):
        yield METADATA.finding(f"The navigation states “{metadata['ncc:producer']}” as producer.")
    language = elements.language(index, "")
    if language.lower() != metadata.get("dc:language", "").lower():
        yield LANGUAGE.finding(f"The navigation is in “{language}”, and the book in “{metadata.get('dc:language')}”.")
    title = next(("".join(element.itertext()) for element in index.iter() if elements.name(element) == "title"), "")
    if normal(title) != normal(metadata.get("dc:title", "")):
        yield TITLE.finding(f"The navigation has the title “{title}”.")


def check_part(name: str, own: Mapping[str, str], book: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what a file with the steps of a part, or with the list of parts, states otherwise than the navigation."""
    for key in ("dc:format", "dc:identifier", "dc:title"):
        if own.get(key) != book.get(key):
            yield METADATA.finding(f"{name} states {key} as “{own.get(key, '')}”; expected “{book.get(key, '')}”.")


def check_order(name: str, index: Any, parts: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the entries of a navigation that are not in the order in which they are heard.

    Args:
        name: Its file.
        index: Its document.
        parts: The documents with the steps of each part, in order, by their files.
    """
    positions: dict[tuple[str, str | None], int] = {}
    for file, root in parts.items():
        for element in root.iter():
            positions.setdefault((file, element.get("id")), len(positions))
    last = -1
    for link in (element for element in index.iter() if elements.name(element) == "a"):
        file, _, fragment = (link.get("href") or "").partition("#")
        index_of_step = positions.get((resolve(name, file), fragment), last)
        if index_of_step < last:
            yield ORDER.finding(f"“{elements.text(link)}” is in the navigation after what is heard later.")
        last = index_of_step


def check_titles(titles: Mapping[str, str], parts: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield parts whose title is another in the list of parts."""
    for file, root in parts.items():
        own = next((meta.get("content") for meta in root.iter("meta") if meta.get("name") == "title"), "")
        if own != titles[file]:
            yield CHAPTERS.finding(f"{file} is called “{own}”, and “{titles[file]}” in the list of parts.")
