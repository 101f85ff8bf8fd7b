"""The quicker functions give the same pages as those that they replace."""

from __future__ import annotations

import inspect
import zlib
from collections import defaultdict
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pydyf
import pytest
from PIL import Image
from weasyprint import css, images
from weasyprint.css import targets
from weasyprint.css.validation import properties
from weasyprint.formatting_structure import boxes
from weasyprint.html import UA
from weasyprint.text import line_break

from exporter.writers.pdf.patches import speedups
from tests.writers.pdf.made import make
from tests.writers.pdf.patches.pages import render


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


@pytest.mark.proof
def test_every_byte_is_that_of_the_slow_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # But for pictures: their samples are packed as the picture's own file packs them.
    monkeypatch.setattr(speedups, "compressed_samples", lambda data, mode: b"")
    fast = make(tmp_path / "fast").path.read_bytes()
    monkeypatch.setattr(speedups, "patched", nullcontext)
    assert make(tmp_path / "slow").path.read_bytes() == fast


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_png_is_taken_as_it_is(mode: str) -> None:
    picture, data = _png(mode, compress_level=9)
    with speedups.patched(), Image.open(BytesIO(data)) as opened:
        packed = images.RasterImage._get_png_data(opened)
    assert packed in data
    assert _samples(packed, mode) == picture.tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_png_that_is_hardly_packed_is_packed_again(mode: str) -> None:
    picture, data = _png(mode, compress_level=0)
    with speedups.patched(), Image.open(BytesIO(data)) as opened:
        packed = images.RasterImage._get_png_data(opened)
    assert packed not in data
    assert _samples(packed, mode) == picture.tobytes()


def test_what_was_changed_after_opening_is_packed_as_it_is_now() -> None:
    _, data = _png("RGB")
    with speedups.patched(), Image.open(BytesIO(data)) as opened:
        turned = opened.convert("L")
        assert _samples(images.RasterImage._get_png_data(turned), "L") == turned.tobytes()


def test_damaged_samples_are_not_handed_on() -> None:
    _, data = _png("RGB", compress_level=9)
    at = data.index(b"IDAT") + 40
    assert speedups.compressed_samples(data[:at] + b"\x00" * 20 + data[at + 20 :], "RGB") == b""


def test_everything_is_put_back() -> None:
    slow = css.ComputedStyle.__missing__
    with speedups.patched():
        assert css.ComputedStyle.__missing__ is not slow
    assert css.ComputedStyle.__missing__ is slow


def calls(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[object]:
    """Return a list of the first arguments of the calls of a function from now on."""
    recorded: list[object] = []
    original = getattr(owner, name)

    def record(first: object = None, *arguments: object, **options: object) -> object:
        recorded.append(first)
        return original(first, *arguments, **options)

    monkeypatch.setattr(owner, name, record)
    return recorded


LISTED = "".join(f'<p id="p{i}">Some words <a href="#p{i}">page</a></p>' for i in range(40))
CSS = "a::after { content: target-counter(attr(href), page) } p { break-after: page }"


def test_weasyprint_still_computes_values_that_nothing_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patch of `ComputedStyle.__missing__` can be deleted."""
    computed = calls(monkeypatch, css, "check_math")
    render(tmp_path, LISTED, CSS)
    fast = len(computed)
    monkeypatch.setattr(speedups, "patched", nullcontext)
    render(tmp_path, LISTED, CSS)
    assert len(computed) > fast * 3


def test_weasyprint_still_builds_font_descriptions_for_each_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this fails, the patch of `get_font_description` can be deleted."""
    monkeypatch.setattr(speedups, "patched", nullcontext)
    built = calls(monkeypatch, line_break, "get_font_description")
    render(tmp_path, LISTED, CSS)
    assert len(built) > 40


def test_weasyprint_still_formats_cache_keys_as_text() -> None:
    """If this fails, the patch of `_font_style_cache_key` can be deleted."""
    style = defaultdict(lambda: "normal", font_family=("A",), font_size=10)
    assert isinstance(line_break._font_style_cache_key(style), str)


def test_weasyprint_still_compresses_images_again() -> None:
    """If this fails, the patch of `_get_png_data` can be deleted."""
    _, data = _png("RGB", compress_level=9)
    with Image.open(BytesIO(data)) as opened:
        assert images.RasterImage._get_png_data(opened) not in data


def test_pydyf_still_builds_page_references_again() -> None:
    """If this fails, the patch of `page_references` can be deleted."""
    file = pydyf.PDF()
    file.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert file.page_references == file.page_references
    assert file.page_references is not file.page_references


def test_weasyprint_still_visits_every_item_for_each_target() -> None:
    """If this fails, the patch of `cache_target_page_counters` can be deleted."""
    source = inspect.getsource(targets.TargetCollector.cache_target_page_counters)
    assert "in self.counter_lookup_items.items()" in source


def test_weasyprint_still_styles_pseudo_elements_everywhere() -> None:
    """If this fails, the patch of `_ua_stylesheets` can be deleted."""
    assert all(selector in UA for selector in (*speedups._PSEUDO_ELEMENTS, *speedups._UNUSED_PSEUDO_ELEMENTS))


@pytest.mark.parametrize("is_fast", [True, False])
def test_page_numbers_of_a_table_of_contents_are_not_looked_through_for_each_of_them(
    is_fast: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the case without the patch fails, that of `TargetCollector.counter_lookup_items` can be deleted."""
    if not is_fast:
        monkeypatch.setattr(speedups, "patched", nullcontext)
    compared = 0

    def compare(self: object, other: object) -> bool:
        nonlocal compared
        compared += 1
        return self is other

    monkeypatch.setattr(boxes.Box, "__eq__", compare)
    monkeypatch.setattr(boxes.Box, "__hash__", object.__hash__)
    document = render(tmp_path, LISTED, f"{CSS} p {{ bookmark-label: 'Page ' counter(page); bookmark-level: 1 }}")
    assert [label for label, *_ in document.make_bookmark_tree()] == [f"Page {n}" for n in range(1, 41)]
    assert (compared < 40 * 100) == is_fast, compared


@pytest.mark.parametrize(("is_fast", "solved"), [(True, 2), (False, 12)])
def test_a_value_with_a_variable_is_parsed_once_for_each_value_of_the_variable(
    is_fast: bool, solved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the case without the patch fails, that of `Pending.solve` can be deleted."""
    if not is_fast:
        monkeypatch.setattr(speedups, "patched", nullcontext)
    counted: list[object] = []
    validate = properties.PendingProperty.validate

    def count(self: object, *arguments: object) -> object:
        counted.append(self)
        return validate(self, *arguments)

    monkeypatch.setattr(properties.PendingProperty, "validate", count)
    sheet = "html { --wide: 10px } .other { --wide: 20px } p { text-indent: var(--wide) }"
    # WeasyPrint itself gives one style to paragraphs that are alike.
    body = "".join(
        f'<p style="margin-top: {n}px">a</p><p class="other" style="margin-top: {n}px">a</p>' for n in range(6)
    )
    document = render(tmp_path, body, sheet)
    indents = [box.style["text_indent"] for box in document.pages[0]._page_box.descendants() if box.element_tag == "p"]
    assert [*dict.fromkeys(indent.value for indent in indents)] == [10, 20]
    assert len(counted) == solved
