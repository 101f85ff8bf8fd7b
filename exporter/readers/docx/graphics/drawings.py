"""Drawings: images, text boxes, charts, diagrams, embedded objects (ISO/IEC 29500-1, 20.4; VML: -4, 19)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import msgspec

from exporter.images.rules import REMOTE
from exporter.inspect.docx import PartError
from exporter.inspect.docx.xml import Element, name
from exporter.model import Alt, At, Block, Decorative, Described, Image, Paragraph, Table, Text, Undescribed
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics.automatic_alts import REMARK
from exporter.readers.docx.graphics.charts import Chart, diagram
from exporter.readers.docx.graphics.picture_geometry import Crop, crop_of, own_width, vml_crop, vml_width, width_of
from exporter.readers.docx.graphics.turned_pictures import UPRIGHT, Turn, turn_of, vml_turn
from exporter.readers.docx.inlines.alternate_content import choice
from exporter.readers.docx.rules import ALT_AUTOMATIC, CROPPED, INSERT

_EMBED, _LINK, _ID = name("r:embed"), name("r:link"), name("r:id")
_PICTURE, _BOX = name("pic:pic"), name("txbxContent")
_CHART, _NEW_CHART, _DIAGRAM = name("c:chart"), name("cx:chart"), name("dgm:relIds")
_TURN = "Turn the image in the program that made it, and insert it again."
LINK_IGNORED = "The link of an image to “{}” was ignored."
LINK_ADVICE = "Write it as a link in the text or the caption."
_EQUATIONS = ("Equation", "MathType", "DSMT")


class DrawnItem(NamedTuple):
    """Content of a drawing."""

    image: Image | None = None
    block: Block | None = None
    """The data of a chart, or the text of a diagram."""
    box: Element | None = None
    """The content of a text box, not yet read."""
    rule: bool = False
    """Whether it is a horizontal rule."""
    floats: bool = False
    """Whether it is floating instead of in line with the text."""
    words: str = ""


class Drawings:
    """Reader of the drawings of a file."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

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
        is_read = False
        for element in _content(holder):
            if element.tag == _PICTURE:
                image = self._picture(element, part, alt)
                if image is not None:
                    yield DrawnItem(image=msgspec.structs.replace(image, width=self._width(holder, element)))
                    # The alt text of a group belongs to its first image.
                    alt = Decorative() if isinstance(image.alt, Described) else alt
                is_read = True
            elif element.tag == _BOX:
                yield DrawnItem(box=element)
                is_read = True
            elif element.tag in (_CHART, _NEW_CHART):
                yield from self._chart(element, part, alt)
                is_read = True
            elif element.tag == _DIAGRAM:
                yield from self._diagram(element, part, alt)
                is_read = True
        if is_read and (address := self._address(properties, part)):
            self._context.report_unsupported(LINK_IGNORED.format(address[:80]), LINK_ADVICE)
        if not is_read and isinstance(alt, Described):
            self._context.report_unsupported(
                f"A drawn shape was ignored; its alt text is “{alt.text}”.",
                "Save it as an image (right click, Save as Picture) and insert that with its alt text.",
            )
        elif not is_read and not isinstance(alt, Decorative):
            self._context.count("shapes")

    def _address(self, properties: Element | None, part: str) -> str:
        """Return the address that a drawing links to (20.4.2.5), or "" if it has none."""
        click = properties.find(name("a:hlinkClick")) if properties is not None else None
        relation = (
            self._context.package.relations(part).get(click.get(name("r:id")) or "") if click is not None else None
        )
        return relation.target if relation is not None and relation.external else ""

    def _picture(self, element: Element, part: str, alt: Alt) -> Image | None:
        blip = element.find(f"{name('pic:blipFill')}/{name('a:blip')}")
        own = element.find(f"{name('pic:nvPicPr')}/{name('pic:cNvPr')}")
        if isinstance(alt, Undescribed):
            alt = self._alt(own)
        if blip is None:
            return None
        self._check_crop(crop_of(element))
        turn = turn_of(element)
        vector = next(blip.iter(name("asvg:svgBlip")), None)
        wish = (own.get("name") or "") if own is not None and self._context.is_word_edition else ""
        # Of a drawing that is turned, the pixels are taken, which can be turned.
        vectors = ((blip, _EMBED), (vector, _EMBED)) if turn != UPRIGHT else ((vector, _EMBED), (blip, _EMBED))
        for holder, attribute in (*vectors, (blip, _LINK)):
            identifier = holder.get(attribute) if holder is not None else None
            if identifier and (image := self._image(identifier, part, alt, wish, turn)) is not None:
                return image
        alt_text = f"; its alt text is “{alt.text}”" if isinstance(alt, Described) else ""
        self._context.report_unsupported(f"An image is missing in the file{alt_text}.", "Insert the image again.")
        return None

    def _image(self, identifier: str, part: str, alt: Alt, wish: str = "", turn: Turn = UPRIGHT) -> Image | None:
        relation = self._context.package.relations(part).get(identifier)
        if relation is None:
            return None
        at = At(source=self._context.locations.here())
        if relation.external:
            # External images are never opened, neither on the network nor on disk.
            self._context.report_here(
                REMOTE, f"The image “{relation.target[:80]}” is not in the file, only linked.", advice=INSERT
            )
            return Image(at=at, source=relation.target or "picture", alt=alt) if relation.target else None
        try:
            source = self._context.media.take(relation.target, wish, turn)
        except PartError as error:
            self._context.report_unsupported(
                f"The image “{relation.target}” {error.reason}.", "Insert the image again."
            )
            return None
        if source in self._context.media.unturned:
            self._context.report_unsupported("An image is turned in Word; the editions do not turn it.", _TURN)
        return Image(at=at, source=source, alt=alt)

    def _width(self, holder: Element, picture: Element) -> float | None:
        """Return the width of a picture in millimetres; the Word edition states one that the manuscript sets."""
        properties = holder.find(name("wp:docPr"))
        if self._context.is_word_edition and properties is not None:
            return own_width(properties.get("name") or "")
        return width_of(holder, picture, crop_of(picture), on_side=turn_of(picture).quarters % 2 == 1)

    def _check_crop(self, crop: Crop) -> None:
        if crop.is_cropped:
            self._context.report_here(CROPPED, "An image is cropped in Word; the editions show all of it.")

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
        plain = REMARK.sub(" ", words)
        if plain != words:
            self._context.report_here(
                ALT_AUTOMATIC, f"The alt text “{' '.join(plain.split())[:80]}” was generated automatically."
            )
        text = " ".join(plain.split())
        return Described(text) if text else Undescribed()

    def _chart(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self._context.package.relations(part).get(element.get(_ID) or "")
        table: Table | None = None
        reason = ""
        with suppress(PartError):
            root = self._context.package.xml(relation.target) if relation and not relation.external else None
            if root is not None:
                chart = Chart(root, self._context.styles.default.language or "en")
                table = chart.table()
                reason = "a table of its data would be too large" if chart.is_too_large else ""
        yield from self._replacement(table, alt, "chart", "as a table of its data", reason)

    def _diagram(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self._context.package.relations(part).get(element.get(name("r:dm")) or "")
        block: Block | None = None
        try:
            root = self._context.package.xml(relation.target) if relation and not relation.external else None
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
            self._context.report_unsupported(
                f"A {kind} was ignored: only Word can draw it, and {reason or 'it contains no text'}.", advice
            )
            return
        why = f": {reason}" if reason else ""
        self._context.report_unsupported(f"A {kind} was read {form if block else 'as its alt text'}{why}.", advice)
        if isinstance(block, Table) and alt_paragraph:
            yield DrawnItem(block=_with_description(block, alt_paragraph))
        else:
            if alt_paragraph:
                yield DrawnItem(block=alt_paragraph)
            if block:
                yield DrawnItem(block=block)

    def read_vml(self, pict: Element, part: str) -> Iterator[DrawnItem]:
        """Yield the content of `w:pict` or `w:object` in order."""
        program = next((ole.get("ProgID") or "" for ole in pict.iter(name("o:OLEObject"))), "")
        for element in _vml(pict):
            if element.tag == _BOX:
                yield DrawnItem(box=element)
            elif element.tag == name("v:imagedata"):
                identifier = element.get(_ID) or element.get(name("r:pict")) or element.get(name("r:href"))
                shape = element.getparent()
                words = (shape.get("alt") or "") if shape is not None else ""
                turn = vml_turn(shape)
                image = self._image(identifier, part, self.described(words), turn=turn) if identifier else None
                if image is not None:
                    crop = vml_crop(element)
                    self._check_crop(crop)
                    yield DrawnItem(
                        image=msgspec.structs.replace(
                            image, width=vml_width(shape, crop, on_side=turn.quarters % 2 == 1)
                        ),
                        floats="position:absolute" in ((shape.get("style") or "") if shape is not None else ""),
                    )
            elif element.tag == name("v:textpath"):
                yield DrawnItem(words=element.get("string") or "")
            elif element.get(name("o:hr")) in ("t", "true", "1"):
                yield DrawnItem(rule=True)
        if program.startswith(_EQUATIONS):
            self._context.report_unsupported(
                "A formula is an object of an old equation editor; only its image was read.",
                "Write it again with Insert, Equation.",
            )
        elif pict.tag == name("object"):
            self._context.report_unsupported(
                f"An embedded object{f' ({program})' if program else ''} was ignored; its image, if any, was read.",
                "Put its content into the text, as text, a table or an image.",
            )


def _with_description(table: Table, alt_paragraph: Paragraph) -> Table:
    return Table(
        columns=table.columns, head=table.head, bodies=table.bodies, caption=table.caption, description=(alt_paragraph,)
    )


def _content(holder: Element) -> Iterator[Element]:
    """Yield images, text boxes, charts and diagrams in a drawing, without those in text boxes or later choices."""
    stack = [holder]
    while stack:
        element = stack.pop()
        if element.tag in (_PICTURE, _BOX, _CHART, _NEW_CHART, _DIAGRAM):
            yield element
        elif element.tag == name("mc:AlternateContent"):
            if (chosen := choice(element)) is not None:
                stack.append(chosen)
        else:
            stack.extend(reversed(element))


def _vml(pict: Element) -> Iterator[Element]:
    stack = list(reversed(pict))
    while stack:
        element = stack.pop()
        if element.tag == _BOX:
            yield element
            continue
        yield element
        stack.extend(reversed(element))
