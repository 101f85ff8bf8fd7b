"""Cover image of a recording."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import WriteContext
from exporter.model import Described, Publication

MEDIA_TYPES = frozenset({"image/jpeg", "image/png"})
"""Formats that every player supports."""


class CoverImage(msgspec.Struct, frozen=True):
    """An image with its alt text."""

    path: Path
    media_type: str
    alt: str

    @property
    def name(self) -> str:
        """Its file name."""
        return "cover.jpg" if self.media_type == "image/jpeg" else "cover.png"


def find_cover(publication: Publication, context: WriteContext) -> CoverImage | None:
    """Return the cover, or None if the publication has none in a supported format."""
    declared = publication.metadata.cover
    for asset in publication.assets:
        if declared and asset.name == declared.source and asset.media_type in MEDIA_TYPES:
            alt = declared.alt.text if isinstance(declared.alt, Described) else ""
            return CoverImage(context.assets.path(asset.digest), asset.media_type, alt)
    return None
