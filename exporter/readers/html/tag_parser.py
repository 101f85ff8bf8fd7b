"""Single tags, as Markdown hands them over."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


class Tag(NamedTuple):
    """An opening or closing tag."""

    name: str
    """In lower case."""
    attributes: dict[str, str]
    """Names in lower case, values with their character references resolved."""
    closes: bool
    alone: bool
    """Whether it closes itself, as in `<br/>`."""


def read_tag(text: str) -> Tag | None:
    """Read one tag, from `<` to `>`; None when it is a comment, a declaration or the like."""
    name = re.match(r"<(/?)([A-Za-z][\w:-]*)", text)
    if not name or not text.endswith(">"):
        return None
    rest = text[name.end() : -1]
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(rest):
        value = next((group for group in found.groups()[1:] if group is not None), "")
        attributes.setdefault(found[1].lower(), html.unescape(value))
    return Tag(name[2].lower(), attributes, bool(name[1]), rest.rstrip().endswith("/"))
