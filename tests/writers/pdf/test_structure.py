"""The structure tree of every publication of the house, read back and compared with the publication node by node."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers import pdf
from tests.test_every_edition import SLUGS, tree
from tests.workshop import Pictures, workshop
from tests.writers.pdf import structure
from tests.writers.pdf.conftest import Made
from tests.writers.sample import with_metadata


def made(folder: Path, publication: m.Publication, blobs: dict[str, bytes]) -> Path:
    pictures = Pictures(folder / "pictures")
    for digest, data in blobs.items():
        pictures.path(digest).write_bytes(data)
    path = folder / "made.pdf"
    pdf.write(publication, workshop(folder, publication.metadata.language, pictures=pictures), pdf.Options(), path)
    return path


@pytest.mark.parametrize("slug", SLUGS)
def test_headings_tables_lists_pictures_notes_and_languages_are_those_of_the_tree(slug: str, tmp_path: Path) -> None:
    publication, blobs = tree(slug)
    # Its other editions have titles in other languages on the imprint, which is no part of the text.
    publication = with_metadata(publication, related=())
    assert structure.of_file(made(tmp_path, publication, blobs)) == structure.of_tree(publication)


def test_a_heading_or_a_cell_that_says_something_else_is_seen(everything: Made) -> None:
    of_file, of_tree = structure.of_file(everything.path), structure.of_tree(everything.publication)
    assert of_file["headings"] == of_tree["headings"]
    assert of_file["tables"] == of_tree["tables"]
    shorter = m.Publication(everything.publication.metadata, body=everything.publication.body[1:2])
    assert structure.of_tree(shorter)["headings"] != of_file["headings"]
