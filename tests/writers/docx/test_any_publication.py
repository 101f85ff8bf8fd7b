"""Whatever tree the types allow, the Word file is sound and holds all its headings."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.model.walk import headings
from exporter.validate import docx as checks
from exporter.validate.docx import rules
from exporter.writers import docx
from tests.trees import PUBLICATIONS, examples
from tests.write_context import write_context
from tests.writers.docx.soundness import Word, faults, style_of, text

NEVER = docx.PageNumbers.NEVER
SOUND = {
    each.id
    for each in (rules.PART_MISSING, rules.CONTENT_TYPE, rules.STYLE_MISSING, rules.LIST_MISSING, rules.NOTE_MISSING)
} | {each.id for each in (rules.TARGET_MISSING, rules.BOOKMARK, rules.IDENTITY, rules.FIELD, rules.GRID, rules.ORDER)}


# Without shrinking: a failing tree of this size takes minutes to shrink, and its faults name the place.
@settings(
    max_examples=examples(25),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(PUBLICATIONS)
def test_any_tree_becomes_a_sound_file_with_all_its_headings(publication: m.Publication) -> None:
    publication = transforms.apply(publication, "slug")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.docx"
        shop, options = write_context(Path(folder), publication.metadata.language), docx.Options(page_numbers=NEVER)
        docx.write(publication, shop, options, path)
        word = Word(path)
        judged = [str(each) for each in checks.check(path) if each.rule in SOUND]
    assert faults(word) == []
    assert judged == []
    named = [heading for heading in headings(publication) if heading.text]
    found = [style_of(each) for each in word.paragraphs() if style_of(each).startswith("Heading")]
    assert len(found) >= len(named)
    everything = "".join(text(word.document).split())
    for heading in named:
        words = next((node.text for node in heading.section.title if isinstance(node, m.Text)), "")
        assert "".join(words.split()) in everything
