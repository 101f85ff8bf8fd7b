"""Extraction from a DAISY 2.02 talking book, with zipfile and lxml: its text in playing order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from exporter.inspect.archive import Archive, resolve
from exporter.inspect.xml import parse
from exporter.parity import picture_files, xhtml
from exporter.parity.audio import daisy as audio_daisy
from exporter.parity.audio import daisy_entries
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, normal
from exporter.parity.picture_files import PictureFile
from exporter.parity.xhtml import Book, Document, elements
from exporter.parity.xhtml.sheets import Sheets

NCC = "ncc.html"
_IMAGES = (".png", ".jpg", ".gif")
_PAGES = frozenset({"page-normal", "page-front", "page-special"})


def read(path: Path) -> Extraction:
    """Return the extraction of a talking book."""
    with Archive(path) as archive:
        index = parse(archive.read(NCC))
        links = [element for element in index.iter() if elements.name(element) == "a" and element.get("href")]
        played = dict.fromkeys(resolve(NCC, link.get("href").partition("#")[0]) for link in links)
        smil_roots = {name: parse(archive.read(name)) for name in played}
        texts = {name: parse(archive.read(name)) for name in _texts(archive, smil_roots)}
        sheets = Sheets(archive)
        for name, root in texts.items():
            xhtml.render(root, sheets.of(root, name))
        pictures = {name: _picture(archive, name) for name in archive.names if name.endswith(_IMAGES)}
        book = Book([Document(name, _body(root)) for name, root in texts.items()], pictures)
    goals = {
        (name, element.get("id")): book.target(element.get("src"), name)
        for name, root in smil_roots.items()
        for element in root.iter()
        if elements.name(element) == "text" and element.get("id") and element.get("src")
    }

    def goal(link: Any) -> Any:
        name, _, identifier = link.get("href").partition("#")
        return goals.get((resolve(NCC, name), identifier))

    metadata = _metadata_by_name(index)
    language = next(iter(metadata.get("dc:language", ())), "")
    headings = [(link, elements.level(link.getparent()), goal(link)) for link in links]
    pages = [(normal(elements.text(link)), goal(link)) for link in links if elements.kinds(link.getparent()) & _PAGES]
    contents = [(link, level, target) for link, level, target in headings if level is not None]
    text_links = [(link, level, target) for link, level, target in contents if _is_text(target)]
    # Links point to the text of a heading, not to the heading.
    text_links = [(link, level, _heading(target)) for link, level, target in text_links]
    extraction = xhtml.extract(book, language, contents=text_links, pages=pages)
    steps = {
        name: [(par, book.target(text.get("src"), name)) for par in root.iter("par") for text in par.iter("text")]
        for name, root in smil_roots.items()
    }
    return msgspec.structs.replace(
        extraction,
        boxes=None,
        contradictions=(
            *daisy_entries.check_entries((link, goal(link)) for link in links),
            *(finding for name, own in steps.items() for finding in daisy_entries.check_steps(name, own)),
        ),
        title=normal(next(iter(metadata.get("dc:title", ())), "")),
        language=language,
        outline=tuple(Heading(normal(elements.text(link)), level) for link, level, _ in text_links),
        metadata=DocumentMetadata(
            authors=tuple(metadata.get("dc:creator", ())),
            publisher=next(iter(metadata.get("dc:publisher", ())), ""),
            date=next(iter(metadata.get("dc:date", ())), ""),
            identifier=next(iter(metadata.get("dc:identifier", ())), ""),
            description=next(iter(metadata.get("dc:description", ())), ""),
            subjects=tuple(metadata.get("dc:subject", ())),
            rights=next(iter(metadata.get("dc:rights", ())), ""),
        ),
    )


def _texts(archive: Archive, smil_roots: dict[str, Any]) -> list[str]:
    """Return the names of the documents in playing order; documents that are never played are sorted in by name."""
    played: dict[str, None] = {}
    for name, root in smil_roots.items():
        for element in root.iter():
            if elements.name(element) == "text" and element.get("src"):
                played[resolve(name, element.get("src").partition("#")[0])] = None
    order = list(played)
    names = sorted(name for name in archive.names if name.lower().endswith((".html", ".xhtml", ".htm")) and name != NCC)
    for previous, name in zip(["", *names], names, strict=False):
        if name not in played:
            order.insert(order.index(previous) + 1 if previous in order else 0, name)
    return order


def _picture(archive: Archive, name: str) -> PictureFile:
    with archive.open_sound(name) as file:
        return picture_files.read(file.read())


def _body(root: Any) -> Any:
    return next(child for child in root if elements.name(child) == "body")


def _metadata_by_name(index: Any) -> dict[str, list[str]]:
    values_by_name: dict[str, list[str]] = {}
    for element in index.iter():
        if elements.name(element) == "meta":
            values_by_name.setdefault(element.get("name") or "", []).append(normal(element.get("content") or ""))
    return values_by_name


def _is_text(element: Any) -> bool:
    """Return whether an element is not an addition of the edition."""
    if element is None:
        return True
    ancestors = (element, *element.iterancestors())
    return not any(
        elements.kinds(ancestor) & elements.FRAME or elements.holds_notes(ancestor) for ancestor in ancestors
    )


def _heading(element: Any) -> Any:
    if element is None:
        return None
    return next(
        (ancestor for ancestor in (element, *element.iterancestors()) if elements.level(ancestor) is not None), element
    )


EXTRACTOR = Extractor(read, check=audio_daisy.diff)
