"""Chapters of an EPUB as pages to be shown: members of the archive, with the fonts in the style sheets themselves."""

from __future__ import annotations

import base64
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import msgspec

from exporter.inspect.archive import Archive, ArchiveError, resolve
from exporter.inspect.epub import Package
from exporter.inspect.limits import LimitError

_LARGEST = 50_000_000
"""Bytes of a member."""
_FONT = re.compile(r"url\(\s*['\"]?([^'\")]+\.(?:woff2?|ttf|otf))['\"]?\s*\)", re.IGNORECASE)
_TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".ncx": "application/xml", ".smil": "application/xml"}


class Chapter(msgspec.Struct, frozen=True):
    """A content document of the spine."""

    member: str
    """Its name in the archive."""
    title: str


@lru_cache(maxsize=8)
def _chapters(path: Path, _changed: int) -> tuple[Chapter, ...]:
    with Archive(path) as archive:
        package = Package(archive)
        items = [package.items[name] for name in package.spine if name in package.items]
        members = [package.path(item) for item in items if item.get("media-type") == _TYPES[".xhtml"]]
        return tuple(Chapter(member, _title(archive.read(member, _LARGEST))) for member in members)


def chapters(path: Path) -> tuple[Chapter, ...]:
    """Return the chapters of an EPUB; none if it cannot be read."""
    try:
        return _chapters(path, path.stat().st_mtime_ns)
    except (ArchiveError, LimitError, KeyError, ValueError, SyntaxError):
        return ()


def member(path: Path, name: str) -> tuple[bytes, str] | None:
    """Return a member of an EPUB and its media type, or None if there is none with this name."""
    try:
        with Archive(path) as archive:
            if name not in archive.names:
                return None
            data = archive.read(name, _LARGEST)
            if name.endswith(".css"):
                # A page without rights has an origin of its own, and browsers load no fonts from another one.
                data = _FONT.sub(lambda match: _embedded(archive, name, match), data.decode("utf-8")).encode()
    except (ArchiveError, LimitError, KeyError, UnicodeDecodeError):
        return None
    suffix = Path(name).suffix.lower()
    return data, _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _embedded(archive: Archive, sheet: str, match: re.Match[str]) -> str:
    target = resolve(sheet, match[1])
    if target not in archive.names:
        return match[0]
    return (
        f"url(data:font/{Path(target).suffix[1:]};base64,{base64.b64encode(archive.read(target, _LARGEST)).decode()})"
    )


def _title(data: bytes) -> str:
    from exporter.inspect.xml import parse

    title = parse(data).find(".//{http://www.w3.org/1999/xhtml}title")
    return " ".join("".join(title.itertext()).split()) if title is not None else ""
