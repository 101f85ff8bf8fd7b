"""The cover as a picture: the manuscript's own made small, else one drawn, the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from exporter.labels import Labels
from exporter.model import Alt, Asset, Contributor, Cover, Decorative, Described, Direction, Kind, Metadata, Publication
from exporter.writers import cover_image, drawn_cover
from exporter.writers.cover_image import CoverPicture

STYLES = Path(__file__).parents[2] / "styles"
DIGEST = "0" * 64


class Shelf:
    """One picture."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def path(self, digest: str) -> Path:
        assert digest == DIGEST
        return self._path


def make(path: Path, media_type: str = "", alt: Alt | None = None, **said: object) -> CoverPicture:
    values: dict[str, object] = {"title": "The Long Corridor", "language": "en", "kind": Kind.REPORT}
    metadata = Metadata(**(values | said), cover=Cover("img/c", alt or Decorative()) if media_type else None)
    assets = (Asset("img/c", DIGEST, media_type),) if media_type else ()
    labels = Labels.load(STYLES, metadata.language)
    return cover_image.make(Publication(metadata, assets=assets), Shelf(path), labels, STYLES)


def opened(cover: CoverPicture) -> Image.Image:
    picture = Image.open(io.BytesIO(cover.data))
    assert Image.MIME[picture.format or ""] == cover.media_type
    assert picture.size == (cover.width, cover.height)
    return picture


def photograph(path: Path, size: tuple[int, int], mode: str = "RGB", kind: str = "JPEG") -> Path:
    Image.new(
        mode, size, {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 0), "L": 90, "CMYK": (0, 200, 200, 20)}[mode]
    ).save(path, kind)
    return path


@pytest.mark.parametrize(
    ("size", "wanted"), [((1600, 2400), (600, 900)), ((3000, 1000), (600, 200)), ((200, 300), (200, 300))]
)
def test_the_own_cover_is_made_small_and_never_large(
    tmp_path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    cover = make(photograph(tmp_path / "c.jpg", size), "image/jpeg", Described("A stairway."))
    assert opened(cover).size == wanted
    assert cover.name == "cover.jpg"
    assert cover.alt == "A stairway."


@pytest.mark.parametrize(("mode", "kind"), [("L", "PNG"), ("CMYK", "JPEG"), ("RGBA", "PNG")])
def test_every_kind_of_picture_becomes_one_that_all_show(tmp_path: Path, mode: str, kind: str) -> None:
    cover = make(photograph(tmp_path / "c", (400, 600), mode, kind), f"image/{kind.lower()}")
    assert opened(cover).mode == "RGB"
    if mode == "RGBA":
        pixel = opened(cover).getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert min(pixel) > 250, "what is transparent is paper"


def test_a_drawing_of_the_manuscript_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "c.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><rect width="10" height="20" fill="#00f"/></svg>'
    )
    cover = make(tmp_path / "c.svg", "image/svg+xml")
    assert opened(cover).convert("RGB").getpixel((50, 50)) == (0, 0, 255)
    assert cover.height == 900


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/svg+xml"])
def test_a_cover_that_cannot_be_shown_is_replaced_by_a_drawn_one(tmp_path: Path, media_type: str) -> None:
    (tmp_path / "c").write_bytes(b"no picture")
    assert make(tmp_path / "c", media_type) == make(tmp_path / "c")


def test_without_a_cover_one_is_drawn_that_needs_no_alt(tmp_path: Path) -> None:
    cover = make(tmp_path, authors=(Contributor("Inés Cañedo"),), publisher="Open Record", subtitle="Access to justice")
    assert opened(cover).size == (600, 900)
    assert (cover.name, cover.alt) == ("cover.png", "")
    assert len(cover.data) < 60_000


def ink(cover: CoverPicture, box: tuple[int, int, int, int]) -> int:
    """Return how many light pixels there are in a part."""
    part = opened(cover).convert("L").crop(box)
    return sum(count for value, count in enumerate(part.histogram()) if value > 200)


def test_lettering_begins_on_the_side_of_its_script_and_stays_on_the_cover(tmp_path: Path) -> None:
    left = make(tmp_path, title="Corridor")
    right = make(tmp_path, title="العدالة", language="ar", direction=Direction.RTL)
    assert ink(left, (45, 195, 300, 525)) > ink(left, (300, 195, 600, 525))
    assert ink(right, (300, 195, 555, 525)) > ink(right, (0, 195, 300, 525))
    for cover in (left, right):
        assert ink(cover, (0, 0, 45, 900)) + ink(cover, (555, 0, 600, 900)) == 0


@pytest.mark.parametrize(
    "title", ["", "A", "Responsibility " * 12, "Donaudampfschifffahrtsgesellschaft" * 3, "<&>\"'", "報告" * 20]
)
def test_any_title_can_be_drawn(tmp_path: Path, title: str) -> None:
    cover = make(tmp_path, title=title)
    assert ink(cover, (0, 0, 40, 1200)) + ink(cover, (770, 0, 800, 1200)) == 0


def test_the_same_cover_is_the_same_bytes(tmp_path: Path) -> None:
    path = photograph(tmp_path / "c.jpg", (900, 900))
    assert make(path, "image/jpeg") == make(path, "image/jpeg")
    assert make(path) == make(path)


def test_no_line_of_a_title_begins_or_ends_with_a_mark_that_belongs_to_the_other() -> None:
    lines = [drawn_cover.wrap("等待，等待：《世界人权宣言》的通过（上）", width) for width in range(4, 12)]
    assert [line for wrapped in lines for line in wrapped if line[0] in "，：》）" or line[-1] in "《（"] == []
    assert all(drawn_cover.width(line) <= 11 for wrapped in lines for line in wrapped)
