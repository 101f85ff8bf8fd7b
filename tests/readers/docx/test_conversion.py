"""Files that LibreOffice turns into Word first; a script stands for it here, and `make proof` has the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exporter import libreoffice
from exporter.errors import MissingToolError, SourceError
from exporter.readers import docx
from exporter.readers.docx.other_formats import conversion
from tests.readers.docx.files import p, package, zipped
from tests.readers.docx.outlines import blocks
from tests.write_context import STYLES

RTF = b"{\\rtf1 Words}"
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text"})


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    conversion.convert.cache_clear()


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Path:
    """Put a program in place of LibreOffice."""
    path = folder / "bin" / libreoffice.PROGRAM
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{path.parent}:/usr/bin:/bin")
    # It reads and writes beside itself.
    monkeypatch.setattr(conversion, "_confined", lambda *_: ())
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines programs")
def test_a_conversion_may_take_some_seconds_of_the_processor(tmp_path: Path) -> None:
    command = [*conversion._confined(tmp_path, 7), "/bin/sh", "-c", "ulimit -t"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "7\n"


def test_a_long_table_in_a_small_file_has_the_time_that_its_text_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[float] = []
    monkeypatch.setattr(conversion, "_converted", lambda *arguments: limits.append(arguments[-1]) or b"")
    row = "<table:table-row><table:table-cell><text:p>Water 12</text:p></table:table-cell></table:table-row>"
    for rows in (10, 30_000, 300_000):
        data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": row * rows})
        assert len(data) < 200_000
        conversion.convert(data, ".odt", f"{rows}.odt")
    assert 12 <= limits[0] < 13
    assert 100 < limits[1] < limits[2] == 300


@pytest.mark.parametrize("is_flat", [False, True])
def test_thousands_of_lists_and_sequences_do_not_have_the_time_of_tables(is_flat: bool) -> None:
    paragraph = '<text:p><text:sequence text:name="Table{0}">{0}</text:sequence></text:p>'
    lists = '<text:list text:continue-numbering="true"><text:list-item><text:p>a</text:p></text:list-item></text:list>'
    for content in ("".join(map(paragraph.format, range(5_000))), lists * 5_000):
        text = f'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">{content}'
        packed = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": text})
        assert conversion._seconds(text.encode() if is_flat else packed) < 16


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (RTF, ".rtf"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + b"\0" * 99, ".odt"),
        (zipped({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
        (conversion._OLE + b"\0" * 100 + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xdb\xa5\x2d\0" * 9, ".doc"),
        (conversion._OLE + "WordDocument Workbook".encode("utf-16-le"), ".doc"),
        (b"<html><body>x</body></html>", ".html"),
        (
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
            ".fodt",
        ),
        (b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', ".xml"),
        (package(p("x")), ""),
        (b"anything", ""),
    ],
)
def test_bytes_say_what_a_file_is(data: bytes, suffix: str) -> None:
    assert conversion.kind_of(data) == suffix


@pytest.mark.parametrize("name", ["", "PerfectOffice_MAIN", "Contents"])
def test_an_old_office_file_without_a_text_of_word_is_not_converted(name: str) -> None:
    # LibreOffice would read its bytes as letters, for as long as it may.
    with pytest.raises(SourceError, match="no Word file"):
        conversion.kind_of(conversion._OLE + bytes(range(256)) * 40 + name.encode("utf-16-le"))


def test_without_libreoffice_one_sentence_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError) as error:
        docx.read(RTF, "manuscript.rtf", styles=STYLES)
    assert "libreoffice" in error.value.advice


def test_what_libreoffice_makes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(package(p("Words")))
    script = f'for last; do :; done; test -f "$last"; mkdir -p out; cp {tmp_path / "made.docx"} out/manuscript.docx'
    path = program(tmp_path, monkeypatch, script)
    assert blocks(docx.read(RTF, "manuscript.rtf", styles=STYLES)) == ["Words"]
    path.unlink()
    assert blocks(docx.read(RTF, "manuscript.rtf", styles=STYLES)) == ["Words"], "the conversion is kept"


def test_what_libreoffice_cannot_read_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(SourceError, match="LibreOffice cannot read"):
        docx.read(RTF, "manuscript.rtf", styles=STYLES)


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, f"sleep 60 & echo $! > {tmp_path / 'pid'}; wait")
    monkeypatch.setattr(conversion, "_SECONDS", 1.0)
    monkeypatch.setattr(conversion, "_PATIENCE", 0.0)
    with pytest.raises(SourceError, match="timed out after 1 s"):
        docx.read(RTF, "manuscript.rtf", styles=STYLES)
    pid = (tmp_path / "pid").read_text().strip()
    state = Path(f"/proc/{pid}/stat")
    assert not state.exists() or state.read_text().split(") ")[1][0] == "Z"
