"""Pictures whose files are missing, in whose place editions have their alt texts."""

from __future__ import annotations

from exporter import model as m
from exporter.model.walk import images, rewrite


def with_missing_images_described(publication: m.Publication) -> m.Publication:
    """Return the tree with images whose file is missing replaced by their alt texts, before the captions of figures."""
    present = {asset.name for asset in publication.assets}
    if all(image.source in present for image in images(publication)):
        return publication

    def describe(node: m.Node) -> m.Node | tuple[m.Node, ...]:
        match node:
            case m.Image(source=source, alt=alt) if source not in present:
                return (m.Text(alt.text, at=node.at),) if isinstance(alt, m.Described) else ()
            case m.Figure():
                return _figure(node)
            case _:
                return node

    return rewrite(publication, describe)


def _figure(node: m.Figure) -> m.Node | tuple[m.Node, ...]:
    parts: m.Inlines = node.images
    images_left = tuple(part for part in parts if isinstance(part, m.Image))
    alt_texts = tuple(part for part in parts if not isinstance(part, m.Image))
    caption = (*alt_texts, *((m.Text(" "),) if alt_texts and node.caption else ()), *node.caption)
    if images_left:
        return m.Figure(images_left, caption, node.description, at=node.at)
    return (m.Paragraph(caption, at=node.at), *node.description)
