"""The cover that players show."""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter.contracts import WriteContext
from exporter.model import Described, Publication

MEDIA_TYPES = frozenset({"image/jpeg", "image/png"})
"""What every player can show."""


class CoverImage(msgspec.Struct, frozen=True):
    """A picture with its alt text."""

    path: Path
    media_type: str
    alt: str

    @property
    def name(self) -> str:
        """A file name for it."""
        return "cover.jpg" if self.media_type == "image/jpeg" else "cover.png"


def cover(publication: Publication, context: WriteContext) -> CoverImage | None:
    """Return the cover; None where the publication has none or none that players can show."""
    wanted = publication.metadata.cover
    for asset in publication.assets:
        if wanted and asset.name == wanted.source and asset.media_type in MEDIA_TYPES:
            alt = wanted.alt.text if isinstance(wanted.alt, Described) else ""
            return CoverImage(context.assets.path(asset.digest), asset.media_type, alt)
    return None
