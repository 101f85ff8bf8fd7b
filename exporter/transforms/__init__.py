"""Tree to tree, pure, in one listed order: what every writer may rely on."""

from __future__ import annotations

from collections.abc import Callable

from exporter.model import Publication
from exporter.transforms import directions, empty_rows, identifier, ids, inline_cleanup, notes

Transform = Callable[[Publication], Publication]

ORDER: tuple[Transform, ...] = (
    inline_cleanup.apply,
    empty_rows.apply,
    directions.apply,
    notes.apply,
    ids.apply,
)
"""Each transform may rely on those before it: ids count what is left after tidying, and notes in their final order."""


def apply(publication: Publication, slug: str) -> Publication:
    """Return the publication as the writers expect it. Doing it twice changes nothing more.

    Afterwards:
        - neighbouring Text is one, no inline is empty (but anchors and links), blocks neither begin nor end in a space,
          no paragraph is empty, and every row of a table holds a cell;
        - `At.direction` stands wherever the direction differs from what the node inherits, and in the metadata;
        - the metadata have an identifier;
        - notes stand in the order of their first references, those without a reference last;
        - all that is not an inline, every picture and every note reference has an id, unique in the publication,
          an XML NCName of at most 40 characters; links inside the publication point at those ids.

    Args:
        publication: As a reader gives it.
        slug: Name of the publication's folder or file, part of the identifier.
    """
    for transform in ORDER:
        publication = transform(publication)
    return identifier.apply(publication, slug)
