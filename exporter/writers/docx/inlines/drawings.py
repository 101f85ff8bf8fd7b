"""Images as inline drawings, with their alt text (ECMA-376-1, 20.4.2.8 inline, 20.4.2.5 docPr)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from exporter.contracts.sidecars import PlacedPictures
from exporter.inspect.docx.xml import NAMESPACES
from exporter.model import Alt, Asset, Decorative, Described, Image
from exporter.writers.docx.context import Story, WriteState
from exporter.writers.docx.inlines.fields import add_run
from exporter.writers.docx.inlines.image_conversion import placeholder, prepare, rasterise
from exporter.writers.docx.package import Package, Part
from exporter.writers.docx.xml import Element, add

_EMU_PER_TWIP = 635
_TWIPS_PER_POINT = 20
_TWIPS_PER_PIXEL = 15
"""CSS px, 96 to the inch (CSS Values 4, 6.2)."""
_TWIPS_PER_INCH = 1440
_TWIPS_PER_MM = _TWIPS_PER_INCH / 25.4
TALLEST = 0.72
"""Maximum height of an image as a fraction of the text height, so that its caption fits below."""
_SVG = "image/svg+xml"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_SVG_BLIP = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Size(NamedTuple):
    """Printed size, in twentieths of a point."""

    width: int
    height: int


class DrawingWriter:
    """Writer of the images of a document; each file is stored once."""

    def __init__(self, state: WriteState, package: Package) -> None:
        self._state = state
        self._package = package
        self._assets = {asset.name: asset for asset in state.publication.assets}
        self._parts: dict[tuple[str, str], Part] = {}
        self._count = 0

    def add(self, story: Story, parent: Element, image: Image, *, available_width: int, inline: bool = False) -> None:
        """Append a run with an image.

        Args:
            story: The story that gets the relationship.
            parent: A paragraph or hyperlink.
            image: The image, whose file exists.
            available_width: Its maximum width, in twentieths of a point.
            inline: Whether it is inside running text.
        """
        asset = self.asset(image.source)
        assert asset is not None
        self.add_asset(
            story, parent, asset, image.alt, available_width=available_width, inline=inline, width=image.width
        )

    def width_of(self, image: Image, available_width: int) -> int:
        """Return the printed width of an image that is not inside running text, in twentieths of a point."""
        asset = self.asset(image.source)
        assert asset is not None
        tallest = self._state.paper.text_height * TALLEST
        return self._size(asset, available_width, tallest, image.width, inline=False).width

    def asset(self, name: str) -> Asset | None:
        """Return the file with this name, or None if it is missing."""
        asset = self._assets.get(name)
        return asset if asset and self._state.context.assets.path(asset.digest).is_file() else None

    def add_asset(
        self,
        story: Story,
        parent: Element,
        asset: Asset,
        alt: Alt,
        *,
        available_width: int,
        inline: bool = False,
        max_height: float = TALLEST,
        width: float | None = None,
    ) -> None:
        """Append a run with the image of a file.

        Args:
            story: The story that gets the relationship.
            parent: A paragraph or hyperlink.
            asset: The file.
            alt: Its alt text.
            available_width: Its maximum width, in twentieths of a point.
            inline: Whether it is inside running text.
            max_height: Its maximum height, as a fraction of the text height.
            width: Width that the manuscript sets, in millimetres.
        """
        size = self._size(asset, available_width, self._state.paper.text_height * max_height, width, inline=inline)
        is_svg = asset.media_type == _SVG
        relationship = story.image_relationship(
            self._rasterised(asset, size) if is_svg else self._resampled(asset, size)
        )
        drawing = add(add_run(parent), "drawing")
        inline_element = add(drawing, "wp:inline", {"distT": 0, "distB": 0, "distL": 0, "distR": 0})
        extent = {"cx": size.width * _EMU_PER_TWIP, "cy": size.height * _EMU_PER_TWIP}
        add(inline_element, "wp:extent", extent)
        self._add_alt_text(inline_element, "wp:docPr", alt, width)
        locks = add(add(inline_element, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noChangeAspect": 1})
        assert locks is not None
        data = add(add(inline_element, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
        element = add(data, "pic:pic")
        identity = add(element, "pic:nvPicPr")
        # The original file name, as Word writes it.
        add(identity, "pic:cNvPr", {"id": self._count, "name": asset.name})
        add(identity, "pic:cNvPicPr")
        fill = add(element, "pic:blipFill")
        blip = add(fill, "a:blip", {"r:embed": relationship})
        if is_svg:
            extension = add(add(blip, "a:extLst"), "a:ext", {"uri": _SVG_BLIP})
            add(extension, "asvg:svgBlip", {"r:embed": story.image_relationship(self._svg(asset))})
        add(add(fill, "a:stretch"), "a:fillRect")
        shape = add(element, "pic:spPr")
        transform = add(shape, "a:xfrm")
        add(transform, "a:off", {"x": 0, "y": 0})
        add(transform, "a:ext", extent)
        add(add(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")

    def _add_alt_text(self, holder: Element, tag: str, alt: Alt, width: float | None) -> None:
        """Append number, name and alt text (WCAG 1.1.1), or the mark of a decorative image ([MS-ODRAWXML] 2.20).

        The name states a width that the manuscript sets, for the reader of Word files.
        """
        self._count += 1
        name = f"Picture {self._count}{f', {width:g} mm' if width else ''}"
        attributes: dict[str, object] = {"id": self._count, "name": name}
        if isinstance(alt, Described):
            attributes["descr"] = alt.text
        elif isinstance(alt, Decorative):
            attributes["descr"] = ""
        element = add(holder, tag, attributes)
        if isinstance(alt, Decorative):
            extension = add(add(element, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
            add(extension, "adec:decorative", {"val": 1})

    def _size(
        self, asset: Asset, available_width: int, max_height: float, millimetres: float | None, *, inline: bool
    ) -> Size:
        width: float = (asset.width or 600) * _TWIPS_PER_PIXEL
        height: float = (asset.height or 400) * _TWIPS_PER_PIXEL
        if millimetres:
            height, width = height * millimetres * _TWIPS_PER_MM / width, millimetres * _TWIPS_PER_MM
        elif asset.media_type == _SVG and not inline:
            # An SVG can be enlarged without loss to the available width.
            height, width = round(height * available_width / width), available_width
        # At least a point on one side, and a tenth of it on the other, or nobody would see it.
        scale = max(min(1.0, available_width / width, max_height / height), _TWIPS_PER_POINT / max(width, height))
        return Size(*(max(round(side * scale), _TWIPS_PER_POINT // 10) for side in (width, height)))

    def _resampled(self, asset: Asset, size: Size) -> Part:
        key = (asset.digest, str(size.width))
        if key not in self._parts:
            image = prepare(asset, self._state.context, size.width / _TWIPS_PER_INCH)
            self._parts[key] = self._add_part(image.suffix, f"image/{image.suffix}", image.data)
        return self._parts[key]

    def _rasterised(self, asset: Asset, size: Size) -> Part:
        """Return an SVG as pixels, for programs without SVG support, such as Word 2016 and older."""
        key = (asset.digest, str(size.width))
        if key not in self._parts:
            image = rasterise(asset, self._state.context, size.width / _TWIPS_PER_INCH)
            if image is None:
                image = placeholder(*size)
                self._state.report_not_carried(
                    f"The SVG image “{asset.name}” is shown as an empty box with its alt text in Word 2016 and older.",
                    None,
                    advice="Save the image as PNG, or offer another edition to readers with an old version of Word.",
                )
            self._parts[key] = self._add_part(image.suffix, f"image/{image.suffix}", image.data)
        return self._parts[key]

    def _svg(self, asset: Asset) -> Part:
        key = (asset.digest, "svg")
        if key not in self._parts:
            data = self._state.context.assets.path(asset.digest).read_bytes()
            self._parts[key] = self._add_part("svg", _SVG, data)
        return self._parts[key]

    def placed(self) -> PlacedPictures:
        """Return which files the document has of every picture, for the parity check."""
        files: dict[str, tuple[str, ...]] = {}
        for (digest, _), part in self._parts.items():
            files[digest] = (*files.get(digest, ()), hashlib.sha256(part.blob).hexdigest())
        return PlacedPictures(files)

    def _add_part(self, suffix: str, content_type: str, data: bytes) -> Part:
        return self._package.add_part(f"/word/media/image{len(self._parts) + 1}.{suffix}", content_type, data)
