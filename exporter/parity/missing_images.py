"""What editions tell where the file of a picture is not there, which is an error of the manuscript."""

from __future__ import annotations

from exporter import model as m
from exporter.model.walk import images, rewrite


def with_missing_images_described(publication: m.Publication) -> m.Publication:
    """Return the tree as it is told: alt texts for pictures that are not there, before the captions of figures."""
    there = {asset.name for asset in publication.assets}
    if all(image.source in there for image in images(publication)):
        return publication

    def change(node: m.Node) -> m.Node | tuple[m.Node, ...]:
        match node:
            case m.Image(source=source, alt=alt) if source not in there:
                return (m.Text(alt.text, at=node.at),) if isinstance(alt, m.Described) else ()
            case m.Figure():
                return _figure(node)
            case _:
                return node

    return rewrite(publication, change)


def _figure(node: m.Figure) -> m.Node | tuple[m.Node, ...]:
    parts: m.Inlines = node.images
    kept = tuple(part for part in parts if isinstance(part, m.Image))
    words = tuple(part for part in parts if not isinstance(part, m.Image))
    caption = (*words, *((m.Text(" "),) if words and node.caption else ()), *node.caption)
    if kept:
        return m.Figure(kept, caption, node.description, at=node.at)
    return (m.Paragraph(caption, at=node.at), *node.description)
