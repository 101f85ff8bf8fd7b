"""The plain edition: a text file with the title on its first line."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.findings import Finding, Rule, Severity
from exporter.model import Publication
from exporter.model.walk import plain_text
from exporter.parity.extraction import Extraction, Extractor
from exporter.validate.builtin import BuiltinValidator

NAME = "plain"
SUFFIX = ".plain.txt"
MEDIA_TYPE = "text/plain"
TITLE = "Plain text"
KIND = EditionKind.CAPTIONS
ORDER = 15
SHOWN_FIRST = True
EXTRACTOR = "plain_text_edition:extractor"
VALIDATORS = ("plain_text_edition:validator",)

ENDS = Rule("plain-ends", Severity.ERROR, "The file ends with a line feed.", "Add one.")


class Options(msgspec.Struct, frozen=True):
    """Settings of the plain edition."""

    capitals: bool = False
    """Whether all letters are capitals."""


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    text = f"{publication.metadata.title}\n\n{plain_text(publication.body)}\n"
    target.write_text(text.upper() if options.capitals else text, "utf-8")
    return WriteResult()


def _read(path: Path) -> Extraction:
    return Extraction(title=path.read_text("utf-8").partition("\n")[0])


def _check(path: Path) -> Iterable[Finding]:
    if not path.read_bytes().endswith(b"\n"):
        yield ENDS.finding("The last line does not end.")


extractor = Extractor(_read)
validator = BuiltinValidator("plain", "Lines of plain text", (SUFFIX,), f"{__name__}:_check")
