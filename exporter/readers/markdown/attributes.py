"""Attributes in braces: `{#id .class key=value key="some words"}`, as Pandoc writes them."""

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
    """What stands between braces."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = {}


NONE = Attributes()


def parse(text: str, start: int, end: int) -> tuple[int, Attributes] | None:
    """Read attributes from `text[start:end]`, which begins with the opening brace.

    Gives the position behind the closing brace and what was read; None when this is not a list of attributes.
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


def looks_meant(text: str, start: int) -> bool:
    """Return whether somebody tried to write attributes at this opening brace, rightly or wrongly."""
    return _ATTEMPT.match(text, start) is not None


def trailing(text: str) -> tuple[str, Attributes, bool]:
    """Split attributes off the end of a heading or caption.

    Gives the words, the attributes, and whether what stands there was meant as attributes but cannot be read.
    """
    stripped = text.rstrip()
    start = _trailing_brace(stripped)
    if start < 0:
        return text, NONE, False
    parsed = parse(stripped, start, len(stripped))
    if parsed and parsed[0] == len(stripped):
        return stripped[:start].rstrip(), parsed[1], False
    return text, NONE, looks_meant(stripped, start)


def _trailing_brace(text: str) -> int:
    """Return where a last group in braces begins that stands apart from the words before it; -1 when there is none."""
    if not text.endswith("}"):
        start = text.rfind(" {")
        unclosed = start >= 0 and "}" not in text[start:] and looks_meant(text, start + 1)
        return start + 1 if unclosed else -1
    start = len(text)
    for _ in range(20):  # a brace may stand inside a quoted value
        start = text.rfind("{", 0, start)
        if start < 0:
            return -1
        if start == 0 or text[start - 1].isspace():
            return start
    return -1
