"""What is typed above the title and printed from the metadata is there once."""

from __future__ import annotations

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.transforms import apply


def test_the_publisher_and_authors_above_the_title_are_printed_once() -> None:
    lines = ("OPEN RECORD", "Ana Ruiz", "A series")
    front = tuple(m.Paragraph((m.Text(line),)) for line in lines)
    section = m.Section(title=(m.Text("Foreword"),), children=front)
    metadata = m.Metadata(title="T", language="en", publisher="Open Record", authors=(m.Contributor("Ana Ruiz"),))
    publication = apply(m.Publication(metadata, front=(*front, section), body=front), "report")
    assert [plain_text(block) for block in publication.front if isinstance(block, m.Paragraph)] == ["A series"]
    last = publication.front[-1]
    assert isinstance(last, m.Section)
    assert len(last.children) == len(publication.body) == 3
