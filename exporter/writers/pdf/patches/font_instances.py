"""Subsets of variable fonts made static by HarfBuzz.

Changes: `Font._harfbuzz_subset` of `weasyprint.pdf.fonts`.
Why: WeasyPrint subsets a variable font with HarfBuzz and then makes it static with fontTools, which takes several times
as long for the same outlines. HarfBuzz does both at once since 8.3; with an older one, WeasyPrint's way is taken.
Upstream: no issue is known; issue 2120 (closed) brought HarfBuzz for the subsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

_UPRIGHT, _ITALIC = 0, 2
"""Styles of Pango. Oblique, between them, is left to WeasyPrint, which knows the angle."""
_DECLARATIONS = """
    hb_bool_t hb_subset_input_pin_all_axes_to_default (hb_subset_input_t *input, hb_face_t *face);
    hb_bool_t hb_subset_input_pin_axis_location (
        hb_subset_input_t *input, hb_face_t *face, hb_tag_t axis_tag, float axis_value);
"""


@contextmanager
def patched() -> Iterator[None]:
    """Subset variable fonts with HarfBuzz."""
    from weasyprint.pdf import fonts

    original = fonts.Font._harfbuzz_subset

    def harfbuzz_subset(font: Any, used: Any, hinting: Any) -> None:
        if "fvar" not in font.tables or font.style not in (_UPRIGHT, _ITALIC) or not _can_pin():
            original(font, used, hinting)
            return
        pinning = _Pinning(fonts.harfbuzz_subset, _location(font))
        before = font.file_content
        with patch.object(fonts, "harfbuzz_subset", pinning):
            original(font, used, hinting)
        if pinning.done and font.file_content is not before:
            # WeasyPrint makes fonts static that have this table.
            font.tables = [table for table in font.tables if table != "fvar"]

    with patch.object(fonts.Font, "_harfbuzz_subset", harfbuzz_subset):
        yield


@cache
def _can_pin() -> bool:
    """Declare the functions of HarfBuzz, and return whether it has them."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    if not harfbuzz.hb_version_atleast(8, 3, 0):
        return False
    ffi.cdef(_DECLARATIONS)
    return hasattr(harfbuzz_subset, "hb_subset_input_pin_all_axes_to_default")


def _location(font: Any) -> dict[str, float]:
    """Return the position of a font on its axes; the other axes have their defaults."""
    axes = {"wght": font.weight, "opsz": font.font_size, "ital": int(font.style == _ITALIC)}
    return {**axes, **font.variations}


class _Pinning:
    """The subset library of HarfBuzz, which also pins the axes of the fonts."""

    def __init__(self, library: Any, location: dict[str, float]) -> None:
        self._library = library
        self._location = location
        self.done = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def hb_subset_or_fail(self, face: Any, subset: Any) -> Any:
        from weasyprint.text.ffi import harfbuzz

        # The second subset is made from the first, which has no axes.
        if not self.done and self._library.hb_subset_input_pin_all_axes_to_default(subset, face):
            for axis, value in self._location.items():
                tag = harfbuzz.hb_tag_from_string(axis.encode(), -1)
                self._library.hb_subset_input_pin_axis_location(subset, face, tag, float(value))
            self.done = True
        return self._library.hb_subset_or_fail(face, subset)
