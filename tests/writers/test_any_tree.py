"""Whatever the tree holds, a PDF and a recording can be made of it and read back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.errors import MissingToolError
from exporter.pipeline.registry import discover, load
from tests.trees import PUBLICATIONS, examples, pictures_of_trees
from tests.write_context import write_context

TREES = {"audio": 4, "pdf": 4}
"""How many, by how long one takes."""


# Letters of every script take WeasyPrint half a minute: in `make test`, `pdf/test_structure` draws trees of plain ones.
@pytest.mark.parametrize("name", ["audio", pytest.param("pdf", marks=pytest.mark.proof)])
def test_any_tree_becomes_a_file_that_can_be_read(name: str) -> None:
    (edition,) = discover().select([name])

    @given(PUBLICATIONS)
    # A tree takes minutes to shrink; as it is generated it is small enough to be read.
    @settings(
        max_examples=examples(TREES[name]),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def write(publication: m.Publication) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            pictures, assets = pictures_of_trees(folder)
            changed = m.Publication(
                publication.metadata, publication.front, publication.body, publication.notes, assets
            )
            tree = transforms.apply(changed, "any")
            target = folder / f"any{edition.writer.SUFFIX}"
            context = write_context(folder, tree.metadata.language, pictures=pictures)
            try:
                edition.writer.write(tree, context, edition.writer.Options(), target)
            except MissingToolError:
                # Nobody here speaks the language of the tree; only a recording may say so instead of being made.
                if name != "audio":
                    raise
                assert not target.exists()
            else:
                load(edition.description.extractor).extract(target)

    write()
