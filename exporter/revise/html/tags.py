"""Attributes of HTML tags, edited in the text (HTML 13.1.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from exporter.revise.changes import AltText, DecorativeImage
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits

HIDDEN = r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>"
"""What looks like tags and is none."""
_HIDDEN = re.compile(HIDDEN, re.DOTALL | re.IGNORECASE)
IMAGE = re.compile(r"<img(?=[\s/>])", re.IGNORECASE)
TAG = re.compile(r"""<[A-Za-z][^\s/>]*(?:"[^"]*"|'[^']*'|[^"'>])*>""")
_ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_NAME = re.compile(r"<[A-Za-z][^\s/>]*")
_HIDING = ("aria-label", "role", "aria-hidden")
"""Attributes that may contradict an alt text."""


@lru_cache(maxsize=2)
def visible(page: str) -> str:
    """Return a page of the same length with null characters in place of comments, scripts and styles."""
    return _HIDDEN.sub(lambda match: "\0" * len(match[0]), page)


def set_alt(edits: TextEdits, position: int, change: AltText | DecorativeImage) -> None:
    """Set the alt text of an `img`, or an empty one if it is decorative.

    Raises:
        RefusedError: It is not closed, or other attributes describe or hide it.
    """
    text = change.text if isinstance(change, AltText) else ""
    names = set_attribute(edits, position, "alt", " ".join(text.split()))
    hiding = next((name for name in _HIDING if name in names), None)
    if text and hiding:
        raise RefusedError(f"The image has the attribute “{hiding}”.", "Remove it there, and try again.")


def set_attribute(edits: TextEdits, position: int, name: str, value: str) -> frozenset[str]:
    """Set an attribute of the tag that begins at a position; return the names of its attributes.

    Raises:
        RefusedError: The tag is not closed.
    """
    tag, head = TAG.match(edits.text, position), _NAME.match(edits.text, position)
    if tag is None or head is None:
        raise RefusedError("A tag is not closed.", "Close it, and try again.")
    attributes = list(_ATTRIBUTE.finditer(edits.text, head.end(), tag.end()))
    written = f'{name}="{escape(value)}"'
    known = next((match for match in attributes if match[1].lower() == name), None)
    if known is not None:
        edits.replace(known.start(1), known.end(), written)
    else:
        edits.replace(head.end(), head.end(), f" {written}")
    return frozenset(match[1].lower() for match in attributes)
