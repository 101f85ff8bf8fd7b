"""The eBraille edition: braille for displays of any length, as XHTML in a package like that of EPUB (eBraille 1.0)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.braille.codes import Grade
from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers import braille

NAME = "ebraille"
SUFFIX = ".ebrl"
MEDIA_TYPE = "application/ebrl+zip"
TITLE = "eBraille"
KIND = EditionKind.EBRAILLE
ORDER = 56
EXTRACTOR = "exporter.parity.braille.ebraille:EXTRACTOR"
NEEDS = ("pdf",)
external_state = braille.external_state


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the eBraille edition."""

    grade: Grade | None = None
    """As in the braille edition: contracted or uncontracted; not set, it is the usual one of the language."""
    producer: str = ""
    """Who is responsible for the transcription; not set, it is the publisher."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the eBraille edition."""
    from exporter.writers.ebraille.book import build_package
    from exporter.writers.xhtml.package import pack

    package, findings = build_package(publication, context, options)
    pack(package, target)
    return WriteResult(findings)
