"""Pictures for the page: never finer than the paper can show."""

from __future__ import annotations

import hashlib
from io import BytesIO

from exporter.contracts import Workshop
from exporter.model import Asset, Publication
from exporter.writers.pdf.options import Options
from exporter.writers.pdf.sheets import Paper

RASTER = frozenset({"image/png", "image/jpeg", "image/webp", "image/tiff", "image/gif", "image/bmp"})
JPEG_QUALITY = 88
_INCH = 25.4


class Prints:
    """Gives the bytes of a picture by its name, reduced to what is printed."""

    def __init__(self, publication: Publication, workshop: Workshop, options: Options, sheet: Paper) -> None:
        self._assets = {asset.name: asset for asset in publication.assets}
        self._workshop = workshop
        cover = publication.metadata.cover
        self._cover = cover.source if cover else ""
        dots = options.picture_resolution / _INCH
        self._page = (round(sheet.width * dots), round(sheet.height * dots))
        self._text = (
            round((sheet.measure + sheet.hang) * dots),
            round((sheet.height - sheet.top - sheet.bottom) * dots),
        )

    def __call__(self, name: str) -> tuple[bytes, str]:
        """Give the bytes and the media type.

        Raises:
            KeyError: The publication has no such picture.
        """
        asset = self._assets[name]
        path = self._workshop.assets.path(asset.digest)
        limit = self._page if name == self._cover else self._text
        if asset.media_type not in RASTER or self._fits(asset, limit):
            return path.read_bytes(), asset.media_type
        key = hashlib.sha256(f"print-1 {asset.digest} {limit} {JPEG_QUALITY}".encode()).hexdigest()
        data = self._workshop.memo.get(key)
        if data is None:
            data = _reduced(path.read_bytes(), limit)
            self._workshop.memo.put(key, data)
        return data, "image/jpeg" if data.startswith(b"\xff\xd8") else "image/png"

    @staticmethod
    def _fits(asset: Asset, limit: tuple[int, int]) -> bool:
        return asset.width <= limit[0] and asset.height <= limit[1]


def _reduced(data: bytes, limit: tuple[int, int]) -> bytes:
    """Give the picture scaled into `limit` pixels, as JPEG when it was one, else as PNG."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as picture:
        kind = "JPEG" if picture.format in {"JPEG", "MPO"} else "PNG"
        upright = ImageOps.exif_transpose(picture)
        if upright.mode in {"P", "1", "LA", "I;16", "I", "F"}:
            upright = upright.convert("RGBA" if "transparency" in picture.info or upright.mode == "LA" else "RGB")
        upright.thumbnail(limit, Image.Resampling.LANCZOS)
        out = BytesIO()
        if kind == "JPEG":
            profile = picture.info.get("icc_profile")
            upright.save(
                out, "JPEG", quality=JPEG_QUALITY, optimize=True, **({"icc_profile": profile} if profile else {})
            )
        else:
            upright.save(out, "PNG", optimize=True)
    return out.getvalue()
