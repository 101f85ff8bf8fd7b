"""Pictures in line with the text, each with its alt text (ECMA-376-1, 20.4.2.8 inline, 20.4.2.5 docPr)."""

from __future__ import annotations

from typing import NamedTuple

from exporter.model import Alt, Asset, Decorative, Described, Image
from exporter.writers.docx.context import Story, WriteState
from exporter.writers.docx.fields import add_run
from exporter.writers.docx.image_conversion import blank, draw, prepare
from exporter.writers.docx.package import Package, Part
from exporter.writers.docx.xml import NAMESPACES, Element, add

_EMU_PER_TWIP = 635
_TWIPS_PER_PIXEL = 15
"""CSS px, 96 to the inch (CSS Values 4, 6.2)."""
_TWIPS_PER_INCH = 1440
TALLEST = 0.72
"""Share of the height of the text that a picture may take, so that its caption fits below."""
_SVG = "image/svg+xml"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_SVG_BLIP = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


class Size(NamedTuple):
    """Printed size, in twentieths of a point."""

    width: int
    height: int


class Pictures:
    """The pictures of a document, each file once."""

    def __init__(self, draft: WriteState, package: Package) -> None:
        self._draft = draft
        self._package = package
        self._assets = {asset.name: asset for asset in draft.publication.assets}
        self._parts: dict[tuple[str, str], Part] = {}
        self._count = 0

    def add(self, story: Story, parent: Element, image: Image, *, room: int, inline: bool = False) -> None:
        """Append a run with a picture.

        Args:
            story: Whose relationships it goes by.
            parent: A paragraph or hyperlink.
            image: The picture, whose file is there.
            room: Width it may take, in twentieths of a point.
            inline: Whether it stands among words.
        """
        asset = self.asset(image.source)
        assert asset is not None
        self.add_asset(story, parent, asset, image.alt, room=room, inline=inline)

    def asset(self, name: str) -> Asset | None:
        """Return the file with this name; None when it is not there."""
        asset = self._assets.get(name)
        return asset if asset and self._draft.context.assets.path(asset.digest).is_file() else None

    def add_asset(
        self,
        story: Story,
        parent: Element,
        asset: Asset,
        alt: Alt,
        *,
        room: int,
        inline: bool = False,
        tallest: float = TALLEST,
    ) -> None:
        """Append a run with the picture of a file; `tallest` is the share of the page's height that it may take."""
        size = self._size(asset, room, self._draft.paper.text_height * tallest, inline=inline)
        vector = asset.media_type == _SVG
        picture = story.picture(self._drawn(asset, size) if vector else self._raster(asset, size))
        drawing = add(add_run(parent), "drawing")
        holder = add(drawing, "wp:inline", {"distT": 0, "distB": 0, "distL": 0, "distR": 0})
        extent = {"cx": size.width * _EMU_PER_TWIP, "cy": size.height * _EMU_PER_TWIP}
        add(holder, "wp:extent", extent)
        self._add_identity(holder, "wp:docPr", alt)
        locks = add(add(holder, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noChangeAspect": 1})
        assert locks is not None
        data = add(add(holder, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
        element = add(data, "pic:pic")
        naming = add(element, "pic:nvPicPr")
        # As Word does: the file that the picture came from.
        add(naming, "pic:cNvPr", {"id": self._count, "name": asset.name})
        add(naming, "pic:cNvPicPr")
        fill = add(element, "pic:blipFill")
        blip = add(fill, "a:blip", {"r:embed": picture})
        if vector:
            extension = add(add(blip, "a:extLst"), "a:ext", {"uri": _SVG_BLIP})
            add(extension, "asvg:svgBlip", {"r:embed": story.picture(self._vector(asset))})
        add(add(fill, "a:stretch"), "a:fillRect")
        shape = add(element, "pic:spPr")
        frame = add(shape, "a:xfrm")
        add(frame, "a:off", {"x": 0, "y": 0})
        add(frame, "a:ext", extent)
        add(add(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")

    def _add_identity(self, holder: Element, tag: str, alt: Alt) -> None:
        """Append number, name and alt text (WCAG 1.1.1); a decorative picture says so ([MS-ODRAWXML] 2.20)."""
        self._count += 1
        attributes: dict[str, object] = {"id": self._count, "name": f"Picture {self._count}"}
        if isinstance(alt, Described):
            attributes["descr"] = alt.text
        elif isinstance(alt, Decorative):
            attributes["descr"] = ""
        element = add(holder, tag, attributes)
        if isinstance(alt, Decorative):
            extension = add(add(element, "a:extLst"), "a:ext", {"uri": _DECORATIVE})
            add(extension, "adec:decorative", {"val": 1})

    def _size(self, asset: Asset, room: int, tallest: float, *, inline: bool) -> Size:
        width = (asset.width or 600) * _TWIPS_PER_PIXEL
        height = (asset.height or 400) * _TWIPS_PER_PIXEL
        if asset.media_type == _SVG and not inline:
            # A drawing has no pixels to lose: it takes the room there is.
            height, width = round(height * room / width), room
        scale = min(1.0, room / width, tallest / height)
        return Size(max(round(width * scale), 1), max(round(height * scale), 1))

    def _raster(self, asset: Asset, size: Size) -> Part:
        key = (asset.digest, str(size.width))
        if key not in self._parts:
            picture = prepare(asset, self._draft.context, size.width / _TWIPS_PER_INCH)
            self._parts[key] = self._add_part(picture.suffix, f"image/{picture.suffix}", picture.data)
        return self._parts[key]

    def _drawn(self, asset: Asset, size: Size) -> Part:
        """Return a drawing as pixels, for programs that show no SVG: Word 2016 and older, and many others."""
        key = (asset.digest, str(size.width))
        if key not in self._parts:
            picture = draw(asset, self._draft.context, size.width / _TWIPS_PER_INCH)
            if picture is None:
                picture = blank(*size)
                self._draft.not_carried(
                    f"The drawing “{asset.name}” shows as an empty frame with its alt text in Word 2016 and older.",
                    None,
                    advice="Readers with an old Word need another edition; or save the drawing as PNG.",
                )
            self._parts[key] = self._add_part(picture.suffix, f"image/{picture.suffix}", picture.data)
        return self._parts[key]

    def _vector(self, asset: Asset) -> Part:
        key = (asset.digest, "svg")
        if key not in self._parts:
            data = self._draft.context.assets.path(asset.digest).read_bytes()
            self._parts[key] = self._add_part("svg", _SVG, data)
        return self._parts[key]

    def _add_part(self, suffix: str, content_type: str, data: bytes) -> Part:
        return self._package.add_part(f"/word/media/image{len(self._parts) + 1}.{suffix}", content_type, data)
