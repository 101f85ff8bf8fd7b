"""Faster forms of WeasyPrint's busiest functions, with the same results.

Changes and why, from a profile of a long report:

- `ComputedStyle.__missing__` of `weasyprint.css`: computes values that no stylesheet sets.
- `Pending.solve` of `weasyprint.css.tokens`: parses a value with a variable again for each element.
- `get_font_description`, `_font_style_cache_key` of `weasyprint.text.line_break`: built again for each line.
- `RasterImage._get_png_data` of `weasyprint.images`: compresses a PNG again that PDF can embed as it is.
- `PDF.page_references` of `pydyf`: built again for each bookmark and each tag.
- `TargetCollector.cache_target_page_counters` of `weasyprint.css.targets`: sets the page of a target on all elements.
- `TargetCollector.counter_lookup_items`: read from beginning to end for each page number in a table of contents.
- `HTML._ua_stylesheets` of `weasyprint`: styles pseudo-elements on every element that cannot have them.
Upstream: issue 578 (open) is about the speed of long documents; no issues are known about these functions.
"""

from __future__ import annotations

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
    # The elements that can have them; boxes without such a style take that of their element.
    "\n::marker {": "\n:is(li, summary)::marker {",
    "\n::footnote-call {": "\n:is(aside, .footnote)::footnote-call {",
    "\n::footnote-marker {": "\n:is(aside, .footnote)::footnote-marker {",
}
_UNUSED_PSEUDO_ELEMENTS = ("\n::note-call {", "\n::note-marker {", "\n::note-callback {")


@contextmanager
def patched() -> Iterator[None]:
    """Use these functions."""
    import weasyprint
    from weasyprint import css, images, pdf
    from weasyprint.css import targets, tokens
    from weasyprint.text import line_break

    with ExitStack() as stack:
        for owner, name, replacement in (
            (css.ComputedStyle, "__missing__", _computed_missing(css)),
            (tokens.Pending, "solve", _solved_once(tokens.Pending.solve)),
            (line_break, "get_font_description", _font_descriptions(line_break)),
            (line_break, "_font_style_cache_key", _font_style_key),
            (images.RasterImage, "_get_png_data", staticmethod(_png_data(images.RasterImage._get_png_data))),
            (pdf.pydyf.PDF, "page_references", property(_page_references)),
            (targets.TargetCollector, "cache_target_page_counters", _cache_target_pages(targets.TargetCollector)),
            (targets.TargetCollector, "__init__", _collector(targets.TargetCollector)),
            (weasyprint.HTML, "_ua_stylesheets", lambda _html, _forms=False: [user_agent_stylesheet()]),
        ):
            stack.enter_context(patch.object(owner, name, replacement))
        yield


@cache
def user_agent_stylesheet() -> Any:
    """Return WeasyPrint's stylesheet for HTML, with pseudo-elements only on elements that can have them."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    text = UA
    for selector, limited in _PSEUDO_ELEMENTS.items():
        text = text.replace(selector, limited)
    for rule in _UNUSED_PSEUDO_ELEMENTS:
        text = text.replace(rule, "\nhead" + rule.lstrip())
    return CSS(string=text, counter_style=CounterStyle())


def _computed_missing(css: Any) -> Any:
    """Return `ComputedStyle.__missing__` with a short path for properties that no rule sets on the element."""
    original = css.ComputedStyle.__missing__
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
    # A logical property sets a physical one, in either direction of the line.
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
                        return original(self, key)
                value = self[key] = initial[key]
                return value
            if self.parent_style is not None and (key in inherited or key[:2] == "__"):
                value = self[key] = self.parent_style[key]
                return value
        return original(self, key)

    return missing


def _solved_once(original: Any) -> Any:
    """Return `Pending.solve` with a cache: most elements have the variables of the root."""
    from weasyprint.css.functions import check_var

    def solve(pending: Any, tokens: list[Any], *arguments: Any) -> Any:
        if "solved" not in pending.__dict__:
            # A function around a variable is another token for each element.
            around = any(check_var(token) and getattr(token, "lower_name", "") != "var" for token in pending.tokens)
            pending.solved = None if around else {}
        solved = pending.solved
        if solved is None:
            return original(pending, tokens, *arguments)
        key = (*arguments, *map(id, tokens))
        if key not in solved:
            # With the tokens, so that no others get their identities.
            solved[key] = tokens, original(pending, tokens, *arguments)
        return solved[key][1]

    return solve


def _font_descriptions(line_break: Any) -> Any:
    """Return `get_font_description` with a cache: Pango copies what it is given."""
    original = line_break.get_font_description
    descriptions: dict[tuple[Any, ...], Any] = {}

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
        if key not in descriptions:
            descriptions[key] = original(style)
        return descriptions[key]

    return get_font_description


def _font_style_key(style: Any, include_size: bool = False) -> tuple[Any, ...]:
    """Return the properties that decide the metrics of a font, without formatting them as text."""
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


def _png_data(original: Any) -> Any:
    """Return `RasterImage._get_png_data` that embeds the data of a PNG file where PDF can (ISO 32000-1, 7.4.4.4)."""

    def get_png_data(image: Any) -> bytes:
        # An image that was changed after opening has no file.
        file = getattr(image, "fp", None)
        data = file.getvalue() if isinstance(file, BytesIO) else b""
        if image.mode not in {"L", "RGB"} or not data.startswith(_PNG):
            return bytes(original(image))
        return compressed_samples(data, image.mode) or bytes(original(image))

    return get_png_data


def compressed_samples(data: bytes, mode: str) -> bytes:
    """Return the compressed samples of a PNG; nothing if PDF reads such samples differently or they are damaged."""
    width, height, depth, colour, _, _, interlaced = _HEADER.unpack(data[16:29])
    channels = {"L": 1, "RGB": 3}[mode]
    if depth != 8 or interlaced or colour != {"L": 0, "RGB": 2}[mode]:
        return b""
    parts: list[bytes] = []
    position = len(_PNG)
    while position < len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        if kind == b"IDAT":
            parts.append(data[position + 8 : position + 8 + size])
        elif kind == b"tRNS":
            return b""
        position += size + 12
    samples = b"".join(parts)
    size = (width * channels + 1) * height
    try:
        complete = len(zlib.decompress(samples)) == size
    except zlib.error:
        return b""
    # Poorly compressed samples are compressed again.
    return samples if complete and len(samples) < size * 0.9 else b""


def _cache_target_pages(collector: Any) -> Any:
    """Return `cache_target_page_counters` that visits only the elements that refer to the target."""
    original = collector.cache_target_page_counters

    def cache_target_page_counters(self: Any, anchor_name: str, *arguments: Any) -> None:
        if self.collecting:
            return
        items = self.counter_lookup_items
        # No items are added once the pages are made.
        by_anchor = self.__dict__.get("_items_by_anchor")
        if by_anchor is None:
            by_anchor = self.__dict__["_items_by_anchor"] = defaultdict(dict)
            for key in items:
                item = items[key]
                for name in item.missing_target_counters:
                    by_anchor[name][key] = item
        self.counter_lookup_items = by_anchor.get(anchor_name, {})
        try:
            original(self, anchor_name, *arguments)
        finally:
            self.counter_lookup_items = items

    return cache_target_page_counters


class _Lookups(dict[tuple[Any, str], Any]):
    """Items of a collector of targets by box and property.

    WeasyPrint looks through all of them, for each box with counters of pages, only for properties that make no boxes
    (`layout_document`).
    """

    def __init__(self) -> None:
        super().__init__()
        self._without_boxes: dict[tuple[Any, str], Any] = {}

    def setdefault(self, key: tuple[Any, str], item: Any = None) -> Any:
        """Add an item."""
        if key[1] != "content":
            self._without_boxes.setdefault(key, item)
        return super().setdefault(key, item)

    def items(self) -> Any:
        """Return the items for properties that make no boxes."""
        return self._without_boxes.items()


def _collector(collector: Any) -> Any:
    """Return `TargetCollector.__init__` with items that need not be looked through."""
    original = collector.__init__

    def init(self: Any) -> None:
        original(self)
        self.counter_lookup_items = _Lookups()

    return init


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return `PDF.page_references`, cached while the number of pages stays the same."""
    kids = pdf.pages["Kids"]
    references: tuple[bytes, ...] = pdf.__dict__.get("_page_references", ())
    if len(references) * 3 != len(kids):
        references = pdf.__dict__["_page_references"] = tuple(b"%d 0 R" % number for number in kids[::3])
    return references
