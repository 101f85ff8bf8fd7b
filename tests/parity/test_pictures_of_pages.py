"""Pictures of a PDF that are drawn as our styles or their own files ask are no differences."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from exporter import model as m
from exporter.inspect.pdf import open_pdf
from exporter.parity.compare import EditionComparer
from exporter.parity.pdf import EXTRACTOR
from exporter.validate.pdf import artifacts
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.pdf.made import make

EMBEDDED = (
    'transform="translate(0 80) scale(1 -1)"',
    'transform="rotate(90 50 40)"',
    'preserveAspectRatio="none"',
    'preserveAspectRatio="xMidYMid slice"',
    'clip-path="url(#a)"',
)


def drawing(attributes: str) -> str:
    data = base64.b64encode(sample.picture(256, 16)).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 80">'
        '<clipPath id="a"><rect width="9" height="9"/></clipPath>'
        f'<image width="100" height="80" {attributes} xlink:href="data:image/png;base64,{data}"/></svg>'
    )


def differences(folder: Path, publication: m.Publication) -> list[str]:
    made = make(folder, publication)
    return [finding.message for finding in EditionComparer(publication).compare("pdf", made.path, EXTRACTOR).findings]


def test_images_embedded_in_drawings_may_be_turned_stretched_and_cut(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    drawings = [drawing(attributes).encode() for attributes in EMBEDDED]
    assets = tuple(
        pictures.add(f"{number}.svg", data, "image/svg+xml", 100, 80) for number, data in enumerate(drawings)
    )
    figures = (m.Figure(images=(m.Image(asset.name, m.Described(f"Drawing {asset.name}.")),)) for asset in assets)
    body = (sample.section("a", "Drawings", *figures),)
    publication = m.Publication(m.Metadata(title="Drawings", language="en"), body=body, assets=assets)
    assert differences(tmp_path, publication) == []


@pytest.mark.parametrize("size", [(1000, 1414), (90, 160), (900, 200)])
@pytest.mark.parametrize("kind", ["report", "news"])
def test_a_picture_of_the_cover_or_above_the_text_may_be_cropped(
    size: tuple[int, int], kind: str, tmp_path: Path
) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("cover.png", sample.picture(*size), "image/png", *size)
    metadata = m.Metadata(
        title="Cover", language="en", kind=m.Kind(kind), cover=m.Cover(asset.name, m.Described("A village."))
    )
    body = (sample.section("a", "A village", sample.p(sample.PARAGRAPH)),)
    publication = m.Publication(metadata, body=body, assets=(asset,))
    assert differences(tmp_path, publication) == []


def test_a_caption_that_each_picture_has_is_no_running_head(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", sample.picture(600, 700), "image/png", 600, 700)
    caption = (m.Text("Photo: Ana Speranza, for the archive of the court"),)
    figures = [m.Figure((m.Image(asset.name, m.Described(f"Door {number}.")),), caption) for number in range(4)]
    body = (sample.section("a", "Doors", *figures),)
    publication = m.Publication(m.Metadata(title="Doors", language="en"), body=body, assets=(asset,))
    with open_pdf(make(tmp_path, publication).path) as file:
        assert len(file.pages) == len(figures)
        assert list(artifacts.check(file)) == []


def test_words_drawn_in_a_decorative_picture_are_no_words_beside_the_text(tmp_path: Path) -> None:
    stamp = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><text x="5" y="30">Received</text></svg>'
    asset = Pictures(tmp_path / "pictures").add("stamp.svg", stamp, "image/svg+xml", 90, 40)
    figure = m.Figure((m.Image(asset.name, m.Decorative()),))
    body = (sample.section("a", "Letters", figure, sample.p(sample.PARAGRAPH)),)
    publication = m.Publication(m.Metadata(title="Letters", language="en"), body=body, assets=(asset,))
    assert differences(tmp_path, publication) == []
