"""Which addresses a reader of an edition can follow."""

from __future__ import annotations

import re

_SIGNS = r"[^\s<>\"\\^`{|}\x00-\x1f\x7f]"
_HOST = r"(?:[\w.-]*\w[\w.-]*|\[[0-9a-f:.]+\])(?::\d{0,5})?"
_FOLLOWED = re.compile(
    rf"https?://(?:[^/?#@\s]*@)?{_HOST}(?:[/?#]{_SIGNS}*)?|(?:mailto|tel):{_SIGNS}+",
    re.IGNORECASE,
)
"""No address holds spaces or these signs (RFC 3986, 2), and one of the web names a host (URL Standard, 3.5)."""


def is_followed(address: str) -> bool:
    """Whether editions make a link of an address; any other stands as plain words, with a finding of the writer."""
    return _FOLLOWED.fullmatch(address) is not None
