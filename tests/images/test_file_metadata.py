"""What photographs say of the people who took them is in no edition."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

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


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_jpeg(exif=_exif()), "image/jpeg"),
        (_jpeg(xmp=b"<x>" + _NAME + b"</x>", progressive=True), "image/jpeg"),
        (_jpeg(comment=_NAME), "image/jpeg"),
        (_jpeg(before=_segment(0xED, b"Photoshop 3.0\0" + _NAME)), "image/jpeg"),
        (_jpeg(behind=_jpeg(exif=_exif())), "image/jpeg"),
        (_several(), "image/jpeg"),
        (pictures.raster("PNG", exif=_exif()), "image/png"),
        (pictures.raster("PNG", pnginfo=_text()), "image/png"),
        (pictures.raster("PNG") + _NAME, "image/png"),
    ],
    ids=["exif", "xmp", "comment", "iptc", "behind", "several", "png-exif", "png-text", "png-behind"],
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


def test_they_are_removed_for_all_editions(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(_jpeg(exif=_exif()))
    gathered = collect(publication("a.jpg"), tmp_path, {})
    (asset,) = gathered.publication.assets
    assert _NAME not in gathered.blobs[asset.digest]
    assert gathered.findings == ()
