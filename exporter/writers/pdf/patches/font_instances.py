"""Cut-outs of variable typefaces: HarfBuzz fixes weight and size while it cuts out the glyphs.

WeasyPrint 70.0 cuts out first and has fontTools make a static face of the rest, which takes several times as long for
the same outlines. HarfBuzz can do both at once since 8.3; where it cannot, WeasyPrint's own way is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

_UPRIGHT, _ITALIC = 0, 2
"""Styles of Pango; the one between them is slanted, and WeasyPrint knows best how far."""
_DECLARATIONS = """
    hb_bool_t hb_subset_input_pin_all_axes_to_default (hb_subset_input_t *input, hb_face_t *face);
    hb_bool_t hb_subset_input_pin_axis_location (
        hb_subset_input_t *input, hb_face_t *face, hb_tag_t axis_tag, float axis_value);
"""


@contextmanager
def instances_by_harfbuzz() -> Iterator[None]:
    """Let WeasyPrint cut out variable typefaces in this way."""
    from weasyprint.pdf import fonts

    slow = fonts.Font._harfbuzz_subset

    def cut_out(font: Any, used: Any, hinting: Any) -> None:
        if "fvar" not in font.tables or font.style not in (_UPRIGHT, _ITALIC) or not _can_pin():
            slow(font, used, hinting)
            return
        pinning = _Pinning(fonts.harfbuzz_subset, _location(font))
        before = font.file_content
        with patch.object(fonts, "harfbuzz_subset", pinning):
            slow(font, used, hinting)
        if pinning.done and font.file_content is not before:
            # What is static needs no static instance.
            font.tables = [table for table in font.tables if table != "fvar"]

    with patch.object(fonts.Font, "_harfbuzz_subset", cut_out):
        yield


@cache
def _can_pin() -> bool:
    """Tell HarfBuzz's declarations to the engine; whether this HarfBuzz has the functions."""
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    if not harfbuzz.hb_version_atleast(8, 3, 0):
        return False
    ffi.cdef(_DECLARATIONS)
    return hasattr(harfbuzz_subset, "hb_subset_input_pin_all_axes_to_default")


def _location(font: Any) -> dict[str, float]:
    """Return the place of a typeface on its axes; axes that are not named stand at their default."""
    usual = {"wght": font.weight, "opsz": font.font_size, "ital": int(font.style == _ITALIC)}
    return {**usual, **font.variations}


class _Pinning:
    """The library of subsets, which fixes the axes of what it cuts."""

    def __init__(self, library: Any, location: dict[str, float]) -> None:
        self._library = library
        self._location = location
        self.done = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def hb_subset_or_fail(self, face: Any, wanted: Any) -> Any:
        from weasyprint.text.ffi import harfbuzz

        # The second cut is of a face that has no axes any more.
        if not self.done and self._library.hb_subset_input_pin_all_axes_to_default(wanted, face):
            for axis, value in self._location.items():
                tag = harfbuzz.hb_tag_from_string(axis.encode(), -1)
                self._library.hb_subset_input_pin_axis_location(wanted, face, tag, float(value))
            self.done = True
        return self._library.hb_subset_or_fail(face, wanted)
