"""Tables that lint takes for layout are no errors in the editions; tables of data without heads are, in all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter import transforms
from exporter.findings import Severity
from exporter.pipeline.registry import discover
from exporter.validate import validators
from exporter.validate.html.tables import EMPTY as MARKUP_EMPTY
from exporter.validate.lint import lint
from exporter.validate.lint.tables import EMPTY_HEADER
from exporter.validate.pdf.tables import EMPTY as PDF_EMPTY
from tests.write_context import write_context

HEADLESS = {
    "pdf": "pdf-table-heads",
    "docx": "docx-table-header",
    "html": "markup-table-heads",
}


def table(*rows: str) -> m.Table:
    """Make a table without heads; a letter is a cell, a full stop an empty one."""
    cells = [[m.Cell((m.Paragraph((m.Text(text),)),) if text != "." else ()) for text in row] for row in rows]
    return m.Table((m.Column(),) * len(rows[0]), bodies=(tuple(m.Row(tuple(row)) for row in cells),))


@pytest.mark.parametrize(
    ("made", "data"),
    [(table("a", "b", "c"), False), (table("abc"), False), (table("..", ".."), False), (table("ab", "cd"), True)],
    ids=["one column", "one row", "empty", "data"],
)
@pytest.mark.parametrize("edition", HEADLESS)
def test_an_edition_judges_tables_as_the_manuscript_is_judged(
    edition: str, made: m.Table, data: bool, tmp_path: Path
) -> None:
    words = m.Paragraph((m.Text("Words before and behind it."),))
    about = m.Metadata(title="Tables", language="en")
    publication = transforms.apply(m.Publication(about, body=(words, made, words)), "tables")
    assert ("table-headless" in {each.rule for each in lint(publication)}) is data
    (found,) = discover().select([edition])
    options = found.writer.Options(fonts=False) if edition == "html" else found.writer.Options()
    path = tmp_path / f"made{found.writer.SUFFIX}"
    found.writer.write(publication, write_context(tmp_path), options, path)
    told = [
        finding
        for one in validators.run(path, validators.validators_for(path.suffix), edition, external=False)
        for finding in one.findings
    ]
    errors = {finding.rule for finding in told if finding.severity is Severity.ERROR}
    assert (HEADLESS[edition] in errors) is data
    assert data or not errors


def test_an_empty_head_cell_weighs_in_an_edition_what_it_weighs_in_the_manuscript() -> None:
    assert {rule.severity for rule in (MARKUP_EMPTY, PDF_EMPTY)} == {EMPTY_HEADER.severity}
