"""The drawing of a document in parts: each uses fonts and graphics states as if it were alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pydyf

from exporter.writers.pdf.parts import pango_fonts
from exporter.writers.pdf.parts.items import Part
from exporter.writers.pdf.parts.layout_session import Session
from exporter.writers.pdf.parts.records import CachedFont

_RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading")
_TRANSPARENCY = ("a", "A")


class PartConflictError(Exception):
    """Two parts that cannot be in one file, since a glyph stands for other characters in each of them."""


class Used(NamedTuple):
    """The fonts and resources of a part."""

    fonts: tuple[CachedFont, ...]
    states: dict[str, dict[str, float]]
    images: tuple[tuple[str, bool], ...]
    is_composed: bool
    can_be_cached: bool


class _Noting(pydyf.Dictionary):  # type: ignore[misc]  # pydyf has no types
    """Resources of a kind; it notes the names that are asked for or set."""

    def __init__(self, values: Any) -> None:
        super().__init__(values)
        self.names: dict[str, None] = {}

    def __contains__(self, name: object) -> bool:
        self.names[str(name)] = None
        return bool(super().__contains__(name))

    def __setitem__(self, name: str, value: Any) -> None:
        self.names[name] = None
        super().__setitem__(name, value)


class Drawing:
    """The drawing of one document.

    Args:
        session: The parts of the document.
        document: WeasyPrint's document.
    """

    def __init__(self, session: Session, document: Any) -> None:
        self.session = session
        self.used: dict[int, Used] = {}
        """What each part that was drawn uses, by its first page."""
        self._font_map = document.font_config.font_map
        self._warnings = session.warnings
        self._warnings_before = 0
        self._descriptions: dict[int, tuple[str, int]] = {}
        self._found: dict[tuple[str, int], bool] = {}
        self._maps: dict[int, tuple[Any, Any]] = {}
        self._is_composed = False
        self._resources: dict[str, _Noting] = {}
        first = {part.first_page: part for part in session.parts}
        last = {part.end_page - 1: part for part in session.parts}
        for index, page in enumerate(document.pages):
            page.paint = partial(self._paint, page.paint, first.get(index), last.get(index))

    def undo(self, document: Any) -> bool:
        """Make a document one whole again, which can be drawn; return whether it is, or has parts from the cache."""
        document.fonts.clear()
        for page in document.pages:
            del page.paint
        return not any(part.cached for part in self.session.parts)

    def _paint(
        self, paint: Callable[..., None], first: Part | None, last: Part | None, stream: Any, scale: float = 1
    ) -> None:
        stream.add_font = partial(self._add_font, stream.add_font)
        if first:
            self._begin(first, stream)
        paint(stream, scale)
        del stream.add_font
        self._is_composed |= getattr(stream, "is_composed", False)
        if last:
            self._end(last, stream)

    def _add_font(self, add_font: Callable[[Any], Any], pango_font: Any) -> Any:
        font, size = add_font(pango_font)
        if id(font) not in self._descriptions:
            self._descriptions[id(font)] = pango_fonts.describe(pango_font)
        return font, size

    def _begin(self, part: Part, stream: Any) -> None:
        self._warnings_before = len(self._warnings)
        self._descriptions = {}
        self._maps = {id(font): (font.widths, font.to_unicode) for font in stream._fonts.values()}
        for font in stream._fonts.values():
            font.widths, font.to_unicode = {}, {}
        for kind in _RESOURCES:
            if kind not in self._resources:
                self._resources[kind] = stream._resources[kind] = _Noting(stream._resources[kind])
            self._resources[kind].names.clear()
        cached = part.cached
        self._is_composed = cached.is_composed if cached else False
        if cached is None:
            return
        for name, values in cached.states.items():
            if name not in self._resources["ExtGState"]:
                self._resources["ExtGState"][name] = pydyf.Dictionary(values)
        for name, interpolate in cached.images:
            stream.add_image(self.session.image(name), interpolate, 1)
        for cached_font in cached.fonts:
            font = self._font(cached_font, stream)
            font.widths, font.to_unicode = dict(cached_font.widths), dict(cached_font.names)

    def _font(self, cached: CachedFont, stream: Any) -> Any:
        font = stream._fonts.get(cached.key)
        if font is None:
            pango_font = pango_fonts.load(self._font_map, cached.description, cached.size)
            font, _ = stream.add_font(pango_font)
            font.pango_font = pango_font  # must live as long as the other
        if (
            stream._fonts.get(cached.key) is not font
            or font.name != cached.name
            or _digest(font.file_content) != cached.digest
        ):
            raise PartConflictError
        return font

    def _end(self, part: Part, stream: Any) -> None:
        is_complete = not any(font.missing for font in stream._fonts.values()) and self._are_found(part)
        own = {id(font): (key, font, font.widths, font.to_unicode) for key, font in stream._fonts.items()}
        for _, font, widths, names in own.values():
            font.widths, font.to_unicode = self._maps.get(id(font), ({}, {}))
            for glyph, width in widths.items():
                if font.widths.setdefault(glyph, width) != width:
                    raise PartConflictError
            for glyph, name in names.items():
                if font.to_unicode.setdefault(glyph, name) != name and self._is_composed:
                    raise PartConflictError
        images = tuple(self._images(stream))
        is_complete = is_complete and all(address for address, _ in images)
        self.used[part.first_page] = Used(
            fonts=tuple(_cached_font(description, *own[number]) for number, description in self._descriptions.items()),
            states={name: dict(self._resources["ExtGState"][name]) for name in self._plain_states()},
            images=images,
            is_composed=self._is_composed,
            can_be_cached=is_complete and len(self._warnings) == self._warnings_before and self._is_plain(),
        )

    def _are_found(self, part: Part) -> bool:
        """Return whether the fonts of a part are found by their descriptions."""
        if not part.key or part.cached:
            return False
        for description in self._descriptions.values():
            if description not in self._found:
                font = pango_fonts.load(self._font_map, *description)
                self._found[description] = pango_fonts.describe(font) == description
        return all(map(self._found.__getitem__, self._descriptions.values()))

    def _plain_states(self) -> Iterator[str]:
        return (name for name in self._resources["ExtGState"].names if name.startswith(_TRANSPARENCY))

    def _images(self, stream: Any) -> Iterator[tuple[str, bool]]:
        for name in self._resources["XObject"].names:
            if name in stream._images:
                yield self.session.address(stream._images[name]["image"].id), stream._images[name]["interpolate"]

    def _is_plain(self) -> bool:
        """Return whether the names of all resources are the same wherever the part is in the document."""
        states, objects, patterns, shadings = (self._resources[kind].names for kind in _RESOURCES)
        return (
            all(name.startswith(_TRANSPARENCY) for name in states)
            and all(name.startswith("i") for name in objects)
            and not patterns
            and not shadings
        )


def _cached_font(
    description: tuple[str, int], key: int, font: Any, widths: dict[int, int], names: dict[int, str]
) -> CachedFont:
    return CachedFont(*description, key, font.name, _digest(font.file_content), widths, names)


@lru_cache(maxsize=64)  # each part uses the same fonts
def _digest(font_file: bytes) -> str:
    return hashlib.sha256(font_file).hexdigest()
