"""What an EPUB says of its accessibility, read from its package document (EPUB Accessibility 1.1, 3 and 4)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exporter.site.entry import Accessibility

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_LARGEST = 10_000_000
"""Bytes of a package document."""


def of_epub(path: Path) -> Accessibility | None:
    """Return what an EPUB says of itself; None when it says nothing or cannot be read.

    Nothing is added: a catalogue that claims more than the book is a false claim.
    """
    from lxml import etree

    try:
        package = _package(path)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, etree.LxmlError):
        return None
    said: dict[str, list[str]] = {}
    for meta in package.iterfind(f"{_OPF}metadata/{_OPF}meta"):
        if not meta.get("refines"):
            said.setdefault(meta.get("property") or "", []).append(" ".join((meta.text or "").split()))
    found = Accessibility(
        modes=_unique(said.get("schema:accessMode", ())),
        sufficient=tuple(_unique(one.split(",")) for one in _unique(said.get("schema:accessModeSufficient", ()))),
        features=_unique(said.get("schema:accessibilityFeature", ())),
        hazards=_unique(said.get("schema:accessibilityHazard", ())),
        summary=next(iter(said.get("schema:accessibilitySummary", ())), ""),
        conforms_to=next((one for one in said.get("dcterms:conformsTo", ()) if "Accessibility" in one), ""),
        certifier=next(iter(said.get("a11y:certifiedBy", ())), ""),
    )
    return found if found.modes or found.summary else None


def _package(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        root = _parse(archive, "META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
        if root is None:
            raise KeyError("rootfile")
        return _parse(archive, root.get("full-path") or "")


def _parse(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    with archive.open(name) as part:
        data = part.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(name)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
