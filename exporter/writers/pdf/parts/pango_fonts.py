"""Descriptions of Pango's fonts, and fonts by their descriptions."""

from __future__ import annotations

from functools import cache
from typing import Any

_DECLARATION = "PangoFontDescription* pango_font_description_from_string (const char* text);"


def describe(font: Any) -> tuple[str, int]:
    """Return the description of a font, and its size in the units of Pango."""
    from weasyprint.text.ffi import ffi, pango

    description = ffi.gc(pango.pango_font_describe_with_absolute_size(font), pango.pango_font_description_free)
    text = ffi.string(pango.pango_font_description_to_string(description)).decode()
    return str(text), int(pango.pango_font_description_get_size(description))


def load(font_map: Any, description: str, size: int) -> Any:
    """Return the font with a description and a size."""
    from weasyprint.text.ffi import ffi, gobject, pango

    _declare()
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    # Pango adds the variations of the weight and the size by itself.
    text = ffi.new("char[]", description.partition(" @")[0].encode())
    parsed = ffi.gc(pango.pango_font_description_from_string(text), pango.pango_font_description_free)
    pango.pango_font_description_set_absolute_size(parsed, size)  # the text has it rounded
    return ffi.gc(pango.pango_font_map_load_font(font_map, context, parsed), gobject.g_object_unref)


def renew_map(configuration: Any) -> None:
    """Create a new map of fonts after a fork, since the one of the parent waits for a thread of the parent.

    Args:
        configuration: WeasyPrint's `FontConfiguration`.
    """
    from weasyprint.text.ffi import ffi, gobject, pangoft2

    font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
    pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", font_map), configuration._config)
    configuration.font_map = font_map


@cache
def _declare() -> None:
    from weasyprint.text.ffi import ffi

    ffi.cdef(_DECLARATION)
