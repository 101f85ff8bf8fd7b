"""Replacement of images whose file is missing by their alt text, with findings."""

from __future__ import annotations

from collections.abc import Collection

from exporter.findings import NOT_CARRIED, Finding
from exporter.model import Described, Figure, Image, Inlines, Node, Paragraph, Publication, Text
from exporter.model.walk import images, rewrite


def replace(publication: Publication, names: Collection[str], edition: str) -> tuple[Publication, tuple[Finding, ...]]:
    """Return the publication with every image that is not among `names` replaced by its alt text, and the findings.

    An image without alt text is removed; a figure without images becomes a paragraph.
    """
    missing = [image for image in images(publication) if image.source not in names]
    if not missing:
        return publication, ()

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case Image() if node.source not in names:
                return _alt_text(node)
            case Figure() if not all(isinstance(image, Image) for image in node.images):
                texts = tuple(part for part in node.images if not isinstance(part, Image))
                remaining = tuple(image for image in node.images if isinstance(image, Image))
                caption: Inlines = (*texts, *((Text(text=" "),) if texts and node.caption else ()), *node.caption)
                return _figure(node, remaining, caption)
            case Figure() if not node.images:
                return _figure(node, (), node.caption)
            case _:
                return node

    findings = tuple(
        NOT_CARRIED.finding(
            f"Image not found: “{image.source}”; its description is used instead.",
            image.at.source,
            advice="Save the file where the manuscript expects it.",
            edition=edition,
        )
        for image in missing
    )
    return rewrite(publication, change), findings


def _alt_text(image: Image) -> Inlines:
    return (Text(at=image.at, text=image.alt.text),) if isinstance(image.alt, Described) else ()


def _figure(node: Figure, remaining: tuple[Image, ...], caption: Inlines) -> Node | tuple[Node, ...]:
    if remaining:
        return Figure(at=node.at, images=remaining, caption=caption, description=node.description)
    return (Paragraph(at=node.at, children=caption), *node.description)
