"""Files of an edition that consists of several: content documents, images, fonts, style sheets, sound."""

from __future__ import annotations

from pathlib import Path

import msgspec

XHTML = "application/xhtml+xml"
CSS = "text/css"


class File(msgspec.Struct, frozen=True):
    """A file of an edition, with its entry in the manifest of an EPUB."""

    name: str
    """Path inside the content folder, with forward slashes."""
    id: str
    """Identifier in the manifest."""
    media_type: str
    data: bytes = b""
    properties: tuple[str, ...] = ()
    """Manifest properties (EPUB 3.3, D.5): nav, cover-image, svg, mathml ..."""
    path: Path | None = None
    """A file with the bytes, instead of `data`, for sound, which is large and stored uncompressed."""
    overlay: str = ""
    """`File.id` of the media overlay of a document (EPUB 3.3, 9.3.4)."""

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.path.stat().st_size if self.path else len(self.data)
