"""Targets of links and paths of images."""

from __future__ import annotations

import re
from urllib.parse import unquote

from exporter.model import addresses

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")


def is_safe(url: str) -> bool:
    """Return whether an address has a safe scheme: one that neither runs code nor opens a file of the reader."""
    return addresses.scheme(url) in ("", *addresses.WRITTEN)


def link_target(url: str) -> str:
    """Return the target of a link; ids inside the publication without percent-encoding."""
    return unquote(url) if url.startswith("#") else url


def image_path(url: str) -> str:
    """Return the path of an image file without percent-encoding."""
    return url if _SCHEME.match(url) else unquote(url)
