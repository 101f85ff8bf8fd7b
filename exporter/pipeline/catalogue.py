"""The catalogue of an output folder and its feeds, made anew at the end of a run from what stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from exporter.config import SettingsLayer
from exporter.contracts import Editions
from exporter.errors import OutputError
from exporter.files import read_regular
from exporter.labels import FALLBACK, Labels
from exporter.pipeline.events import Listener, Notice, Published, Removed
from exporter.pipeline.store import replace_file, writing
from exporter.site import catalogue, opds, podcast
from exporter.site.entry import entries_of
from exporter.site.settings import completed, site_settings

NAME = "catalogue"
"""What events call it, as they call a publication by its slug."""
SHEET = "site/catalogue.css"
BASE = "web/base.css"
"""The sheet that the catalogue shares with the pages of publications."""
_MODE = 0o644
_LARGEST = 20_000_000
"""Bytes of a file that is looked into before it is replaced."""


class Catalogue(msgspec.Struct, frozen=True):
    """Files of the output folder itself."""

    files: Mapping[str, bytes]
    """By name."""
    artwork: str = ""
    """The picture of the podcast as SVG; empty when there is none."""
    gone: tuple[str, ...] = ()
    """Names of files that an earlier catalogue may have had."""
    notes: tuple[str, ...] = ()
    """What is missing, and what to do about it; a sentence each."""


def make(output: Path, styles: Path, house: SettingsLayer | None, editions: Editions) -> Catalogue:
    """Return the catalogue of what stands in an output folder; writes nothing.

    Raises:
        SettingsError: The settings of the house are wrong, or there is no such theme.
    """
    from exporter.writers import podcast_artwork, stylesheets
    from exporter.writers.web import stylesheets as web_stylesheets
    from exporter.writers.web import theme

    entries = entries_of(output)
    site = completed(site_settings(house), entries)
    labels = Labels.load(styles, site.language)
    if not labels.complete:
        # A language without words of its own gets an English page, which must not say that it is anything else.
        labels = Labels.load(styles, FALLBACK)
        site = msgspec.structs.replace(site, language=FALLBACK)
    labels = labels.with_titles(editions.titles)
    look = theme.load(styles, site.theme, site.language).css() + web_stylesheets.read(styles, BASE)
    look += stylesheets.read(styles, SHEET)
    files = {
        catalogue.PAGE: catalogue.render(entries, site, labels, look, editions),
        opds.FEED: opds.feed(entries, site, labels),
    }
    feed = podcast.feed(entries, site, labels)
    if feed is not None:
        artwork = podcast_artwork.draw(podcast.title_of(site, labels), site.language, styles)
        return Catalogue({**files, podcast.FEED: feed}, artwork)
    notes = (podcast.NO_ADDRESS,) if podcast.wanted(entries) else ()
    return Catalogue(files, gone=(podcast.FEED, podcast.ARTWORK), notes=notes)


def publish(output: Path, styles: Path, house: SettingsLayer | None, editions: Editions, listener: Listener) -> None:
    """Write the catalogue into the output folder: each file whole or not at all.

    A file that somebody else has put there is left alone. Nothing is written where there is no publication, unless a
    catalogue of ours stands there. What is missing is said when something changed, not with every run.

    Raises:
        SettingsError: The settings of the house are wrong, or there is no such theme.
        OutputError: A file cannot be written.
    """
    if not entries_of(output) and not _ours(output / catalogue.PAGE):
        return
    made = make(output, styles, house, editions)
    with writing(output, "The output folder"):
        changed = [_place(output / name, data, listener) for name, data in made.files.items()]
        if made.artwork:
            _draw(output / podcast.ARTWORK, made.artwork, listener)
        for name in made.gone:
            if _ours(output / name):
                (output / name).unlink()
                listener(Removed(NAME, str(output / name)))
    if any(changed):
        for note in made.notes:
            listener(Notice(note))


def _draw(target: Path, svg: str, listener: Listener) -> None:
    """Draw the picture of the podcast, unless it is there already: drawing takes longer than all the rest."""
    from exporter.writers import podcast_artwork

    if target.is_symlink() or not _holds(target, podcast_artwork.mark(svg)):
        _place(target, podcast_artwork.png(svg), listener)


def _place(target: Path, data: bytes, listener: Listener) -> bool:
    """Write a file unless it stands there already; whether anything changed."""
    if target.is_dir() and not target.is_symlink():
        raise OutputError(f"A folder stands where “{target}” has to be.", advice="Move it away.")
    there = target.exists() or target.is_symlink()
    if there and not _ours(target):
        listener(Notice(f"“{target}” is not ours and was left as it is. For a catalogue there, move it away."))
        return False
    changed = not there or target.is_symlink() or read_regular(target, target.parent) != data
    if changed:
        replace_file(target, data, mode=_MODE)
    listener(Published(NAME, str(target), len(data), changed))
    return changed


def _ours(path: Path) -> bool:
    """Return whether a file was written as part of a catalogue; what cannot be read is none."""
    from exporter.writers import podcast_artwork

    if path.name == opds.FEED:
        return _is_feed(path)
    marks = {
        catalogue.PAGE: f'<meta name="generator" content="{catalogue.GENERATOR}">'.encode(),
        podcast.FEED: f"<generator>{podcast.GENERATOR}</generator>".encode(),
        podcast.ARTWORK: podcast_artwork.MARK,
    }
    return _holds(path, marks[path.name])


def _holds(path: Path, mark: bytes) -> bool:
    try:
        return mark in read_regular(path, path.parent, limit=_LARGEST)
    except OSError:
        return False


def _is_feed(path: Path) -> bool:
    try:
        found = json.loads(read_regular(path, path.parent, limit=_LARGEST))
    except OSError:
        return False
    except (ValueError, RecursionError):
        return False
    links = found.get("links") if isinstance(found, dict) else None
    return isinstance(links, list) and any(
        isinstance(link, dict) and link.get("type") == opds.FEED_TYPE and link.get("rel") == "self" for link in links
    )
