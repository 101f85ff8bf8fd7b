"""Single tags of inline HTML in Markdown."""

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
    is_end: bool
    is_self_closing: bool
    """Whether it is self-closing, as in `<br/>`."""


def read_tag(text: str) -> Tag | None:
    """Read a tag, from `<` to `>`; return None for comments, declarations and others."""
    name = re.match(r"<(/?)([A-Za-z][\w:-]*)", text)
    if not name or not text.endswith(">"):
        return None
    rest = text[name.end() : -1]
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        attributes.setdefault(match[1].lower(), html.unescape(value))
    return Tag(name[2].lower(), attributes, bool(name[1]), rest.rstrip().endswith("/"))
