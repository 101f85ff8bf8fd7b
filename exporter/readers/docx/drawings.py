"""Drawings: pictures, text boxes, charts, diagrams, embedded objects (ISO/IEC 29500-1, 20.4; VML: -4, 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from exporter.images.rules import REMOTE
from exporter.inspect.docx import PartError
from exporter.inspect.docx.xml import Element, name
from exporter.model import Alt, At, Block, Decorative, Described, Image, Paragraph, Table, Text, Undescribed
from exporter.readers.docx.charts import Chart, diagram
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.rules import ALT_AUTOMATIC, CROPPED, INSERT

_EMBED, _LINK, _ID = name("r:embed"), name("r:link"), name("r:id")
_PICTURE, _BOX = name("pic:pic"), name("txbxContent")
_CHART, _NEW_CHART, _DIAGRAM = name("c:chart"), name("cx:chart"), name("dgm:relIds")
_SHAPE = name("wps:wsp")
_AUTOMATIC = re.compile(
    r"\s*(?:Description automatically generated(?: with [\w ]+ confidence)?|Automatically generated description|"
    r"AI-generated content may be incorrect|Descripción generada automáticamente|Une image contenant .{0,200}"
    r"Description générée automatiquement|Description générée automatiquement|Descrição gerada automaticamente|"
    r"Automatisch generierte Beschreibung|Автоматически созданное описание)\.?\s*",
    re.IGNORECASE,
)
_EQUATIONS = ("Equation", "MathType", "DSMT")


class DrawnItem(NamedTuple):
    """What a drawing shows."""

    image: Image | None = None
    block: Block | None = None
    """The data of a chart, the words of a diagram."""
    box: Element | None = None
    """The content of a text box, still to be read."""
    rule: bool = False
    """Whether it is a line across the page."""
    floats: bool = False
    """Whether it stands beside the text, not in it."""
    words: str = ""


class Drawings:
    """Reads the drawings of a file."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context

    def read(self, drawing: Element, part: str) -> Iterator[DrawnItem]:
        """Yield what `w:drawing` shows, in order.

        Args:
            drawing: The element.
            part: Where it stands, by whose relations it points at pictures.
        """
        for holder in drawing.iter(name("wp:inline"), name("wp:anchor")):
            if holder.getparent() is drawing:
                floats = holder.tag == name("wp:anchor")
                for item in self._drawing(holder, part):
                    yield item._replace(floats=floats)

    def _drawing(self, holder: Element, part: str) -> Iterator[DrawnItem]:
        identity = holder.find(name("wp:docPr"))
        alt = self._alt(identity)
        found = False
        for element in _content(holder):
            if element.tag == _PICTURE:
                image = self._picture(element, part, alt)
                if image is not None:
                    yield DrawnItem(image=image)
                    # The words about a group are said once.
                    alt = Decorative() if isinstance(image.alt, Described) else alt
                found = True
            elif element.tag == _BOX:
                yield DrawnItem(box=element)
                found = True
            elif element.tag in (_CHART, _NEW_CHART):
                yield from self._chart(element, part, alt)
                found = True
            elif element.tag == _DIAGRAM:
                yield from self._diagram(element, part, alt)
                found = True
        if not found and isinstance(alt, Described):
            self._context.report_unsupported(
                f"A drawn shape was left out; its alt text is “{alt.text}”.",
                "Save it as a picture (right click, Save as Picture) and insert that, with its alt text.",
            )
        elif not found and not isinstance(alt, Decorative):
            self._context.count("shapes")

    def _picture(self, element: Element, part: str, alt: Alt) -> Image | None:
        blip = element.find(f"{name('pic:blipFill')}/{name('a:blip')}")
        own = element.find(f"{name('pic:nvPicPr')}/{name('pic:cNvPr')}")
        if isinstance(alt, Undescribed):
            alt = self._alt(own)
        if blip is None:
            return None
        self._check_crop(element.find(f"{name('pic:blipFill')}/{name('a:srcRect')}"))
        vector = next(blip.iter(name("asvg:svgBlip")), None)
        wish = (own.get("name") or "") if own is not None and self._context.own else ""
        for holder, attribute in ((vector, _EMBED), (blip, _EMBED), (blip, _LINK)):
            identifier = holder.get(attribute) if holder is not None else None
            if identifier and (image := self._image(identifier, part, alt, wish)) is not None:
                return image
        said = f"; its alt text is “{alt.text}”" if isinstance(alt, Described) else ""
        self._context.report_unsupported(f"A picture is missing in the file{said}.", "Insert the picture anew.")
        return None

    def _image(self, identifier: str, part: str, alt: Alt, wish: str = "") -> Image | None:
        relation = self._context.package.relations(part).get(identifier)
        if relation is None:
            return None
        at = At(source=self._context.locations.here())
        if relation.external:
            # Nothing outside is ever looked at: not on the network, not on the disk.
            self._context.report_here(
                REMOTE, f"The picture “{relation.target[:80]}” is not in the file, only linked.", advice=INSERT
            )
            return Image(at=at, source=relation.target or "picture", alt=alt) if relation.target else None
        try:
            return Image(at=at, source=self._context.media.take(relation.target, wish), alt=alt)
        except PartError as error:
            self._context.report_unsupported(
                f"The picture “{relation.target}” {error.reason}.", "Insert the picture anew."
            )
            return None

    def _check_crop(self, crop: Element | None) -> None:
        if crop is not None and any((crop.get(side) or "0").lstrip("-") not in ("0", "0%") for side in "ltrb"):
            self._context.report_here(CROPPED, "A picture is cropped in Word; the editions show all of it.")

    def _alt(self, identity: Element | None) -> Alt:
        """Return what is said for a picture (20.4.2.5; [MS-ODRAWXML] 2.20 for decorative ones)."""
        if identity is None:
            return Undescribed()
        for flag in identity.iter(name("adec:decorative")):
            if (flag.get("val") or "1") in ("1", "true", "on"):
                return Decorative()
        return self.described(identity.get("descr") or identity.get("title") or "")

    def described(self, words: str) -> Alt:
        """Return words as an alt text, without Word's own remark that it guessed them."""
        plain = _AUTOMATIC.sub(" ", words)
        if plain != words:
            self._context.report_here(
                ALT_AUTOMATIC, f"The alt text “{' '.join(plain.split())[:80]}” was made automatically."
            )
        text = " ".join(plain.split())
        return Described(text) if text else Undescribed()

    def _chart(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self._context.package.relations(part).get(element.get(_ID) or "")
        table: Table | None = None
        try:
            root = self._context.package.xml(relation.target) if relation and not relation.external else None
            table = Chart(root).table() if root is not None else None
        except PartError:
            table = None
        yield from self._replacement(table, alt, "chart", "as the table of its data")

    def _diagram(self, element: Element, part: str, alt: Alt) -> Iterator[DrawnItem]:
        relation = self._context.package.relations(part).get(element.get(name("r:dm")) or "")
        block: Block | None = None
        try:
            root = self._context.package.xml(relation.target) if relation and not relation.external else None
            block = diagram(root) if root is not None else None
        except PartError:
            block = None
        yield from self._replacement(block, alt, "diagram", "as a list of its words")

    def _replacement(self, block: Block | None, alt: Alt, what: str, how: str) -> Iterator[DrawnItem]:
        said = Paragraph(children=(Text(text=alt.text),)) if isinstance(alt, Described) else None
        advice = f"To show the {what} itself, save it as a picture and insert that, with an alt text."
        if block is None and said is None:
            self._context.report_unsupported(
                f"A {what} was left out: Word alone can draw it, and it holds no words.", advice
            )
            return
        self._context.report_unsupported(f"A {what} is read {how if block else 'as its alt text'}.", advice)
        if isinstance(block, Table) and said:
            yield DrawnItem(block=_with_description(block, said))
        else:
            if said:
                yield DrawnItem(block=said)
            if block:
                yield DrawnItem(block=block)

    def read_vml(self, pict: Element, part: str) -> Iterator[DrawnItem]:
        """Yield what `w:pict` or `w:object` shows, in order."""
        program = next((each.get("ProgID") or "" for each in pict.iter(name("o:OLEObject"))), "")
        for element in _vml(pict):
            if element.tag == _BOX:
                yield DrawnItem(box=element)
            elif element.tag == name("v:imagedata"):
                identifier = element.get(_ID) or element.get(name("r:pict")) or element.get(name("r:href"))
                shape = element.getparent()
                words = (shape.get("alt") or "") if shape is not None else ""
                image = self._image(identifier, part, self.described(words)) if identifier else None
                if image is not None:
                    yield DrawnItem(
                        image=image,
                        floats="position:absolute" in ((shape.get("style") or "") if shape is not None else ""),
                    )
            elif element.tag == name("v:textpath"):
                yield DrawnItem(words=element.get("string") or "")
            elif element.get(name("o:hr")) in ("t", "true", "1"):
                yield DrawnItem(rule=True)
        if program.startswith(_EQUATIONS):
            self._context.report_unsupported(
                "A formula is an object of an old equation editor; only its picture was taken.",
                "Write it anew with Insert, Equation.",
            )
        elif pict.tag == name("object"):
            self._context.report_unsupported(
                f"An embedded object{f' ({program})' if program else ''} was left out; its picture, if any, was taken.",
                "Put what it holds into the text, as words, a table or a picture.",
            )


def _with_description(table: Table, said: Paragraph) -> Table:
    return Table(
        columns=table.columns, head=table.head, bodies=table.bodies, caption=table.caption, description=(said,)
    )


def _content(holder: Element) -> Iterator[Element]:
    """Give pictures, boxes, charts and diagrams inside a drawing, without looking into boxes or into second choices."""
    stack = [holder]
    while stack:
        element = stack.pop()
        if element.tag in (_PICTURE, _BOX, _CHART, _NEW_CHART, _DIAGRAM):
            yield element
        elif element.tag == name("mc:AlternateContent"):
            choice = element.find(name("mc:Choice"))
            first = choice if choice is not None else element.find(name("mc:Fallback"))
            if first is not None:
                stack.append(first)
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
