"""The quicker functions give the same pages as those that they replace."""

from __future__ import annotations

import gc
import zlib
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from weasyprint import css, images
from weasyprint.html import UA_STYLESHEET

from exporter.writers.pdf import engine
from exporter.writers.pdf.patches import speedups
from tests.writers.pdf.made import make


def _png(mode: str, **options: object) -> tuple[Image.Image, bytes]:
    picture = Image.linear_gradient("L").resize((60, 40)).rotate(30).convert(mode)
    out = BytesIO()
    picture.save(out, "PNG", **options)
    return picture, out.getvalue()


def _samples(packed: bytes, mode: str) -> bytes:
    """Read samples back the way a PDF reader does: as a PNG of one chunk."""
    _, data = _png(mode)
    start, end = data.index(b"IDAT") - 4, data.index(b"IEND") - 4
    chunk = b"IDAT" + packed
    crc = zlib.crc32(chunk).to_bytes(4, "big")
    with Image.open(BytesIO(data[:start] + len(packed).to_bytes(4, "big") + chunk + crc + data[end:])) as picture:
        return picture.tobytes()


def test_every_byte_is_that_of_the_slow_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # But for pictures: their samples are packed as the picture's own file packs them.
    monkeypatch.setattr(speedups, "_packed", lambda data, mode: b"")
    fast = make(tmp_path / "fast").path.read_bytes()
    monkeypatch.setattr(engine, "quick", nullcontext)
    monkeypatch.setattr(engine, "own_styles", lambda: UA_STYLESHEET)
    assert make(tmp_path / "slow").path.read_bytes() == fast


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_png_is_taken_as_it_is(mode: str) -> None:
    picture, data = _png(mode, compress_level=9)
    with speedups.quick(), Image.open(BytesIO(data)) as opened:
        packed = images.RasterImage._get_png_data(opened)
    assert packed in data
    assert _samples(packed, mode) == picture.tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_png_that_is_hardly_packed_is_packed_again(mode: str) -> None:
    picture, data = _png(mode, compress_level=0)
    with speedups.quick(), Image.open(BytesIO(data)) as opened:
        packed = images.RasterImage._get_png_data(opened)
    assert packed not in data
    assert _samples(packed, mode) == picture.tobytes()


def test_what_was_changed_after_opening_is_packed_as_it_is_now() -> None:
    _, data = _png("RGB")
    with speedups.quick(), Image.open(BytesIO(data)) as opened:
        turned = opened.convert("L")
        assert _samples(images.RasterImage._get_png_data(turned), "L") == turned.tobytes()


def test_damaged_samples_are_not_handed_on() -> None:
    _, data = _png("RGB", compress_level=9)
    at = data.index(b"IDAT") + 40
    assert speedups._packed(data[:at] + b"\x00" * 20 + data[at + 20 :], "RGB") == b""


def test_everything_is_put_back() -> None:
    slow = css.ComputedStyle.__missing__
    with speedups.quick():
        assert css.ComputedStyle.__missing__ is not slow
        assert not gc.isenabled()
    assert css.ComputedStyle.__missing__ is slow
    assert gc.isenabled()
