"""Paragraphs that look like captions, between several figures or tables."""

from __future__ import annotations

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.validate.lint.captions import paragraph_captions
from exporter.validate.lint.document_index import DocumentIndex


def captions(*blocks: m.Block) -> list[str]:
    """Return the caption of each figure and table, or ""."""
    index = DocumentIndex(m.Publication(metadata=m.Metadata(language="en"), body=blocks))
    found = paragraph_captions(index, m.Figure, "figure_words") | paragraph_captions(index, m.Table, "caption_words")
    return [
        plain_text(found[id(block)]) if id(block) in found else ""
        for block in blocks
        if isinstance(block, m.Figure | m.Table)
    ]


def line(text: str) -> m.Paragraph:
    return m.Paragraph(children=(m.Text(text=text),))


def figure(caption: str = "") -> m.Figure:
    image = m.Image(source="a.png", alt=m.Undescribed())
    return m.Figure(images=(image,), caption=(m.Text(text=caption),) if caption else ())


def table() -> m.Table:
    return m.Table(columns=(m.Column(),), bodies=((m.Row(cells=(m.Cell(children=()),)),),))


def test_the_line_below_a_figure_is_not_taken_for_the_next_one() -> None:
    first, second = line("Figure 1: A"), line("Figure 2: B")
    assert captions(figure(), first, figure(), second, figure()) == ["Figure 1: A", "Figure 2: B", ""]
    assert captions(first, figure(), line("Words.")) == ["Figure 1: A"]
    assert captions(figure("Own"), second, figure()) == ["", "Figure 2: B"]


def test_the_line_above_a_table_is_not_taken_for_the_one_before() -> None:
    first, second = line("Table 1: A"), line("Table 2: B")
    assert captions(first, table(), second, table()) == ["Table 1: A", "Table 2: B"]
    assert captions(table(), first, line("Words."), table()) == ["Table 1: A", ""]
