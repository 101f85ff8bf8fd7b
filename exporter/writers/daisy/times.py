"""Times as players read them (SMIL 1.0, Clock values)."""

from __future__ import annotations


def clock(milliseconds: int) -> str:
    """Return a time as hours, minutes, seconds and thousandths: 1:02:03.004."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{whole(seconds)}.{rest:03}"


def whole(seconds: int) -> str:
    """Return a time in whole seconds, as `ncc:totalTime` has it: 01:02:03."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def offset(milliseconds: int) -> str:
    """Return a time in seconds: 3723.004s."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"
