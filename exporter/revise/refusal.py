"""Changes that cannot be made."""

from __future__ import annotations


class RefusedError(Exception):
    """A change that cannot be made.

    Args:
        reason: Why, in a sentence.
        advice: What to do, in a sentence.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason} {advice}")


SAME_POSITION = RefusedError("Another change is at the same position.", "Make this one afterwards.")


class UnsupportedError(RefusedError):
    """A change for which the format of the manuscript has no place; of metadata, the settings have one."""
