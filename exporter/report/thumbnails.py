"""Small copies of the pictures that findings are about, inside the page: authors know pictures by sight."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from exporter.findings import Finding
from exporter.model import Asset, Publication
from exporter.model.walk import images

MOST = 60
"""Number of pictures that a page contains; each takes some kilobytes, and some time to make."""
_SIZE = (320, 160)
_LARGEST_SVG = 40_000
"""Bytes."""
_QUOTED = re.compile(r"“([^“”]+)”")


class Thumbnail(msgspec.Struct, frozen=True):
    """A small picture."""

    address: str
    """As a data URI."""
    alt: str
    """Its location in the manuscript, after its name, unless exporter has given it that name."""


def make_thumbnails(
    findings: Iterable[Finding], publication: Publication, read: Callable[[str], bytes]
) -> Mapping[Finding, tuple[Thumbnail, ...]]:
    """Return the pictures of each finding that is about pictures.

    Args:
        findings: Findings about the manuscript or its editions.
        publication: The tree, whose assets are the pictures.
        read: Returns the bytes of an asset by its digest.
    """
    assets = {asset.name: asset for asset in publication.assets}
    by_anchor: dict[int, str] = {}
    embedded: dict[str, str] = {}
    """The locations of pictures inside a file without lines, by the names that its reader gave them."""
    for image in images(publication):
        if image.at.source and image.at.source.is_in_words:
            by_anchor.setdefault(image.at.source.anchor, image.source)
            embedded.setdefault(image.source, image.at.source.place)
    addresses: dict[str, str] = {}
    thumbnails: dict[Finding, tuple[Thumbnail, ...]] = {}
    for finding in findings:
        names = [name for name in _QUOTED.findall(finding.message) if name in assets]
        location = finding.source.place if finding.source else ""
        if not names and finding.source and finding.source.anchor and finding.source.anchor in by_anchor:
            names = [by_anchor[finding.source.anchor]]
        for name in dict.fromkeys(names):
            if name not in addresses and name in assets and len(addresses) < MOST:
                addresses[name] = _address(assets[name], read)
            if addresses.get(name):
                # The location is that of the first one; others are only compared with it.
                where = embedded.get(name, "") if finding in thumbnails else location
                alt = _alt("" if name in embedded else name, where)
                thumbnails[finding] = (*thumbnails.get(finding, ()), Thumbnail(addresses[name], alt))
    return thumbnails


def _alt(name: str, location: str) -> str:
    alt = ", ".join(filter(None, (f"Picture {name}" if name else "", location)))
    return f"{alt[:1].upper()}{alt[1:]}"


def _address(asset: Asset, read: Callable[[str], bytes]) -> str:
    """Return a small copy of a picture, or "" if none can be made."""
    from PIL import Image

    data, kind = read(asset.digest), asset.media_type
    if kind == "image/svg+xml":
        if len(data) > _LARGEST_SVG:
            return ""
    else:
        try:
            with Image.open(io.BytesIO(data)) as image:
                image.draft("RGB", _SIZE)
                image.thumbnail(_SIZE)
                small = image.convert("RGBA")
            flat = Image.new("RGB", small.size, "white")
            flat.paste(small, mask=small)
        except Exception:  # decoders raise any
            return ""
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=70)
        data, kind = out.getvalue(), "image/jpeg"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
