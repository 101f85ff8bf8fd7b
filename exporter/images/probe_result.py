"""What is known of a picture file once it was looked at, or why it is refused."""

from __future__ import annotations

import msgspec

from exporter.findings import Rule
from exporter.model import Asset


class ImageRefusedError(Exception):
    """A picture file that cannot be used.

    Args:
        rule: The rule it breaks.
        what: What is wrong, to follow the name of the file: "is empty".
        advice: What to do; empty for the rule's own advice.
    """

    def __init__(self, rule: Rule, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.advice = advice or rule.advice


class ImageInfo(msgspec.Struct, frozen=True):
    """A picture file that can be used."""

    asset: Asset
    """Width and height as the picture is seen, turned if EXIF says so."""
    turned: bool = False
    """Whether the file stores the picture on its side or mirrored (EXIF Orientation 2-8)."""
    located: bool = False
    """Whether the file says where the picture was taken (EXIF GPS)."""
    deep: bool = False
    """Whether it is grey in more than 256 steps, which few readers and no page engine know."""
    frames: int = 1
    """Pictures in the file that are shown one after the other."""
