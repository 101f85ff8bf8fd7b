"""Every theme: it renders without a complaint, keeps the standard, looks like none of the others."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from tests.writers.pdf.made import make
from tests.writers.pdf.test_styles import THEMES, properties


@pytest.mark.parametrize("theme", [path.stem for path in THEMES if path.stem != "house"])
def test_another_theme_renders_and_keeps_the_standard(theme: str, tmp_path: Path) -> None:
    made = make(tmp_path, theme=theme)
    assert [str(finding) for finding in made.written.findings] == []
    assert [f.message for f in page.validate_pdf(str(made.path), profile="ua1").failures] == []


def test_there_are_two_themes_with_colours_faces_and_logos_of_their_own() -> None:
    assert len(THEMES) >= 2
    told = [properties(path) for path in THEMES]
    for name in ("field", "accent", "serif", "sans", "logo"):
        assert len({one[name] for one in told}) == len(told), name
