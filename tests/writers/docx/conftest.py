from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter import model as m
from exporter.contracts import WriteResult
from exporter.writers import docx
from tests.write_context import Memory, Pictures, write_context
from tests.writers.docx.soundness import Word

Write = Callable[..., tuple[Word, WriteResult]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a publication, or blocks with metadata around them, and opens the file."""

    def run(
        *blocks: m.Block,
        publication: m.Publication | None = None,
        metadata: m.Metadata | None = None,
        notes: tuple[m.Note, ...] = (),
        assets: tuple[m.Asset, ...] = (),
        options: docx.Options | None = None,
        memo: Memory | None = None,
    ) -> tuple[Word, WriteResult]:
        metadata = metadata or m.Metadata(title="A title", kind=m.Kind.NEWS, language="en-GB")
        publication = publication or m.Publication(metadata=metadata, body=blocks, notes=notes, assets=assets)
        context = write_context(tmp_path, publication.metadata.language, memory=memo)
        target = tmp_path / "edition.docx"
        written = docx.write(publication, context, options or docx.Options(page_numbers=docx.PageNumbers.NEVER), target)
        return Word(target), written

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Pictures:
    """Return the folder of pictures that `write` reads from."""
    return Pictures(tmp_path / "pictures")
