"""Braille of a manuscript in Markdown, as cells and translated back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from exporter import transforms
from exporter.braille import files, liblouis
from exporter.contracts import WriteResult
from exporter.model import Publication
from exporter.readers import markdown
from exporter.writers import braille
from tests.write_context import write_context

needs_liblouis = pytest.mark.skipif(
    not liblouis.library_path(), reason="liblouis is not installed: apt install liblouis20 liblouis-data"
)
FRONT_MATTER = "---\ntitle: The long wait\nauthor: Ana Author\nlang: {}\n---\n\n"


class Made:
    """A file of the edition."""

    def __init__(self, publication: Publication, path: Path, result: WriteResult) -> None:
        self.publication, self.path, self.result = publication, path, result
        self.pages = files.read_pages(path)
        self.text = [line for page in self.pages if not page[-1].strip("⠀").startswith("⠞") for line in page[1:-1]]
        """Lines of the text, without heads and numbers."""

    @property
    def lines(self) -> list[str]:
        """The lines of the text in ASCII braille, without empty ones."""
        return [files.to_ascii(line) for line in self.text if line]

    @property
    def rules(self) -> set[str]:
        return {finding.rule for finding in self.result.findings}


def tree(text: str, language: str = "en") -> Publication:
    read = markdown.read((FRONT_MATTER.format(language) + text).encode(), "manuscript.md")
    return transforms.apply(read.publication, "wait")


def make(
    folder: Path,
    text: str | Publication,
    language: str = "en",
    facts: Mapping[str, bytes] | None = None,
    **options: object,
) -> Made:
    publication = tree(text, language) if isinstance(text, str) else text
    folder.mkdir(exist_ok=True)
    target = folder / "edition.brf"
    context = write_context(folder, language, facts=facts)
    settings = msgspec.structs.replace(braille.Options(), **options)
    result = braille.write(publication, context, settings, target)
    path = folder / f"wait{result.suffix}"
    target.rename(path)
    return Made(publication, path, result)
