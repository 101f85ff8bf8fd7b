"""The catalogue for reading apps: OPDS 2.0, upon the Readium Web Publication Manifest.

Two documents: `feed` of all publications, and `publication` of one, which stands in its folder. Addresses are relative
to the document unless the house has said where the output folder stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from exporter.labels import Labels
from exporter.model import Direction, Kind
from exporter.site.entry import Accessibility, CatalogueEntry, EditionFile, name_of
from exporter.site.settings import Site

FEED = "opds.json"
FEED_TYPE = "application/opds+json"
PUBLICATION = "opds.json"
"""In the folder of a publication."""
PUBLICATION_TYPE = "application/opds-publication+json"
HTML_TYPE = "text/html"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
"""OPDS 2.0, 4.3: to be had without any condition."""
MANY = 24
"""From so many publications on, those of several languages are grouped by language (OPDS 2.0, 1.5)."""

_TYPES: Mapping[Kind | None, str] = {
    Kind.REPORT: "Report",
    Kind.DISPATCH: "ReportageNewsArticle",
    Kind.COMMENTARY: "OpinionNewsArticle",
    Kind.SUBMISSION: "Report",
    Kind.BRIEF: "Report",
    Kind.NEWS: "NewsArticle",
    Kind.MANUAL: "TechArticle",
}
_PEOPLE = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator", "nrt": "narrator"}
"""MARC relator codes that have a name of their own in the manifest."""
_COMPANIONS = frozenset({"text/vtt", "application/json+chapters"})
"""Media types of files that belong to a recording and are no edition to be read alone."""
_CONFORMANCE = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[012]) Level (A{1,3})")


def feed(entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> bytes:
    """Return the feed of all publications, the newest first; the same entries give the same bytes."""
    title = labels("catalogue.title_of", publisher=site.name) if site.name else labels("catalogue.title")
    metadata: dict[str, Any] = {"title": title, "numberOfItems": len(entries)}
    if site.description:
        metadata["description"] = site.description
    dates = [entry.metadata.date for entry in entries if entry.metadata.date]
    if dates:
        metadata["modified"] = f"{max(dates).isoformat()}T00:00:00Z"
    document: dict[str, Any] = {
        "metadata": metadata,
        "links": [
            {"rel": "self", "href": f"{site.address}{FEED}", "type": FEED_TYPE},
            {"rel": "alternate", "href": f"{site.address}index.html", "type": HTML_TYPE},
        ],
    }
    languages = list(dict.fromkeys(entry.metadata.language.split("-")[0] for entry in entries))
    if len(entries) >= MANY and len(languages) > 1:
        document["groups"] = [_group(language, entries, site, labels) for language in languages]
    else:
        document["publications"] = [_listed(entry, site, labels) for entry in entries]
    return _written(document)


def publication(entry: CatalogueEntry, labels: Labels) -> bytes:
    """Return the document of one publication, whose addresses are relative to its folder (OPDS 2.0, 4.1).

    Args:
        entry: The publication; its page stands beside it.
        labels: Fixed words in its language.
    """
    return _written(_publication(entry, "", labels))


def address(*parts: str) -> str:
    """Return a path with what no address may hold escaped (RFC 3986, 3.3)."""
    return "/".join(quote(part, safe="") for part in parts)


def identifier(text: str) -> str:
    """Return an identifier as a URI; empty when it is none that we know (RFC 3986, 3)."""
    text = text.strip()
    if re.fullmatch(r"10\.\d{4,9}/\S+", text):
        return f"urn:doi:{quote(text, safe='/:()')}"
    bare = re.sub(r"[\s-]", "", text.removeprefix("ISBN"))
    if re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", bare):
        return f"urn:isbn:{bare}"
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z_a-z~\[\]@%]+", text) else ""


def tag(text: str) -> str:
    """Return a language tag; empty when it is none (RFC 5646, 2.1)."""
    return text if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+", text) else ""


def type_of(kind: Kind | None) -> str:
    """Return the type of a publication in schema.org."""
    return f"http://schema.org/{_TYPES.get(kind, 'CreativeWork')}"


def _group(language: str, entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> dict[str, Any]:
    chosen = [entry for entry in entries if entry.metadata.language.split("-")[0] == language]
    return {
        "metadata": {
            "title": labels.language_name(language) if language else labels("catalogue.title"),
            "numberOfItems": len(chosen),
        },
        "publications": [_listed(entry, site, labels) for entry in chosen],
    }


def _listed(entry: CatalogueEntry, site: Site, labels: Labels) -> dict[str, Any]:
    return _publication(entry, f"{site.address}{address(entry.slug)}/", labels)


def _publication(entry: CatalogueEntry, base: str, labels: Labels) -> dict[str, Any]:
    document: dict[str, Any] = {
        "metadata": _metadata(entry),
        "links": list(_links(entry, base, labels)),
    }
    if entry.cover:
        document["images"] = [
            {
                "href": base + address(entry.cover.file),
                "type": entry.cover.media_type,
                "width": entry.cover.width,
                "height": entry.cover.height,
            }
        ]
    return document


def _metadata(entry: CatalogueEntry) -> dict[str, Any]:
    said = entry.metadata
    date = said.date.isoformat() if said.date else ""
    pdf, audio = entry.of_type("application/pdf"), entry.of_type("audio/")
    values: dict[str, Any] = {
        "@type": type_of(said.kind),
        "identifier": identifier(said.identifier),
        "title": entry.title,
        "subtitle": said.subtitle,
        **_people(entry),
        "publisher": said.publisher,
        "language": tag(said.language),
        "published": date,
        "modified": f"{date}T00:00:00Z" if date else "",
        "description": said.description,
        "subject": list(said.subjects),
        "belongsTo": {"series": said.series} if said.series else {},
        "readingProgression": "rtl" if said.direction is Direction.RTL else "ltr",
        "numberOfPages": pdf.pages if pdf else 0,
        "duration": round(audio.seconds, 3) if audio else 0,
        "accessibility": _accessibility(entry.accessibility) if entry.accessibility else {},
    }
    return {name: value for name, value in values.items() if value}


def _people(entry: CatalogueEntry) -> dict[str, Any]:
    people: dict[str, list[Any]] = {}
    for person in entry.metadata.authors:
        named = _PEOPLE.get(person.role)
        value = {"name": person.name} if named else {"name": person.name, "role": person.role}
        people.setdefault(named or "contributor", []).append(value)
    return people


def _accessibility(said: Accessibility) -> dict[str, Any]:
    found = _CONFORMANCE.fullmatch(said.conforms_to)
    values: dict[str, Any] = {
        "conformsTo": f"https://www.w3.org/TR/epub-a11y-11#wcag-{found[1]}-{found[2].lower()}" if found else "",
        "certification": {"certifiedBy": said.certifier} if said.certifier else {},
        "accessMode": list(said.modes),
        "accessModeSufficient": [list(one) for one in said.sufficient],
        "feature": list(said.features),
        "hazard": list(said.hazards),
        "summary": said.summary,
    }
    return {name: value for name, value in values.items() if value}


def _links(entry: CatalogueEntry, base: str, labels: Labels) -> Iterator[dict[str, Any]]:
    yield {"rel": "self", "href": base + PUBLICATION, "type": PUBLICATION_TYPE}
    if entry.page:
        yield {"rel": "alternate", "href": base + address(entry.page), "type": HTML_TYPE}
    for file in entry.files:
        yield _link(file, entry, base, labels)


def _link(file: EditionFile, entry: CatalogueEntry, base: str, labels: Labels) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rel": "related" if file.media_type in _COMPANIONS else OPEN_ACCESS,
        "href": base + address(file.file),
        "type": file.media_type,
        "title": name_of(file, labels),
        "language": tag(entry.metadata.language),
        "size": file.size,
        "duration": round(file.seconds, 3),
    }
    return {name: value for name, value in values.items() if value}


def _written(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
