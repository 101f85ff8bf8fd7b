"""One PDF with everything in it, made once."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from exporter import model as m
from exporter.contracts import WriteResult
from exporter.writers import pdf
from tests.write_context import Pictures, write_context
from tests.writers import sample


@dataclass
class Made:
    """A PDF and what its writer said."""

    publication: m.Publication
    path: Path
    written: WriteResult

    @property
    def pages(self) -> Any:
        return json.loads(self.written.sidecars["pages"])


def make(folder: Path, publication: m.Publication | None = None, **options: Any) -> Made:
    """Write a publication, the one with everything by default."""
    pictures = Pictures(folder / "pictures")
    publication = publication or sample.everything(pictures)
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    target = folder / "made.pdf"
    return Made(publication, target, pdf.write(publication, context, pdf.Options(**options), target))


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("pdf"))


@pytest.fixture
def poppler() -> None:
    """Look with the programs of poppler, which `make test` installs where it may; where it may not, it says so."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed: apt install poppler-utils")
