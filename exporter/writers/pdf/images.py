"""Pictures for the page: never finer than the paper can show, in colours that the page says it has."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from exporter.contracts import WriteContext
from exporter.contracts.sidecars import PlacedPictures
from exporter.images.formats import SVG
from exporter.model import Asset, Publication
from exporter.model import Image as ImageNode
from exporter.model.walk import walk
from exporter.writers import svg_rendering
from exporter.writers.pdf import colours
from exporter.writers.pdf.design import Paper
from exporter.writers.pdf.options import PageOptions
from exporter.writers.pdf.patches.speedups import compressed_samples

RASTER = frozenset({"image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/bmp"})
JPEG_QUALITY = 88
_INCH = 25.4
_ANY_SIZE = (100_000, 100_000)


class Prints:
    """Bytes of images by name, reduced to what is printed."""

    def __init__(self, publication: Publication, context: WriteContext, options: PageOptions, sheet: Paper) -> None:
        self._assets = {asset.name: asset for asset in publication.assets}
        self._context = context
        cover = publication.metadata.cover
        self._cover = cover.source if cover else ""
        dots = options.picture_resolution / _INCH
        self._page = (round(sheet.width * dots), round(sheet.height * dots))
        self._text = (
            round((sheet.measure + sheet.hang) * dots),
            round((sheet.height - sheet.top - sheet.bottom) * dots),
        )
        self._widths: dict[str, float] = {}
        """The widest that each picture is printed, in pixels."""
        for node in walk(publication):
            if isinstance(node, ImageNode):
                width = node.width * dots if node.width else self._text[0]
                self._widths[node.source] = max(width, self._widths.get(node.source, 0))

    def __call__(self, name: str) -> tuple[bytes, str]:
        """Return the bytes and the media type.

        Raises:
            KeyError: The publication has no such picture.
        """
        asset, limit = self._assets[name], self._limit(name)
        data = self._context.assets.path(asset.digest).read_bytes()
        if asset.media_type not in RASTER or (self._fits(asset, limit) and _is_plain(data)):
            return data, asset.media_type
        key = hashlib.sha256(self._identity(name).encode()).hexdigest()
        reduced = self._context.memo.get(key)
        if reduced is None:
            reduced = _reduced(data, limit)
            self._context.memo.put(key, reduced)
        return reduced, "image/jpeg" if reduced.startswith(b"\xff\xd8") else "image/png"

    def drawings(self) -> str:
        """Return the SVG images with text."""
        drawings = []
        for asset in self._assets.values():
            source = self._context.assets.path(asset.digest).read_bytes() if asset.media_type == SVG else b""
            # The page engine says which one cannot be read.
            with suppress(ValueError):
                drawings.append(svg_rendering.parse(source) if b"<text" in source else "")
        return "".join(drawings)

    def placed(self) -> PlacedPictures:
        """Return the data of each picture in the file, for the parity check.

        Of pictures with transparency, a palette or another format, the page engine makes it.
        """
        streams: dict[str, list[bytes]] = defaultdict(list)
        for name, asset in self._assets.items():
            streams[asset.digest].append(self._stream(name))
        return PlacedPictures(
            {
                digest: tuple(hashlib.sha256(stream).hexdigest() for stream in copies)
                for digest, copies in streams.items()
                if all(copies)
            }
        )

    def _stream(self, name: str) -> bytes:
        """Return the data of a picture in the file; nothing if the page engine makes them."""
        try:
            data, kind = self(name)
            return data if kind == "image/jpeg" else _samples(data) if kind == "image/png" else b""
        except (OSError, SyntaxError, ValueError):
            return b""  # the page engine has said that it cannot be read

    def identities(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each picture, and what decides its bytes."""
        return ((name, self._identity(name)) for name in self._assets)

    def _identity(self, name: str) -> str:
        return f"print-2 {self._assets[name].digest} {self._limit(name)} {JPEG_QUALITY}"

    def _limit(self, name: str) -> tuple[int, int]:
        if name == self._cover:
            return self._page
        width, height = self._text
        return min(width, round(self._widths.get(name, width))), height

    @staticmethod
    def _fits(asset: Asset, limit: tuple[int, int]) -> bool:
        return asset.width <= limit[0] and asset.height <= limit[1]


def plain(data: bytes) -> bytes:
    """Return an image inside a drawing, in plain colours."""
    return data if _is_plain(data) else _reduced(data, _ANY_SIZE)


def _is_plain(data: bytes) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            return colours.is_plain(picture)
    except UnidentifiedImageError:
        return True  # the page engine says what is wrong with it


def _samples(data: bytes) -> bytes:
    """Return the compressed samples of a PNG, if the page engine writes them as they are."""
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        is_known = picture.format == "PNG" and picture.mode in {"L", "RGB"}
        return compressed_samples(data, picture.mode) if is_known else b""


def _reduced(data: bytes, limit: tuple[int, int]) -> bytes:
    """Return the picture scaled into `limit` pixels and in plain colours, as JPEG when it was one, else as PNG."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as picture:
        photograph = picture.format in {"JPEG", "MPO"}
        upright = colours.plain(ImageOps.exif_transpose(picture))
        upright.thumbnail(limit, Image.Resampling.LANCZOS)
        out = BytesIO()
        if photograph:
            upright.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, icc_profile=None)
        else:
            upright.save(out, "PNG", optimize=True, icc_profile=None)
    return out.getvalue()
