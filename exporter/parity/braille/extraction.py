"""Extraction from braille files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity.braille import line_layout
from exporter.parity.braille.item_comparison import compare
from exporter.parity.braille.text import read_text
from exporter.parity.extraction import Extraction, Extractor
from exporter.parity.tree_content import extract_content


class BrailleExtractor(Extractor):
    """Extractor of braille files: it states the number of pages, and compares item by item."""

    def __init__(self) -> None:
        super().__init__(_read)

    def diff(self, publication: Publication, path: Path, /, *_: bytes | None) -> Iterable[Finding]:
        """Return the items of the tree that are not in the file."""
        yield from compare(publication, path).findings
        yield from line_layout.check(publication, extract_content(publication).items, path)


def _read(path: Path) -> Extraction:
    return Extraction(pages=tuple(str(number) for number in range(1, read_text(path).pages + 1)), paged=True)


EXTRACTOR = BrailleExtractor()
