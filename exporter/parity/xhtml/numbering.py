"""Numbering of list items (HTML, 4.4.5)."""

from __future__ import annotations

import re
from typing import Any

from exporter.parity.xhtml import elements

_AROUND = re.compile(r"(?P<around>parenthes[ie]s)-(?P<style>decimal|(?:lower|upper)-(?:alpha|roman))")
"""Classes of lists whose numbers our style sheets set in parentheses, or before one."""
_LABELS = {"parenthesis": "1)", "parentheses": "(1)"}
_NUMBERING = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}


def style_of(element: Any) -> tuple[str, str]:
    """Return the style of a numbered list as CSS names it, and a number with what stands around it."""
    style = _NUMBERING.get(element.get("type") or "1", "decimal")
    match = next(filter(None, map(_AROUND.fullmatch, elements.kinds(element))), None)
    if match is None:
        return style, "1."
    # Where the class is not known, the type alone counts: they have to agree.
    return style if style == match["style"] else f"{match['style']} or {style}", _LABELS[match["around"]]
