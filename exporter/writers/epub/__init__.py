"""The EPUB 3.3 edition: a content document for each chapter, packed with EbookLib (EPUB Accessibility 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from exporter.contracts import EditionKind, Sound, WriteContext, WriteResult
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
SOUND_OPTION = "epub_audio"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the EPUB edition."""

    pixels: Annotated[int, msgspec.Meta(ge=200, le=10000)] = 1600
    """Longest side of an image; larger ones are scaled down."""
    lists: bool = True
    """Whether lists of figures and tables follow the table of contents."""
    fonts: bool = False
    """Whether the book embeds fonts; a reader may still choose another."""
    megabytes: Annotated[int, msgspec.Meta(ge=1)] = 100
    """Size limit of the book: up to it the recording is made smaller, above it there is a finding."""
    epub_audio: Sound = Sound.AUTO
    """Whether a recording in sync with the text reads it, with the voice and the speech options of the audio edition;
    `auto`: if a recording is exported, too, or the command line names a voice."""
    bitrate: Annotated[int, msgspec.Meta(ge=0, le=192)] = 0
    """Bit rate of the recording in kbit/s; 0 is that of the audio edition, which is then reused, or less in a long
    book."""


def external_state(options: Options) -> Mapping[str, str]:
    """Return the state of the installed voices."""
    from exporter.speech.engines import installed

    return {} if options.epub_audio is Sound.OFF else {"voices": installed()}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the EPUB; the same publication gives the same bytes."""
    # EbookLib, lxml and Jinja2 are slow to import.
    from exporter.writers.epub.book import build_package
    from exporter.writers.epub.rules import SILENT
    from exporter.writers.epub.size_limits import check
    from exporter.writers.xhtml.package import pack

    package, findings, sidecars = build_package(publication, context, options)
    pack(package, target)
    findings = (*findings, *check(package.files, target.stat().st_size, options.megabytes))
    return WriteResult(findings, sidecars, cacheable=all(finding.rule != SILENT.id for finding in findings))
