"""Where links may lead."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE = frozenset({"http", "https", "mailto", "tel", "doi", "urn", "ftp", "ftps", "sms", "geo", "news", "xmpp", "irc"})
_BLANK = re.compile(r"[\x00-\x20]+")


def is_safe(url: str) -> bool:
    """Return whether a link may lead there: nothing that runs, nothing on the reader's own disk."""
    found = _SCHEME.match(_BLANK.sub("", url))
    return found is None or found[1].lower() in _SAFE


def target(url: str) -> str:
    """Return the target as the tree keeps it: names inside the publication in plain characters."""
    return unquote(url) if url.startswith("#") else url


def picture(url: str) -> str:
    """Return the path of a picture file as people write it, without percent signs."""
    return url if _SCHEME.match(url) else unquote(url)
