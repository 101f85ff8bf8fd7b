"""Link targets that editions can link to."""

from __future__ import annotations

import re

_CHARACTERS = r"[^\s<>\"\\^`{|}\x00-\x1f\x7f]"
_HOST = r"(?:[\w.-]*\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{0,5})?"
_FOLLOWED = re.compile(
    rf"https?://(?:[^/?#@\s]*@)?{_HOST}(?:[/?#]{_CHARACTERS}*)?|(?:mailto|tel):(?:(?![][]){_CHARACTERS})+",
    re.IGNORECASE,
)
"""Addresses contain no spaces or these characters (RFC 3986, 2), those without a host no brackets (3.2.2); web
addresses have a host (URL Standard, 3.5)."""


def is_followed(address: str) -> bool:
    """Return whether editions link to an address; others remain text, with a finding of the writer."""
    return _FOLLOWED.fullmatch(address) is not None
