"""Fonts of Chinese, Japanese and Korean whose glyphs have numbers (CIDs) of their own: regional subsets of Noto.

Changes: `Font.clean` of `weasyprint.pdf.fonts`.
Why: WeasyPrint writes positions of glyphs where a PDF has CIDs (ISO 32000-1, 9.7.4.2), and these are the same only in
fonts with all glyphs of a collection. Otherwise some programs, Ghostscript among them, show other glyphs or boxes.
Upstream: no issue is known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_PREDEFINED = 2
"""Highest number of a charset without data (Adobe Technical Note 5176, 13)."""
_LIST, _RANGES_OF_256, _RANGES = 0, 1, 2
"""Formats of charsets: a CID for each glyph, ranges of at most 256 CIDs, and of any number of them."""


@contextmanager
def patched() -> Iterator[None]:
    """Number the glyphs of fonts by their positions."""
    from weasyprint.pdf import fonts

    original = fonts.Font.clean

    def clean(font: Any, used: Any, hinting: Any) -> None:
        original(font, used, hinting)
        if font.type == "otf":
            font.file_content = numbered_by_position(font.file_content)

    with patch.object(fonts.Font, "clean", clean):
        yield


def numbered_by_position(data: bytes) -> bytes:
    """Return an OpenType font whose CIDs, if it has any, are the positions of its glyphs."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True)
    if "CFF " not in font:
        return data
    top = font["CFF "].cff[0].rawDict
    glyphs: int = font["maxp"].numGlyphs
    offset: int = top.get("charset", 0)
    if "ROS" not in top or offset <= _PREDEFINED or glyphs < 2:
        return data
    start: int = font.reader.tables["CFF "].offset + offset
    out = bytearray(data)
    if data[start] == _LIST:
        out[start + 1 : start + 2 * glyphs - 1] = b"".join(cid.to_bytes(2, "big") for cid in range(1, glyphs))
    elif data[start] == _RANGES_OF_256 and data[start + 3] == glyphs - 2:
        out[start + 1 : start + 3] = (1).to_bytes(2, "big")
    else:
        # One range, of all glyphs but .notdef, which takes no more bytes than one or more ranges of either format.
        out[start : start + 5] = bytes([_RANGES]) + (1).to_bytes(2, "big") + (glyphs - 2).to_bytes(2, "big")
    return bytes(out)
