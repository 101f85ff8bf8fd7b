"""The catalogue for reading apps: OPDS 2.0, based on the Readium Web Publication Manifest.

There are two documents: `feed` of all publications, and `publication` of one, in its folder. Addresses are relative to
the document unless the publisher has set the web address of the output folder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from exporter.labels import Labels
from exporter.model import Direction
from exporter.model.addresses import is_web
from exporter.site.entry import Accessibility, CatalogueEntry, EditionFile, edition_label
from exporter.site.family_groups import group
from exporter.site.settings import Site

FEED = "opds.json"
FEED_TYPE = "application/opds+json"
PUBLICATION = "opds.json"
"""In the folder of a publication."""
PUBLICATION_TYPE = "application/opds-publication+json"
HTML_TYPE = "text/html"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
"""Available without any condition (OPDS 2.0, 4.3)."""
GROUPED_FROM = 24
"""Number of publications from which the feed is grouped by language (OPDS 2.0, 1.5)."""

_PEOPLE = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator", "nrt": "narrator"}
"""MARC relator codes that have a name of their own in the manifest."""
_COMPANIONS = frozenset({"text/vtt", "application/json+chapters"})
"""Media types of files that accompany a recording and cannot be read alone."""
_CONFORMANCE = re.compile(r"EPUB Accessibility 1\.1 - WCAG (2\.[012]) Level (A{1,3})")


def feed(entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> bytes:
    """Return the feed of all publications, the newest first, families together; equal entries give equal bytes."""
    entries = [entry for family in group(entries) for entry in family]
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
    known = frozenset(entry.slug for entry in entries)
    languages = list(dict.fromkeys(entry.metadata.language.split("-")[0] for entry in entries))
    if len(entries) >= GROUPED_FROM and len(languages) > 1:
        document["groups"] = [_group(language, entries, site, labels, known) for language in languages]
    else:
        document["publications"] = [_feed_item(entry, site, labels, known) for entry in entries]
    return _encode(document)


def publication(entry: CatalogueEntry, labels: Labels) -> bytes:
    """Return the document of one publication, with addresses relative to its folder (OPDS 2.0, 4.1).

    Args:
        entry: The publication, in the same folder as its page.
        labels: Labels in its language.
    """
    return _encode(_publication(entry, "", "../", labels, frozenset(other.target for other in entry.metadata.members)))


def quote_path(*parts: str) -> str:
    """Return a path with the characters escaped that an address must not contain (RFC 3986, 3.3)."""
    return "/".join(quote(part, safe="") for part in parts)


def identifier_uri(text: str) -> str:
    """Return an identifier as a URI, or "" if its form is unknown (RFC 3986, 3)."""
    text = text.strip()
    if re.fullmatch(r"10\.\d{4,9}/\S+", text):
        return f"urn:doi:{quote(text, safe='/:()')}"
    bare = re.sub(r"[\s-]", "", text.removeprefix("ISBN"))
    if re.fullmatch(r"97[89]\d{10}|\d{9}[\dX]", bare):
        return f"urn:isbn:{bare}"
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-Z_a-z~\[\]@%]+", text) else ""


def valid_tag(text: str) -> str:
    """Return a language tag, or "" if it is invalid (RFC 5646, 2.1)."""
    return text if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+", text) else ""


def _group(
    language: str, entries: Sequence[CatalogueEntry], site: Site, labels: Labels, known: Collection[str]
) -> dict[str, Any]:
    members = [entry for entry in entries if entry.metadata.language.split("-")[0] == language]
    return {
        "metadata": {
            "title": labels.language_name(language) if language else labels("catalogue.title"),
            "numberOfItems": len(members),
        },
        "publications": [_feed_item(entry, site, labels, known) for entry in members],
    }


def _feed_item(entry: CatalogueEntry, site: Site, labels: Labels, known: Collection[str]) -> dict[str, Any]:
    return _publication(entry, f"{site.address}{quote_path(entry.slug)}/", site.address, labels, known)


def _publication(
    entry: CatalogueEntry, base: str, output: str, labels: Labels, known: Collection[str]
) -> dict[str, Any]:
    """Return a publication.

    Args:
        entry: The publication.
        base: Address of its folder.
        output: Address of the output folder.
        labels: Labels in the language of the document.
        known: Slugs of the publications in the output folder.
    """
    document: dict[str, Any] = {
        "metadata": _metadata(entry),
        "links": [*_links(entry, base, labels), *_alternates(entry, output, known)],
    }
    if entry.cover:
        document["images"] = [
            {
                "href": base + quote_path(entry.cover.file),
                "type": entry.cover.media_type,
                "width": entry.cover.width,
                "height": entry.cover.height,
            }
        ]
    return document


def _metadata(entry: CatalogueEntry) -> dict[str, Any]:
    metadata = entry.metadata
    date = metadata.date.isoformat() if metadata.date else ""
    pdf, audio = entry.of_type("application/pdf"), entry.of_type("audio/")
    values: dict[str, Any] = {
        "@type": f"http://schema.org/{metadata.schema_type}",
        "identifier": identifier_uri(metadata.identifier),
        "title": entry.title,
        "subtitle": metadata.subtitle,
        **_people(entry),
        "publisher": metadata.publisher,
        "language": valid_tag(metadata.language),
        "published": date,
        "modified": f"{date}T00:00:00Z" if date else "",
        "description": metadata.description,
        "subject": list(metadata.subjects),
        "belongsTo": {"series": metadata.series} if metadata.series else {},
        "readingProgression": "rtl" if metadata.direction is Direction.RTL else "ltr",
        "numberOfPages": pdf.pages if pdf else 0,
        "duration": round(audio.seconds, 3) if audio else 0,
        "accessibility": _accessibility(entry.accessibility) if entry.accessibility else {},
    }
    return {name: value for name, value in values.items() if value}


def _people(entry: CatalogueEntry) -> dict[str, Any]:
    people: dict[str, list[Any]] = {}
    for person in entry.metadata.authors:
        property_ = _PEOPLE.get(person.role)
        value = {"name": person.name} if property_ else {"name": person.name, "role": person.role}
        people.setdefault(property_ or "contributor", []).append(value)
    return people


def _accessibility(accessibility: Accessibility) -> dict[str, Any]:
    conformance = _CONFORMANCE.fullmatch(accessibility.conforms_to)
    values: dict[str, Any] = {
        "conformsTo": f"https://www.w3.org/TR/epub-a11y-11#wcag-{conformance[1]}-{conformance[2].lower()}"
        if conformance
        else "",
        "certification": _certification(accessibility),
        "accessMode": list(accessibility.modes),
        "accessModeSufficient": [list(modes) for modes in accessibility.sufficient],
        "feature": list(accessibility.features),
        "hazard": list(accessibility.hazards),
        "summary": accessibility.summary,
    }
    return {name: value for name, value in values.items() if value}


def _certification(accessibility: Accessibility) -> dict[str, str]:
    values = {"certifiedBy": accessibility.certifier, "report": accessibility.certifier_report}
    return {name: value for name, value in values.items() if value} if accessibility.certifier else {}


def _links(entry: CatalogueEntry, base: str, labels: Labels) -> Iterator[dict[str, Any]]:
    yield {"rel": "self", "href": base + PUBLICATION, "type": PUBLICATION_TYPE}
    if entry.page:
        yield {"rel": "alternate", "href": base + quote_path(entry.page), "type": HTML_TYPE}
    for file in entry.files:
        yield _link(file, entry, base, labels)


def _alternates(entry: CatalogueEntry, output: str, known: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield links to the same content in other languages and forms."""
    for member in entry.metadata.members:
        if member.target in known:
            href, media_type = f"{output}{quote_path(member.target)}/{PUBLICATION}", PUBLICATION_TYPE
        elif is_web(member.target):
            href, media_type = member.target, HTML_TYPE
        else:
            continue
        language = {"language": tag} if (tag := valid_tag(member.language)) else {}
        yield {"rel": "alternate", "href": href, "type": media_type, "title": member.title, **language}


def _link(file: EditionFile, entry: CatalogueEntry, base: str, labels: Labels) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rel": "related" if file.media_type in _COMPANIONS else OPEN_ACCESS,
        "href": base + quote_path(file.file),
        "type": file.media_type,
        "title": edition_label(file, labels),
        "language": valid_tag(entry.metadata.language),
        "size": file.size,
        "duration": round(file.seconds, 3),
    }
    return {name: value for name, value in values.items() if value}


def _encode(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
