"""Detection of the type of a file by its first bytes and, for archives, by the names of their entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from exporter.contracts import EditionDescription
from exporter.errors import SourceError
from exporter.files import read_regular
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError

TITLES = {
    ".pdf": "PDF",
    "-print.pdf": "print PDF",
    ".epub": "EPUB",
    ".docx": "Word file",
    ".html": "HTML page",
    "-mp3.zip": "recording in parts (MP3)",
    "-daisy.zip": "DAISY talking book",
    ".lpf": "W3C audiobook",
    ".m4b": "recording (MPEG-4)",
    ".mp3": "recording (MP3)",
    ".opus": "recording (Opus)",
    ".flac": "recording (FLAC)",
    ".wav": "recording (WAV)",
    ".vtt": "transcript (WebVTT)",
    "-chapters.json": "chapter list",
    ".brf": "braille file",
    ".ebrl": "eBraille publication",
    "onix.xml": "ONIX message",
}
"""Titles for users of the file types that can be checked, by the suffix of their edition."""
_ALIASES = {".xhtml": ".html", ".htm": ".html", ".m4a": ".m4b", ".ogg": ".opus", ".pef": ".brf"}
"""File types by other suffixes."""
_HEAD_BYTES = 2048
_MOST_BYTES = 2_000_000_000
_MOST_BYTES_OF_SOUND = 4_000_000_000
"""Of a recording: six hours in WAV, three days as MP3."""
_SOUND = frozenset({".m4b", ".mp3", ".opus", ".flac", ".wav", "-mp3.zip", "-daisy.zip", ".lpf"})
_PEF = b"http://www.daisy.org/ns/2008/pef"
_ONIX = re.compile(rb"<(?:\w+:)?ONIX[Mm]essage\b")
_EBRAILLE_FORMAT = re.compile(rb"<dc:format\b[^>]*>\s*eBraille\b")
"""Of the package document of eBraille, which otherwise is an EPUB (eBraille 1.0, 5.3.3.6)."""
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL_CHARACTERS = re.compile(rb"[\x00-\x08]")


class FileTypes:
    """The file types that can be checked: those of `TITLES`, and those of editions with their own validators.

    Args:
        editions: Descriptions of editions, by suffix.
    """

    def __init__(self, editions: Mapping[str, EditionDescription]) -> None:
        self.validators = {edition.file_type: edition.validators for edition in editions.values() if edition.validators}
        self.titles = {edition.file_type: edition.title for edition in editions.values()} | TITLES
        known = self.validators.keys() | TITLES.keys()
        stated = {suffix: edition.file_type for suffix, edition in editions.items() if edition.file_type in known}
        self._by_suffix = {file_type: file_type for file_type in TITLES} | _ALIASES | stated

    def for_name(self, name: str) -> str:
        """Return the file type for the suffix of a path or name; empty if no validator can check it."""
        suffixes = (suffix for suffix in self._by_suffix if name.lower().endswith(suffix))
        return self._by_suffix.get(max(suffixes, key=len, default=""), "")

    def detect(self, path: Path) -> str:
        """Return the type of a file by its content; file types of editions are detected by name only.

        Raises:
            SourceError: It cannot be read, or has an unknown type.
        """
        try:
            if not path.is_file():
                raise SourceError("This folder has no file that can be verified." if path.is_dir() else "Not a file.")
            head = read_regular(path, limit=_HEAD_BYTES)
        except OSError as error:
            raise SourceError(f"The file cannot be read: {error.strerror or error}.") from error
        stated = self.for_name(path.name)
        most = _MOST_BYTES_OF_SOUND if stated in _SOUND else _MOST_BYTES
        if path.stat().st_size > most:
            raise SourceError(f"The file is larger than {most // 10**9} gigabytes.")
        if not head:
            raise SourceError("The file is empty.", advice="The transfer may have failed; download or copy it again.")
        if stated in self.validators and stated not in TITLES:
            return stated
        file_type = _archive_type(path) if head.startswith(b"PK\x03\x04") else _type_by_head(path, head, stated)
        if not file_type:
            advice = "It may be damaged or have a wrong name; to check a manuscript, use exporter check."
            raise SourceError(_unknown_type(stated), advice=advice)
        return file_type

    def has_matching_name(self, path: Path, file_type: str) -> bool:
        """Return whether the name of a file has a suffix of its type."""
        # “-mp3.zip” also ends in “.zip”, and “-print.pdf” in “.pdf”.
        return self.for_name(path.name) == file_type or (bool(path.suffix) and file_type.endswith(path.suffix.lower()))


def _type_by_head(path: Path, head: bytes, stated: str) -> str:
    """Return the type of a file by its first bytes; empty if it is unknown."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return "-print.pdf" if stated == "-print.pdf" or _is_pdf_x(path) else ".pdf"
    if head.startswith(_OLE_SIGNATURE):
        raise SourceError(
            "The file is a Word file with a password, or in the format of Word 97.",
            advice="Save it as .docx without a password.",
        )
    for signature, file_type in ((b"ID3", ".mp3"), (b"OggS", ".opus"), (b"fLaC", ".flac")):
        if head.startswith(signature):
            return file_type
    if head[4:8] == b"ftyp":
        return ".m4b"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return ".wav"
    if head[:1] == b"\xff" and head[1] & 0xE0 == 0xE0 and not head.startswith((b"\xff\xfe", b"\xff\xff")):
        return ".mp3"
    if _PEF in head:
        return ".brf"
    if _ONIX.search(head):
        return "onix.xml"
    if text.startswith(b"WEBVTT"):
        return ".vtt"
    if re.match(
        rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", text, re.IGNORECASE | re.DOTALL
    ):
        return ".html"
    if stated == "-chapters.json" and text.startswith(b"{"):
        return stated
    # A page or transcript without its first line has the type of its suffix if it is text.
    return stated if stated in {".html", ".vtt", ".brf"} and not _CONTROL_CHARACTERS.search(head) else ""


def _is_pdf_x(path: Path) -> bool:
    """Return whether a PDF claims PDF/X (ISO 15930-7, 6.2), in its document information or its metadata."""
    import pikepdf

    from exporter.inspect.pdf import open_pdf

    try:
        with open_pdf(path) as file:
            info = file.pdf.trailer.get("/Info")
            claimed = isinstance(info, pikepdf.Dictionary) and "/GTS_PDFXVersion" in info
            return claimed or "GTS_PDFXVersion" in file.xmp
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, TypeError, AttributeError):
        return False


def _archive_type(path: Path) -> str:
    """Return the type of a ZIP archive by its entries; empty if it is unknown."""
    try:
        with Archive(path) as archive:
            names = archive.names
            mimetype = archive.read("mimetype")[:100].strip() if "mimetype" in archive else b""
            package = archive.read("package.opf") if "package.opf" in archive else b""
    except LimitError as error:
        raise SourceError(str(error)) from error
    except ArchiveError as error:
        raise SourceError(f"The archive cannot be opened: {str(error).rstrip('.')}.") from error
    lower = [name.lower() for name in names]
    if _EBRAILLE_FORMAT.search(package):
        return ".ebrl"
    if mimetype == b"application/epub+zip" or "meta-inf/container.xml" in lower:
        return ".epub"
    if "word/document.xml" in lower or ("[content_types].xml" in lower and any(n.startswith("word/") for n in lower)):
        return ".docx"
    if "publication.json" in lower:
        return ".lpf"
    if any(name.rpartition("/")[2] == "ncc.html" for name in lower):
        return "-daisy.zip"
    return "-mp3.zip" if any(name.endswith(".mp3") for name in lower) else ""


def _unknown_type(stated: str) -> str:
    if stated in TITLES:
        return f"The content of the file is not that of its suffix: expected {TITLES[stated]}."
    return "Unknown file type: not a PDF, EPUB, Word file, HTML page or recording."
