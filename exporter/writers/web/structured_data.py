"""Structured data of the page: JSON-LD of schema.org, with accessibility properties from its inventory."""

from __future__ import annotations

from typing import Any

from exporter.labels import Labels
from exporter.model import AUTHOR, Contributor, Metadata
from exporter.writers.xhtml.accessibility import CLAIMS, summary
from exporter.writers.xhtml.inventory import BookInventory

ROLES = {AUTHOR: "author", "edt": "editor", "trl": "translator", "ill": "illustrator", "nrt": "readBy"}
"""Properties of schema.org by MARC relator codes; others are contributors."""


def schema(metadata: Metadata, inventory: BookInventory, labels: Labels) -> dict[str, Any]:
    """Return the publication as JSON-LD of schema.org."""
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": metadata.schema_type,
        "name": metadata.title,
        "alternativeHeadline": metadata.subtitle,
        "inLanguage": metadata.language,
        "identifier": metadata.identifier,
        **_people(metadata),
        "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else None,
        "datePublished": metadata.date.isoformat() if metadata.date else "",
        "description": metadata.description,
        "keywords": list(metadata.subjects),
        "copyrightNotice": metadata.rights,
        "isPartOf": {"@type": "CreativeWorkSeries", "name": metadata.series} if metadata.series else None,
        "locationCreated": {"@type": "Place", "name": metadata.place} if metadata.place else None,
        "encodingFormat": "text/html",
        **accessibility(metadata, inventory, labels),
    }
    return {name: value for name, value in values.items() if value}


def accessibility(metadata: Metadata, inventory: BookInventory, labels: Labels) -> dict[str, Any]:
    """Return the properties of schema.org for accessibility (W3C, Schema.org Accessibility Properties)."""
    properties: dict[str, list[Any]] = {}
    for claim in CLAIMS:
        if claim.holds(inventory):
            properties.setdefault(claim.property, []).append(claim.value)
    sufficient = [
        {"@type": "ItemList", "itemListElement": value.split(",")}
        for value in properties.pop("accessModeSufficient", [])
    ]
    return {
        **properties,
        "accessModeSufficient": sufficient,
        "accessibilitySummary": summary(metadata, inventory, labels),
    }


def _people(metadata: Metadata) -> dict[str, list[dict[str, str]]]:
    people: dict[str, list[dict[str, str]]] = {}
    for person in metadata.authors:
        people.setdefault(ROLES.get(person.role, "contributor"), []).append(_person(person, metadata.publisher))
    return people


def _person(person: Contributor, publisher: str) -> dict[str, str]:
    # The publisher is an organisation; all other names are taken to be those of persons.
    return {"@type": "Organization" if person.name == publisher else "Person", "name": person.name}
