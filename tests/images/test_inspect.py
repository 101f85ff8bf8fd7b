from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.images import raster
from exporter.images.probe_result import ImageRefusedError
from exporter.model import Asset
from tests.images import pictures
from tests.images.pictures import inspect
from tests.pipeline import tasks

KINDS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
}
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize("kind", KINDS)
def test_the_format_comes_from_the_bytes_whatever_the_name_says(kind: str) -> None:
    data = pictures.raster(kind)
    asset = inspect(data, "photo.txt")
    assert (asset.media_type, asset.width, asset.height, asset.size) == (KINDS[kind], 40, 20, len(data))
    assert asset.digest == hashlib.sha256(data).hexdigest()
    assert asset.name == "photo.txt"


def test_a_photograph_has_the_size_in_which_it_is_seen() -> None:
    asset = inspect(pictures.photograph(orientation=6), "a.jpg")
    assert (asset.width, asset.height) == (20, 40)


def test_a_few_bytes_that_unpack_to_900_million_pixels_are_refused_unread() -> None:
    with pytest.raises(ImageRefusedError, match="million") as caught:
        inspect(pictures.giant_png(), "huge.png")
    assert "Scale it down" in caught.value.advice
    with pytest.raises(ImageRefusedError, match="10,000 × 9,000 pixels, 90 million"):
        inspect(pictures.giant_png(10_000, 9_000), "large.png")


def test_a_webp_whose_decoding_takes_four_times_its_memory_has_a_limit_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(raster, "MAX_WEBP_PIXELS", 700)
    assert inspect(pictures.raster("PNG"), "a.png").width == 40
    with pytest.raises(ImageRefusedError, match="million") as caught:
        inspect(pictures.raster("WEBP"), "a.webp")
    assert "Scale it down" in caught.value.advice


def test_a_photograph_that_is_drawn_again_and_again_is_refused() -> None:
    data = pictures.raster("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    # The same bytes inside a comment are no scan.
    comments = (b"\xff\xfe\0\x06" + b"\xff\xda\0\0") * 200
    assert inspect(data[:2] + comments + data[2:-2] + data[last:-2] * 50 + data[-2:], "a.jpg").width == 40
    with pytest.raises(ImageRefusedError, match=r"has 1,010 scans"):
        inspect(data[:-2] + data[last:-2] * 1_000 + data[-2:], "a.jpg")


def test_a_photograph_of_many_parts_of_exif_data_is_refused() -> None:
    data, exif = pictures.raster("JPEG"), b"\xff\xe1\0\x08Exif\0\0"
    assert inspect(data[:2] + exif + data[2:], "a.jpg").width == 40
    with pytest.raises(ImageRefusedError, match=r"has 101 parts of EXIF data"):
        inspect(data[:2] + exif * 101 + data[2:], "a.jpg")


def test_a_file_beyond_the_limit_of_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.images.probe.MAX_BYTES", 10)
    with pytest.raises(ImageRefusedError, match="MB"):
        inspect(pictures.raster(), "a.png")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_is_cut_off_is_refused(kind: str) -> None:
    data = pictures.raster(kind, (300, 200))
    for share in (0.2, 0.6, 0.9):
        with pytest.raises(ImageRefusedError, match="damaged or truncated"):
            inspect(data[: int(len(data) * share)], "a")


def test_a_lack_of_memory_does_not_make_a_picture_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_decode", lambda *_: tasks.starve())
    with pytest.raises(MemoryError):
        inspect(pictures.raster(), "a.png")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_refused_too_when_a_library_has_told_pillow_to_forgive(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    data = pictures.raster(kind, (300, 200))
    with pytest.raises(ImageRefusedError, match="damaged or truncated"):
        inspect(data[: int(len(data) * 0.6)], "a")


def test_a_png_with_a_flipped_bit_is_refused() -> None:
    data = bytearray(pictures.raster())
    data[len(data) // 2] ^= 0x10
    with pytest.raises(ImageRefusedError, match="damaged"):
        inspect(bytes(data), "a.png")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x01\x00\x00\x00" + bytes(36) + b" EMF", "EMF"),
        (b"\xd7\xcd\xc6\x9a\x00\x00", "WMF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"PK\x03\x04", "archive"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"hello", "in an unknown format"),
    ],
)
def test_other_files_are_named_and_refused_with_advice(data: bytes, words: str) -> None:
    with pytest.raises(ImageRefusedError, match=words) as caught:
        inspect(data, "a.png")
    assert caught.value.advice


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="40" height="20"', (40, 20)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 300 150"', (300, 150)),
        ('width="100%" height="100%" viewBox="0,0,300,150"', (300, 150)),
        ('width="600" viewBox="0 0 300 150"', (600, 300)),
        ('viewBox="0 0 nan inf"', (0, 0)),
        ('width="1e999"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_says_its_size_in_several_ways(head: str, size: tuple[int, int]) -> None:
    asset = inspect(f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode(), "a.svg")
    assert (asset.media_type, asset.width, asset.height) == ("image/svg+xml", *size)


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#a"/>',
        f'<image xlink:href="data:image/png;base64,{base64.b64encode(pictures.raster()).decode()}"/>',
        '<a href="https://example.org/"><text>x</text></a>',
        '<rect fill="url(#gradient)" style="clip-path: url(\'#a\')"/>',
        "<style>.a { fill: red } @font-face { src: url(#b) }</style>",
    ],
)
def test_a_drawing_may_refer_to_itself(inside: str) -> None:
    assert inspect(pictures.svg(inside), "a.svg").width == 40


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onclick="x()"/>', "onclick"),
        ('<a href="javascript:x()"/>', "javascript"),
        ('<image href="https://example.org/a.png"/>', "example.org"),
        ('<image xlink:href="photo.jpg"/>', "photo.jpg"),
        ('<image href="file:///etc/passwd"/>', "passwd"),
        ('<image href="da\nta:text/html,x"/>', "data:text"),
        ('<use href="other.svg#a"/>', "other.svg"),
        ('<rect style="fill: url( &quot;//example.org/a&quot; )"/>', "example.org"),
        ("<style>@import 'https://example.org/a.css';</style>", "example.org"),
        ("<style>a { background: u\\rl(https://example.org/a) }</style>", "example.org"),
        ("<foreignObject/>", "foreignobject"),
        ('<?xml-stylesheet href="a.css"?>', "style sheet"),
    ],
)
def test_a_drawing_that_is_more_than_a_drawing_is_refused(inside: str, words: str) -> None:
    with pytest.raises(ImageRefusedError, match=words):
        inspect(pictures.svg(inside), "a.svg")


def repeating(times: int) -> str:
    """Return groups of which each shows the one before it twice."""
    groups = "".join(f'<g id="g{n}"><use href="#g{n - 1}"/><use href="#g{n - 1}"/></g>' for n in range(1, times))
    return f'<g id="g0"><path d="M0 0h1"/></g>{groups}<use href="#g{times - 1}"/>'


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (repeating(40), "60,000 elements, including repeated ones"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "references itself"),
        ('<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>', "references itself"),
    ],
)
def test_a_drawing_that_grows_when_it_is_drawn_is_refused(inside: str, words: str) -> None:
    with pytest.raises(ImageRefusedError, match=words):
        inspect(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'.encode(), "a.svg")


def test_a_drawing_may_repeat_its_parts() -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{repeating(10)}</svg>'.encode()
    assert inspect(data, "a.svg").width == 9


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_drawing_with_entities_is_refused_unread(encoding: str) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + pictures.SVG.format(
        "&b;"
    )
    with pytest.raises(ImageRefusedError, match="entities"):
        inspect(bomb.encode(encoding), "a.svg")


def test_a_drawing_with_a_bare_doctype_is_read_without_fetching_it() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert inspect(doctype + pictures.svg(), "a.svg").height == 20


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg", "well-formed"),
        (b'<svg width="1"/>', "xmlns"),
        (b'<?xml version="1.0"?><rss/>', "not SVG"),
        (b'<?xml version="1.0" encoding="utf-7"?><svg/>', "utf-7"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 5000, "well-formed"),
    ],
)
def test_a_broken_drawing_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ImageRefusedError, match=words):
        inspect(data, "a.svg")


@given(st.sampled_from([*KINDS, "SVG"]), st.data())
@settings(max_examples=150)
def test_a_damaged_picture_is_known_or_refused_with_a_sentence(kind: str, data: st.DataObject) -> None:
    picture = bytearray(pictures.svg("<rect/>") if kind == "SVG" else pictures.raster(kind))
    for _ in range(data.draw(st.integers(1, 6))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    outcome = outcome_of(bytes(picture))
    assert isinstance(outcome, Asset) or outcome


def outcome_of(data: bytes) -> Asset | str:
    try:
        return inspect(data, "a")
    except ImageRefusedError as error:
        return str(error)
