"""Page of the catalogue: all publications, the newest first, with their languages and downloads.

It needs no script: radio buttons and CSS filter the publications by kind and language. A browser without support for
that shows all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from exporter.contracts import Editions
from exporter.labels import Labels, direction_of
from exporter.model import Contact
from exporter.model.addresses import is_web
from exporter.site import opds, podcast
from exporter.site.cards import Card, CatalogueIndex, build_cards, index_entries
from exporter.site.entry import CatalogueEntry
from exporter.site.settings import Site
from exporter.templates import environment

PAGE = "index.html"
TEMPLATE = "catalogue.html"
GENERATOR = "exporter"
"""Name in the page, by which pages of exporter are recognised before they are replaced."""


def render(entries: Sequence[CatalogueEntry], site: Site, labels: Labels, css: str, editions: Editions) -> bytes:
    """Return the page as HTML; equal entries give equal bytes.

    Args:
        entries: The publications, from `entry.read_entries`.
        site: Settings of the catalogue, with defaults.
        labels: Fixed words in the language of the catalogue.
        css: The stylesheet with the colours of the theme; it contains no text of a publication.
        editions: Descriptions of the editions.
    """
    index = index_entries(entries, labels)
    cards = build_cards(index, site, labels, editions)
    title = labels("catalogue.title_of", publisher=site.name) if site.name else labels("catalogue.title")
    template = environment("site").get_template(TEMPLATE)
    page = template.render(
        labels=labels,
        title=title,
        site=site,
        language=labels.language,
        direction=direction_of(labels.language).value,
        css=css + _filter_rules(cards, index),
        cards=cards,
        groups=[
            (labels(f"catalogue.{name}"), name, choices)
            for name, choices in (("kind", index.kinds), ("language", index.languages))
            if len(choices) > 1
        ],
        count=labels("catalogue.count", count=len(cards)),
        total=len(cards),
        feeds=_feeds(entries, site, labels),
        contact=_contact(site.contact),
        data=_structured_data(cards, title, site, labels),
        generator=GENERATOR,
        comma=labels.comma,
    )
    return page.encode()


def _filter_rules(cards: Sequence[Card], index: CatalogueIndex) -> str:
    """Return the CSS rules that hide filtered publications, and show a message if none is left."""
    rules = [
        f"body:has(#{choice.id}:checked) .card:not(.{choice.id}) {{ display: none }}"
        for group in (index.kinds, index.languages)
        for choice in group.values()
    ]
    combinations = {(card.kind, language) for card in cards for language in card.languages}
    rules += [
        f"body:has(#{kind.id}:checked):has(#{language.id}:checked) .none {{ display: block }}"
        for kind in index.kinds.values()
        for language in index.languages.values()
        if (kind.id, language.id) not in combinations
    ]
    # On paper all publications are shown.
    return "\n@media screen {\n" + "\n".join(rules) + "\n}\n" if rules else ""


def _feeds(entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> list[tuple[str, str, str]]:
    """Return label, address and media type of each feed."""
    feeds = [(labels("catalogue.opds"), opds.FEED, opds.FEED_TYPE)]
    if site.address and podcast.has_recordings(entries):
        feeds.append((labels("catalogue.podcast"), podcast.FEED, podcast.FEED_TYPE))
    return feeds


def _contact(contact: Contact | None) -> Contact | None:
    """Return the contact without its web address if that is invalid."""
    if contact and contact.url and not is_web(contact.url):
        return msgspec.structs.replace(contact, url="")
    return contact


def _structured_data(cards: Sequence[Card], title: str, site: Site, labels: Labels) -> str:
    """Return the page as schema.org/CollectionPage, for search engines; safe inside `script`."""
    parts = []
    for card in cards:
        metadata = card.entry.metadata
        values = {
            "@type": metadata.schema_type,
            "name": card.entry.title,
            "alternativeHeadline": metadata.subtitle,
            "url": f"{site.address}{card.href}" if card.href else "",
            "identifier": metadata.identifier,
            "inLanguage": metadata.language,
            "datePublished": metadata.date.isoformat() if metadata.date else "",
            "author": list(metadata.creators),
            "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else {},
            "description": metadata.description,
        }
        parts.append({name: value for name, value in values.items() if value})
    page = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title,
        "inLanguage": labels.language,
        "hasPart": parts,
    }
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
