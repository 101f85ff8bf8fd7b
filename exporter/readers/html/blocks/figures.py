"""Figures: images, tables and quotations with a caption, in `figure` or in the elements of known systems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from exporter.findings import quoted
from exporter.model import At, Figure, Image, Inlines, LineBreak, Link, Paragraph, Quote, Span, Table, Text
from exporter.model.walk import plain_text, walk
from exporter.readers.attributions import without_dash
from exporter.readers.html.markup.dom import Element, is_blank
from exporter.readers.rules import UNSUPPORTED
from exporter.readers.sections import Flat, inherit_attributes

if TYPE_CHECKING:
    from exporter.readers.html.blocks.block_reader import Reader

_FIGURES = frozenset(
    (
        "wp-caption",
        "thumb",
        "image-with-caption",
        "figure",
        "image-caption-container",
        "media-with-caption",
        "thumbinner",
    )
)
"""Classes of elements that systems use instead of `figure`."""
_CAPTIONS = frozenset(
    (
        "wp-caption-text",
        "thumbcaption",
        "caption",
        "figure-caption",
        "image-caption",
        "wp-element-caption",
        "imagecaption",
    )
)
_IMAGE_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|tiff?|bmp)(?:[?#].*)?$|/(?:wiki/)?File:", re.IGNORECASE)


def is_figure(element: Element) -> bool:
    """Return whether an element is a figure, by its tag, role or class."""
    if element.tag == "figure" or "figure" in element.roles:
        return True
    classes = set(element.classes)
    return element.tag in ("div", "dl") and bool(classes & _FIGURES) and element.find("img", "table") is not None


def read_figure(reader: Reader, element: Element, at: At, depth: int) -> Sequence[Flat]:
    """Return the blocks of a figure: images or a table with a caption, or a quotation with its attribution."""
    caption_element = _caption(element)
    caption: Inlines = ()
    if caption_element is not None:
        caption = reader.inlines(caption_element, depth + 1)
        caption_element.replace_with()
    content = _without_links(reader, reader.flow(element, depth))
    if not content:
        return (Paragraph(at=at, children=caption),) if caption else ()
    if all(isinstance(block, Figure) for block in content):
        figure_blocks = [block for block in content if isinstance(block, Figure)]
        if len(figure_blocks) == 1 or not any(block.caption or block.description for block in figure_blocks):
            own = figure_blocks[0].caption if len(figure_blocks) == 1 else ()
            images = tuple(image for block in figure_blocks for image in block.images)
            flats: list[Flat] = [
                Figure(at=at, images=images, caption=caption or own, description=figure_blocks[0].description)
            ]
            if caption and own:
                flats.append(Paragraph(at=At(source=at.source), children=own))
            return flats
    if len(content) == 1:
        only = content[0]
        if isinstance(only, Table) and not only.caption:
            table_at = msgspec.structs.replace(only.at, id=only.at.id or at.id)
            return (msgspec.structs.replace(only, caption=caption, at=table_at),)
        if isinstance(only, Quote) and not only.attribution:
            return (msgspec.structs.replace(only, attribution=without_dash(caption)),)
    if caption:
        content.append(Paragraph(at=At(source=at.source), children=caption))
    return inherit_attributes(at, content, reader.report)


def _caption(element: Element) -> Element | None:
    """Return the caption of a figure, not that of a nested figure."""
    stack = list(element.elements())[::-1]
    while stack:
        descendant = stack.pop()
        if descendant.tag == "figcaption" or set(descendant.classes) & _CAPTIONS:
            return descendant if not descendant.is_blank() else None
        if descendant.tag not in ("figure", "table", "blockquote"):
            stack.extend(list(descendant.elements())[::-1])
    return None


def _without_links(reader: Reader, blocks: list[Flat]) -> list[Flat]:
    """Return blocks with each paragraph of linked images as a figure."""
    out: list[Flat] = []
    for block in blocks:
        images = _linked_images(reader, block) if isinstance(block, Paragraph) else ()
        out.append(Figure(at=block.at, images=images) if images else block)
    return out


def _linked_images(reader: Reader, paragraph: Paragraph) -> tuple[Image, ...]:
    images = tuple(node for node in walk(paragraph) if isinstance(node, Image))
    if not images or plain_text(paragraph) or not all(_is_image_or_wrapper(node) for node in walk(paragraph.children)):
        return ()
    for node in walk(paragraph):
        if isinstance(node, Link) and not _IMAGE_FILE.search(node.target):
            line = node.at.source.line if node.at.source else 0
            message = f"The link of an image to {quoted(node.target, 80)} was ignored."
            reader.report.add(UNSUPPORTED, line, message, advice="Move the link to the caption.")
    return images


def _is_image_or_wrapper(node: object) -> bool:
    blank = isinstance(node, Text) and is_blank(node.text)
    return blank or isinstance(node, Image | Link | Span | LineBreak)


def labelledby_text(image: Element) -> str:
    """Return the text that labels an image by `aria-labelledby`, or an empty text if there is none."""
    ids = image.get("aria-labelledby").split()[:5]
    if not ids:
        return ""
    *_, root = (image, *image.ancestors())
    elements = {node.get("id"): node for node in root.walk() if node.get("id") in ids}
    return " ".join(elements[name].text() for name in ids if name in elements)[:2000]
