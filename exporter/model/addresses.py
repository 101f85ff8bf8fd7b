"""Schemes of addresses: the only list of those that neither run code nor open a file of the reader."""

from __future__ import annotations

import re

WEB = frozenset({"https", "http"})
"""Pages on the web."""
FOLLOWED = WEB | {"mailto", "tel"}
"""Addresses that editions link to."""
WRITTEN = FOLLOWED | {"doi", "urn", "ftp", "ftps", "sms", "geo", "news", "xmpp", "irc"}
"""Addresses that a manuscript may have."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\x00-\x20]+")
"""Characters that browsers ignore in a scheme, wherever they are (URL Standard, 4.4)."""


def scheme(address: str) -> str:
    """Return the scheme of an address in small letters, or "" for one without, such as `#name` and `page.html`."""
    match = _SCHEME.match(_IGNORED.sub("", address[:1000]))
    return match[1].lower() if match else ""


def is_web(address: str) -> bool:
    """Return whether an address is that of a page on the web."""
    return scheme(address) in WEB and "://" in address[:8]
