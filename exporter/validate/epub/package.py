"""An EPUB opened for checks: its manifest, its documents and its overlays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from exporter.inspect import archive, epub
from exporter.inspect.epub import OPF
from exporter.inspect.xml import parse, parse_leniently

HTML = "{http://www.w3.org/1999/xhtml}"
SMIL = "{http://www.w3.org/ns/SMIL}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
TEXTREF = "{http://www.idpf.org/2007/ops}textref"

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d\d?):)?(\d+(?:\.\d+)?)(h|min|s|ms)?")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}


class Par(NamedTuple):
    """One step of an overlay."""

    document: str
    """Path in the archive."""
    target: str
    """Identifier; empty when it points at the whole document."""
    sound: str
    """Path in the archive; empty when it has none."""
    begin: float
    """Seconds."""
    end: float | None
    """Seconds; None for the end of the sound."""
    type: str
    around: frozenset[str]
    """The `epub:type` terms of the seqs around it."""


class Overlay(NamedTuple):
    """An overlay and the document that it reads."""

    id: str
    name: str
    """Path in the archive."""
    document: str
    pars: tuple[Par, ...]
    seqs: tuple[tuple[str, str], ...]
    """Document and identifier of each seq."""


class Package(epub.Package):
    """A package with its stylesheets, its documents and its media overlays."""

    def sheets(self) -> Iterator[str]:
        """Yield every style sheet."""
        for item in self.items.values():
            if item.get("media-type") == "text/css" and self.path(item) in self.archive:
                yield self.archive.read(self.path(item)).decode("utf-8", "replace")

    def metas(self, name: str) -> dict[str, str]:
        """Return the values of a property by what they refine; "" for the publication."""
        metas = (meta for meta in self.root.iterfind(f"{OPF}metadata/{OPF}meta") if meta.get("property") == name)
        return {(meta.get("refines") or "").removeprefix("#"): (meta.text or "").strip() for meta in metas}

    def overlays(self) -> Iterator[Overlay]:
        """Yield the overlays of all documents that name one."""
        for item in self.items.values():
            reference = item.get("media-overlay")
            if reference and (smil := self.items.get(reference)) is not None and self.path(smil) in self.archive:
                name = self.path(smil)
                root = parse(self.archive.read(name))
                seqs = (resolve(name, seq.get(TEXTREF) or "").partition("#") for seq in root.iter(f"{SMIL}seq"))
                yield Overlay(
                    reference,
                    name,
                    self.path(item),
                    tuple(_par(name, par) for par in root.iter(f"{SMIL}par")),
                    tuple((document, target) for document, _, target in seqs),
                )

    def document(self, name: str) -> Any:
        """Return the root of a document."""
        return parse_leniently(self.archive.read(name))[0]


def resolve(base: str, href: str) -> str:
    """Return an address inside the archive, its fragment included."""
    path, mark, fragment = href.partition("#")
    if not path:
        return base + mark + unquote(fragment)
    return archive.resolve(base, path) + mark + unquote(fragment)


def seconds(clock: str) -> float | None:
    """Return a clock value of SMIL 3.0 in seconds; None when it is none."""
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        return None
    hours, minutes, rest, unit = match.groups()
    if unit:
        return None if minutes else float(rest) * _UNITS[unit]
    return float(hours or 0) * 3600 + float(minutes or 0) * 60 + float(rest)


def _par(name: str, par: Any) -> Par:
    text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
    document, _, target = resolve(name, text.get("src") or "").partition("#") if text is not None else ("", "", "")
    end = audio.get("clipEnd") if audio is not None else None
    around = (seq.get(OPS_TYPE) or "" for seq in par.iterancestors(f"{SMIL}seq", f"{SMIL}body"))
    return Par(
        document,
        target,
        resolve(name, audio.get("src") or "") if audio is not None else "",
        (seconds(audio.get("clipBegin") or "0") or 0.0) if audio is not None else 0.0,
        seconds(end) if end else None,
        par.get(OPS_TYPE) or "",
        frozenset(term for types in around for term in types.split()),
    )
