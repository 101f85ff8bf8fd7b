"""Accessibility metadata of an EPUB, read from its package document (EPUB Accessibility 1.1, 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exporter.inspect.archive import Archive
from exporter.inspect.epub import OPF, Package
from exporter.model.addresses import is_web
from exporter.site.entry import Accessibility


def read_accessibility(path: Path) -> Accessibility | None:
    """Return the accessibility metadata of an EPUB, or None if it has none or cannot be read.

    Nothing is added: a catalogue must not claim more than the book.
    """
    from lxml import etree

    try:
        with Archive(path) as archive:
            package = Package(archive).root
    except (KeyError, ValueError, etree.LxmlError):
        return None
    values_by_property: dict[str, list[str]] = {}
    for meta in package.iterfind(f"{OPF}metadata/{OPF}meta"):
        if not meta.get("refines"):
            values_by_property.setdefault(meta.get("property") or "", []).append(" ".join((meta.text or "").split()))
    accessibility = Accessibility(
        modes=_unique(values_by_property.get("schema:accessMode", ())),
        sufficient=tuple(
            _unique(value.split(",")) for value in _unique(values_by_property.get("schema:accessModeSufficient", ()))
        ),
        features=_unique(values_by_property.get("schema:accessibilityFeature", ())),
        hazards=_unique(values_by_property.get("schema:accessibilityHazard", ())),
        summary=next(iter(values_by_property.get("schema:accessibilitySummary", ())), ""),
        conforms_to=next(
            (value for value in values_by_property.get("dcterms:conformsTo", ()) if "Accessibility" in value), ""
        ),
        certifier=next(iter(values_by_property.get("a11y:certifiedBy", ())), ""),
        certifier_report=next(
            (
                link.get("href", "")
                for link in package.iterfind(f"{OPF}metadata/{OPF}link")
                if link.get("rel") == "a11y:certifierReport" and is_web(link.get("href", ""))
            ),
            "",
        ),
    )
    return accessibility if accessibility.modes or accessibility.summary else None


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
