"""Metadata of the package (eBraille 1.0, 5.3), and whether they are true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from exporter.findings import Finding
from exporter.inspect.epub import DC, OPF
from exporter.validate.ebraille import rules
from exporter.validate.ebraille.publication import Publication, local

_ONE_OR_MORE, _EXACTLY_ONE = False, True
_REQUIRED = {
    "dc:title": _ONE_OR_MORE,
    "dc:creator": _ONE_OR_MORE,
    "dc:identifier": _ONE_OR_MORE,
    "dc:language": _ONE_OR_MORE,
    "dc:format": _EXACTLY_ONE,
    "dc:date": _EXACTLY_ONE,
    "dcterms:dateCopyrighted": _EXACTLY_ONE,
    "dcterms:modified": _EXACTLY_ONE,
    "a11y:brailleCellType": _EXACTLY_ONE,
    "a11y:brailleSystem": _ONE_OR_MORE,
    "a11y:completeTranscription": _EXACTLY_ONE,
    "a11y:producer": _ONE_OR_MORE,
    "a11y:tactileGraphics": _EXACTLY_ONE,
}
"""Required metadata, and whether there may be only one of each (5.3.3)."""
_RECOMMENDED = ("dc:description", "dc:publisher", "dc:rights", "dc:source", "dc:subject")
"""Without the level of education, which is for textbooks."""
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_VALUES = {
    "dc:format": (r"eBraille \d+\.\d+", "such as eBraille 1.0"),
    "dc:language": (r"(?i:[a-z]{2,8}(?:-[a-z]{3})*-brai(?:-[a-z\d]{1,8})*)", "a tag with Brai, such as en-Brai"),
    "dcterms:dateCopyrighted": (_DAY, "a date, such as 2026 or 2026-05-01"),
    "dcterms:modified": (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "a time in UTC, such as 2026-05-01T00:00:00Z"),
    "a11y:brailleCellType": (r"6|8|6, ?8|8, ?6", "6, 8, or both"),
    "a11y:completeTranscription": (r"true|false", "true or false"),
    "a11y:tactileGraphics": (r"none|(?:JPG|PNG|SVG|PDF)(?:, ?(?:JPG|PNG|SVG|PDF))*", "none, or JPG, PNG, SVG and PDF"),
    "a11y:minimumCells": (r"[1-9]\d*", "a positive number"),
    "a11y:minimumLines": (r"[1-9]\d*", "a positive number"),
}
"""Patterns of values, and what they are."""
_SYSTEM = re.compile(r"\S+(?: \S+)* (?:grade[012]|no-grade)(?: (?:comp[68]|math|music|phonetic))?")
"""Name of a code (eBraille Braille Codes Registry, 2.2)."""
_GRAPHICS = {".jpg": "JPG", ".jpeg": "JPG", ".png": "PNG", ".svg": "SVG", ".pdf": "PDF"}
_SHOWN = {"img": "src", "object": "data", "image": "href", "a": "href"}
_ACCESS = ("schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard")


def check(publication: Publication) -> Iterator[Finding]:
    """Check metadata."""

    def values(name: str) -> list[str]:
        return publication.dc(name[3:]) if name.startswith("dc:") else publication.meta(name)

    yield from _present(publication, values)
    for name, (pattern, meaning) in _VALUES.items():
        for value in values(name):
            if value and not re.fullmatch(pattern, " ".join(value.split())):
                message = f"{name} is “{value}”; expected {meaning}."
                yield rules.VALUE.finding(message, place=publication.name)
    for value in values("a11y:brailleSystem"):
        if value and not _SYSTEM.fullmatch(" ".join(value.split())):
            yield rules.SYSTEM.finding(f"The code “{value}” has no grade of the registry.", place=publication.name)
    yield from _claims(publication, values)
    for name in _ACCESS:
        if not values(name):
            yield rules.ACCESSIBILITY.finding(f"The package does not state {name}.", place=publication.name)


def _present(publication: Publication, values: Callable[[str], list[str]]) -> Iterator[Finding]:
    for name, only_one in _REQUIRED.items():
        present = values(name)
        if not any(present) or not all(present):
            yield rules.METADATA.finding(f"{name} is missing or empty.", place=publication.name)
        elif only_one and len(present) > 1:
            yield rules.METADATA.finding(f"{len(present)} values of {name}; expected one.", place=publication.name)
    for name in _RECOMMENDED:
        if not any(values(name)):
            yield rules.RECOMMENDED.finding(f"{name} is missing.", place=publication.name)
    unique = publication.package.get("unique-identifier")
    identifiers = {element.get("id") for element in publication.package.iterfind(f"{OPF}metadata/{DC}identifier")}
    if not unique or unique not in identifiers:
        yield rules.METADATA.finding("The package names no identifier as its unique one.", place=publication.name)


def _claims(publication: Publication, values: Callable[[str], list[str]]) -> Iterator[Finding]:
    cells = {
        "8" if character > "\u283f" else "6"
        for document in publication.content
        for text in document.root.itertext()
        for character in text
        if "\u2800" <= character <= "\u28ff"
    }
    stated = {part.strip() for value in values("a11y:brailleCellType") for part in value.split(",")}
    # Text of eight dots contains cells of six dots too.
    if ("8" in cells) != ("8" in stated) and stated:
        used = "8" if "8" in cells else "6"
        message = f"The cells have {used} dots; the package states {', '.join(sorted(stated))}."
        yield rules.CLAIM.finding(message, place=publication.name)
    shown = {
        _GRAPHICS[suffix]
        for document in publication.content
        for element in document.root.iter()
        for suffix in [_suffix(element.get(_SHOWN.get(local(element), "id")) or "")]
        if suffix in _GRAPHICS
    }
    shown |= {"SVG"} & {local(element).upper() for document in publication.content for element in document.root.iter()}
    graphics = {part.strip() for value in values("a11y:tactileGraphics") for part in value.split(",")} - {"none"}
    if graphics - shown:
        message = f"The package states graphics that the documents do not show: {', '.join(sorted(graphics - shown))}."
        yield rules.CLAIM.finding(message, place=publication.name)
    if shown - graphics:
        message = f"The documents show images that are not stated as graphics: {', '.join(sorted(shown - graphics))}."
        yield rules.CLAIM.finding(message, place=publication.name)


def _suffix(address: str) -> str:
    """Return the suffix of the name of a file of the publication."""
    if ":" in address:
        return ""
    name = address.partition("#")[0].lower()
    return name[name.rfind(".") :] if "." in name else ""
