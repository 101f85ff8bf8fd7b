"""Accessibility metadata in sentences (W3C, Accessibility Metadata Display Guide for Digital Publications 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.labels import Labels
from exporter.site.entry import Accessibility

_LEVEL = re.compile(r"EPUB Accessibility 1\.[01] - WCAG 2\.[012] Level (A{1,3})")
_NAVIGATION = {"tableOfContents": "contents", "structuralNavigation": "headings", "pageNavigation": "pages"}
_RICH_CONTENT = {"MathML": "mathml", "longDescription": "extended"}
_ADDITIONAL = {"ARIA": "aria", "pageBreakMarkers": "page_breaks"}
_FREE_OF_HAZARDS = ({"none"}, {"noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"})


def statements(claims: Accessibility, labels: Labels) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of the guide that have something to say, with their sentences.

    Args:
        claims: Metadata of the EPUB.
        labels: Labels in the language of the reader.
    """
    fields = (
        ("ways", tuple(_ways(claims))),
        ("navigation", _of_features(claims, _NAVIGATION) or ("no_information",)),
        ("rich_content", _of_features(claims, _RICH_CONTENT)),
        ("hazards", _hazards(claims)),
        ("conformance", _conformance(claims)),
        ("additional", _of_features(claims, _ADDITIONAL)),
    )
    texts = [
        (labels(f"accessibility.{field}"), tuple(labels(f"accessibility.{key}") for key in keys))
        for field, keys in fields
        if keys
    ]
    if claims.summary:
        texts.append((labels("accessibility.summary"), (claims.summary,)))
    return tuple(texts)


def _ways(claims: Accessibility) -> Iterator[str]:
    """Yield the ways of reading (4.1): by sight, without it, by ear."""
    yield "modifiable" if "displayTransformability" in claims.features else "modifiability_unknown"
    if ("textual",) in claims.sufficient:
        yield "readable"
    elif "textual" in claims.modes:
        yield "not_fully_readable"
    if "alternativeText" in claims.features:
        yield "alternative_text"
    if "synchronizedAudioText" in claims.features:
        yield "synchronised_audio"


def _of_features(claims: Accessibility, keys: dict[str, str]) -> tuple[str, ...]:
    return tuple(key for feature, key in keys.items() if feature in claims.features)


def _hazards(claims: Accessibility) -> tuple[str, ...]:
    if set(claims.hazards) in _FREE_OF_HAZARDS:
        return ("no_hazards",)
    return ("hazards_unknown",) if claims.hazards else ("no_information",)


def _conformance(claims: Accessibility) -> tuple[str, ...]:
    level = _LEVEL.fullmatch(claims.conforms_to)
    return (f"conformance_{level[1].lower()}" if level else "no_information",)
