"""What a DAISY 2.02 talking book says, read with zipfile and lxml: its text in the order in which it is played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from exporter.inspect.archive import Archive, resolve
from exporter.inspect.xml import parse
from exporter.parity import xhtml
from exporter.parity.audio import daisy as sound
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, normal
from exporter.parity.xhtml import Book, Document, elements

NCC = "ncc.html"
_PAGES = frozenset({"page-normal", "page-front", "page-special"})


def read(path: Path) -> Extraction:
    """Read a talking book.

    Raises:
        KeyError, ValueError, OSError, lxml.etree.XMLSyntaxError: It is none.
    """
    with Archive(path) as archive:
        index = parse(archive.read(NCC))
        links = [each for each in index.iter() if elements.name(each) == "a" and each.get("href")]
        played = dict.fromkeys(resolve(NCC, each.get("href").partition("#")[0]) for each in links)
        sounds = {name: parse(archive.read(name)) for name in played}
        book = Book([Document(name, _body(parse(archive.read(name)))) for name in _texts(archive, sounds)])
    goals = {
        (name, each.get("id")): book.target(each.get("src"), name)
        for name, root in sounds.items()
        for each in root.iter()
        if elements.name(each) == "text" and each.get("id") and each.get("src")
    }

    def goal(link: Any) -> Any:
        name, _, identifier = link.get("href").partition("#")
        return goals.get((resolve(NCC, name), identifier))

    said = _said(index)
    language = next(iter(said.get("dc:language", ())), "")
    headings = [(link, elements.level(link.getparent()), goal(link)) for link in links]
    pages = [(normal(elements.text(link)), goal(link)) for link in links if elements.kinds(link.getparent()) & _PAGES]
    contents = [(link, level, place) for link, level, place in headings if level is not None]
    own = [(link, level, place) for link, level, place in contents if _is_text(place)]
    # Players go to the words of a heading, not to the heading.
    own = [(link, level, _heading(place)) for link, level, place in own]
    found = xhtml.facts(book, language, contents=own, pages=pages)
    return msgspec.structs.replace(
        found,
        title=normal(next(iter(said.get("dc:title", ())), "")),
        language=language,
        outline=tuple(Heading(normal(elements.text(link)), level) for link, level, _ in own),
        about=DocumentMetadata(
            authors=tuple(said.get("dc:creator", ())),
            publisher=next(iter(said.get("dc:publisher", ())), ""),
            date=next(iter(said.get("dc:date", ())), ""),
            identifier=next(iter(said.get("dc:identifier", ())), ""),
            description=next(iter(said.get("dc:description", ())), ""),
            subjects=tuple(said.get("dc:subject", ())),
            rights=next(iter(said.get("dc:rights", ())), ""),
        ),
    )


def _texts(archive: Archive, sounds: dict[str, Any]) -> list[str]:
    """Return the names of the documents in the order in which they are played; what nothing plays, by its name."""
    played: dict[str, None] = {}
    for name, root in sounds.items():
        for each in root.iter():
            if elements.name(each) == "text" and each.get("src"):
                played[resolve(name, each.get("src").partition("#")[0])] = None
    order = list(played)
    names = sorted(name for name in archive.names if name.lower().endswith((".html", ".xhtml", ".htm")) and name != NCC)
    for before, name in zip(["", *names], names, strict=False):
        if name not in played:
            order.insert(order.index(before) + 1 if before in order else 0, name)
    return order


def _body(root: Any) -> Any:
    return next(each for each in root if elements.name(each) == "body")


def _said(index: Any) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for element in index.iter():
        if elements.name(element) == "meta":
            named.setdefault(element.get("name") or "", []).append(normal(element.get("content") or ""))
    return named


def _is_text(place: Any) -> bool:
    """Return whether an element is none of what the edition adds."""
    if place is None:
        return True
    around = (place, *place.iterancestors())
    return not any(elements.kinds(each) & elements.FRAME or elements.holds_notes(each) for each in around)


def _heading(place: Any) -> Any:
    if place is None:
        return None
    return next((each for each in (place, *place.iterancestors()) if elements.level(each) is not None), place)


EXTRACTOR = Extractor(read, check=sound.diff)
