"""The catalogue: one page with all publications, the newest first, each with its languages and its downloads.

It needs no script: publications are chosen by kind and language with radio buttons and CSS, and a browser that cannot
do that shows all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from exporter.contracts import Editions
from exporter.labels import Labels, direction_of
from exporter.model import Contact
from exporter.site import opds, podcast
from exporter.site.cards import WEB, Card, CatalogueIndex, cards, comma, shelve
from exporter.site.entry import CatalogueEntry
from exporter.site.settings import Site
from exporter.templates import environment

PAGE = "index.html"
TEMPLATE = "catalogue.html"
GENERATOR = "exporter"
"""In the page, so that a page of somebody else is never taken for ours."""


def render(entries: Sequence[CatalogueEntry], site: Site, labels: Labels, css: str, editions: Editions) -> bytes:
    """Return the page; the same entries give the same bytes.

    Args:
        entries: The publications as `entry.entries_of` gives them.
        site: What the house says, completed.
        labels: Fixed words in the language of the catalogue.
        css: The style sheet, which may name the colours of a theme; it holds no text of a publication.
        editions: What the editions state.
    """
    shelf = shelve(entries, labels)
    shown = cards(shelf, site, labels, editions)
    title = labels("catalogue.title_of", publisher=site.name) if site.name else labels("catalogue.title")
    template = environment("site").get_template(TEMPLATE)
    page = template.render(
        labels=labels,
        title=title,
        site=site,
        language=labels.language,
        direction=direction_of(labels.language).value,
        css=css + _rules(shown, shelf),
        cards=shown,
        groups=[
            (labels(f"catalogue.{name}"), name, choices)
            for name, choices in (("kind", shelf.kinds), ("language", shelf.languages))
            if len(choices) > 1
        ],
        count=labels("catalogue.count", count=len(entries)),
        total=len(entries),
        feeds=_feeds(entries, site, labels),
        contact=_contact(site.contact),
        data=_data(shown, title, site, labels),
        generator=GENERATOR,
        comma=comma(labels),
    )
    return page.encode()


def _rules(shown: Sequence[Card], shelf: CatalogueIndex) -> str:
    """Return the rules that hide what was not chosen, and show that nothing is left."""
    rules = [
        f"body:has(#{choice.id}:checked) .card:not(.{choice.id}) {{ display: none }}"
        for group in (shelf.kinds, shelf.languages)
        for choice in group.values()
    ]
    met = {(card.kind, card.language) for card in shown}
    rules += [
        f"body:has(#{kind.id}:checked):has(#{language.id}:checked) .none {{ display: block }}"
        for kind in shelf.kinds.values()
        for language in shelf.languages.values()
        if (kind.id, language.id) not in met
    ]
    # On paper all of them stand.
    return "\n@media screen {\n" + "\n".join(rules) + "\n}\n" if rules else ""


def _feeds(entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> list[tuple[str, str, str]]:
    """Return label, address and media type of each feed."""
    feeds = [(labels("catalogue.opds"), opds.FEED, opds.FEED_TYPE)]
    if site.address and podcast.wanted(entries):
        feeds.append((labels("catalogue.podcast"), podcast.FEED, podcast.FEED_TYPE))
    return feeds


def _contact(contact: Contact | None) -> Contact | None:
    """Return the contact; a web address that is none is left out."""
    if contact and contact.url and not contact.url.lower().startswith(WEB):
        return msgspec.structs.replace(contact, url="")
    return contact


def _data(shown: Sequence[Card], title: str, site: Site, labels: Labels) -> str:
    """Return the page as schema.org/CollectionPage, for search engines; safe inside `script`."""
    parts = []
    for card in shown:
        said = card.entry.metadata
        values = {
            "@type": opds.type_of(said.kind).rpartition("/")[2],
            "name": card.entry.title,
            "alternativeHeadline": said.subtitle,
            "url": f"{site.address}{card.href}" if card.href else "",
            "identifier": said.identifier,
            "inLanguage": said.language,
            "datePublished": said.date.isoformat() if said.date else "",
            "author": list(said.creators),
            "publisher": {"@type": "Organization", "name": said.publisher} if said.publisher else {},
            "description": said.description,
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
