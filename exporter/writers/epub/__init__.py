"""The EPUB 3.3 edition: one document for each chapter, packed by EbookLib (EPUB Accessibility 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication

NAME = "epub"
SUFFIX = ".epub"
MEDIA_TYPE = "application/epub+zip"
TITLE = "EPUB"
KIND = EditionKind.EPUB
ORDER = 40
SHOWN_FIRST = True
EXTRACTOR = "exporter.parity.epub:EXTRACTOR"
NEEDS = ("pdf", "audio")
INHERITS_SETTINGS = ("audio",)


class Sound(StrEnum):
    """Whether the book is read aloud."""

    ON = "on"
    """In step with its text, from the recording of the audio edition."""
    OFF = "off"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What settings may say about the EPUB edition."""

    pixels: Annotated[int, msgspec.Meta(ge=200, le=10000)] = 1600
    """Longest side of a picture; larger ones are scaled down."""
    lists: bool = True
    """Whether lists of figures and tables stand behind the contents."""
    fonts: bool = False
    """Whether the book brings typefaces of the house; a reader may still choose another."""
    megabytes: Annotated[int, msgspec.Meta(ge=1)] = 100
    """Size of the whole at which its recording takes less room, and above which a finding says so."""
    epub_audio: Sound = Sound.ON
    """Whether a recording reads the text, in step with it; its voice and manner are those of the audio edition."""
    bitrate: Annotated[int, msgspec.Meta(ge=0, le=192)] = 0
    """Thousands of bits a second of the recording; 0 is that of the audio edition, which is then used as it is, or
    less in a long book."""


def external_state(options: Options) -> Mapping[str, str]:
    """Return the state of the voices, which decide what is heard."""
    from exporter.speech.engines import installed

    return {"voices": installed()} if speaks(options) else {}


def speaks(options: Options) -> bool:
    """Return whether the book has a recording."""
    return options.epub_audio is Sound.ON


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the EPUB; the same publication gives the same bytes.

    Raises:
        SourceError: A picture cannot be read.
        SettingsError: A style sheet is missing.
        SettingsError: There is no such voice as the audio edition asks for.
        OutputError: The file cannot be written.
    """
    # EbookLib, lxml and Jinja2 are heavy: nobody waits for them who asks for help only.
    from exporter.writers.epub.book import build_package
    from exporter.writers.epub.package import pack
    from exporter.writers.epub.size_limits import check

    package, findings = build_package(publication, context, options)
    pack(package, target)
    return WriteResult((*findings, *check(package.files, target.stat().st_size, options.megabytes)))
