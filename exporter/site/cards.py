"""What the catalogue shows of each publication, and what can be chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from exporter.contracts import Editions
from exporter.labels import Labels, direction_of
from exporter.model import Related
from exporter.site import formatting, opds
from exporter.site.entry import CatalogueEntry, EditionFile, name_of
from exporter.site.settings import Site

WEB = ("https://", "http://")
"""What an address on the web begins with."""


class Language(msgspec.Struct, frozen=True):
    """A language as the attributes of an element say it."""

    tag: str
    """BCP 47; empty when nobody has said, or what was said is none."""
    foreign: bool
    """Whether it is another one than that of the page."""
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
    said: Language


class Card(msgspec.Struct, frozen=True):
    """What the page shows of a publication."""

    id: str
    kind: str
    """Class of its kind, such as `kind-1`."""
    language: str
    """Class of its language."""
    entry: CatalogueEntry
    href: str
    """Of its page; empty when there is none."""
    said: Language
    kicker: tuple[str, ...]
    """Kind and series."""
    language_name: str
    date: str
    credits: tuple[str, ...]
    publisher: str
    """Empty when it is that of the catalogue."""
    first: tuple[Download, ...]
    more: tuple[Download, ...]
    translations: tuple[Translation, ...]


class Choice(msgspec.Struct, frozen=True):
    """A kind or a language that can be chosen."""

    id: str
    label: str


class CatalogueIndex(msgspec.Struct, frozen=True):
    """All publications, and what can be chosen from."""

    entries: tuple[CatalogueEntry, ...]
    kinds: Mapping[str, Choice]
    """By name, those with the most publications first."""
    languages: Mapping[str, Choice]


def shelve(entries: Sequence[CatalogueEntry], labels: Labels) -> CatalogueIndex:
    """Return what can be chosen from."""
    kinds = _choices("kind", [_kind(entry, labels) for entry in entries], labels)
    languages = _choices("language", [_language(entry, labels) for entry in entries], labels)
    return CatalogueIndex(tuple(entries), kinds, languages)


def cards(shelf: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> list[Card]:
    """Return what is shown of each publication, in their order."""
    return [_card(number, shelf, site, labels, editions) for number in range(len(shelf.entries))]


def comma(labels: Labels) -> str:
    """Return what stands between the parts of a name, with the space after it."""
    return "، " if direction_of(labels.language).value == "rtl" else ", "


def _kind(entry: CatalogueEntry, labels: Labels) -> str:
    return labels(f"kinds.{entry.metadata.kind.value}") if entry.metadata.kind else ""


def _language(entry: CatalogueEntry, labels: Labels) -> str:
    return labels.language_name(entry.metadata.language) if entry.metadata.language else ""


def _choices(group: str, names: Sequence[str], labels: Labels) -> dict[str, Choice]:
    """Return the choices of a group by name, those with the most publications first."""
    counted = Counter(name for name in names if name)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return {
        name: Choice(f"{group}-{number}", labels("catalogue.choice", name=name, count=counted[name]))
        for number, name in enumerate(ranked, start=1)
    }


def _card(number: int, shelf: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> Card:
    entry = shelf.entries[number]
    said = entry.metadata
    kind, language = _kind(entry, labels), _language(entry, labels)
    first = [file for file in entry.files if editions[file.name].shown_first]
    rest = [file for file in entry.files if not editions[file.name].shown_first]
    if len(rest) == 1 or not first:
        first, rest = [*first, *rest], []
    return Card(
        id=f"publication-{number + 1}",
        kind=shelf.kinds[kind].id if kind else "",
        language=shelf.languages[language].id if language else "",
        entry=entry,
        href=_way_to(entry),
        said=_said(said.language, labels),
        kicker=tuple(filter(None, (kind, said.series))),
        language_name=language,
        date=labels.date(said.date) if said.date else "",
        credits=tuple(labels.credits(said.authors)),
        publisher=said.publisher if said.publisher != site.name else "",
        first=tuple(_download(file, entry, labels) for file in first),
        more=tuple(_download(file, entry, labels) for file in rest),
        translations=tuple(_translations(said.translations, shelf.entries, labels)),
    )


def _said(language: str, labels: Labels) -> Language:
    tag = opds.tag(language)
    return Language(tag, tag not in ("", labels.language), direction_of(tag).value)


def _way_to(entry: CatalogueEntry) -> str:
    """Return the address of the page of a publication, else of its text as a web page; empty when there is neither."""
    text = entry.of_type(opds.HTML_TYPE)
    file = entry.page or (text.file if text else "")
    return opds.address(entry.slug, file) if file else ""


def _download(file: EditionFile, entry: CatalogueEntry, labels: Labels) -> Download:
    details = [formatting.size(file.size, labels.language)]
    if file.pages:
        details.append(labels("catalogue.pages", count=file.pages))
    if file.seconds:
        details.append(formatting.duration(file.seconds, labels.language))
    return Download(
        opds.address(entry.slug, file.file), file.media_type, name_of(file, labels), comma(labels).join(details)
    )


def _translations(
    related: Iterable[Related], entries: Sequence[CatalogueEntry], labels: Labels
) -> Iterator[Translation]:
    here = {entry.slug: entry for entry in entries}
    for other in related:
        beside = here.get(other.target)
        tag = beside.metadata.language if beside else other.language
        href = _way_to(beside) if beside else other.target if other.target.lower().startswith(WEB) else ""
        if href:
            yield Translation(href, other.title, labels.language_name(tag) if tag else "", _said(tag, labels))
