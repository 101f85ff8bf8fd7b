"""Media overlays of an EPUB against its documents: what a listener skips or leaves is what it is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.findings import Finding
from exporter.inspect.archive import Archive, resolve
from exporter.inspect.epub import Package
from exporter.inspect.xml import parse
from exporter.parity.extraction import normal
from exporter.parity.rules import CLIPS
from exporter.parity.xhtml import elements

_EPUB = "{http://www.idpf.org/2007/ops}"
_KINDS = {
    **{"table": "table", "tr": "table-row", "td": "table-cell", "th": "table-cell", "figure": "figure"},
    **{"ul": "list", "ol": "list", "dl": "list", "li": "list-item endnote", "aside": "aside"},
}
"""Types of structures that documents mark by elements (EPUB 3.3, 9.3.3.2)."""
_SOUND, _TYPE = "-sound", "audio/mp4"
"""End of the identifiers of sounds, and their media type."""
_QUOTED = 60


def check(path: Path) -> Iterator[Finding]:
    """Yield parts of overlays that are of another structure, or at another place, than their text."""
    with Archive(path) as archive:
        package = Package(archive)
        for item in package.items.values():
            name, kind = package.path(item), item.get("media-type") or ""
            if (item.get("id") or "").endswith(_SOUND) and kind != _TYPE:
                yield CLIPS.finding(f"The package says that {name} is {kind or 'of no type'}.")
        for item in package.items.values():
            overlay = package.items.get(item.get("media-overlay") or "")
            if overlay is not None:
                name, document = package.path(overlay), package.path(item)
                yield from _Overlay(name, document, parse(archive.read(document))).check(parse(archive.read(name)))


class _Overlay:
    def __init__(self, name: str, document: str, root: Any) -> None:
        self._name = name
        self._document = document
        self._elements = {element.get("id"): element for element in root.iter() if element.get("id")}

    def check(self, smil: Any) -> Iterator[Finding]:
        """Yield what is wrong; what an overlay shows of other documents is compared with its sounds."""
        for element in smil.iter("{*}body", "{*}seq", "{*}par"):
            tag = elements.name(element)
            source = element.get(f"{_EPUB}textref") if tag != "par" else element.find("{*}text").get("src")
            file, _, fragment = (source or "").partition("#")
            if resolve(self._name, file) != self._document:
                yield CLIPS.finding(f"A part of {self._name} is said to be of {file or 'no document'}.")
            elif tag != "body" and fragment in self._elements:
                yield from self._part(element, self._elements[fragment])

    def _part(self, part: Any, shown: Any) -> Iterator[Finding]:
        words = f"“{normal(''.join(shown.itertext()))[:_QUOTED]}”"
        stated = set((part.get(f"{_EPUB}type") or "").split())
        is_seq = elements.name(part) == "seq"
        # What has one part alone is that part.
        around = [shown] if is_seq else [shown, *shown.iterancestors()]
        known = {kind for element in around for kind in _kinds(element)}
        if not stated <= known or (is_seq and not stated):
            named = ", ".join(sorted(stated - known)) or "nothing"
            yield CLIPS.finding(f"Listeners skip or leave {words} as {named}, which it is not.")
        seq = part.getparent()
        _, _, fragment = (seq.get(f"{_EPUB}textref") or "").partition("#")
        outer = self._elements.get(fragment)
        if outer is not None and outer is not shown and outer not in shown.iterancestors():
            yield CLIPS.finding(f"{words} is heard as a part of what it is no part of.")


def _kinds(element: Any) -> list[str]:
    kinds = f"{element.get(f'{_EPUB}type') or ''} {_KINDS.get(elements.name(element), '')}"
    return kinds.split()
