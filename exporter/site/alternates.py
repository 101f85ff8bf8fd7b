"""The same content in other languages and forms, as the page of a publication links to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from exporter.labels import Labels, direction_of, own_language_name
from exporter.model import Form, Metadata
from exporter.model.addresses import is_web
from exporter.site.entry import PAGE

_PROPERTIES = {None: "workTranslation", Form.TRANSLATION: "workTranslation", Form.ORIGINAL: "translationOfWork"}
"""Properties of schema.org/CreativeWork by form; other forms are examples of the work."""


class Translation(msgspec.Struct, frozen=True):
    """The same publication in another language or form."""

    title: str
    language: str
    """BCP 47; empty if unknown."""
    href: str
    """Relative to the page."""
    form: Form | None = None
    """Its form in the family; None for a translation outside it."""


class ShownName(NamedTuple):
    """The name of a language and of a form in a list of them."""

    language: str
    """Empty if it is unknown."""
    tag: str
    """BCP 47 tag of the name; empty if it is in the language of the page."""
    form: str
    """Empty for a translation."""


class Alternate(NamedTuple):
    """A page for `link rel="alternate" hreflang`."""

    language: str
    href: str
    title: str


def translations(metadata: Metadata, published: Collection[str]) -> tuple[Translation, ...]:
    """Return family and translations that a page can link to: those on the web, and those among the published slugs."""
    return tuple(
        Translation(other.title, other.language, address, other.form)
        for other in (*metadata.members, *metadata.translations)
        if (address := _address(other.target, published))
    )


def _address(target: str, published: Collection[str]) -> str:
    if is_web(target):
        return target
    return f"../{quote(target)}/{PAGE}" if target in published else ""


def shown_name(language: str, form: Form | None, labels: Labels) -> ShownName:
    """Return the names of a language, in that language if it is known, and of a form."""
    own = own_language_name(language)
    return ShownName(
        own or (labels.language_name(language) if language else ""), language if own else "", labels.form(form)
    )


def direction(language: str) -> str:
    """Return the value of `dir` for a language."""
    return direction_of(language).value if language else "auto"


def alternates(metadata: Metadata, others: Collection[Translation]) -> list[Alternate]:
    """Return the pages with the whole text in other languages, with this one and the original, for search engines.

    Other forms are in a language that a text has, too; two pages for one language would contradict each other.
    """
    texts = [other for other in others if other.form in (None, Form.ORIGINAL, Form.TRANSLATION) and other.language]
    form = metadata.form
    if not texts or not metadata.language or form not in (None, Form.ORIGINAL, Form.TRANSLATION):
        return []
    own = Alternate(metadata.language, PAGE, metadata.title)
    pages = [own, *(Alternate(other.language, other.href, other.title) for other in texts)]
    return [*pages, *_original(own, form, texts)]


def _original(own: Alternate, form: Form | None, texts: Collection[Translation]) -> Iterator[Alternate]:
    if form is Form.ORIGINAL:
        yield own._replace(language="x-default")
    else:
        originals = (Alternate("x-default", text.href, text.title) for text in texts if text.form is Form.ORIGINAL)
        yield from list(originals)[:1]


def structured_data(others: Collection[Translation]) -> dict[str, Any]:
    """Return the same content in other languages and forms as properties of schema.org/CreativeWork."""
    properties: dict[str, list[dict[str, str]]] = {}
    for other in others:
        description = {"@type": "CreativeWork", "name": other.title, "inLanguage": other.language, "url": other.href}
        properties.setdefault(_PROPERTIES.get(other.form, "workExample"), []).append(description)
    return properties
