"""Drawings: images, text boxes, charts, diagrams, embedded objects (ISO/IEC 29500-1, 20.4; VML: -4, 19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec

from exporter.images.rules import REMOTE
from exporter.inspect.docx import PartError
from exporter.inspect.docx.xml import Element, name, value
from exporter.model import Alt, At, Block, Decorative, Described, Image, Paragraph, Table, Text, Undescribed
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics.automatic_alts import REMARK
from exporter.readers.docx.graphics.charts import Chart, diagram
from exporter.readers.docx.graphics.group_alts import GroupAlt, report_shape
from exporter.readers.docx.graphics.picture_geometry import Crop, crop_of, is_tick_box, own_width, width_of
from exporter.readers.docx.graphics.shape_labels import are_labels
from exporter.readers.docx.graphics.tick_boxes import sign_in
from exporter.readers.docx.graphics.turned_pictures import UPRIGHT, Turn, turn_of
from exporter.readers.docx.inlines.alternate_content import choice
from exporter.readers.docx.rules import ALT_AUTOMATIC, CROPPED, INSERT

_EMBED, _LINK, _ID = name("r:embed"), name("r:link"), name("r:id")
_PICTURE, _BOX = name("pic:pic"), name("txbxContent")
_CHART, _NEW_CHART, _DIAGRAM = name("c:chart"), name("cx:chart"), name("dgm:relIds")
_TURN = "Turn the image in the program that made it, and insert it again."
_FLOATING_BOX = "A drawn box to tick was ignored: it lies on the page, and nothing says which words belong to it."
_BOX_ADVICE = (
    "Click the box, choose Layout Options, In Line with Text, and drag it before its words; "
    "or write the sign ☐ there instead (Insert, Symbol)."
)
_DRAWING_ADVICE = "To show the drawing itself, save it as an image and insert that with an alt text."
LINK_IGNORED = "The link of an image to “{}” was ignored."
LINK_ADVICE = "Write it as a link in the text or the caption."
_FILL, _SHAPE = name("a:blipFill"), name("wps:wsp")


class DrawnItem(NamedTuple):
    """Content of a drawing."""

    image: Image | None = None
    block: Block | None = None
    """The data of a chart, or the text of a diagram."""
    box: Element | None = None
    """The content of a text box, not yet read."""
    labels: Sequence[Element] = ()
    """The content of the shapes of a drawing, each a few words, not yet read."""
    rule: bool = False
    """Whether it is a horizontal rule."""
    floats: bool = False
    """Whether it is floating instead of in line with the text."""
    words: str = ""


class Drawings:
    """Reader of the drawings of a file."""

    def __init__(self, context: ReadContext) -> None:
        self.context = context

    def read(self, drawing: Element, part: str) -> Iterator[DrawnItem]:
        """Yield the content of `w:drawing` in order.

        Args:
            drawing: The element.
            part: The part that contains it, whose relationships name its images.
        """
        for holder in drawing.iter(name("wp:inline"), name("wp:anchor")):
            if holder.getparent() is drawing:
                floats = holder.tag == name("wp:anchor")
                for item in self._drawing(holder, part):
                    yield item._replace(floats=floats)

    def _drawing(self, holder: Element, part: str) -> Iterator[DrawnItem]:
        properties = holder.find(name("wp:docPr"))
        alt = self._alt(properties)
        group = GroupAlt(self.context, alt)
        elements = list(_content(holder))
        floats = holder.tag != name("wp:inline")
        sign = sign_in(elements, floats=floats) if all(element.tag == _BOX for element in elements) else ""
        if sign and isinstance(alt, Undescribed) and is_tick_box(holder):
            yield from self.tick_box(sign, floats=floats)
            return
        is_flow_chart = len(elements) > 1 and all(element.tag == _BOX for element in elements)
        has_labels = is_flow_chart and are_labels(self.context, elements)
        if is_flow_chart and isinstance(alt, Described) and not group.is_in(elements):
            # It says what lines and arrows between the boxes show.
            group.take()
            yield DrawnItem(block=Paragraph(children=(Text(text=alt.text),)))
            self.context.report_unsupported("A drawing was read as its alt text and the texts in it.", _DRAWING_ADVICE)
        elif has_labels:
            self.context.report_unsupported("A drawing was read as a list of the texts in it.", _DRAWING_ADVICE)
        if has_labels:
            yield DrawnItem(labels=elements)
        for element in elements:
            if element.tag == _PICTURE:
                image = self._picture(element, part, group)
                if image is not None:
                    yield DrawnItem(image=msgspec.structs.replace(image, width=self._width(holder, element)))
            elif element.tag == _FILL:
                yield from self._fill(element, holder, part, group)
            elif element.tag == _BOX:
                yield from () if has_labels else (DrawnItem(box=element),)
                own = self._alt(_shape_properties(element))
                if own != alt:
                    GroupAlt(self.context, own).report([element])
            elif element.tag in (_CHART, _NEW_CHART):
                yield from self._chart(element, part, group.take())
            elif element.tag == _DIAGRAM:
                yield from self._diagram(element, part, group.take())
        group.report(elements)
        if elements and (address := self._address(properties, part)):
            self.context.report_unsupported(LINK_IGNORED.format(address[:80]), LINK_ADVICE)
        if not elements:
            report_shape(self.context, alt)

    def tick_box(self, sign: str, *, floats: bool) -> Iterator[DrawnItem]:
        """Yield a box to tick as its sign; one that lies on the page is reported, since its words are unknown."""
        if floats:
            self.context.report_unsupported(_FLOATING_BOX, _BOX_ADVICE)
        else:
            yield DrawnItem(words=sign)

    def _address(self, properties: Element | None, part: str) -> str:
        """Return the address that a drawing links to (20.4.2.5), or "" if it has none."""
        click = properties.find(name("a:hlinkClick")) if properties is not None else None
        relation = (
            self.context.package.relations(part).get(click.get(name("r:id")) or "") if click is not None else None
        )
        return relation.target if relation is not None and relation.external else ""

    def _picture(self, element: Element, part: str, group: GroupAlt) -> Image | None:
        blip = element.find(f"{name('pic:blipFill')}/{name('a:blip')}")
        own = element.find(f"{name('pic:nvPicPr')}/{name('pic:cNvPr')}")
        parent = element.getparent()
        is_alone = parent is not None and parent.tag == name("a:graphicData")
        alt = group.take() if is_alone and not isinstance(group.alt, Undescribed) else group.of(self._alt(own))
        if blip is None:
            return None
        self.check_crop(crop_of(element))
        turn = turn_of(element)
        vector = next(blip.iter(name("asvg:svgBlip")), None)
        wish = (own.get("name") or "") if own is not None and self.context.is_word_edition else ""
        # Of a drawing that is turned, the pixels are taken, which can be turned.
        vectors = ((blip, _EMBED), (vector, _EMBED)) if turn != UPRIGHT else ((vector, _EMBED), (blip, _EMBED))
        for holder, attribute in (*vectors, (blip, _LINK)):
            identifier = holder.get(attribute) if holder is not None else None
            if identifier and (image := self.image(identifier, part, alt, wish, turn)) is not None:
                return image
        alt_text = f"; its alt text is “{alt.text}”" if isinstance(alt, Described) else ""
        self.context.report_unsupported(f"An image is missing in the file{alt_text}.", "Insert the image again.")
        return None

    def _fill(self, fill: Element, holder: Element, part: str, group: GroupAlt) -> Iterator[DrawnItem]:
        """Yield the picture with which a shape is filled (20.1.8.14 blipFill)."""
        identifier = value(fill.find(name("a:blip")), _EMBED)
        image = self.image(identifier, part, group.of(self._alt(_shape_properties(fill))))
        if image is not None:
            shape = next(fill.iterancestors(_SHAPE), None)
            width = width_of(holder, shape, Crop(0, 0, 0, 0)) if shape is not None else None
            yield DrawnItem(image=msgspec.structs.replace(image, width=width))

    def image(self, identifier: str, part: str, alt: Alt, wish: str = "", turn: Turn = UPRIGHT) -> Image | None:
        """Return the image to which a relationship of a part leads, or None if there is none."""
        relation = self.context.package.relations(part).get(identifier)
        if relation is None:
            return None
        at = At(source=self.context.locations.here())
        if relation.external:
            # External images are never opened, neither on the network nor on disk.
            self.context.report_here(
                REMOTE, f"The image “{relation.target[:80]}” is not in the file, only linked.", advice=INSERT
            )
            return Image(at=at, source=relation.target or "picture", alt=alt) if relation.target else None
        try:
            source = self.context.media.take(relation.target, wish, turn)
        except PartError as error:
            self.context.report_unsupported(f"The image “{relation.target}” {error.reason}.", "Insert the image again.")
            return None
        if source in self.context.media.unturned:
            self.context.report_unsupported("An image is turned in Word; the editions do not turn it.", _TURN)
        if source in self.context.media.converted:
            self.context.count("metafiles")
        return Image(at=at, source=source, alt=alt)

    def _width(self, holder: Element, picture: Element) -> float | None:
        """Return the width of a picture in millimetres; the Word edition states one that the manuscript sets."""
        properties = holder.find(name("wp:docPr"))
        if self.context.is_word_edition and properties is not None:
            return own_width(properties.get("name") or "")
        return width_of(holder, picture, crop_of(picture), on_side=turn_of(picture).quarters % 2 == 1)

    def check_crop(self, crop: Crop) -> None:
        """Report a picture of which Word hides parts."""
        if crop.is_cropped:
            self.context.report_here(CROPPED, "An image is cropped in Word; the editions show all of it.")

    def _alt(self, properties: Element | None) -> Alt:
        """Return the alt text in the properties of a drawing (20.4.2.5; [MS-ODRAWXML] 2.20 for decorative ones)."""
        if properties is None:
            return Undescribed()
        for flag in properties.iter(name("adec:decorative")):
            if (flag.get("val") or "1") in ("1", "true", "on"):
                return Decorative()
        return self.described(properties.get("descr") or properties.get("title") or "")

    def described(self, words: str) -> Alt:
        """Return an alt text without the remark of Word that it was generated."""
        written = " ".join(words.split())
        text = " ".join(REMARK.sub(" ", written).split())
        if text != written:
            self.context.report_here(ALT_AUTOMATIC, f"The alt text “{text[:80]}” was generated automatically.")
        return Described(text) if text else Undescribed()

    def _chart(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self.context.package.relations(part).get(element.get(_ID) or "")
        table: Table | None = None
        reason = ""
        with suppress(PartError):
            root = self.context.package.xml(relation.target) if relation and not relation.external else None
            if root is not None:
                chart = Chart(root, self.context.styles.default.language or "en")
                table = chart.table()
                reason = "a table of its data would be too large" if chart.is_too_large else ""
        yield from self._replacement(table, alt, "chart", "as a table of its data", reason)

    def _diagram(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self.context.package.relations(part).get(element.get(name("r:dm")) or "")
        block: Block | None = None
        try:
            root = self.context.package.xml(relation.target) if relation and not relation.external else None
            block = diagram(root) if root is not None else None
        except PartError:
            block = None
        yield from self._replacement(block, alt, "diagram", "as a list of its text")

    def _replacement(
        self, block: Block | None, alt: Alt, kind: str, form: str, reason: str = ""
    ) -> Iterator[DrawnItem]:
        """Yield what replaces a drawing; `reason` says why its content does not, if it has any."""
        alt_paragraph = Paragraph(children=(Text(text=alt.text),)) if isinstance(alt, Described) else None
        advice = f"To show the {kind} itself, save it as an image and insert that with an alt text."
        if block is None and alt_paragraph is None:
            self.context.report_unsupported(
                f"A {kind} was ignored: only Word can draw it, and {reason or 'it contains no text'}.", advice
            )
            return
        why = f": {reason}" if reason else ""
        self.context.report_unsupported(f"A {kind} was read {form if block else 'as its alt text'}{why}.", advice)
        if isinstance(block, Table) and alt_paragraph:
            yield DrawnItem(block=_with_description(block, alt_paragraph))
        else:
            if alt_paragraph:
                yield DrawnItem(block=alt_paragraph)
            if block:
                yield DrawnItem(block=block)


def _with_description(table: Table, alt_paragraph: Paragraph) -> Table:
    return Table(
        columns=table.columns, head=table.head, bodies=table.bodies, caption=table.caption, description=(alt_paragraph,)
    )


def _shape_properties(element: Element) -> Element | None:
    """Return the properties of the shape that contains an element."""
    shape = next(element.iterancestors(_SHAPE), None)
    return shape.find(name("wps:cNvPr")) if shape is not None else None


def _is_picture_fill(element: Element) -> bool:
    """Return whether a shape is filled with a picture that is no repeated texture."""
    if element.tag != _FILL or element.find(name("a:tile")) is not None:
        return False
    return bool(value(element.find(name("a:blip")), _EMBED))


def _content(holder: Element) -> Iterator[Element]:
    """Yield images, text boxes, charts and diagrams in a drawing, without those in text boxes or later choices."""
    stack = [holder]
    while stack:
        element = stack.pop()
        if element.tag in (_PICTURE, _BOX, _CHART, _NEW_CHART, _DIAGRAM) or _is_picture_fill(element):
            yield element
        elif element.tag == name("mc:AlternateContent"):
            if (chosen := choice(element)) is not None:
                stack.append(chosen)
        else:
            stack.extend(reversed(element))
