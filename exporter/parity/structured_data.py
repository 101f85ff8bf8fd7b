"""Structured data of a page (JSON-LD of schema.org), compared with the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.parity.extraction import DocumentMetadata, normal
from exporter.parity.rules import METADATA
from exporter.parity.xhtml import claims

_PEOPLE = ("author", "editor", "translator", "illustrator", "readBy", "contributor")

_OF_TEXT = {
    *("accessMode textual", "accessModeSufficient textual", "accessModeSufficient textual,visual"),
    *("accessibilityFeature displayTransformability", "accessibilityFeature readingOrder"),
}
"""Claims that hold for a page with text."""


def read(root: Any) -> dict[str, Any]:
    """Return the structured data of a page; nothing if it has none.

    Raises:
        msgspec.MsgspecError: They are no JSON object.
    """
    scripts = (element for element in root.iter("script") if element.get("type") == "application/ld+json")
    script = next(scripts, None)
    return {} if script is None else msgspec.json.decode(script.text or "", type=dict[str, Any])


def check(data: dict[str, Any], metadata: DocumentMetadata, title: str, language: str) -> Iterator[Finding]:
    """Yield what the structured data say otherwise than the page."""
    people = {role: [normal(person.get("name", "")) for person in data.get(role, ())] for role in _PEOPLE}
    # Where there are no authors, the page names all others as such.
    names = people["author"] or [name for others in people.values() for name in others]
    headline = data.get("alternativeHeadline", "")
    stated = {
        "title": (normal(data.get("name", "")), title.removesuffix(f": {normal(headline)}")),
        "language": (data.get("inLanguage", ""), language),
        "date": (data.get("datePublished", ""), metadata.date or ""),
        "description": (normal(data.get("description", "")), metadata.description or ""),
        "people": (sorted(names), sorted(metadata.authors or ())),
        "subjects": (normal(", ".join(data.get("keywords", []))), ", ".join(metadata.subjects or ())),
    }
    for field, (actual, expected) in stated.items():
        if actual != expected:
            yield METADATA.finding(f"Structured data, {field}: “{actual}”; the page states “{expected}”.")


def check_claims(
    data: dict[str, Any], present: claims.Contents, *, moving: bool, contents: bool, text: bool
) -> Iterator[Finding]:
    """Yield the claims about accessibility that do not hold, or are missing."""
    stated = {f"{name} {value}" for name in claims.LISTED for value in data.get(name, ())}
    sufficient = (",".join(part["itemListElement"]) for part in data.get("accessModeSufficient", ()))
    stated |= {f"accessModeSufficient {modes}" for modes in sufficient}
    expected = claims.expected(present, page_list=False, sound=False, moving=moving)
    if not contents:
        expected -= {"accessibilityFeature tableOfContents"}
    if not text:
        expected -= _OF_TEXT
    yield from claims.check(stated, expected)
    yield from claims.check_summary(data.get("accessibilitySummary", ""), present)
