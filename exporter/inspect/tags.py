"""The limit on attributes of a tag of HTML: the parser of lxml compares each with all others."""

from __future__ import annotations

import re

from exporter.inspect.limits import LimitError

_MAX_ATTRIBUTES = 2_000
"""Attributes of a tag; the longest known have 30."""
_LONG_TAG = re.compile(rb"<[A-Za-z][^>]{%d,}" % (2 * _MAX_ATTRIBUTES))
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")


def check_attributes(page: bytes) -> None:
    """Check that no tag of a page has more attributes than the limit.

    Raises:
        LimitError: A tag has.
    """
    for tag in _LONG_TAG.finditer(page):
        if len(_VALUE.sub(b"", tag[0]).split()) > _MAX_ATTRIBUTES:
            raise LimitError(f"a tag has more than {_MAX_ATTRIBUTES:,} attributes")
