"""Page content: the text of each marked content, artifacts, and unmarked content (ISO 32000-2, 14.6)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.inspect.pdf.fonts import Font

Key = tuple[int, int]
ENOUGH_CONTRAST = 21.0
"""Contrast ratio of black and white, the highest."""


class MarkedText:
    """Words and drawings under one marked-content identifier."""

    __slots__ = (
        *("contrast", "drawn", "font", "images", "is_turned", "language", "parts", "picture_fault", "pictures", "size"),
        *("x", "y"),
    )

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x: float | None = None
        """Where its first glyph stands: points from the left, and `y` from the foot of the page."""
        self.y: float | None = None
        self.font: Font | None = None
        """The font of its first glyph, and its size in points."""
        self.size = 0.0
        self.language = ""
        """The language that its marks give it (ISO 32000-1, 14.9.2.2)."""
        self.drawn = False
        """Whether a picture or a shape is drawn."""
        self.pictures = 0
        """Pictures (image objects) that are drawn."""
        self.images: tuple[str, ...] = ()
        """Their names in the resources of the page, of those that are drawn outside of forms."""
        self.picture_fault = ""
        """What is wrong with the way in which they are drawn; empty for nothing."""
        self.contrast = ENOUGH_CONTRAST
        """The lowest contrast ratio of its words, if that is so low that there is no doubt about it."""
        self.is_turned = False
        """Whether lines of its text do not run to the right."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


class Artifact(NamedTuple):
    """Marked content that is no part of the text (ISO 32000-2, 14.8.2.2)."""

    type: str
    """Pagination, Layout, Page, Background; empty when it does not say."""
    subtype: str
    text: str
    y: float | None
    pictures: int = 0
    """Pictures (image objects) in it."""
    is_picture: bool = False
    """Whether something is drawn in it and it says where (`BBox`; ISO 32000-2, table 363)."""


class PageContent:
    """The content of a page."""

    def __init__(self) -> None:
        self.runs: dict[tuple[Key, int], MarkedText] = {}
        """By the stream (the page, or a form drawn on it) and the identifier."""
        self.artifacts: list[Artifact] = []
        self.unmarked: list[str] = []
        """Words that are neither tagged nor artifacts, in the order of drawing; pictures and shapes as ""."""
        self.fonts: dict[str, Font] = {}
        """The fonts that are set, by their names in the resources."""
        self.cut = False
        """Whether the page was too long to be read to its end."""
