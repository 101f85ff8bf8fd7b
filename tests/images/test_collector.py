from __future__ import annotations

import io
import os
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from exporter import model as m
from exporter.images import CollectedImages, collect
from exporter.images.paths import refuse_unsafe
from exporter.images.probe_result import ImageRefusedError
from exporter.model.walk import images
from tests.images import pictures
from tests.images.pictures import inspect
from tests.pipeline import tasks


def publication(*names: str, cover: str = "") -> m.Publication:
    figures = (
        m.Figure((m.Image(name, m.Described("A chart"), at=m.At(source=m.Source("m.md", line))),))
        for line, name in enumerate(names, 1)
    )
    metadata = m.Metadata(cover=m.Cover(cover, m.Described("Cover")) if cover else None, source=m.Source("m.md", 1))
    return m.Publication(metadata, body=tuple(figures))


def only(gathered: CollectedImages) -> str:
    (finding,) = gathered.findings
    return str(finding)


def sources(gathered: CollectedImages) -> list[str]:
    return [image.source for image in images(gathered.publication)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "publication"
    (root / "img").mkdir(parents=True)
    (root / "img" / "chart.png").write_bytes(pictures.raster())
    (root / "img" / "photo one.jpg").write_bytes(pictures.raster("JPEG"))
    (tmp_path / "secret.png").write_bytes(pictures.raster())
    return root


def test_a_lack_of_memory_is_no_finding_about_a_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.images.collector.for_editions", lambda *_: tasks.starve())
    with pytest.raises(MemoryError):
        collect(publication("img/chart.png"), folder, {})


def test_each_file_is_one_asset_however_often_and_however_it_is_named(folder: Path) -> None:
    gathered = collect(
        publication(
            "img/chart.png", "./img/chart.png", "img/photo%20one.jpg", "img/photo one.jpg", cover="img/chart.png"
        ),
        folder,
        {},
    )
    assert gathered.findings == ()
    assert [asset.name for asset in gathered.publication.assets] == ["img/chart.png", "img/photo one.jpg"]
    assert sources(gathered) == ["img/chart.png", "img/chart.png", "img/photo one.jpg", "img/photo one.jpg"]
    assert gathered.publication.metadata.cover is not None
    assert gathered.publication.metadata.cover.source == "img/chart.png"
    for asset in gathered.publication.assets:
        assert inspect(gathered.blobs[asset.digest], asset.name) == asset


def test_pictures_inside_the_manuscript_come_before_files(folder: Path) -> None:
    gathered = collect(publication("img/chart.png"), folder, {"img/chart.png": pictures.raster("GIF")})
    assert gathered.publication.assets[0].media_type == "image/gif"


def test_a_missing_picture_is_named_with_its_line_and_with_files_that_may_be_meant(folder: Path) -> None:
    said = only(collect(publication("img/chrat.png"), folder, {}))
    assert said.startswith("m.md:1: error: The image “img/chrat.png” is not in the publication's folder.")
    assert "“img/chart.png”" in said
    assert "“img/chart.png”" in only(collect(publication("chart.png"), folder, {}))
    assert "“img/chart.png”" in only(collect(publication("img/chart.jpeg"), folder, {}))


def test_a_missing_picture_is_found_missing_in_each_place(folder: Path) -> None:
    gathered = collect(publication("no.png", "no.png", cover="no.png"), folder, {})
    assert [finding.source.line for finding in gathered.findings if finding.source] == [1, 1, 2]
    assert gathered.publication.assets == ()
    assert sources(gathered) == ["no.png", "no.png"]


def test_another_case_is_found_and_the_right_name_is_said(folder: Path) -> None:
    (folder / "Fig.PNG").write_bytes(pictures.raster())
    gathered = collect(publication("fig.png"), folder, {})
    assert "“Fig.PNG”" in only(gathered)
    assert sources(gathered) == ["Fig.PNG"]


def test_accents_may_be_stored_in_either_way(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", "acción.png")).write_bytes(pictures.raster())
    gathered = collect(publication(unicodedata.normalize("NFC", "acción.png")), folder, {})
    assert gathered.findings == ()
    assert len(gathered.publication.assets) == 1


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("../secret.png", "image-outside"),
        ("img/../../secret.png", "image-outside"),
        ("img/../img/chart.png", "image-outside"),
        ("/etc/passwd", "image-outside"),
        ("~/secret.png", "image-outside"),
        ("..\\secret.png", "image-outside"),
        ("img\\chart.png", "image-outside"),
        ("C:/secret.png", "image-outside"),
        ("c:secret.png", "image-outside"),
        ("\\\\server\\share\\a.png", "image-remote"),
        ("//server/share/a.png", "image-remote"),
        ("%2e%2e/secret.png", "image-outside"),
        ("%2E%2E%2Fsecret.png", "image-outside"),
        ("%2fetc%2fpasswd", "image-outside"),
        ("..%5csecret.png", "image-outside"),
        ("%66ile:///etc/passwd", "image-outside"),
        ("http://example.org/a.png", "image-remote"),
        ("HTTPS://example.org/a.png", "image-remote"),
        ("data:image/png;base64,AAAA", "image-remote"),
        ("file:///etc/passwd", "image-outside"),
        ("img/chart.png\x00.txt", "image-outside"),
        ("img/\u202egnp.exe", "image-outside"),
        ("a" * 300 + ".png", "image-outside"),
        ("a/" * 2000, "image-outside"),
        ("", "image-missing"),
        ("img", "image-unreadable"),
        (".", "image-missing"),
        ("%2e", "image-missing"),
        ("img/chart.png/x", "image-missing"),
        ("img/%00", "image-outside"),
    ],
)
def test_nothing_but_a_file_in_the_folder_is_ever_read(folder: Path, name: str, rule: str) -> None:
    gathered = collect(publication(name), folder, {})
    (finding,) = gathered.findings
    assert finding.rule == rule
    assert finding.advice
    assert gathered.blobs == {}


def test_tricks_hidden_in_percent_signs_are_said_to_be_hidden() -> None:
    with pytest.raises(ImageRefusedError, match="after resolving its percent signs"):
        refuse_unsafe("../x", "%2e%2e/x")


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise there")
class TestLinks:
    def test_a_link_out_of_the_folder_is_refused(self, folder: Path) -> None:
        (folder / "link.png").symlink_to(folder.parent / "secret.png")
        (folder / "up").symlink_to(folder.parent)
        (folder / "device.png").symlink_to("/dev/zero")
        names = ("link.png", "up/secret.png", "device.png")
        gathered = collect(publication(*names), folder, {})
        assert gathered.blobs == {}
        assert [finding.rule for finding in gathered.findings] == ["image-outside", "image-missing", "image-outside"]

    def test_a_link_inside_the_folder_is_followed(self, folder: Path) -> None:
        (folder / "link.png").symlink_to(folder / "img" / "chart.png")
        assert len(collect(publication("link.png"), folder, {}).blobs) == 1

    def test_links_in_a_circle_and_pipes_are_refused(self, folder: Path) -> None:
        (folder / "a.png").symlink_to(folder / "b.png")
        (folder / "b.png").symlink_to(folder / "a.png")
        os.mkfifo(folder / "pipe.png")
        gathered = collect(publication("a.png", "pipe.png"), folder, {})
        assert [finding.rule for finding in gathered.findings] == ["image-unreadable"] * 2


def test_a_bad_picture_is_a_finding_and_the_others_are_gathered(folder: Path) -> None:
    (folder / "huge.png").write_bytes(pictures.giant_png())
    (folder / "evil.svg").write_bytes(pictures.svg("<script/>"))
    (folder / "paper.png").write_bytes(b"%PDF-1.7")
    gathered = collect(publication("huge.png", "evil.svg", "paper.png", "img/chart.png"), folder, {})
    assert [finding.rule for finding in gathered.findings] == ["image-too-large", "image-unsafe", "image-format"]
    assert [asset.name for asset in gathered.publication.assets] == ["img/chart.png"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photograph_on_its_side_is_upright_in_the_editions(folder: Path, kind: str) -> None:
    (folder / "a").write_bytes(pictures.photograph(orientation=6, kind=kind))
    gathered = collect(publication("a"), folder, {})
    assert [finding.rule for finding in gathered.findings] == ["image-turned"]
    (asset,) = gathered.publication.assets
    assert (asset.width, asset.height) == (20, 40)
    assert inspect(gathered.blobs[asset.digest], "a") == asset


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "TIFF"), ("F", "TIFF"), ("CMYK", "JPEG"), ("I;16", "PNG")])
def test_pictures_in_the_colours_of_print_and_science_are_turned_too(folder: Path, mode: str, kind: str) -> None:
    (folder / "a").write_bytes(pictures.turned(mode, kind))
    gathered = collect(publication("a"), folder, {})
    assert [finding.rule for finding in gathered.findings] == ["image-turned"]
    (asset,) = gathered.publication.assets
    assert inspect(gathered.blobs[asset.digest], "a") == asset


def test_location_in_xmp_is_cut_out_too(folder: Path) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="19,25N"/></x:xmpmeta>'
    (folder / "a").write_bytes(pictures.raster("JPEG", xmp=xmp))
    gathered = collect(publication("a"), folder, {})
    assert [finding.rule for finding in gathered.findings] == ["image-location"]
    (data,) = gathered.blobs.values()
    assert b"GPSLatitude" not in data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_edition_says_where_a_photograph_was_taken(folder: Path, kind: str) -> None:
    original = pictures.photograph(located=True, kind=kind)
    (folder / "a").write_bytes(original)
    gathered = collect(publication("a"), folder, {})
    assert [finding.rule for finding in gathered.findings] == ["image-location"]
    (asset,) = gathered.publication.assets
    (folder / "b").write_bytes(gathered.blobs[asset.digest])
    again = collect(publication("b"), folder, {})
    assert again.findings == ()
    assert _pixels(gathered.blobs[asset.digest]) == _pixels(original)


def _pixels(data: bytes) -> bytes:
    import io

    from PIL import Image

    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_is_pointed_out(folder: Path, kind: str) -> None:
    (folder / "a").write_bytes(pictures.animation(kind))
    assert [finding.rule for finding in collect(publication("a"), folder, {}).findings] == ["image-moving"]


@pytest.mark.parametrize(("mode", "kind"), [("I;16", "PNG"), ("I;16", "TIFF"), ("I", "TIFF"), ("F", "TIFF")])
def test_grey_in_many_steps_becomes_grey_that_every_edition_can_show(folder: Path, mode: str, kind: str) -> None:
    (folder / "scan").write_bytes(pictures.deep(mode, kind))
    gathered = collect(publication("scan"), folder, {})
    assert gathered.findings == ()
    (asset,) = gathered.publication.assets
    assert (asset.media_type, asset.width, asset.height) == ("image/png", 3, 1)
    with Image.open(io.BytesIO(gathered.blobs[asset.digest])) as picture:
        assert picture.mode == "L"
        values = [picture.getpixel((x, 0)) for x in range(3)]
    assert values[0] < values[1] - 50 < values[2] - 100
