"""Header and footer rows are printed, however high they are."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter.writers.pdf.patches import table_groups
from tests.writers.pdf.patches.pages import render, words

CSS = "@page { size: 200px 200px; margin: 10px } html { font: 10px/1.2 'Source Serif 4' } tr { break-inside: avoid }"


def text(folder: Path) -> str:
    """Return the text of a table whose header and footer rows are longer than a page."""
    rows = [f"<{group}><tr><td>{'word ' * 300}{group}</td></tr></{group}>" for group in ("thead", "tbody", "tfoot")]
    document = render(folder, f"<p>before</p><table>{''.join(rows)}</table>", CSS)
    return " ".join(words(page._page_box) for page in document.pages)


def test_rows_higher_than_a_page_are_printed_once(tmp_path: Path) -> None:
    printed = text(tmp_path)
    assert [printed.count(group) for group in ("thead", "tbody", "tfoot")] == [1, 1, 1]
    assert printed.count("word") == 900


def test_weasyprint_still_loses_header_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch can be deleted."""
    monkeypatch.setattr(table_groups, "patched", nullcontext)
    assert "thead" not in text(tmp_path)
