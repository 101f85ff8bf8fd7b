"""Link targets that editions can link to."""

from __future__ import annotations

import re
import string
from urllib.parse import quote

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


def ascii_address(target: str) -> str:
    """Return an address percent-encoded for formats that allow only ASCII (RFC 3987, 3.1)."""
    return quote(target, safe=string.punctuation)
