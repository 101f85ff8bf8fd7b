"""Archives are opened within limits; whatever is wrong with one is one kind of error."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter.inspect import limits
from exporter.inspect.archive import Archive, ArchiveError, resolve
from exporter.inspect.limits import LimitError


def packed(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out


def test_members_are_read_by_name() -> None:
    with Archive(packed({"b": b"2", "a": b"1"})) as archive:
        assert archive.names == ("b", "a")
        assert archive.read("a") == b"1"
        assert "a" in archive
        assert "c" not in archive
        assert not archive.encrypted
        with archive.open_sound("b") as file:
            assert file.read() == b"2"
        with pytest.raises(KeyError, match="c"):
            archive.read("c")


def test_members_and_archives_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 1000)
    monkeypatch.setattr(limits, "MAX_READ", 2500)
    monkeypatch.setattr(limits, "MAX_ARCHIVE", 5000)
    with Archive(packed({"a": bytes(1000), "b": bytes(1000), "c": bytes(501), "d": bytes(1001)})) as archive:
        assert len(archive.read("a")) == len(archive.read("a")) == len(archive.read("b")) == 1000
        with pytest.raises(LimitError, match="d"):
            archive.read("d")
        with pytest.raises(LimitError, match="texts"):
            archive.read("c")
    with pytest.raises(LimitError, match="archive"):
        Archive(packed({"a": bytes(3000), "b": bytes(3000)}))
    monkeypatch.setattr(limits, "MAX_MEMBERS", 1)
    with pytest.raises(LimitError, match="2 files"):
        Archive(packed({"a": b"", "b": b""}))


def test_a_sound_may_be_larger_than_a_text_and_not_far_smaller_in_its_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 1000)
    with Archive(packed({"a": bytes(9000)}, zipfile.ZIP_STORED)) as archive, archive.open_sound("a") as file:
        assert len(file.read()) == 9000
    with Archive(packed({"a": bytes(9000)})) as archive, pytest.raises(LimitError), archive.open_sound("a"):
        pass


def test_whatever_is_damaged_is_an_archive_error() -> None:
    whole = packed({"a": bytes(range(256)) * 20, "b": b"text"}).getvalue()
    dice = random.Random(3)
    for _ in range(2000):
        spoilt = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        try:
            with Archive(io.BytesIO(spoilt)) as archive:
                for name in archive.names:
                    archive.read(name)
        except (ArchiveError, LimitError):
            pass


def test_a_member_that_unpacks_to_more_than_it_says_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(60_000_000))
    data = bytearray(file.getvalue())
    size = data.rindex(b"PK\x01\x02") + 24
    data[size : size + 4] = (10).to_bytes(4, "little")
    tracemalloc.start()
    try:
        with Archive(io.BytesIO(data)) as lying, pytest.raises(ArchiveError, match="CRC"):
            lying.read("a.txt")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_what_is_no_archive_is_an_archive_error(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4 and no more")
    for path in (tmp_path / "a.zip", tmp_path / "none.zip"):
        with pytest.raises(ArchiveError):
            Archive(path)


def test_references_are_resolved_inside_the_archive() -> None:
    assert resolve("OPS/package.opf", "text/a%20b.xhtml#c") == "OPS/text/a b.xhtml"
    assert resolve("OPS/text/a.xhtml", "../b.xhtml") == "OPS/b.xhtml"
