"""Which pictures of a page need an alt text."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.validate import webpage

ICON = '<svg viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'


@pytest.mark.parametrize(
    ("body", "is_missing"),
    [
        (ICON, True),
        (f"<button>{ICON}</button>", True),
        (f'<button aria-label="Play">{ICON}</button>', False),
        (f"<button>Play {ICON}</button>", False),
        (f'<span id="n">Size</span><div role="spinbutton" tabindex="0" aria-labelledby="n">{ICON}</div>', False),
        (f'<button aria-label="Play">{ICON.replace("<svg", """<svg role="img" """)}</button>', True),
        ('<button aria-label="Play"><img src="play.png"></button>', True),
        ('<svg><!-- of all icons --><defs><path id="p" d="M0 0h9"/></defs></svg>', False),
    ],
)
def test_an_icon_in_a_control_with_a_name_needs_no_alt_text(tmp_path: Path, body: str, is_missing: bool) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><h1>T</h1>{body}</body></html>')
    assert ("markup-alt-missing" in {finding.rule for finding in webpage.check(page)}) is is_missing
