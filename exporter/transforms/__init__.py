"""Transforms of a publication before it is written, as pure functions in a fixed order."""

from __future__ import annotations

from collections.abc import Callable

from exporter.model import Publication
from exporter.transforms import ids, inline_cleanup, notes
from exporter.transforms.metadata import clean_subjects, set_directions, set_identifier
from exporter.transforms.removals import remove_empty_rows, remove_typed_names

Transform = Callable[[Publication], Publication]

ORDER: tuple[Transform, ...] = (
    inline_cleanup.apply,
    remove_typed_names,
    remove_empty_rows,
    clean_subjects,
    set_directions,
    notes.apply,
    ids.apply,
)
"""Transforms in order: the numbers in ids depend on cleaned-up inlines and on the order of notes."""


def apply(publication: Publication, slug: str) -> Publication:
    """Return the publication as writers expect it; idempotent.

    Afterwards:
        - adjacent Text is merged, no inline is empty (except anchors and links), blocks neither begin nor end in a
          space, no paragraph is empty, and every row of a table has a cell;
        - `At.direction` is set wherever the direction differs from the inherited one, and in the metadata;
        - no paragraph above the title only names the publisher or an author;
        - the metadata have an identifier, and each subject once;
        - notes are in the order of their first references, those without a reference last;
        - every node that is not an inline, every image and every note reference has an id, unique in the publication,
          an XML NCName of at most 40 characters; links inside the publication refer to those ids.

    Args:
        publication: As a reader returns it.
        slug: Name of the publication's folder or file, part of the identifier.
    """
    for transform in ORDER:
        publication = transform(publication)
    return set_identifier(publication, slug)
