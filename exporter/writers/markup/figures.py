"""Figures and long descriptions as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.model import Asset, Decorative, Figure, Image, Table
from exporter.model.walk import plain_text
from exporter.writers.markup.element import Attributes, element, escape

if TYPE_CHECKING:
    from exporter.writers.markup.block import Markup

_MM_PER_PIXEL = 25.4 / 96
"""Of a CSS pixel (CSS Values 4, 6.2)."""

DESCRIPTION = "-description"
"""End of the identifier of a long description, after that of its figure or table."""


def figure(markup: Markup, node: Figure, depth: int) -> str:
    """Return a figure, followed by its long description."""
    reference = description_id(markup, node)
    content = "\n".join(markup.image(image, details=reference) for image in node.images)
    if len(node.images) > 1:
        content = element("div", content, {"class": "pictures"})
    if node.caption:
        # White space between them would be a line of its own on a page: an empty paragraph to a screen reader.
        content += element("figcaption", markup.inlines(node.caption))
    # Decorative images without a caption are not announced (WCAG 1.1.1; ARIA 1.2, presentation).
    is_decorative = not node.caption and all(isinstance(image.alt, Decorative) for image in node.images)
    values = {**markup.at(node), "role": "presentation" if is_decorative else None}
    return element("figure", content, values) + description(markup, node, depth, reference)


def size(image: Image, asset: Asset | None) -> Attributes:
    """Return the size of an image in CSS pixels: that which the manuscript sets, else that of the file."""
    if asset is None or not (asset.width and asset.height):
        return {"width": str(round(image.width / _MM_PER_PIXEL))} if image.width else {}
    width = image.width / _MM_PER_PIXEL if image.width else asset.width
    height = max(width * asset.height / asset.width, 1)
    return {"width": str(max(round(width), 1)), "height": str(round(height))}


def description_id(markup: Markup, node: Figure | Table) -> str | None:
    """Return the identifier of the long description of a figure or table, if it has one (ARIA 1.2, aria-details)."""
    return f"{node.at.id or f'nameless-{next(markup.serial)}'}{DESCRIPTION}" if node.description else None


def description(markup: Markup, node: Figure | Table, depth: int, name: str | None) -> str:
    """Return the long description of a figure or table under its identifier (WCAG 1.1.1)."""
    if not node.description:
        return ""
    # The title distinguishes it from other long descriptions (WCAG 2.4.6).
    caption = plain_text(node.caption)
    label = "common.long_description_of" if caption else "common.long_description"
    title = escape(markup.labels(label, what=caption) if caption else markup.labels(label))
    content = markup.blocks(node.description, depth)
    # It follows the element with the language, so it states the language itself.
    values = {**markup.at(node), "id": name, "class": "description"}
    if markup.folds_descriptions:
        return "\n" + element("details", f"{element('summary', title)}\n{content}", values)
    return "\n" + element("div", f"{element('p', title, {'class': 'description-title'})}\n{content}", values)
