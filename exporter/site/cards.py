"""Cards of the catalogue, one per publication, and the kinds and languages by which they are filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from exporter.contracts import Editions
from exporter.labels import Labels, direction_of
from exporter.model import Form, Related
from exporter.model.addresses import is_web
from exporter.site import formatting, opds
from exporter.site.alternates import ShownName, shown_name
from exporter.site.entry import CatalogueEntry, EditionFile, edition_label
from exporter.site.family_groups import group
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
    name: ShownName
    lang: LanguageAttributes


class Member(msgspec.Struct, frozen=True):
    """The same content in another language or form."""

    title: str
    href: str
    """Empty if it has no page."""
    lang: LanguageAttributes
    name: ShownName
    description: str
    """Language and form in the language of the catalogue, for the names of its downloads."""
    first: tuple[Download, ...] = ()
    more: tuple[Download, ...] = ()


class Card(msgspec.Struct, frozen=True):
    """A publication in the catalogue, with its family."""

    id: str
    kind: str
    """Class of its kind, such as `kind-1`."""
    languages: tuple[str, ...]
    """Classes of the languages of its family."""
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
    members: tuple[Member, ...]
    translations: tuple[Translation, ...]
    """Those outside the family."""


class Choice(msgspec.Struct, frozen=True):
    """A kind or a language to filter by."""

    id: str
    label: str


class CatalogueIndex(msgspec.Struct, frozen=True):
    """All publications, and the choices to filter by."""

    entries: tuple[CatalogueEntry, ...]
    families: tuple[tuple[CatalogueEntry, ...], ...]
    """Each with its original first."""
    kinds: Mapping[str, Choice]
    """By name, those with the most publications first."""
    languages: Mapping[str, Choice]


def index_entries(entries: Sequence[CatalogueEntry], labels: Labels) -> CatalogueIndex:
    """Return the publications with the kinds and languages to filter by."""
    families = tuple(group(entries))
    kinds = _choices("kind", [_kind_label(family[0], labels) for family in families], labels)
    spoken = [language for family in families for language in _languages(family, labels)]
    return CatalogueIndex(tuple(entries), families, kinds, _choices("language", spoken, labels))


def build_cards(index: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> list[Card]:
    """Return the cards of the publications, in their order."""
    return [_card(number, index, site, labels, editions) for number in range(len(index.families))]


def _kind_label(entry: CatalogueEntry, labels: Labels) -> str:
    return labels(f"kinds.{entry.metadata.kind.value}") if entry.metadata.kind else ""


def _language_label(entry: CatalogueEntry, labels: Labels) -> str:
    return labels.language_name(entry.metadata.language) if entry.metadata.language else ""


def _languages(family: Sequence[CatalogueEntry], labels: Labels) -> tuple[str, ...]:
    """Return the names of the languages of a family, each once."""
    return tuple(dict.fromkeys(name for entry in family if (name := _language_label(entry, labels))))


def _choices(group: str, names: Sequence[str], labels: Labels) -> dict[str, Choice]:
    """Return the choices of a group by name, those with the most publications first."""
    counts = Counter(name for name in names if name)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return {
        name: Choice(f"{group}-{number}", labels("catalogue.choice", name=name, count=counts[name]))
        for number, name in enumerate(ranked, start=1)
    }


def _card(number: int, index: CatalogueIndex, site: Site, labels: Labels, editions: Editions) -> Card:
    entry, *others = index.families[number]
    metadata = entry.metadata
    kind, language = _kind_label(entry, labels), _language_label(entry, labels)
    first, more = _downloads(entry, labels, editions)
    every = (member for published in index.families[number] for member in published.metadata.members)
    outside = dict.fromkeys(member for member in every if is_web(member.target))
    return Card(
        id=f"publication-{number + 1}",
        kind=index.kinds[kind].id if kind else "",
        languages=tuple(index.languages[name].id for name in _languages(index.families[number], labels)),
        entry=entry,
        href=_page_address(entry),
        lang=_language_attributes(metadata.language, labels),
        kicker=tuple(filter(None, (kind, metadata.series))),
        language_name=language,
        date=labels.date(metadata.date) if metadata.date else "",
        credits=tuple(labels.credits(metadata.authors)),
        publisher=metadata.publisher if metadata.publisher != site.name else "",
        first=first,
        more=more,
        members=(
            *(_member(other, labels, editions) for other in others),
            *(_member_outside(member, labels) for member in outside),
        ),
        translations=tuple(_translations(metadata.translations, index.entries, labels)),
    )


def _downloads(
    entry: CatalogueEntry, labels: Labels, editions: Editions
) -> tuple[tuple[Download, ...], tuple[Download, ...]]:
    """Return the editions that are shown directly, and those under “more formats”."""
    first = [file for file in entry.files if editions[file.name].shown_first]
    more = [file for file in entry.files if not editions[file.name].shown_first]
    if len(more) == 1 or not first:
        first, more = [*first, *more], []
    return tuple(_download(file, entry, labels) for file in first), tuple(
        _download(file, entry, labels) for file in more
    )


def _member(entry: CatalogueEntry, labels: Labels, editions: Editions) -> Member:
    metadata = entry.metadata
    form = metadata.form or Form.ORIGINAL
    return Member(
        entry.title,
        _page_address(entry),
        _language_attributes(metadata.language, labels),
        shown_name(opds.valid_tag(metadata.language), form, labels),
        labels.comma.join(filter(None, (_language_label(entry, labels), labels.form(form)))),
        *_downloads(entry, labels, editions),
    )


def _member_outside(member: Related, labels: Labels) -> Member:
    tag = opds.valid_tag(member.language)
    name = shown_name(tag, member.form, labels)
    return Member(member.title, member.target, _language_attributes(tag, labels), name, "")


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
        labels.comma.join(details),
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
                href, other.title, shown_name(opds.valid_tag(tag), None, labels), _language_attributes(tag, labels)
            )
