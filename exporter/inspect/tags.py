"""The limit on attributes of a tag of HTML: the parser of lxml compares each with all others."""

from __future__ import annotations

import re

from exporter.inspect.limits import LimitError

_MAX_ATTRIBUTES = 2_000
"""Attributes of a tag; the longest known have 30."""
_PART = re.compile(rb"[^>]+")
_TAG = re.compile(rb"<[A-Za-z].*", re.DOTALL)
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")


def check_attributes(page: bytes) -> None:
    """Check that no tag of a page has more attributes than the limit.

    Raises:
        LimitError: A tag has.
    """
    for part in _PART.finditer(page):
        tag = _TAG.search(part[0]) if len(part[0]) > 2 * _MAX_ATTRIBUTES else None
        if tag is not None and len(_VALUE.sub(b"", tag[0]).split()) > _MAX_ATTRIBUTES:
            raise LimitError(f"a tag has more than {_MAX_ATTRIBUTES:,} attributes")
