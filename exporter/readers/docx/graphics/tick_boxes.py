"""Signs of drawn boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.inspect.docx.xml import Element, name
from exporter.readers.docx.inlines import symbols

_TEXT, _SYMBOL = name("t"), name("sym")
_OTHER_CONTENT = tuple(map(name, ("drawing", "pict", "object", "m:oMath", "footnoteReference", "endnoteReference")))
_EMPTY = "☐"
_SIGNS = {"": _EMPTY, **dict.fromkeys("✓✔☑🗸🗹", "☑"), **dict.fromkeys("✗✘✕✖❌☒🗷xX×", "☒")}
"""Signs by what is in a box."""


def sign_in(boxes: Iterable[Element], *, floats: bool) -> str:
    """Return the sign of a box to tick with what its text boxes contain, or nothing if that is no sign.

    What is in a box that lies on the page stays a text box, since its sign would be lost.
    """
    written = ""
    for box in boxes:
        if next(box.iter(*_OTHER_CONTENT), None) is not None:
            return ""
        for element in box.iter(_TEXT, _SYMBOL):
            written += (element.text or "") if element.tag == _TEXT else (symbols.read(element) or "?")
    sign = _SIGNS.get(written.strip(), "")
    return sign if sign == _EMPTY or not floats else ""
