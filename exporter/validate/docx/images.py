"""Checks of images: alt text and position."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, first_choices, name
from exporter.inspect.motion import moves
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at
from exporter.validate.picture_names import is_file_name

_GENERATED = re.compile(
    r"(picture|image|grafik|imagen|imagem|img|dsc|screenshot|bild|рисунок|图片)[ _-]?\d*", re.IGNORECASE
)
"""Names that programs give to images without alt text."""


def check(word: DocxFile) -> Iterator[Finding]:
    """Check every image, chart and text box."""
    for story in word.stories():
        for drawing in first_choices(story.root, "wp:inline", "wp:anchor"):
            yield from _drawing(word, drawing)
            yield from _motion(word, story.part, drawing)
        for shape in story.root.iter(name("v:shape"), name("v:rect"), name("v:group")):
            if next(shape.iterancestors(name("mc:Fallback"), name("v:group")), None) is None:
                yield from _vml_shape(word, shape)


def _drawing(word: DocxFile, drawing: Element) -> Iterator[Finding]:
    properties = drawing.find(name("wp:docPr"))
    alt = ((properties.get("descr") or properties.get("title") or "") if properties is not None else "").strip()
    flag = next(properties.iter(name("adec:decorative")), None) if properties is not None else None
    decorative = flag is not None and flag.get("val") in {"1", "true", "on"}
    label = (properties.get("name") or "an image") if properties is not None else "an image"
    text_box = next(drawing.iter(name("txbxContent")), None) is not None
    if not alt and not decorative and not text_box:
        yield finding_at(rules.ALT_MISSING, word, f"“{label}” has no alt text.", drawing)
    elif alt and decorative:
        message = f"An image marked as decorative has the alt text “{alt}”."
        yield finding_at(rules.DECORATIVE_DESCRIBED, word, message, drawing)
    elif is_file_name(alt) or _GENERATED.fullmatch(alt):
        message = f"The alt text “{alt}” is a file name or a generated name."
        yield finding_at(rules.ALT_FILE_NAME, word, message, drawing)
    if drawing.tag == name("wp:anchor") and not decorative:
        yield finding_at(rules.FLOATING, word, f"“{label}” is not in line with the text.", drawing)


def _motion(word: DocxFile, part: str, drawing: Element) -> Iterator[Finding]:
    """Check for animated pictures; Word plays those that are GIF files."""
    relations = word.package.relations(part)
    for blip in drawing.iter(name("a:blip")):
        relation = relations.get(blip.get(name("r:embed")) or "")
        target = relation.target if relation is not None else ""
        if target.lower().endswith(".gif") and target in word.package and moves(word.package.read(target)):
            yield finding_at(rules.BLINKING, word, "A picture is animated.", drawing)


def _vml_shape(word: DocxFile, shape: Element) -> Iterator[Finding]:
    """Check an image in the markup of Word 2007 and older (ISO/IEC 29500-4, 19)."""
    image = next(shape.iter(name("v:imagedata")), None)
    if image is not None and not (shape.get("alt") or image.get(name("o:title")) or "").strip():
        yield finding_at(rules.ALT_MISSING, word, "An image has no alt text.", shape)
    if "position:absolute" in (shape.get("style") or "").replace(" ", ""):
        yield finding_at(rules.FLOATING, word, "A shape is not in line with the text.", shape)
