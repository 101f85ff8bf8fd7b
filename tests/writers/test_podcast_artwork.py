"""The square picture of the podcast."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from exporter.writers import podcast_artwork
from exporter.writers.cover_image import render_opaque

STYLES = Path(__file__).parents[2] / "styles"


def picture(title: str, language: str = "en") -> Image.Image:
    return render_opaque(podcast_artwork.draw(title, language, STYLES), podcast_artwork.SIZE)


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many light pixels there are in a part."""
    return sum(count for value, count in enumerate(image.convert("L").crop(box).histogram()) if value > 200)


def test_it_is_as_large_as_directories_want_it_and_known_again_without_being_drawn() -> None:
    svg = podcast_artwork.draw("Open Record, read aloud", "en", STYLES)
    data = podcast_artwork.png(svg)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.mode) == ((1400, 1400), "RGB")
    assert podcast_artwork.mark(svg) in data
    assert podcast_artwork.mark(podcast_artwork.draw("Another", "en", STYLES)) not in data
    assert podcast_artwork.png(svg) == data


def test_words_begin_on_the_side_of_their_script() -> None:
    left, right = picture("Open"), picture("السجل", "ar")
    assert ink(left, (120, 100, 700, 700)) > ink(left, (700, 100, 1280, 700))
    assert ink(right, (700, 100, 1280, 700)) > ink(right, (120, 100, 700, 700))


@pytest.mark.parametrize("title", ["", "<&>", "Responsibility " * 9, "Donaudampfschifffahrtsgesellschaft" * 2])
def test_any_title_stays_inside(title: str) -> None:
    image = picture(title)
    assert ink(image, (0, 0, 100, 1400)) + ink(image, (1340, 0, 1400, 1400)) == 0
