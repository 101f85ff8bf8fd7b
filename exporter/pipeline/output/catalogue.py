"""The catalogue of an output folder and its feeds, created from the publications in the folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import msgspec

from exporter.config import SettingsLayer
from exporter.contracts import Editions, StepCache
from exporter.errors import MissingToolError
from exporter.files import read_regular
from exporter.labels import FALLBACK, Labels
from exporter.pipeline.events import Listener, Notice, Published, Removed
from exporter.pipeline.file_writing import replace_file, writing
from exporter.site import catalogue, opds, podcast
from exporter.site.entry import read_entries
from exporter.site.settings import TABLE, site_settings, with_defaults

NAME = "catalogue"
"""Its name in events, in place of the slug of a publication."""
SHEET = "site/catalogue.css"
BASE = "web/base.css"
"""The stylesheet that the catalogue shares with the pages of publications."""
_LATIN = "".join(map(chr, range(0x20, 0x100))) + "–—‘’‚“”„…"
"""Characters that its fonts always have, so that most new publications need no other subsets."""
_MODE = 0o644
_MAXIMUM_SIZE = 20_000_000
"""Bytes of a file that is read to see whether it may be replaced."""


class Catalogue(msgspec.Struct, frozen=True):
    """The catalogue: files in the output folder itself."""

    files: Mapping[str, bytes]
    """By name."""
    artwork: str = ""
    """The image of the podcast as SVG; empty if there is none."""
    obsolete: tuple[str, ...] = ()
    """Names of files that only an earlier catalogue may contain."""
    notes: tuple[str, ...] = ()
    """Messages about missing settings."""


def make(
    output: Path, styles: Path, publisher: SettingsLayer | None, editions: Editions, memo: StepCache | None = None
) -> Catalogue:
    """Return the catalogue of the publications in an output folder; writes nothing but font subsets into `memo`.

    Without `memo`, the page has the fonts of the device.

    Raises:
        SettingsError: The publisher settings are invalid, or the theme is unknown.
    """
    from exporter.writers import podcast_artwork, stylesheets
    from exporter.writers.web import stylesheets as web_stylesheets
    from exporter.writers.web import theme

    entries = read_entries(output)
    site = with_defaults(site_settings(publisher), entries)
    labels = Labels.load(styles, site.language)
    if not labels.complete:
        # Without labels in its language, the page is in English, and so is its language attribute.
        labels = Labels.load(styles, FALLBACK)
        site = msgspec.structs.replace(site, language=FALLBACK)
    labels = labels.with_titles(editions.titles)
    page_theme = theme.load(styles, site.theme, site.language)
    css = page_theme.css() + web_stylesheets.read(styles, BASE) + stylesheets.read(styles, SHEET)
    page = catalogue.render(entries, site, labels, css, editions)
    # A font that is not installed does not prevent the catalogue.
    with suppress(MissingToolError):
        if memo is not None:
            characters = "".join(sorted({*_LATIN, *page.decode()}))
            css = web_stylesheets.with_fonts(css, page_theme, characters, memo, italics=False)
            page = catalogue.render(entries, site, labels, css, editions)
    files = {
        catalogue.PAGE: page,
        opds.FEED: opds.feed(entries, site, labels),
    }
    feed = podcast.feed(entries, site, labels)
    if feed is not None:
        artwork = podcast_artwork.draw(podcast.title(site, labels), site.language, styles)
        return Catalogue({**files, podcast.FEED: feed}, artwork)
    is_configured = publisher is not None and bool(publisher.table(TABLE))
    notes = (podcast.NO_ADDRESS,) if is_configured and podcast.has_recordings(entries) else ()
    return Catalogue(files, obsolete=(podcast.FEED, podcast.ARTWORK), notes=notes)


_IMPORTED_BY_MAKE = ("exporter.writers.podcast_artwork", "exporter.writers.stylesheets")
"""Modules that `make` imports when it is called."""


def prepare(styles: Path, publisher: SettingsLayer | None, memo: StepCache) -> None:
    """Import what renders the catalogue, and make the subsets of fonts that most catalogues need.

    It takes longer than rendering, and is done while other processes execute steps.
    """
    for name in _IMPORTED_BY_MAKE:
        import_module(name)
    from exporter.writers.web import stylesheets as web_stylesheets
    from exporter.writers.web import theme

    page_theme = theme.load(styles, site_settings(publisher).theme, FALLBACK)
    web_stylesheets.with_fonts("", page_theme, _LATIN, memo, italics=False)


def publish(
    output: Path,
    styles: Path,
    publisher: SettingsLayer | None,
    editions: Editions,
    listener: Listener,
    *,
    memo: StepCache | None = None,
) -> None:
    """Write the catalogue into the output folder, each file atomically.

    A file that exporter did not create is not changed. In a folder without publications nothing is written, unless it
    has a catalogue created by exporter. Notices about missing settings are sent only if a file has changed.

    Raises:
        SettingsError: The publisher settings are invalid, or the theme is unknown.
        OutputError: A file cannot be written.
    """
    if not read_entries(output) and not _is_own(output / catalogue.PAGE):
        return
    current = make(output, styles, publisher, editions, memo)
    with writing(output, "The output folder"):
        changed = [_write(output / name, data, listener) for name, data in current.files.items()]
        if current.artwork:
            _draw(output / podcast.ARTWORK, current.artwork, listener)
        for name in current.obsolete:
            if _is_own(output / name):
                (output / name).unlink()
                listener(Removed(NAME, str(output / name)))
    if any(changed):
        for note in current.notes:
            listener(Notice(note))


def _draw(target: Path, svg: str, listener: Listener) -> None:
    """Draw the image of the podcast unless it exists: drawing takes longer than everything else."""
    from exporter.writers import podcast_artwork

    if target.is_symlink() or not _holds(target, podcast_artwork.mark(svg)):
        _write(target, podcast_artwork.png(svg), listener)


def _write(target: Path, data: bytes, listener: Listener) -> bool:
    """Write a file unless it is up to date or was not created by exporter; return whether it changed."""
    exists = target.exists() or target.is_symlink()
    if exists and not _is_own(target):
        listener(
            Notice(
                f"“{target}” was not created by exporter and was not changed. Move it if you want the catalogue there."
            )
        )
        return False
    changed = not exists or target.is_symlink() or read_regular(target, target.parent) != data
    if changed:
        replace_file(target, data, mode=_MODE)
    listener(Published(NAME, str(target), len(data), changed))
    return changed


def _is_own(path: Path) -> bool:
    """Return whether exporter created a file as part of a catalogue; False if it cannot be read."""
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
        return mark in read_regular(path, path.parent, limit=_MAXIMUM_SIZE)
    except OSError:
        return False


def _is_feed(path: Path) -> bool:
    try:
        feed = json.loads(read_regular(path, path.parent, limit=_MAXIMUM_SIZE))
    except OSError:
        return False
    except (ValueError, RecursionError):
        return False
    links = feed.get("links") if isinstance(feed, dict) else None
    return isinstance(links, list) and any(
        isinstance(link, dict) and link.get("type") == opds.FEED_TYPE and link.get("rel") == "self" for link in links
    )
