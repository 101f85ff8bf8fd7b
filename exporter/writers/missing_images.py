"""Pictures whose file is not there: their words take their place, and a finding says so."""

from __future__ import annotations

from collections.abc import Collection

from exporter.findings import NOT_CARRIED, Finding
from exporter.model import Described, Figure, Image, Inlines, Node, Paragraph, Publication, Text
from exporter.model.walk import images, rewrite


def replace(publication: Publication, names: Collection[str], edition: str) -> tuple[Publication, tuple[Finding, ...]]:
    """Return the publication with every picture that is not among `names` told in words.

    A picture with an alt text becomes that text; another one goes. A figure without pictures becomes a paragraph.
    """
    lost = [image for image in images(publication) if image.source not in names]
    if not lost:
        return publication, ()

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case Image() if node.source not in names:
                return tuple(_words(node))
            case Figure() if not all(isinstance(image, Image) for image in node.images):
                words = tuple(part for part in node.images if not isinstance(part, Image))
                kept = tuple(image for image in node.images if isinstance(image, Image))
                caption: Inlines = (*words, *((Text(text=" "),) if words and node.caption else ()), *node.caption)
                return _figure(node, kept, caption)
            case Figure() if not node.images:
                return _figure(node, (), node.caption)
            case _:
                return node

    findings = tuple(
        NOT_CARRIED.finding(
            f"The picture “{image.source}” is not there; its description stands in its place.",
            image.at.source,
            advice="Put the file where the manuscript says it is.",
            edition=edition,
        )
        for image in lost
    )
    return rewrite(publication, change), findings


def _words(image: Image) -> Inlines:
    return (Text(at=image.at, text=image.alt.text),) if isinstance(image.alt, Described) else ()


def _figure(node: Figure, kept: tuple[Image, ...], caption: Inlines) -> Node | tuple[Node, ...]:
    if kept:
        return Figure(at=node.at, images=kept, caption=caption, description=node.description)
    return (Paragraph(at=node.at, children=caption), *node.description)
