"""Results of probing an image file: its properties, or the reason why it is refused."""

from __future__ import annotations

import msgspec

from exporter.findings import Rule
from exporter.model import Asset


class ImageRefusedError(Exception):
    """An image file that cannot be used.

    Args:
        rule: The rule that it breaks.
        reason: Predicate of the message, after the name of the file: "is empty".
        advice: Advice, if it differs from that of the rule.
    """

    def __init__(self, rule: Rule, reason: str, advice: str = "") -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason
        self.advice = advice or rule.advice


class ImageInfo(msgspec.Struct, frozen=True):
    """Properties of an image file that can be used."""

    asset: Asset
    """With width and height as displayed, after EXIF orientation."""
    is_rotated: bool = False
    """Whether the image is stored rotated or mirrored (EXIF Orientation 2-8)."""
    has_location: bool = False
    """Whether the file contains the location (EXIF GPS)."""
    is_deep: bool = False
    """Whether it is greyscale of more than 8 bits, which few reading systems and no layout engine support."""
    frames: int = 1
    """Frames of an animation."""
    drawing: bytes = b""
    """An SVG file, rebuilt from what draws it."""
    is_animated: bool = False
    """Whether it is an SVG file whose animations were removed."""
