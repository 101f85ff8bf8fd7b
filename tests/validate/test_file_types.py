"""What a file is, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from exporter.errors import SourceError
from exporter.pipeline.registry import discover
from exporter.validate.file_types import TITLES, FileTypes
from exporter.validate.validators import validators_for

TYPES = FileTypes(discover().by_suffix)


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return path


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("mimetype",), ".epub"),
        (("META-INF/container.xml",), ".epub"),
        (("[Content_Types].xml", "word/document.xml"), ".docx"),
        (("publication.json", "a.mp3"), ".lpf"),
        (("book/ncc.html", "book/a.mp3"), "-daisy.zip"),
        (("01 a.mp3",), "-mp3.zip"),
    ],
)
def test_an_archive_is_what_lies_in_it(names: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    assert TYPES.detect(packed(tmp_path / "a.bin", *names)) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.bin", b"junk before\n%PDF-1.7\n", ".pdf"),
        ("a-print.pdf", b"%PDF-1.7\n", "-print.pdf"),
        ("a.txt", b"\xef\xbb\xbfWEBVTT\n", ".vtt"),
        ("a.txt", b"<!-- made by hand -->\n<!DOCTYPE html><html>", ".html"),
        ("a.txt", b'<?xml version="1.0"?>\n<html xmlns="x">', ".html"),
        ("a.html", b"<p>Words without a frame", ".html"),
        ("a.bin", b"\0\0\0\x20ftypM4A ", ".m4b"),
        ("a.bin", b"ID3\x04", ".mp3"),
        ("a.bin", b"\xff\xfb\x90\x00", ".mp3"),
        ("a.bin", b"OggS", ".opus"),
        ("a.bin", b"fLaC", ".flac"),
        ("a.bin", b"RIFF\0\0\0\0WAVE", ".wav"),
        ("a-chapters.json", b'{"version": "1.2.0"}', "-chapters.json"),
    ],
)
def test_a_file_is_what_it_begins_with(name: str, data: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert TYPES.detect(tmp_path / name) == kind


@pytest.mark.parametrize(("name", "gigabytes"), [("a.pdf", 2), ("a.mp3", 4)])
def test_a_file_without_an_end_is_refused_before_it_is_read(name: str, gigabytes: int, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.write(b"ID3\x04" if name == "a.mp3" else b"%PDF-1.7\n")
        file.truncate(gigabytes * 10**9 + 1)
    with pytest.raises(SourceError, match=f"larger than {gigabytes} gigabytes"):
        TYPES.detect(tmp_path / name)


@pytest.mark.parametrize("data", [b"", b"words", b"\x89PNG\r\n", b"\xff\xfe\0\0", b"PK\x05\x06" + bytes(18), b"{}"])
def test_what_cannot_be_judged_is_refused_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        TYPES.detect(tmp_path / "a.bin")
    assert str(caught.value).endswith(".")


def test_every_kind_has_checks_and_a_name() -> None:
    for kind in TITLES:
        assert validators_for(kind), kind


@pytest.mark.parametrize(
    ("name", "kind", "right"),
    [
        ("a.pdf", ".pdf", True),
        ("a.pdf", "-print.pdf", True),
        ("a-large-print.pdf", ".pdf", True),
        ("a.pdf", ".epub", False),
        ("a.zip", "-daisy.zip", True),
        ("a.m4a", ".m4b", True),
        ("a.xhtml", ".html", True),
        ("a", ".pdf", False),
    ],
)
def test_a_name_says_what_a_file_is(name: str, kind: str, right: bool) -> None:
    assert TYPES.has_matching_name(Path(name), kind) is right
