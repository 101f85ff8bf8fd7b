"""Tables in pages."""

from __future__ import annotations

from pathlib import Path

from exporter.validate import webpage

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body><main><h1>T</h1>'


def test_a_table_without_a_caption_is_called_by_its_cells_one_after_the_other(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    rows = "<tr><td>Year</td><td>Cases</td></tr><tr><td>2024</td><td></td></tr><tr><td>2025</td><td>12</td></tr>"
    page.write_text(f"{HEAD}<table>{rows}</table></main></body></html>", "utf-8")
    (message,) = [one.message for one in webpage.check(page) if one.rule == "markup-table-heads"]
    assert message == "The table “Year Cases 2024 2025 12” has no header cells."
