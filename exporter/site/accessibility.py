"""What an EPUB says of its accessibility, read from its package document (EPUB Accessibility 1.1, 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exporter.inspect.archive import Archive
from exporter.inspect.epub import OPF, Package
from exporter.site.entry import Accessibility


def of_epub(path: Path) -> Accessibility | None:
    """Return what an EPUB says of itself; None when it says nothing or cannot be read.

    Nothing is added: a catalogue that claims more than the book is a false claim.
    """
    from lxml import etree

    try:
        with Archive(path) as archive:
            package = Package(archive).root
    except (KeyError, ValueError, etree.LxmlError):
        return None
    said: dict[str, list[str]] = {}
    for meta in package.iterfind(f"{OPF}metadata/{OPF}meta"):
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


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
