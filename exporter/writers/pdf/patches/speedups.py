"""WeasyPrint's busiest private functions in quicker forms that give the same results.

A profile of a long report names them: computed values that no style sheet mentions, descriptions of typefaces made
anew for every line, pseudo-elements that nobody sees styled on every element, pictures packed a second time, pages of
targets told to all that name any target, and Python's collector of cycles, which walks over all boxes again and again
and finds next to nothing to collect.
They lean on WeasyPrint 70.0 as `tagging.weasyprint_hook` does. Whoever upgrades: compare each with the function that it
replaces; `tests/writers/pdf/patches/test_speedups.py` holds the pages against those that WeasyPrint makes by itself.
"""

from __future__ import annotations

import gc
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from io import BytesIO
from typing import Any
from unittest.mock import patch

_PNG = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_PSEUDO_ELEMENTS = {
    # Elements that can have them; boxes without such a style take that of their element.
    "\n::marker {": "\n:is(li, summary)::marker {",
    "\n::footnote-call {": "\n:is(aside, .footnote)::footnote-call {",
    "\n::footnote-marker {": "\n:is(aside, .footnote)::footnote-marker {",
}
_UNUSED_PSEUDO_ELEMENTS = ("\n::note-call {", "\n::note-marker {", "\n::note-callback {")


@contextmanager
def quick() -> Iterator[None]:
    """Let WeasyPrint work with these functions, and without the collector of cycles."""
    from weasyprint import css, images, pdf
    from weasyprint.css import targets
    from weasyprint.text import line_break

    collecting = gc.isenabled()
    gc.disable()
    try:
        with ExitStack() as stack:
            for owner, name, made in (
                (css.ComputedStyle, "__missing__", _computed(css)),
                (css.AnonymousStyle, "__missing__", _anonymous(css)),
                (line_break, "get_font_description", _font_descriptions(line_break)),
                (line_break, "_font_style_cache_key", _font_style_key),
                (images.RasterImage, "_get_png_data", staticmethod(_png_data(images.RasterImage._get_png_data))),
                (pdf.pydyf.PDF, "page_references", property(_page_references)),
                (targets.TargetCollector, "cache_target_page_counters", _spread_of_pages(targets.TargetCollector)),
            ):
                stack.enter_context(patch.object(owner, name, made))
            yield
    finally:
        if collecting:
            gc.enable()


@cache
def own_styles() -> Any:
    """Return WeasyPrint's own style sheet for HTML, its pseudo-elements only where there can be any."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    text = UA
    for everywhere, there in _PSEUDO_ELEMENTS.items():
        text = text.replace(everywhere, there)
    for rule in _UNUSED_PSEUDO_ELEMENTS:
        text = text.replace(rule, "\nhead" + rule.lstrip())
    return CSS(string=text, counter_style=CounterStyle())


def _computed(css: Any) -> Any:
    """Return `ComputedStyle.__missing__` with a short way for properties that no rule for the element mentions."""
    slow = css.ComputedStyle.__missing__
    special = {"float", "display", "position", "page"}
    plain = {key for key in css.INITIAL_VALUES if key not in special and not key.startswith("text_decoration_")}
    inherited = frozenset(key for key in plain if key in css.INHERITED and key not in css.PHYSICAL_FUNCTIONS)
    initial = {
        key: css.INITIAL_VALUES[key]
        for key in plain
        if key not in css.INHERITED
        and key not in css.INITIAL_NOT_COMPUTED
        and not css.check_math(css.INITIAL_VALUES[key])
    }
    # A logical property may say what a physical one is not told: in either direction of the line.
    logical = {
        key: tuple({css.PHYSICAL_FUNCTIONS[key](block="ttb", inline=inline) for inline in ("ltr", "rtl")})
        for key in initial
        if key in css.PHYSICAL_FUNCTIONS
    }

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key not in cascaded:
            if key in initial:
                for other in logical.get(key, ()):
                    if other in cascaded:
                        return slow(self, key)
                value = self[key] = initial[key]
                return value
            if self.parent_style is not None and (key in inherited or key[:2] == "__"):
                value = self[key] = self.parent_style[key]
                return value
        return slow(self, key)

    return missing


def _anonymous(css: Any) -> Any:
    """Return `AnonymousStyle.__missing__` with a short way for initial values that are computed already."""
    slow = css.AnonymousStyle.__missing__
    initial = {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if key not in css.INHERITED
        and key not in css.INITIAL_NOT_COMPUTED
        and key != "page"
        and not key.startswith("text_decoration_")
    }

    def missing(self: Any, key: str) -> Any:
        if key not in initial:
            return slow(self, key)
        value = self[key] = initial[key]
        return value

    return missing


def _font_descriptions(line_break: Any) -> Any:
    """Return `get_font_description` with a memory: Pango copies what it is given."""
    slow = line_break.get_font_description
    known: dict[tuple[Any, ...], Any] = {}

    def get_font_description(style: Any) -> Any:
        key = (
            tuple(style["font_family"]),
            style["font_style"],
            style["font_stretch"],
            style["font_weight"],
            style["font_size"],
            style["font_variant_caps"],
            style["font_variation_settings"],
        )
        made = known.get(key)
        if made is None:
            made = known[key] = slow(style)
        return made

    return get_font_description


def _font_style_key(style: Any, include_size: bool = False) -> tuple[Any, ...]:
    """Return what decides the measures of a typeface, as it is and not as text."""
    return (
        tuple(style["font_family"]),
        style["font_style"],
        style["font_stretch"],
        style["font_weight"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
        style["font_variation_settings"],
        style["font_language_override"],
        style["lang"],
        (style["font_size"], style["line_height"]) if include_size else None,
    )


def _png_data(slow: Any) -> Any:
    """Give `RasterImage._get_png_data`: a PNG that PDF can hold is not packed a second time (ISO 32000-1, 7.4.4.4)."""

    def get_png_data(picture: Any) -> bytes:
        # What has been changed since it was opened has no file any more.
        file = getattr(picture, "fp", None)
        data = file.getvalue() if isinstance(file, BytesIO) else b""
        if picture.mode not in {"L", "RGB"} or not data.startswith(_PNG):
            return bytes(slow(picture))
        return _packed(data, picture.mode) or bytes(slow(picture))

    return get_png_data


def _packed(data: bytes, mode: str) -> bytes:
    """Return the compressed samples of a PNG; nothing when PDF reads such samples differently or they are damaged."""
    width, height, depth, colour, _, _, interlaced = _HEADER.unpack(data[16:29])
    channels = {"L": 1, "RGB": 3}[mode]
    if depth != 8 or interlaced or colour != {"L": 0, "RGB": 2}[mode]:
        return b""
    parts: list[bytes] = []
    at = len(_PNG)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind == b"IDAT":
            parts.append(data[at + 8 : at + 8 + size])
        elif kind == b"tRNS":
            return b""
        at += size + 12
    packed = b"".join(parts)
    size = (width * channels + 1) * height
    try:
        sound = len(zlib.decompress(packed)) == size
    except zlib.error:
        return b""
    # Hardly packed at all: better done again.
    return packed if sound and len(packed) < size * 0.9 else b""


def _spread_of_pages(collector: Any) -> Any:
    """Return `cache_target_page_counters`, which tells the page of a target to those alone that name it."""
    slow = collector.cache_target_page_counters

    def cache_target_page_counters(self: Any, anchor_name: str, *arguments: Any) -> None:
        if self.collecting:
            return
        every = self.counter_lookup_items
        # Nothing is added once the pages are made.
        known = self.__dict__.get("_known_by_anchor")
        if known is None:
            known = self.__dict__["_known_by_anchor"] = defaultdict(dict)
            for key, item in every.items():
                for name in item.missing_target_counters:
                    known[name][key] = item
        self.counter_lookup_items = known.get(anchor_name, {})
        try:
            slow(self, anchor_name, *arguments)
        finally:
            self.counter_lookup_items = every

    return cache_target_page_counters


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return `PDF.page_references`, made once for so many pages: it is asked for by every bookmark and every tag."""
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = pdf.__dict__.get("_known_references", ())
    if len(known) * 3 != len(kids):
        known = pdf.__dict__["_known_references"] = tuple(b"%d 0 R" % number for number in kids[::3])
    return known
