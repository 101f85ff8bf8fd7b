"""Pictures that stand alone in their paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model import Figure
from exporter.readers.markdown.context import Context
from exporter.readers.markdown.inlines import read_picture
from exporter.readers.markdown.token_tree import TokenNode


def read_figures(branches: Sequence[TokenNode], context: Context) -> tuple[Figure, ...]:
    """Return the figures of a paragraph that holds nothing but pictures; none when it holds anything else.

    Several pictures are one figure, unless more than one of them has a caption.
    """
    pictures = [branch for branch in branches if branch.kind == "image"]
    between = (branch for branch in branches if branch.kind != "image")
    if not pictures or not all(_is_blank(branch) for branch in between):
        return ()
    read = [read_picture(branch, context) for branch in pictures]
    places = [context.at(branch.line) for branch in pictures]
    captions = [picture.caption for picture in read if picture.caption]
    if len(captions) > 1:
        return tuple(
            Figure(at=at, images=(picture.image,), caption=picture.caption)
            for at, picture in zip(places, read, strict=True)
        )
    return (
        Figure(at=places[0], images=tuple(picture.image for picture in read), caption=captions[0] if captions else ()),
    )


def _is_blank(branch: TokenNode) -> bool:
    return branch.kind in ("softbreak", "hardbreak") or (branch.kind == "text" and not branch.token.content.strip())
