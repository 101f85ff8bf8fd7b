"""The background of drawn covers: one for each publication, on which everything stays readable."""

from __future__ import annotations

import itertools

import pytest

from exporter.model import Direction, Kind, Metadata
from exporter.oklch import contrast
from exporter.writers.cover_design import design

HOUSE = ("#14304a", "#ffffff", "#f2b632")
TITLES = ("The Long Corridor", "Justice Denied", "Water", "Nobody Answered", "العدالة المنكرة")


@pytest.mark.parametrize("theme", [HOUSE, ("#fdfaf2", "#1c2126", "#a2341c"), ("#ffffff", "#000000", "#0b5f74")])
def test_text_and_accent_are_readable_on_every_cover(theme: tuple[str, str, str]) -> None:
    for kind, title in itertools.product((None, *Kind), TITLES):
        drawn = design(Metadata(title=title, kind=kind), *theme)
        for background in (drawn.background, drawn.tone):
            assert contrast(background, theme[1]) >= 4.5
            assert contrast(background, theme[2]) >= 4.5
        assert drawn.background != drawn.tone


def test_a_theme_without_contrast_keeps_its_colours() -> None:
    drawn = design(Metadata(title="Water"), "#808080", "#000000", "#ffffff")
    assert (drawn.background, drawn.tone) == ("#808080", "#808080")
    assert design(Metadata(title="Water"), "var(--x)", "#ffffff", "#ffffff").background == "var(--x)"


def test_covers_differ_by_kind_and_title_and_stay_the_same() -> None:
    metadata = [Metadata(title=title, kind=kind) for title, kind in itertools.product(TITLES, Kind)]
    covers = [design(one, *HOUSE) for one in metadata]
    assert covers == [design(one, *HOUSE) for one in metadata]
    assert len(set(covers)) == len(covers)
    assert len({cover.background for cover in covers[: len(Kind)]}) == len(Kind)


def test_the_pattern_is_mirrored_for_scripts_from_right_to_left() -> None:
    drawn = design(Metadata(title="Water"), *HOUSE)
    assert "scale(0.8 0.8)" in drawn.svg(800, 1200, Direction.LTR)
    assert "translate(800 0) scale(-0.8 0.8)" in drawn.svg(800, 1200, Direction.RTL)
