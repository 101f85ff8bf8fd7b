"""Where links of a Word file lead."""

from __future__ import annotations

import re

from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.text_runs import Target
from exporter.readers.links import is_safe
from exporter.readers.rules import LINK_UNSAFE

_LOCAL = re.compile(r"[A-Za-z]:[\\/]|\\\\|//|file:", re.IGNORECASE)
_TOP = frozenset({"#_top", "#_Top", "#"})


def target(link: Target, reading: ReadContext) -> Target | None:
    """Return the target as the tree keeps it; None where it leads nowhere, or where no link of an edition may lead."""
    url = link.url.strip()
    if not url or url in _TOP:
        return None
    if url.startswith("#"):
        reading.targets.add(url[1:])
        return Target(url, link.title)
    if _LOCAL.match(url) or not is_safe(url):
        reading.say(LINK_UNSAFE, f"A link leads to “{url[:80]}”, which only this computer or a script knows.")
        return None
    return Target(url, link.title)
