"""Words and numbers of two directions on one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from tests.write_context import Pictures
from tests.writers.pages.laid import Seen, lay_out, seen
from tests.writers.sample import cell, p

_HEBREW = m.Metadata(title="דוח", language="he", direction=m.Direction.RTL)
_ENGLISH = m.At(language="en", direction=m.Direction.LTR)


def _on_page(folder: Path, edition: str) -> dict[str, Seen]:
    """Return what is on the pages of a Hebrew publication with a table and a note in English, by its words."""
    foreign = m.Cell((m.Paragraph((m.Text("Kindu"),), at=_ENGLISH),))
    rows = (m.Row((foreign, cell("1,102"))), m.Row((cell("צפון"), cell("59"))))
    table = m.Table((m.Column(), m.Column()), (m.Row((cell("אזור"), cell("בקשות"))),), (rows,))
    notes = (
        m.Note("a", (m.Paragraph((m.Text("Report."),), at=_ENGLISH),)),
        m.Note("b", (p("ראיון."),)),
    )
    body = (table, p("טקסט", m.NoteReference("a"), m.NoteReference("b")))
    document = lay_out(folder, m.Publication(_HEBREW, body=body, notes=notes), edition, Pictures(folder))
    return {one.text.strip(): one for one in seen(document)}


@pytest.mark.parametrize("edition", ["pdf", pytest.param("large-print", marks=pytest.mark.proof)])
def test_numbers_line_up_and_words_begin_at_their_own_side(edition: str, tmp_path: Path) -> None:
    page = _on_page(tmp_path, edition)
    assert page["1,102"].right == pytest.approx(page["59"].right, abs=0.1)
    assert page["Kindu"].left < page["צפון"].left
    # The number of the note is not in the margin.
    assert page["1"].width - page["דוח"].right < page["1"].left < page["Report."].left
