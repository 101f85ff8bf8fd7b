"""Windows metafiles in Word files; pixels of LibreOffice are made by hand here, and `make proof` has the program."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image as Pixels

from exporter import libreoffice
from exporter.contracts import ReadResult
from exporter.errors import MissingToolError, SourceError
from exporter.readers.docx.other_formats import conversion, metafiles
from tests.readers.docx.files import PNG, p, part, picture, read, zipped
from tests.readers.docx.outlines import blocks, rules


def record(kind: int, *values: int) -> bytes:
    """Return a record of an enhanced metafile."""
    return struct.pack(f"<II{len(values)}i", kind, 8 + 4 * len(values), *values)


def emf(millimetres: int = 50) -> bytes:
    """Return an enhanced metafile, twice as wide as it is high, with a rectangle that touches its edges."""
    drawn = record(43, 0, 0, 1999, 999) + record(14, 0, 0, 20)
    frame = (0, 0, millimetres * 100, millimetres * 50)
    head = struct.pack(
        "<II8i4sIIIHHIII", 1, 88, 0, 0, 1999, 999, *frame, b" EMF", 0x10000, 88 + len(drawn), 3, 1, 0, 0, 0, 0
    )
    return head + struct.pack("<4i", 2000, 1000, millimetres, millimetres // 2) + drawn


def wmf() -> bytes:
    """Return a placeable metafile of one inch by half an inch, without records."""
    return metafiles._enlarged(struct.pack("<IH4hHIH", 0x9AC6CDD7, 0, 0, 0, 1440, 720, 1440, 0, 0) + bytes(40))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    metafiles._kept.clear()


def read_metafile(data: bytes) -> ReadResult:
    body = p(picture(relation="rIdDrawn")) + p(picture(relation="rIdDrawn"))
    return read(body, parts={"media/b.emf": data}, relations={"rIdDrawn": ("image", "media/b.emf")})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float]]:
    """The number of frames and the seconds of each conversion, which makes the first metafile a picture."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in metafiles._NAMES.items())
    image = '<draw:image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="Pictures/{}"/>'
    frame = f'<draw:frame draw:name="0">{image.format("b.emf")}{image.format("b.png")}</draw:frame>'
    made = {"content.xml": f"<office:text {names}>{frame}</office:text>", "Pictures/b.emf": b"", "Pictures/b.png": PNG}
    asked: list[tuple[int, float]] = []

    def packed(data: bytes, seconds: float) -> bytes:
        asked.append((data.count(b"<draw:frame"), seconds))
        return zipped(made)

    monkeypatch.setattr(conversion, "packed", packed)
    return asked


def test_a_metafile_is_read_as_its_pixels(asked: list[tuple[int, float]]) -> None:
    read_ = read_metafile(emf())
    assert list(read_.media) == ["picture-1.png"]
    assert [finding.message for finding in read_.findings] == [
        "2 images in formats of Windows (EMF, WMF) were converted by LibreOffice."
    ]
    assert len(asked) == 1
    assert 12 < asked[0][1] < 13
    assert read_metafile(emf()).media == read_.media
    assert len(asked) == 1
    assert b" EMF" not in repr(metafiles._kept).encode()


def test_only_metafiles_of_the_text_and_its_notes_are_converted_up_to_a_size(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[int, float]]
) -> None:
    parts: dict[str, str | bytes] = {"media/b.emf": emf(), "media/more.emf": emf(60)}
    parts |= {"/word/media/note.emf": emf(70), "/word/media/other.emf": emf(80), "footnotes.xml": part("footnotes", "")}
    parts["/word/_rels/footnotes.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="image" Target="media/note.emf"/></Relationships>'
    )
    relations = {"rIdb": ("image", "media/b.emf")}
    body = p(picture(relation="rIdb"))
    read(body, parts=parts, relations=relations)
    monkeypatch.setattr(metafiles, "MAX_BYTES", 2 * len(emf()))
    read(body, parts=parts, relations=relations)
    monkeypatch.setattr(metafiles, "MAX_BYTES", len(emf()) - 1)
    assert list(read(body, parts=parts, relations=relations).media) == ["picture-1.emf"]
    assert [frames for frames, _ in asked] == [3, 2]


def test_conversion_ends_before_the_time_for_reading(asked: list[tuple[int, float]]) -> None:
    metafiles.pixels({str(number): emf(number) for number in range(1, 200)})
    assert asked == [(199, 45)]


@pytest.mark.parametrize("error", [MissingToolError("None"), SourceError("Too long.")])
def test_a_metafile_that_cannot_be_converted_stays_what_it_is(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(conversion, "packed", fail)
    read_ = read_metafile(emf())
    assert list(read_.media) == ["picture-1.emf"]
    assert blocks(read_) == ["figure !A blue square! "] * 2
    assert rules(read_) == []


def test_sizes_in_headers_are_raised_to_the_most_pixels() -> None:
    assert struct.unpack_from("<4i", metafiles._enlarged(emf()), 24)[2:] == (26458, 13229)
    assert struct.unpack_from("<2i", metafiles._enlarged(emf()), 80) == (265, 132)
    assert metafiles._enlarged(emf(500)) == emf(500)
    words = struct.unpack_from("<11H", wmf())
    assert 1440 / words[7] == pytest.approx(10.4, abs=0.1)
    assert not metafiles.is_metafile(b"\1\0\0\0")


@pytest.mark.proof
@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_pixels_of_a_metafile() -> None:
    (data,) = read_metafile(emf()).media.values()
    with Pixels.open(io.BytesIO(data)) as image:
        assert (image.format, image.width) == ("PNG", 1000)
        assert image.height == pytest.approx(500, abs=5)
        assert image.getpixel((2, 2))[0] < 255 or image.getpixel((0, 0))[0] < 255
