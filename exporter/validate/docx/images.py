"""Whether pictures are described, and stand where they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

_FILE_NAME = re.compile(r"(.*[\\/])?[\w .()-]+\.(png|jpe?g|gif|bmp|tiff?|svg|webp|emf|wmf|pdf|heic)", re.IGNORECASE)
_MADE = re.compile(r"(picture|image|grafik|imagen|imagem|img|dsc|screenshot|bild|рисунок)[ _-]?\d*", re.IGNORECASE)
"""What programs call a picture that nobody described."""


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at every picture, chart and box."""
    for story in word.stories():
        for drawing in story.root.iter(name("wp:inline"), name("wp:anchor")):
            if next(drawing.iterancestors(name("mc:Fallback")), None) is None:
                yield from _drawing(word, drawing)
        for shape in story.root.iter(name("v:shape"), name("v:rect"), name("v:group")):
            if next(shape.iterancestors(name("mc:Fallback"), name("v:group")), None) is None:
                yield from _old_shape(word, shape)


def _drawing(word: DocxFile, drawing: Element) -> Iterator[Finding]:
    properties = drawing.find(name("wp:docPr"))
    said = ((properties.get("descr") or properties.get("title") or "") if properties is not None else "").strip()
    mark = next(properties.iter(name("adec:decorative")), None) if properties is not None else None
    decorative = mark is not None and mark.get("val") in {"1", "true", "on"}
    called = (properties.get("name") or "a picture") if properties is not None else "a picture"
    text_box = next(drawing.iter(name("txbxContent")), None) is not None
    if not said and not decorative and not text_box:
        yield found(rules.ALT_MISSING, word, f"“{called}” has no alt text.", drawing)
    elif said and decorative:
        yield found(rules.DECORATIVE_DESCRIBED, word, f"The decorative picture has the alt text “{said}”.", drawing)
    elif _FILE_NAME.fullmatch(said) or _MADE.fullmatch(said):
        yield found(rules.ALT_FILE_NAME, word, f"The alt text “{said}” is a name, and describes nothing.", drawing)
    if drawing.tag == name("wp:anchor") and not decorative:
        yield found(rules.FLOATING, word, f"“{called}” floats beside the text.", drawing)


def _old_shape(word: DocxFile, shape: Element) -> Iterator[Finding]:
    """Look at a picture in the markup of Word 2007 and older (ISO/IEC 29500-4, 19)."""
    picture = next(shape.iter(name("v:imagedata")), None)
    if picture is not None and not (shape.get("alt") or picture.get(name("o:title")) or "").strip():
        yield found(rules.ALT_MISSING, word, "A picture has no alt text.", shape)
    if "position:absolute" in (shape.get("style") or "").replace(" ", ""):
        yield found(rules.FLOATING, word, "A shape floats beside the text.", shape)
