"""Attributes in braces, as in Pandoc: `{#id .class key=value key="some words"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_ITEM = re.compile(
    r"""[ \t\n]*(?:
        \#(?P<id>[^\s{}="'\#.][^\s{}="']*)
      | \.(?P<class>[^\s{}="'\#.][^\s{}="']*)
      | (?P<unnumbered>-)(?=[\s}])
      | (?P<key>[A-Za-z_:][\w:.-]*)=(?:
            "(?P<double>(?:\\.|[^"\\])*)"
          | '(?P<single>(?:\\.|[^'\\])*)'
          | (?P<bare>[^\s{}"']+)
        )
    )(?=[\s}])""",
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"[ \t\n]*\}")
_ATTEMPT = re.compile(r"""\{[ \t\n]*(?:[#.][^\s{}]|[A-Za-z_:][\w:.-]*[ \t]*=[ \t]*[^\s=])""")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Attributes(NamedTuple):
    """Id, classes and values of a list of attributes."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = {}


NONE = Attributes()


def parse(text: str, start: int, end: int) -> tuple[int, Attributes] | None:
    """Read attributes from `text[start:end]`, which begins with the opening brace.

    Return the position after the closing brace and the attributes, or None if this is not a list of attributes.
    """
    if not text.startswith("{", start, end):
        return None
    position = start + 1
    name = ""
    classes: list[str] = []
    values: dict[str, str] = {}
    while item := _ITEM.match(text, position, end):
        position = item.end()
        if item["id"]:
            name = item["id"]
        elif item["class"]:
            classes.append(item["class"])
        elif item["unnumbered"]:
            classes.append("unnumbered")
        else:
            quoted = item["double"] if item["double"] is not None else item["single"]
            value = item["bare"] if quoted is None else " ".join(_ESCAPED.sub(r"\1", quoted).split("\n"))
            if item["key"] == "id":
                name = value
            elif item["key"] == "class":
                classes.extend(value.split())
            else:
                values[item["key"]] = value
    closing = _END.match(text, position, end)
    if not closing or not (name or classes or values):
        return None
    return closing.end(), Attributes(name, tuple(classes), values)


def looks_like_attributes(text: str, start: int) -> bool:
    """Return whether an opening brace looks like the beginning of attributes, valid or not."""
    return _ATTEMPT.match(text, start) is not None


def split_trailing(text: str) -> tuple[str, Attributes, bool]:
    """Split attributes from the end of a heading or caption.

    Return the text, the attributes, and whether there are invalid attributes.
    """
    stripped = text.rstrip()
    start = _trailing_brace(stripped)
    if start < 0:
        return text, NONE, False
    parsed = parse(stripped, start, len(stripped))
    if parsed and parsed[0] == len(stripped):
        return stripped[:start].rstrip(), parsed[1], False
    return text, NONE, looks_like_attributes(stripped, start)


def _trailing_brace(text: str) -> int:
    """Return the position of a last group in braces after white space, or -1 if there is none."""
    if not text.endswith("}"):
        start = text.rfind(" {")
        is_unclosed = start >= 0 and "}" not in text[start:] and looks_like_attributes(text, start + 1)
        return start + 1 if is_unclosed else -1
    start = len(text)
    for _ in range(20):  # a quoted value may contain a brace
        start = text.rfind("{", 0, start)
        if start < 0:
            return -1
        if start == 0 or text[start - 1].isspace():
            return start
    return -1
