"""Tree to Word to tree: the same but for the points that `sameness` names."""

from __future__ import annotations

import difflib
import pprint
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.images import collect
from exporter.readers import docx as reader
from exporter.readers import markdown
from exporter.writers import docx as writer
from tests.publications import ALL, INPUT
from tests.readers.docx.held import PICTURES, held
from tests.readers.docx.sameness import told
from tests.trees import PUBLICATIONS, examples
from tests.write_context import STYLES, Pictures, write_context

NAMES = [pytest.param(name, marks=pytest.mark.proof if name == "handbook" else ()) for name in ALL]


def there_and_back(publication: m.Publication, pictures: Pictures, folder: Path) -> m.Publication:
    path = folder / "there.docx"
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    writer.write(publication, context, writer.Options(page_numbers=writer.PageNumbers.NEVER), path)
    read = reader.read(path.read_bytes(), "there.docx", styles=STYLES)
    return transforms.apply(read.publication, "slug")


def difference(one: Any, other: Any) -> str:
    lines = (pprint.pformat(each, width=150, sort_dicts=False).splitlines() for each in (one, other))
    return "\n".join(list(difflib.unified_diff(*lines, "before", "after", lineterm="", n=2))[:120])


@pytest.mark.parametrize("name", NAMES)
def test_a_publication_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    manuscript = INPUT / name / "manuscript.md"
    read = markdown.read(manuscript.read_bytes(), "manuscript.md")
    gathered = collect(transforms.apply(read.publication, "slug"), manuscript.parent, read.media)
    pictures = Pictures(tmp_path / "pictures")
    for digest, data in gathered.blobs.items():
        pictures.path(digest).write_bytes(data)
    back = there_and_back(gathered.publication, pictures, tmp_path)
    before, after = told(gathered.publication), told(back)
    assert before == after, difference(before, after)


@pytest.mark.parametrize(("title", "subtitle"), [("Same", "Same"), ("", "Same"), ("Same", ""), ("A", "A: B"), ("", "")])
def test_a_title_that_is_its_subtitle_comes_back(title: str, subtitle: str, tmp_path: Path) -> None:
    metadata = m.Metadata(title=title, subtitle=subtitle, language="en", authors=(m.Contributor("Ana"),))
    publication = transforms.apply(m.Publication(metadata, body=(m.Paragraph((m.Text("Text."),)),)), "slug")
    back = there_and_back(publication, Pictures(tmp_path / "pictures"), tmp_path).metadata
    assert (back.title, back.subtitle) == (title, subtitle)


# Without shrinking: a failing tree of this size takes minutes to shrink, and the difference names the place.
@settings(
    max_examples=examples(30),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(PUBLICATIONS)
def test_any_tree_comes_back_as_word_holds_it(publication: m.Publication) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = Pictures(folder / "pictures")
        assets = tuple(pictures.add(*each) for each in PICTURES)
        publication = transforms.apply(held(publication, assets), "slug")
        back = there_and_back(publication, pictures, folder)
    before, after = told(publication), told(back)
    assert before == after, difference(before, after)
