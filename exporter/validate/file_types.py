"""What a file is, whatever its name says: by its first bytes, and for archives by what lies in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from exporter.contracts import EditionDescription
from exporter.errors import SourceError
from exporter.files import read_regular
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError

KINDS = {
    ".pdf": "PDF",
    "-print.pdf": "PDF for the press",
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
    "-chapters.json": "list of chapters",
}
"""File types that can be checked, each by the suffix of the edition that has it, and what people call them."""
_OTHER_NAMES = {".xhtml": ".html", ".htm": ".html", ".m4a": ".m4b", ".ogg": ".opus"}
"""Suffixes of files that are checked as those of a file type."""
_HEAD = 2048
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = re.compile(rb"[\x00-\x08]")


class FileTypes:
    """File types that can be checked: those of `KINDS`, and those that editions add with validators of their own.

    Args:
        editions: What editions state, by suffix.
    """

    def __init__(self, editions: Mapping[str, EditionDescription]) -> None:
        self.validators = {edition.file_type: edition.validators for edition in editions.values() if edition.validators}
        self.titles = {edition.file_type: edition.title for edition in editions.values()} | KINDS
        known = self.validators.keys() | KINDS.keys()
        stated = {suffix: edition.file_type for suffix, edition in editions.items() if edition.file_type in known}
        self._by_suffix = {file_type: file_type for file_type in KINDS} | _OTHER_NAMES | stated

    def named(self, name: str) -> str:
        """Return the file type that the end of a path or name states; empty when nothing here can check it."""
        fitting = (suffix for suffix in self._by_suffix if name.lower().endswith(suffix))
        return self._by_suffix.get(max(fitting, key=len, default=""), "")

    def kind_of(self, path: Path) -> str:
        """Return the type of a file, whatever its name; types that editions add are known by their names alone.

        Raises:
            SourceError: It cannot be read, or is nothing that can be checked.
        """
        try:
            if not path.is_file():
                raise SourceError(
                    "It is a folder without a file that can be verified." if path.is_dir() else "It is no file."
                )
            head = read_regular(path, limit=_HEAD)
        except OSError as error:
            raise SourceError(f"It cannot be read: {error.strerror or error}.") from error
        if not head:
            raise SourceError("The file is empty.", advice="The transfer may have failed; get it again.")
        named = self.named(path.name)
        if named in self.validators and named not in KINDS:
            return named
        kind = _zipped(path) if head.startswith(b"PK\x03\x04") else _plain(path, head, named)
        if not kind:
            advice = "It may be damaged, or something else under this name; manuscripts are for exporter check."
            raise SourceError(_unknown(named), advice=advice)
        return kind

    def right_name(self, path: Path, kind: str) -> bool:
        """Return whether the name of a file ends as those of its type do."""
        # A part of a recording is a zip whatever stands before, and a PDF for the press is still one.
        return self.named(path.name) == kind or (bool(path.suffix) and kind.endswith(path.suffix.lower()))


def _plain(path: Path, head: bytes, named: str) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return "-print.pdf" if named == "-print.pdf" or _for_press(path) else ".pdf"
    if head.startswith(_OLE):
        raise SourceError(
            "It is a Word file that is protected by a password, or one in the format of Word 97.",
            advice="Save it as .docx without a password.",
        )
    for sign, kind in ((b"ID3", ".mp3"), (b"OggS", ".opus"), (b"fLaC", ".flac")):
        if head.startswith(sign):
            return kind
    if head[4:8] == b"ftyp":
        return ".m4b"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return ".wav"
    if head[:1] == b"\xff" and head[1] & 0xE0 == 0xE0 and not head.startswith((b"\xff\xfe", b"\xff\xff")):
        return ".mp3"
    if text.startswith(b"WEBVTT"):
        return ".vtt"
    if re.match(
        rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", text, re.IGNORECASE | re.DOTALL
    ):
        return ".html"
    if named == "-chapters.json" and text.startswith(b"{"):
        return named
    # Words of a page or a transcript that lost its first line are still judged by its name.
    return named if named in {".html", ".vtt"} and not _ENTRY.search(head) else ""


def _for_press(path: Path) -> bool:
    """Return whether a PDF says that it is PDF/X (ISO 15930-7, 6.2): in its information, or in its metadata."""
    import pikepdf

    from exporter.inspect.pdf import open_pdf

    try:
        with open_pdf(path) as file:
            info = file.pdf.trailer.get("/Info")
            claimed = isinstance(info, pikepdf.Dictionary) and "/GTS_PDFXVersion" in info
            return claimed or "GTS_PDFXVersion" in file.xmp
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, TypeError, AttributeError):
        return False


def _zipped(path: Path) -> str:
    try:
        with Archive(path) as archive:
            names = archive.names
            mimetype = archive.read("mimetype")[:100].strip() if "mimetype" in archive else b""
    except LimitError as error:
        raise SourceError(str(error)) from error
    except ArchiveError as error:
        raise SourceError(f"Its archive cannot be opened: {str(error).rstrip('.')}.") from error
    lower = [name.lower() for name in names]
    if mimetype == b"application/epub+zip" or "meta-inf/container.xml" in lower:
        return ".epub"
    if "word/document.xml" in lower or ("[content_types].xml" in lower and any(n.startswith("word/") for n in lower)):
        return ".docx"
    if "publication.json" in lower:
        return ".lpf"
    if any(name.rpartition("/")[2] == "ncc.html" for name in lower):
        return "-daisy.zip"
    return "-mp3.zip" if any(name.endswith(".mp3") for name in lower) else ""


def _unknown(named: str) -> str:
    if named in KINDS:
        return f"It is no {KINDS[named]}, whatever its name says."
    return "It is nothing that can be verified: no PDF, EPUB, Word file, page or recording."
