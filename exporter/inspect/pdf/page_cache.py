"""Cache of the contents of pages, from one reading of a PDF to the next, under what decides them.

After a changed sentence most pages of a publication have the content streams and fonts that they had before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from operator import itemgetter
from typing import Any, Protocol

import msgspec

from exporter.inspect.pdf import values
from exporter.inspect.pdf.content_streams import PageReader
from exporter.inspect.pdf.fonts import Font
from exporter.inspect.pdf.page_content import Artifact, Key, MarkedText, PageContent


class Cache(Protocol):
    """Storage of contents, such as a `contracts.StepCache`."""

    def get(self, key: str) -> bytes | None:
        """Return the data cached under `key`, or None if there is none."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Cache `data` under `key`."""
        ...


_MOST_OBJECTS = 100_000
"""Objects of a page that decide what is read on it."""
_cache: ContextVar[tuple[Cache, str] | None] = ContextVar("page_cache", default=None)


@contextmanager
def cache_pages(cache: Cache, version: str) -> Iterator[None]:
    """Cache the contents of the pages of each PDF that is opened within.

    Args:
        cache: Their storage.
        version: Digest of the code that reads them.
    """
    token = _cache.set((cache, version))
    try:
        yield
    finally:
        _cache.reset(token)


class CachedPageReader(PageReader):
    """A reader of pages with the cache of `cache_pages`, if there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._caching = _cache.get()
        self._resources: dict[Key, str] = {}
        """Digests of resources, by the page's or by the object that several pages share."""

    def read(self, page: Any) -> PageContent:
        """Return the content of a page (its dictionary)."""
        if self._caching is None or not (key := self._key(page)):
            return super().read(page)
        cache, version = self._caching
        key = f"{version} {key}"
        fonts = values.get(values.get(page, "/Resources"), "/Font")
        data = cache.get(key)
        if data is not None:
            entry = msgspec.msgpack.decode(data, type=_CachedPage)
            named = {name: self.font(values.get(fonts, name)) for name in entry.fonts}
            if entry.is_valid(named):
                return entry.content(page.objgen, named)
        before = [(font, font.is_drawn, font.codes) for font in self.fonts.values()]
        for font, *_ in before:
            font.is_drawn, font.codes = False, set()
        try:
            content = super().read(page)
            cache.put(key, msgspec.msgpack.encode(_entry_of(content)))
        finally:
            for font, is_drawn, codes in before:
                font.is_drawn |= is_drawn
                font.codes |= codes
        return content

    def _key(self, page: Any) -> str:
        """Return a digest of all that decides the content of a page; empty if that cannot be told."""
        import pikepdf

        resources = values.get(page, "/Resources")
        number = resources.objgen if values.is_dictionary(resources) else (0, 0)
        shared = number if number != (0, 0) else page.objgen
        try:
            if shared not in self._resources:
                self._resources[shared] = _digest_of_resources(resources)
            if not self._resources[shared]:
                return ""
            digest = _Digest()
            digest.add(self._resources[shared])
            for entry in ("/Contents", "/MediaBox", "/CropBox"):
                digest.add(page.get(entry))
        except (pikepdf.PdfError, RuntimeError, ValueError):
            return ""
        return digest.text()


class _CachedText(msgspec.Struct, array_like=True):
    mcid: int
    text: str
    x: float | None
    y: float | None
    font: str
    """Its name in the resources of the page; empty if it has none."""
    size: float
    language: str
    drawn: bool
    pictures: int
    images: tuple[str, ...]
    picture_fault: str
    is_turned: bool
    contrast: float


class _CachedPage(msgspec.Struct, array_like=True):
    runs: list[_CachedText]
    artifacts: list[Artifact]
    unmarked: list[str]
    cut: bool
    fonts: dict[str, dict[int, str]]
    """Names of the fonts that are set, in order, with the characters of the codes that are shown."""
    drawn: list[str]
    """Names of those of which glyphs are drawn."""

    def is_valid(self, fonts: dict[str, Font | None]) -> bool:
        """Return whether the codes stand for the same characters in these fonts."""
        return all(
            font is not None and all(font.map.get(code, "") == text for code, text in self.fonts[name].items())
            for name, font in fonts.items()
        )

    def content(self, page: Key, fonts: dict[str, Font | None]) -> PageContent:
        content = PageContent()
        for entry in self.runs:
            run = MarkedText()
            run.parts, run.x, run.y, run.size = [entry.text], entry.x, entry.y, entry.size
            run.font, run.language = fonts.get(entry.font), entry.language
            run.drawn, run.pictures, run.images = entry.drawn, entry.pictures, entry.images
            run.picture_fault, run.is_turned = entry.picture_fault, entry.is_turned
            run.contrast = entry.contrast
            content.runs[page, entry.mcid] = run
        content.artifacts, content.unmarked, content.cut = self.artifacts, self.unmarked, self.cut
        for name, font in fonts.items():
            assert font is not None
            font.is_drawn |= name in self.drawn
            font.codes |= self.fonts[name].keys()
        return content


def _entry_of(content: PageContent) -> _CachedPage:
    names = {font: name for name, font in content.fonts.items()}
    runs = [
        _CachedText(
            *(mcid, run.text, run.x, run.y, names[run.font] if run.font else "", run.size, run.language),
            *(run.drawn, run.pictures, run.images, run.picture_fault, run.is_turned, run.contrast),
        )
        for (_, mcid), run in content.runs.items()
    ]
    fonts = {name: {code: font.map.get(code, "") for code in font.codes} for name, font in content.fonts.items()}
    drawn = [name for name, font in content.fonts.items() if font.is_drawn]
    return _CachedPage(runs, content.artifacts, content.unmarked, content.cut, fonts, drawn)


class _Digest:
    """A digest of objects with all that they refer to."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._left = _MOST_OBJECTS

    def add(self, thing: Any, nesting: int = values.MAX_NESTING) -> None:
        """Add an object.

        Raises:
            ValueError: Objects are nested too deeply, or in a circle, or there are too many.
        """
        import pikepdf

        self._left -= 1
        if not nesting or self._left < 0:
            raise ValueError
        if values.is_dictionary(thing):
            entries = _entries(thing)
            self._write(b"dictionary %d" % len(entries))
            for key, value in entries:
                self._write(key.encode())
                self.add(value, nesting - 1)
            if isinstance(thing, pikepdf.Stream):
                self._write(thing.read_raw_bytes())
        elif values.is_array(thing):
            self._write(b"array %d" % len(thing))
            for item in thing:
                self.add(item, nesting - 1)
        else:
            self._write(thing.unparse() if isinstance(thing, pikepdf.Object) else repr(thing).encode())

    def _write(self, data: bytes) -> None:
        self._hash.update(b"%d " % len(data) + data)

    def text(self) -> str:
        """Return it in hex."""
        return self._hash.hexdigest()


def _digest_of_resources(resources: Any) -> str:
    """Return a digest of the resources that decide what is read; "" if forms or fonts among them are not told apart.

    Neither pixels and colour spaces nor glyphs decide it. What codes stand for is compared apart: a letter that one
    page has for the first time is in the font of all pages.
    """
    objects = _entries(values.get(resources, "/XObject"))
    if any(values.name(values.get(thing, "/Subtype")) == "Form" for _, thing in objects):
        return ""
    digest = _Digest()
    numbers: set[Key] = {(0, 0)}
    for name, font in _entries(values.get(resources, "/Font")):
        if not values.is_dictionary(font) or font.objgen in numbers:
            # Without a number it is another one each time that it is set; with two names it may have either.
            return ""
        numbers.add(font.objgen)
        digest.add(name)
        for key in ("/Subtype", "/Encoding"):
            digest.add(values.get(font, key))
    for kind in ("/ExtGState", "/Properties"):
        digest.add(values.get(resources, kind))
    for _, thing in objects:
        for key in ("/Width", "/Height", "/Decode", "/Mask"):
            digest.add(values.get(thing, key))
    return digest.text()


def _entries(thing: Any) -> list[tuple[str, Any]]:
    return sorted(thing.items(), key=itemgetter(0)) if values.is_dictionary(thing) else []
