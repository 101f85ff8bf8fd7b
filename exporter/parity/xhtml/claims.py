"""Claims about accessibility, compared with what is in the edition (EPUB Accessibility 1.1, 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.parity import rules
from exporter.parity.content import letters
from exporter.parity.xhtml import elements

_NUMBER = re.compile(r"\d+")
SUMMARY = "schema:accessibilitySummary"
_METADATA = frozenset(
    {"dcterms:modified", "dcterms:conformsTo", "role", "pageBreakSource", "belongs-to-collection", "collection-type"}
    | {f"schema:{name}" for name in ("accessMode", "accessModeSufficient", "accessibilityFeature")}
    | {"schema:accessibilityHazard", SUMMARY, "a11y:certifiedBy", "cover"}
    | {f"media:{name}" for name in ("duration", "narrator", "active-class", "playback-active-class")}
)
"""Properties of the metadata of an EPUB."""
_LINKS = frozenset({"a11y:certifierReport", "a11y:certifierCredential", "dcterms:conformsTo"})
LISTED = ("accessMode", "accessibilityFeature", "accessibilityHazard")
_CLAIMS = ("accessModeSufficient", *LISTED)


class Contents(msgspec.Struct):
    """Content that claims are about, without the cover."""

    described: int = 0
    undescribed: int = 0
    long_descriptions: int = 0
    formulas: int = 0
    marks: bool = False
    roles: bool = False
    frame_roles: bool = False
    """Whether what the edition adds has roles; a claim may be about them."""
    headings: bool = False


def contents(roots: Sequence[Any]) -> Contents:
    """Return what is in the documents of a book, or in the text of a page."""
    present = Contents()
    for root in roots:
        if "cover" in elements.kinds(root) or any(elements.name(child) == "nav" for child in root):
            continue
        is_frame = elements.is_frame(root)
        ids = {element.get("id") for element in root.iter()} - {None}
        for element in root.iter():
            tag, role = elements.name(element), element.get("role") or ""
            has_role = bool(role and role != "presentation")
            present.roles = present.roles or (has_role and not is_frame)
            present.frame_roles = present.frame_roles or (has_role and is_frame)
            present.marks = present.marks or role == "doc-pagebreak"
            present.headings = present.headings or elements.level(element) is not None
            present.long_descriptions += element.get("aria-details") in ids
            present.formulas += tag == "math"
            if tag == "img":
                present.undescribed += element.get("alt") is None
                present.described += bool((element.get("alt") or "").strip())
    return present


def stated(package: Any) -> set[str]:
    """Return the claims of a package."""
    values = (
        ((element.get("property") or "").removeprefix("schema:"), (element.text or "").strip())
        for element in package.iter("{*}meta")
    )
    return {f"{name} {value}" for name, value in values if name in _CLAIMS}


def expected(present: Contents, *, page_list: bool, sound: bool, moving: bool) -> set[str]:
    """Return the claims that hold for a book."""
    pictures, bare = present.described + present.undescribed > 0, present.undescribed > 0
    holds = {
        "accessMode textual": True,
        "accessMode visual": pictures,
        "accessMode auditory": sound,
        "accessModeSufficient textual": not bare,
        "accessModeSufficient textual,visual": pictures,
        "accessModeSufficient auditory": sound and not bare,
        "accessibilityFeature alternativeText": present.described > 0 and not bare,
        "accessibilityFeature ARIA": present.roles,
        "accessibilityFeature displayTransformability": True,
        "accessibilityFeature longDescription": present.long_descriptions > 0,
        "accessibilityFeature MathML": present.formulas > 0,
        "accessibilityFeature pageBreakMarkers": present.marks,
        "accessibilityFeature pageNavigation": page_list,
        "accessibilityFeature readingOrder": True,
        "accessibilityFeature structuralNavigation": present.headings,
        "accessibilityFeature synchronizedAudioText": sound,
        "accessibilityFeature tableOfContents": True,
        "accessibilityHazard none": not moving,
        **dict.fromkeys(
            (
                "accessibilityHazard unknownFlashingHazard",
                "accessibilityHazard unknownMotionSimulationHazard",
                "accessibilityHazard noSoundHazard",
            ),
            moving,
        ),
    }
    return {claim for claim, is_true in holds.items() if is_true}


def check(claims: set[str], true: set[str]) -> Iterator[Finding]:
    """Yield claims that are wrong, and those that are missing."""
    for claim in sorted(claims - true):
        yield rules.METADATA.finding(f"Metadata: “{claim}” does not hold for this edition.")
    for claim in sorted(true - claims) if claims else ():  # a book without any is a finding of the checks of EPUBs
        yield rules.METADATA.finding(f"Metadata: “{claim}” is missing.")


def check_package(package: Any, frame: str) -> Iterator[Finding]:
    """Yield metadata that the edition never has, and those that contradict others or the imprint.

    Args:
        package: The package document.
        frame: Letters of title page and imprint.
    """
    identifier = next((element.text or "" for element in package.iter("{*}identifier")), "")
    for link in package.iter("{*}link"):
        if (link.get("rel") or "") not in _LINKS:
            yield rules.unexpected(rules.METADATA.finding(f"A link “{link.get('rel')}” of the package is not known."))
    for item in package.iter("{*}item"):
        if item.get("fallback"):
            yield rules.unexpected(rules.KINDS.finding(f"“{item.get('href')}” has another file in its place."))
    for element in package.iter("{*}meta", "{*}type", "{*}format", "{*}coverage", "{*}relation"):
        tag, text = elements.name(element), element.text or ""
        name = (element.get("property") or element.get("name") or "") if tag == "meta" else f"dc:{tag}"
        if name not in _METADATA:
            yield rules.METADATA.finding(f"Metadata: “{name}” is not of the manuscript.")
        elif name == "pageBreakSource" and text != "none" and identifier not in text:
            yield rules.METADATA.finding(f"Metadata: the pages are those of “{text}”, which is another publication.")
        elif name == SUMMARY and letters(text) not in frame:
            yield rules.METADATA.finding("The accessibility summary in the metadata is not that of the imprint.")


def check_summary(summary: str, present: Contents) -> Iterator[Finding]:
    """Yield numbers of an accessibility summary that are not those of the edition."""
    counts = (present.described, present.undescribed, present.long_descriptions, present.formulas)
    known = {str(count) for count in counts if count}
    # A plural form may say a number in words.
    wrong = [number for number in _NUMBER.findall(summary) if str(int(number)) not in known]
    if wrong:
        message = f"The accessibility summary states {', '.join(wrong)}; expected {', '.join(sorted(known)) or 'none'}."
        yield rules.METADATA.finding(message)
