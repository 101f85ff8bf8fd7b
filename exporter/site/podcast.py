"""Podcast feed of the recordings: RSS 2.0 with the namespaces of Apple, Dublin Core and the Podcast Index.

Players need absolute addresses, so a feed requires the setting of the web address of the output folder.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any

from exporter.labels import Labels
from exporter.model.characters import FORBIDDEN
from exporter.site import opds
from exporter.site.entry import CatalogueEntry, EditionFile
from exporter.site.settings import Site

FEED = "podcast.xml"
FEED_TYPE = "application/rss+xml"
GENERATOR = "exporter"
"""Name in the feed, by which feeds of exporter are recognised before they are replaced."""
ARTWORK = "podcast.png"
"""Its image, in the folder of the feed; directories list no podcast without one."""
NO_ADDRESS = (
    "No podcast feed: podcast players need the full web address of each file. "
    "Write the web address of the output folder into house.toml in the folder of styles, under [site]: "
    'address = "https://example.org/publications/".'
)

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of `podcast:guid` (Podcast Namespace, guid)."""
_ROLES = {
    "aut": ("writing", "author"),
    "edt": ("writing", "editor"),
    "trl": ("writing", "translator"),
    "res": ("writing", "researcher"),
    "nrt": ("cast", "narrator"),
}
"""MARC relator codes as groups and roles of `podcast:person`."""


def feed(entries: Sequence[CatalogueEntry], site: Site, labels: Labels) -> bytes | None:
    """Return the feed with one episode per recording, or None without recordings or without an address.

    Args:
        entries: All publications, the newest first.
        site: Settings of the catalogue.
        labels: Labels in the language of the catalogue.
    """
    from lxml import etree

    episodes = [entry for entry in entries if entry.of_type("audio/")]
    if not episodes or not site.address:
        return None
    root = etree.Element("rss", {"version": "2.0"}, {"atom": _ATOM, "dc": _DC, "itunes": _ITUNES, "podcast": _PODCAST})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", title(site, labels))
    _add(channel, "link", site.address)
    _add(channel, "description", site.description or labels("catalogue.podcast_text"))
    _add(channel, "language", site.language or labels.language)
    _add(channel, "generator", GENERATOR)
    feed_address = site.address + FEED
    _add(channel, f"{{{_ATOM}}}link", "", href=feed_address, rel="self", type=FEED_TYPE)
    dates = [entry.metadata.date for entry in episodes if entry.metadata.date]
    if dates:
        _add(channel, "lastBuildDate", _time(max(dates)))
    _add(channel, f"{{{_PODCAST}}}guid", str(uuid.uuid5(_NAMESPACE, feed_address.partition("://")[2].rstrip("/"))))
    if site.name:
        _add(channel, f"{{{_ITUNES}}}author", site.name)
    _add(channel, f"{{{_ITUNES}}}image", "", href=site.address + ARTWORK)
    if site.category:
        _add(channel, f"{{{_ITUNES}}}category", "", text=site.category)
    if site.explicit is not None:
        _add(channel, f"{{{_ITUNES}}}explicit", str(site.explicit).lower())
    for entry in episodes:
        _episode(channel, entry, site)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def title(site: Site, labels: Labels) -> str:
    """Return the title of the podcast."""
    return labels("catalogue.podcast_title", publisher=site.name) if site.name else labels("catalogue.title")


def has_recordings(entries: Sequence[CatalogueEntry]) -> bool:
    """Return whether any publication has a recording."""
    return any(entry.of_type("audio/") for entry in entries)


def _episode(channel: Any, entry: CatalogueEntry, site: Site) -> None:
    from lxml import etree

    metadata = entry.metadata
    recording = entry.of_type("audio/")
    assert recording is not None
    folder = f"{site.address}{opds.quote_path(entry.slug)}/"
    item = etree.SubElement(channel, "item")
    _add(item, "title", ": ".join(filter(None, (entry.title, metadata.subtitle))))
    if entry.page:
        _add(item, "link", folder)
    if metadata.description:
        _add(item, "description", metadata.description)
    # The GUID does not change when the recording is rebuilt or the folder moves.
    _add(item, "guid", metadata.identifier or entry.slug, isPermaLink="false")
    if metadata.date:
        _add(item, "pubDate", _time(metadata.date))
    _add(
        item,
        "enclosure",
        "",
        url=folder + opds.quote_path(recording.file),
        length=str(recording.size),
        type=recording.media_type,
    )
    if metadata.language:
        _add(item, f"{{{_DC}}}language", metadata.language)
    if recording.seconds:
        _add(item, f"{{{_ITUNES}}}duration", str(max(round(recording.seconds), 1)))
    if metadata.creators:
        _add(item, f"{{{_ITUNES}}}author", ", ".join(metadata.creators))
    for person in metadata.authors:
        if person.role in _ROLES:
            group, role = _ROLES[person.role]
            _add(item, f"{{{_PODCAST}}}person", person.name, group=group, role=role)
    _companions(item, entry, folder)


def _companions(item: Any, entry: CatalogueEntry, folder: str) -> None:
    """Add the chapters and the transcript of the recording (Podcast Namespace, chapters, transcript)."""
    chapters, transcript = entry.of_type("application/json+chapters"), entry.of_type("text/vtt")
    if chapters:
        _link(item, "chapters", folder, chapters)
    if transcript:
        language = {"language": entry.metadata.language} if entry.metadata.language else {}
        _link(item, "transcript", folder, transcript, rel="captions", **language)


def _link(item: Any, name: str, folder: str, file: EditionFile, **attributes: str) -> None:
    file_address = folder + opds.quote_path(file.file)
    _add(item, f"{{{_PODCAST}}}{name}", "", url=file_address, type=file.media_type, **attributes)


def _add(parent: Any, name: str, content: str, **attributes: str) -> None:
    from lxml import etree

    element = etree.SubElement(parent, name, {key: FORBIDDEN.sub("", value) for key, value in attributes.items()})
    element.text = FORBIDDEN.sub("", content) or None


def _time(date: datetime.date) -> str:
    """Return midnight of a date in the time format of RSS (RFC 822)."""
    return format_datetime(datetime.datetime.combine(date, datetime.time(), datetime.UTC), usegmt=True)
