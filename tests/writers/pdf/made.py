"""PDFs made for tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
