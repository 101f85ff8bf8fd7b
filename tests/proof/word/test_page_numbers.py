"""Pages that are counted in parts are those of the whole document."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import libreoffice
from exporter.contracts import WriteContext
from exporter.writers import docx
from exporter.writers.docx import edition, page_numbers
from exporter.writers.docx.draft import Draft
from exporter.writers.docx.package import Package
from tests.publications import laid_out, tree
from tests.write_context import write_context


@pytest.mark.parametrize("slug", ["access-to-justice-report", "handbook"])
def test_a_part_has_the_same_pages_alone(slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable = libreoffice.program()
    assert executable, "LibreOffice (soffice) is not installed"

    def count(package: Package, _: WriteContext) -> page_numbers.CountedPages:
        draft, whole = Draft(package), tmp_path / "whole"
        together = page_numbers._count(executable, draft, list(draft.parts), tmp_path / "together")
        for part in draft.parts[1:]:
            alone = page_numbers._count(executable, draft, [draft.parts[0], part], tmp_path / part.bookmark)
            assert alone[part.bookmark] == together[part.bookmark]
        whole.mkdir()
        package.save(whole / "whole.docx")
        pages = page_numbers._lay_out(executable, whole / "whole.docx")
        assert sum(part.count for part in together.values()) == pages.count
        return pages

    monkeypatch.setattr(edition, "count_pages", count)
    laid_out(slug, tmp_path / "pictures")
    publication, _ = tree(slug)
    context = write_context(tmp_path, publication.metadata.language)
    docx.write(publication, context, docx.Options(), tmp_path / "edition.docx")
