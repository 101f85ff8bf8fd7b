"""Figures: paragraphs that contain only images."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model import Figure
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.inlines import read_image
from exporter.readers.markdown.token_tree import TokenNode


def read_figures(nodes: Sequence[TokenNode], context: Context) -> tuple[Figure, ...]:
    """Return the figures of a paragraph that contains only images, or nothing for other paragraphs.

    Several images form one figure, unless more than one of them has a caption.
    """
    image_nodes = [node for node in nodes if node.kind == "image"]
    if not image_nodes or not all(_is_blank(node) for node in nodes if node.kind != "image"):
        return ()
    images = [read_image(node, context) for node in image_nodes]
    ats = [context.at(node.line) for node in image_nodes]
    captions = [image.caption for image in images if image.caption]
    if len(captions) > 1:
        return tuple(
            Figure(at=at, images=(image.image,), caption=image.caption) for at, image in zip(ats, images, strict=True)
        )
    caption = captions[0] if captions else ()
    return (Figure(at=ats[0], images=tuple(image.image for image in images), caption=caption),)


def _is_blank(node: TokenNode) -> bool:
    return node.kind in ("softbreak", "hardbreak") or (node.kind == "text" and not node.token.content.strip())
