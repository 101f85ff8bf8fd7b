"""What photographs say of the people who took them is in no edition."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin

from exporter.images import collect
from exporter.images.file_metadata import without_metadata
from tests.images import pictures
from tests.images.test_collector import publication

_NAME = b"Planted Photographer"


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = _NAME.decode()
    return exif


def _text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", _NAME.decode())
    return text


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _jpeg(*, before: bytes = b"", behind: bytes = b"", **options: Any) -> bytes:
    data = pictures.raster("JPEG", **options)
    return data[:2] + before + data[2:] + behind


def _several() -> bytes:
    out, other = io.BytesIO(), Image.new("RGB", (40, 20), "red")
    other.info["exif"] = _exif().tobytes()
    Image.new("RGB", (40, 20)).save(out, "MPO", save_all=True, append_images=[other], exif=_exif())
    return out.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    data = pictures.raster("PNG")
    return (
        data[:33]
        + len(content).to_bytes(4, "big")
        + name
        + content
        + zlib.crc32(name + content).to_bytes(4, "big")
        + data[33:]
    )


def _between_scans() -> bytes:
    data = pictures.raster("JPEG", progressive=True)
    second = data.rindex(b"\xff\xda")
    return data[:second] + _segment(0xFE, _NAME) + data[second:]


def _with_preview() -> bytes:
    data = pictures.raster("JPEG")
    preview = _NAME.ljust(27)
    return data[:4] + (16 + 27).to_bytes(2, "big") + data[6:18] + b"\x03\x03" + preview + data[20:]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_jpeg(exif=_exif()), "image/jpeg"),
        (_jpeg(xmp=b"<x>" + _NAME + b"</x>", progressive=True), "image/jpeg"),
        (_jpeg(comment=_NAME), "image/jpeg"),
        (_jpeg(before=_segment(0xED, b"Photoshop 3.0\0" + _NAME)), "image/jpeg"),
        (_jpeg(before=_segment(0xEB, b"JP\0\1" + _NAME)), "image/jpeg"),
        (_jpeg(before=_segment(0xEC, b"[picture info]" + _NAME)), "image/jpeg"),
        (_between_scans(), "image/jpeg"),
        (_with_preview(), "image/jpeg"),
        (_jpeg(behind=_jpeg(exif=_exif())), "image/jpeg"),
        (_several(), "image/jpeg"),
        (pictures.raster("PNG", exif=_exif()), "image/png"),
        (pictures.raster("PNG", pnginfo=_text()), "image/png"),
        (_chunk(b"caBX", _NAME), "image/png"),
        (pictures.raster("PNG") + _NAME, "image/png"),
    ],
    ids=[
        *("exif", "xmp", "comment", "iptc", "credentials", "camera", "between", "preview", "behind", "several"),
        *("png-exif", "png-text", "png-credentials", "png-behind"),
    ],
)
def test_metadata_are_removed_and_no_pixel_is_changed(data: bytes, kind: str) -> None:
    made = without_metadata(data, kind)
    assert _NAME in data
    assert _NAME not in made
    assert (
        Image.open(io.BytesIO(made)).convert("RGB").tobytes() == Image.open(io.BytesIO(data)).convert("RGB").tobytes()
    )
    # With EXIF, the page engine encodes a JPEG again, with less quality.
    assert "exif" not in Image.open(io.BytesIO(made)).info
    assert without_metadata(made, kind) is made


def test_what_decides_the_colours_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = without_metadata(_jpeg(icc_profile=profile, exif=_exif(), dpi=(300, 300)), "image/jpeg")
    info = Image.open(io.BytesIO(made)).info
    assert (info["icc_profile"], info["dpi"]) == (profile, (300, 300))
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 90, 90, 10)).save(out, "JPEG")
    printed = out.getvalue()
    assert without_metadata(printed, "image/jpeg") is printed


def test_a_png_that_moves_keeps_its_frames_and_a_deep_one_its_bits() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], transparency=(1, 1, 1), pnginfo=_text())
    moving = Image.open(io.BytesIO(without_metadata(out.getvalue(), "image/png")))
    assert moving.info["transparency"] == (1, 1, 1)
    assert len(ImageSequence.all_frames(moving)) == 2
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 4000).save(out, "PNG", dpi=(300, 300), pnginfo=_text())
    deep = Image.open(io.BytesIO(without_metadata(out.getvalue(), "image/png")))
    assert (deep.mode, deep.getpixel((0, 0)), round(deep.info["dpi"][0])) == ("I;16", 4000, 300)


def test_what_seems_to_be_a_segment_among_pixels_stays() -> None:
    data = pictures.raster("JPEG", size=(64, 64))
    middle = data.index(b"\xff\xda") + 20
    damaged = data[:middle] + b"\xff\xe1\0\x08Exif\0\0" + data[middle:]
    assert without_metadata(damaged, "image/jpeg") is damaged


def test_they_are_removed_for_all_editions(tmp_path: Path) -> None:
    for orientation in (1, 6):
        exif = _exif()
        exif[0x0112] = orientation
        (tmp_path / "a.jpg").write_bytes(_jpeg(exif=exif, comment=_NAME))
        gathered = collect(publication("a.jpg"), tmp_path, {})
        (asset,) = gathered.publication.assets
        assert _NAME not in gathered.blobs[asset.digest]
        assert [finding.rule for finding in gathered.findings] == ["image-turned"] * (orientation > 1)
