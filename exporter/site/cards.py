"""Cards of the catalogue, one per publication, and the kinds and languages by which they are filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from exporter.contracts import Editions
from exporter.labels import Labels, direction_of
from exporter.model import Related
from exporter.model.addresses import is_web
from exporter.site import formatting, opds
from exporter.site.entry import CatalogueEntry, EditionFile, edition_label
from exporter.site.settings import Site


class LanguageAttributes(msgspec.Struct, frozen=True):
    """Language attributes of an element."""

    tag: str
    """BCP 47; empty if unknown or invalid."""
    foreign: bool
    """Whether it differs from the language of the page."""
    direction: str


class Download(msgspec.Struct, frozen=True):
    """A link to an edition."""

    href: str
    media_type: str
    name: str
    details: str
    """Size, and pages or duration."""


class Translation(msgspec.Struct, frozen=True):
    """A link to the same publication in another language."""

    href: str
    title: str
    language: str
    """Its name in the language of the catalogue."""
    lang: LanguageAttributes


class Card(msgspec.Struct, frozen=True):
    """A publication in the catalogue."""

    id: str
    kind: str
    """Class of its kind, such as `kind-1`."""
    language: str
    """Class of its language."""
    entry: CatalogueEntry
    href: str
    """Address of its page; empty if there is none."""
    lang: LanguageAttributes
    kicker: tuple[str, ...]
    """Kind and series."""
    language_name: str
    date: str
    credits: tuple[str, ...]
    publisher: str
    """Empty if it is that of the catalogue."""
    first: tuple[Download, ...]
    more: tuple[Download, ...]
    translations: tuple[Translation, ...]


class Choice(msgspec.Struct, frozen=True):
    """A kind or a language to filter by."""

    id: str
    label: str


class CatalogueIndex(msgspec.Struct, frozen=True):
    """All publications, and the choices to filter by."""

    entries: tuple[CatalogueEntry, ...]
    kinds: Mapping[str, Choice]
    """By name, those with the most publications first."""
    languages: Mapping[str, Choice]


def index_entries(entries: Sequence[CatalogueEntry], labels: Labels) -> CatalogueIndex:
    """Return the publications with the kinds and languages to filter by."""
    kinds = _choices("kind", [_kind_label(entry, labels) for entry in entries], labels)
    languages = _choices("language", [_language_label(entry, labels) for entry in entries], labels)
    return CatalogueIndex(tuple(entries), kinds, languages)


def build_cards(index: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> list[Card]:
    """Return the cards of the publications, in their order."""
    return [_card(number, index, site, labels, editions) for number in range(len(index.entries))]


def list_separator(labels: Labels) -> str:
    """Return the separator of list items in the language of the page, with the space after it."""
    return "، " if direction_of(labels.language).value == "rtl" else ", "


def _kind_label(entry: CatalogueEntry, labels: Labels) -> str:
    return labels(f"kinds.{entry.metadata.kind.value}") if entry.metadata.kind else ""


def _language_label(entry: CatalogueEntry, labels: Labels) -> str:
    return labels.language_name(entry.metadata.language) if entry.metadata.language else ""


def _choices(group: str, names: Sequence[str], labels: Labels) -> dict[str, Choice]:
    """Return the choices of a group by name, those with the most publications first."""
    counts = Counter(name for name in names if name)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return {
        name: Choice(f"{group}-{number}", labels("catalogue.choice", name=name, count=counts[name]))
        for number, name in enumerate(ranked, start=1)
    }


def _card(number: int, index: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> Card:
    entry = index.entries[number]
    metadata = entry.metadata
    kind, language = _kind_label(entry, labels), _language_label(entry, labels)
    first = [file for file in entry.files if editions[file.name].shown_first]
    more = [file for file in entry.files if not editions[file.name].shown_first]
    if len(more) == 1 or not first:
        first, more = [*first, *more], []
    return Card(
        id=f"publication-{number + 1}",
        kind=index.kinds[kind].id if kind else "",
        language=index.languages[language].id if language else "",
        entry=entry,
        href=_page_address(entry),
        lang=_language_attributes(metadata.language, labels),
        kicker=tuple(filter(None, (kind, metadata.series))),
        language_name=language,
        date=labels.date(metadata.date) if metadata.date else "",
        credits=tuple(labels.credits(metadata.authors)),
        publisher=metadata.publisher if metadata.publisher != site.name else "",
        first=tuple(_download(file, entry, labels) for file in first),
        more=tuple(_download(file, entry, labels) for file in more),
        translations=tuple(_translations(metadata.translations, index.entries, labels)),
    )


def _language_attributes(language: str, labels: Labels) -> LanguageAttributes:
    tag = opds.valid_tag(language)
    return LanguageAttributes(tag, tag not in ("", labels.language), direction_of(tag).value)


def _page_address(entry: CatalogueEntry) -> str:
    """Return the address of the page of a publication, or of its HTML edition, or "" if there is neither."""
    text = entry.of_type(opds.HTML_TYPE)
    file = entry.page or (text.file if text else "")
    return opds.quote_path(entry.slug, file) if file else ""


def _download(file: EditionFile, entry: CatalogueEntry, labels: Labels) -> Download:
    details = [formatting.format_size(file.size, labels.language)]
    if file.pages:
        details.append(labels("catalogue.pages", count=file.pages))
    if file.seconds:
        details.append(formatting.format_duration(file.seconds, labels.language))
    return Download(
        opds.quote_path(entry.slug, file.file),
        file.media_type,
        edition_label(file, labels),
        list_separator(labels).join(details),
    )


def _translations(
    related: Iterable[Related], entries: Sequence[CatalogueEntry], labels: Labels
) -> Iterator[Translation]:
    entries_by_slug = {entry.slug: entry for entry in entries}
    for other in related:
        entry = entries_by_slug.get(other.target)
        tag = entry.metadata.language if entry else other.language
        href = _page_address(entry) if entry else other.target if is_web(other.target) else ""
        if href:
            yield Translation(
                href, other.title, labels.language_name(tag) if tag else "", _language_attributes(tag, labels)
            )
