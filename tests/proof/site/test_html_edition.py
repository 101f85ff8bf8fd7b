"""The HTML edition of every publication, and of one that holds everything: by day and night, on phone and paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import transforms
from exporter.model.walk import headings
from tests.proof.built_editions import BuiltEditions
from tests.proof.site.browsing import MAIN_WAYS, browse, troubles
from tests.proof.site.validity import errors
from tests.write_context import Pictures
from tests.writers.pages.test_contrast import everything
from tests.writers.pdf.test_styles import THEMES
from tests.writers.web.pages import make


def test_everybody_can_read_the_page(built: BuiltEditions, shown: str) -> None:
    path = built.silent(shown) / f"{shown}.html"
    assert errors([path]) == []
    # Every part of a text is shown in all ways and themes below.
    told = browse(path, f"html-{shown}", ways=MAIN_WAYS)
    assert troubles(told) == {}
    assert told["asked"] == [path.as_uri()], "nothing is fetched"
    assert told["skipped"] == "text"
    ways = {stop["name"] for stop in told["stops"]}
    assert {f"#{heading.section.at.id}" for heading in headings(built.tree(shown))} <= ways


@pytest.mark.parametrize("theme", [path.stem for path in THEMES])
def test_every_part_of_a_text_can_be_read_in_every_theme(theme: str, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    whole = transforms.apply(everything(pictures), "everything")
    make(tmp_path, whole, pictures=pictures, theme=theme, fonts=True)
    assert troubles(browse(tmp_path / "page.html", f"everything-{theme}")) == {}
