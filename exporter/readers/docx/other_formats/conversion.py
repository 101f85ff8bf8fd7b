"""Conversion of files of other word processors to Word by LibreOffice, and of Word files to pages."""

from __future__ import annotations

import io
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from exporter import libreoffice
from exporter.errors import MissingToolError, SourceError, StepError
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.installation import install_command
from exporter.model import Source

_CONFINEMENT = Path(__file__).with_name("confinement.py")
_SECONDS, _SECONDS_PER_BYTE, _MOST_SECONDS = 12.0, 0.000_005, 300.0
"""Of the processor, for a conversion, by unpacked bytes: LibreOffice starts within two, and text takes it 1 µs a byte.

Of thousands of lists that are continued, or of sequences with names of their own, it compares each with all others.
"""
_SECONDS_PER_CELL = 0.003
"""More for each cell of a table: it takes 1 ms if the table has 2,500 rows of one, 2 ms if it has 5,000."""
_SECONDS_PER_UNKNOWN_BYTE = 0.000_05
"""Of formats whose cells are not counted."""
_CELL = re.compile(rb"<[\w.-]+:(?:covered-)?table-cell\b")
_LAYOUT_SECONDS = 90.0
"""Of the processor, for laying out pages."""
_PATIENCE = 60.0
"""Seconds on the clock that other programs may take beside it."""
_LARGEST = 100_000_000
"""Bytes."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_2 = b"\xdb\xa5"
"""Beginning of a file of Word 2, which is no OLE file."""
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
"""Stream of every text document, which may contain a spreadsheet ([MS-DOC] 2.1.1)."""
_SPREADSHEET, _SLIDES = "Workbook".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le")
_ODF = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.text")
_ANY_ODF = b"mimetypeapplication/vnd.oasis.opendocument"
# No macros, no active content, and a proxy that does not exist for anything that a file would fetch.
_SETTINGS = """
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>"""


def kind_of(data: bytes) -> str:
    """Return the suffix of a file that has to be converted to Word, by its bytes; "" for a Word file.

    Raises:
        SourceError: It is locked by a password, damaged, or no text document.
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise SourceError("The Word file is locked by a password.", advice="Save it without the password.")
        if _WORD in data:
            return ".doc"
        if _SPREADSHEET in data or _SLIDES in data:
            raise SourceError("The file is a spreadsheet or a presentation.", advice="Name a text document.")
        raise SourceError(
            "The file is damaged, or no Word file: it has no text of Word.",
            advice="Open it in the program that created it and save it as .docx.",
        )
    if data.startswith(_WORD_2):
        return ".doc"
    if data.startswith(_ZIP):
        # Programs that pack an OpenDocument file again may put its type elsewhere (ODF 1.3, part 2, 3.3).
        start = data[:200] if _ANY_ODF in data[:200] else b"mimetype" + _mimetype(data)
        if _ODF.search(start):
            return ".odt"
        if _ANY_ODF in start:
            raise SourceError("The file is not a text document, but another kind of OpenDocument.")
        return ""
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"<"):
        if b"schemas.microsoft.com/office/word/2003/wordml" in head:
            return ".xml"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            raise SourceError("The file is a spreadsheet.", advice="Name a text document.")
        if b"urn:oasis:names:tc:opendocument" in head:
            return ".fodt"
        if re.match(rb"<(?:!doctype html|html|head|body|meta)", head, re.IGNORECASE):
            return ".html"
    return ""


def _seconds(data: bytes) -> float:
    """Return the seconds of the processor that the conversion of a file may take."""
    size, content = len(data), b""
    if data.startswith(_ZIP):
        # LibreOffice opens what is damaged as well as it can, in the time for the bytes that are there.
        with suppress(ArchiveError, KeyError, LimitError), Archive(io.BytesIO(data)) as archive:
            size = archive.unpacked_size(".xml")
            content = archive.read("content.xml")
    elif kind_of(data) == ".fodt":
        content = data
    else:
        return min(_SECONDS + size * _SECONDS_PER_UNKNOWN_BYTE, _MOST_SECONDS)
    cells = sum(1 for _ in _CELL.finditer(content))
    return min(_SECONDS + size * _SECONDS_PER_BYTE + cells * _SECONDS_PER_CELL, _MOST_SECONDS)


def _mimetype(data: bytes) -> bytes:
    """Return the type that an archive states for itself, or b"" if it states none."""
    try:
        with Archive(io.BytesIO(data)) as archive:
            return archive.read("mimetype") if "mimetype" in archive else b""
    except (ArchiveError, LimitError):
        return b""


@lru_cache(maxsize=2)
def convert(data: bytes, suffix: str, file: str) -> bytes:
    """Return a document as .docx, converted by LibreOffice without access to other files or the network.

    The last two are kept, since the studio reads a manuscript several times, before and after a change.

    Where the system cannot confine programs, only the settings of LibreOffice prevent it from following links.

    Raises:
        MissingToolError: LibreOffice is not installed.
        SourceError: It cannot read the file, or takes too long.
    """
    source = Source(file)
    if len(data) > _LARGEST:
        raise SourceError(
            f"The file is larger than {_LARGEST // 1_000_000} MB.", advice="Save it as .docx.", source=source
        )
    return _converted(data, suffix, "docx:MS Word 2007 XML", source, _seconds(data))


def pages(data: bytes) -> bytes:
    """Return a Word file as a tagged PDF, laid out by LibreOffice as `convert` runs it.

    Raises:
        MissingToolError: LibreOffice is not installed.
        SourceError: It cannot read the file, or takes too long.
    """
    tagged = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    return _converted(data, ".docx", f"pdf:writer_pdf_Export:{tagged}", Source(""), _LAYOUT_SECONDS)


def packed(data: bytes, seconds: float) -> bytes:
    """Return a flat OpenDocument file as an archive, in which metafiles have their pixels beside them.

    Raises:
        MissingToolError: LibreOffice is not installed.
        SourceError: It cannot read the file, or takes too long.
    """
    return _converted(data, ".fodt", "odt:writer8", Source(""), seconds)


def _converted(data: bytes, suffix: str, target: str, source: Source, seconds: float) -> bytes:
    """Return a document in the format of a filter of LibreOffice: the suffix, a colon, and the name of the filter."""
    import tempfile  # imported here, as most manuscripts need no programs

    from exporter import programs

    try:
        program = programs.find(libreoffice.PROGRAM)
    except MissingToolError as error:
        raise MissingToolError(
            f"LibreOffice is not installed; it is needed to convert {suffix} files to Word.",
            advice=f"Install it with: {install_command(libreoffice.PROGRAM)} — or save the manuscript as .docx.",
            source=source,
        ) from error
    with tempfile.TemporaryDirectory(prefix="exporter-office-") as folder_name:
        folder = Path(folder_name)
        try:
            manuscript = folder / f"manuscript{suffix}"
            manuscript.write_bytes(data)
            conversion = ("--convert-to", target, "--outdir", folder / "out", manuscript)
            programs.run(
                [*_confined(folder, seconds), *libreoffice.command(program, folder, *conversion, settings=_SETTINGS)],
                seconds=_PATIENCE + seconds,
                folder=folder,
                env={**libreoffice.environment(folder), "TMPDIR": folder_name},
            )
            return (folder / "out" / f"manuscript.{target.partition(':')[0]}").read_bytes()
        except StepError as error:
            raise SourceError(
                f"LibreOffice timed out after {seconds:.0f} s while converting the file to Word.",
                advice="Open it in LibreOffice or Word and save it as .docx.",
                source=source,
            ) from error
        except OSError as error:
            raise SourceError(
                "LibreOffice cannot read the file: it is damaged, locked, takes too long, or has the wrong file name "
                "extension.",
                advice="Open it in the program that created it and save it as .docx.",
                source=source,
            ) from error


def _confined(folder: Path, seconds: float) -> tuple[str | Path, ...]:
    """Return a command prefix that confines a program to the files of the system and of one folder, and to a time."""
    return (sys.executable, "-I", "-S", _CONFINEMENT, folder, f"{seconds:.0f}") if sys.platform == "linux" else ()
