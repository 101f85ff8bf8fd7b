"""What unpacks to far more than any publication is refused; what is only large is not."""

from __future__ import annotations

import zlib
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest

from exporter.inspect import limits
from exporter.inspect.limits import LimitError
from exporter.inspect.pdf import streams
from exporter.inspect.pdf.content_streams import PageReader
from exporter.inspect.pdf.streams import check_operators, check_streams, limited_operators
from exporter.validate import validators


def with_stream(path: Path, data: bytes, layers: int, **entries: pikepdf.Object) -> Path:
    for _ in range(layers):
        data = zlib.compress(data, 9)
    with pikepdf.new() as file:
        file.add_blank_page()
        stream = pikepdf.Stream(file, b"", pikepdf.Dictionary(**entries))
        stream.write(data, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * layers))
        file.Root.Held = file.make_indirect(stream)
        file.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_that_unpacks_to_too_much_is_refused(
    layers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STREAM", 2_000_000)
    with (
        pikepdf.open(with_stream(tmp_path / "a.pdf", bytes(3_000_000), layers)) as file,
        pytest.raises(LimitError, match="2 MB"),
    ):
        check_streams(file)


def test_a_large_stream_a_damaged_one_and_a_picture_are_let_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STREAM", 2_000_000)
    for name, data, entries in (
        ("large", bytes(1_900_000), {}),
        ("picture", bytes(9_000_000), {"Subtype": pikepdf.Name.Image}),
    ):
        with pikepdf.open(with_stream(tmp_path / f"{name}.pdf", data, 1, **entries)) as file:
            check_streams(file)
    assert streams._decompressed_size(b"no Deflate" * 100_000, 1) == 0


@pytest.mark.parametrize(
    "filters", [7, pikepdf.Array([pikepdf.Dictionary(), 3]), pikepdf.Dictionary(), pikepdf.Array()]
)
def test_filters_that_are_none_unpack_nothing(filters: pikepdf.Object | int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands there may be anything in a damaged file; whether it can be read is for others to say."""
    unpacked: list[bytes] = []
    monkeypatch.setattr(limits, "MAX_STREAM", -1)
    monkeypatch.setattr(streams, "_decompressed_size", lambda data, _layers: unpacked.append(data) or 0)
    with pikepdf.new() as file:
        file.add_blank_page()
        file.Root.Held = file.make_indirect(pikepdf.Stream(file, b"words"))
        file.Root.Held["/Filter"] = filters
        check_streams(file)
    assert unpacked == []


@pytest.mark.parametrize(("pieces", "repeats"), [(b"q " * 101, 1), (b"q " * 11, 10), (b"(a) Tj " * 101, 1)])
def test_a_page_with_more_operators_than_any_needs_is_refused(
    pieces: bytes, repeats: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_OPERATORS", 100)
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.Contents = pikepdf.Array([file.make_stream(pieces)] * repeats)
        with limited_operators(), pytest.raises(LimitError, match="100 operators"):
            PageReader().read(page.obj)
        PageReader().read(page.obj)  # as a page of our own edition


def test_files_that_are_verified_are_those_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = import_module("exporter.service.verify")
    with pikepdf.new() as file:
        stream = file.make_stream(b"q Q")
        monkeypatch.setattr(verify, "load_validators", lambda *_: [None])
        monkeypatch.setattr(validators, "run_validator", lambda *_: check_operators(stream, 0))
        with pytest.raises(LimitError):
            verify._check(".pdf", (), 0, tmp_path, "")


def test_long_operands_are_no_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_OPERATORS", 100)
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.Contents = file.make_stream(b"123456 123456 m " * 100)
        with limited_operators():
            assert PageReader().read(page.obj).unmarked == []


@pytest.mark.parametrize("content", [b"/P BMC " * 1_001, b"/P BMC EMC " * 3_001])
def test_a_page_of_marks_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MARKS", 3_000)
    with pikepdf.new() as file:
        page = file.add_blank_page()
        page.Contents = file.make_stream(content)
        with pytest.raises(LimitError, match="marks"):
            PageReader().read(page.obj)
        page.Contents = file.make_stream(b"/P BMC " * 900 + b"EMC " * 900 + b"/P BMC EMC " * 2_000)
        PageReader().read(page.obj)
