"""Tables, lists and publications with too many parts are found."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model import oversized
from exporter.model.oversized import find_oversized

_PARAGRAPH = m.Paragraph((m.Text("Text."),))
_ITEM = m.ListItem((_PARAGRAPH,))
_CELL = m.Cell((_PARAGRAPH,))
_MUCH_TEXT = (m.Paragraph((m.Text("word " * 10_000),)),) * 20
_ENTRY = m.DefinitionItem((m.Term((m.Text("Term"),)),), (m.Definition((_PARAGRAPH,)),))


def _table(rows: int, cells: int = 1) -> m.Table:
    return m.Table((m.Column(),) * cells, bodies=((m.Row((_CELL,) * cells),) * rows,))


@pytest.mark.parametrize(
    ("largest", "too_large", "what"),
    [
        ((_table(oversized.MAX_ROWS),), (_table(oversized.MAX_ROWS + 1),), "rows"),
        ((_table(300, 100),), (_table(301, 100),), "cells"),
        ((_table(1, oversized.MAX_COLUMNS),), (_table(1, oversized.MAX_COLUMNS + 1),), "columns"),
        ((m.List((_ITEM,) * oversized.MAX_ITEMS),), (m.List((_ITEM,) * (oversized.MAX_ITEMS + 1)),), "items"),
        (
            (m.DefinitionList((_ENTRY,) * (oversized.MAX_ITEMS // 2)),),
            (m.DefinitionList((_ENTRY,) * (oversized.MAX_ITEMS // 2 + 1)),),
            "definitions",
        ),
        (
            (m.Section((), ()),) * oversized.MAX_HEADINGS,
            (m.Section((), ()),) * (oversized.MAX_HEADINGS + 1),
            "headings",
        ),
        (
            (m.Paragraph((m.Text("x" * oversized.MAX_CHARACTERS),)),),
            (m.Paragraph((m.Text("x" * oversized.MAX_CHARACTERS + "y"),)),),
            "characters",
        ),
        (
            (m.MathBlock("x" * oversized.MAX_FORMULA),),
            (m.MathBlock("x" * (oversized.MAX_FORMULA + 1)),),
            "MathML",
        ),
    ],
)
def test_what_has_too_many_parts_is_found(largest: m.Blocks, too_large: m.Blocks, what: str) -> None:
    assert find_oversized(m.Publication(m.Metadata(), body=(*_MUCH_TEXT, *largest))) is None
    found = find_oversized(m.Publication(m.Metadata(), body=(*_MUCH_TEXT, *too_large)))
    assert found
    assert what in found.message


@pytest.mark.parametrize("words", [1, 500])
def test_too_many_notes_for_the_length_of_the_text_are_found(words: int) -> None:
    text = m.Paragraph((m.Text("word " * words),))
    most = oversized.most_notes(100 * len("word ") * words)
    notes = tuple(m.Note(str(number), ()) for number in range(most + 1))
    assert find_oversized(m.Publication(m.Metadata(), body=(text,) * 100, notes=notes[:most])) is None
    found = find_oversized(m.Publication(m.Metadata(), body=(text,) * 100, notes=notes))
    assert found
    assert found.node is notes[-1]


@pytest.mark.parametrize(
    ("part", "count", "what"),
    [
        (_table(1), 12_000, "12,000 tables"),
        (m.List((_ITEM,) * 10), 4_000, "40,000 paragraphs"),
        (m.Paragraph((m.Math("<math/>"), m.Text("So."))), 6_000, "6,000 formulas"),
    ],
)
def test_many_small_parts_are_too_many_for_little_text_and_not_for_much(part: m.Block, count: int, what: str) -> None:
    parts = (part,) * count
    found = find_oversized(m.Publication(m.Metadata(), body=parts))
    assert found
    assert what in found.message
    assert find_oversized(m.Publication(m.Metadata(), body=(*parts, *_MUCH_TEXT))) is None


def test_tables_of_short_figures_are_not_too_much_for_their_text() -> None:
    figure = m.Cell((m.Paragraph((m.Text("17"),)),))
    table = m.Table((m.Column(),) * 10, bodies=((m.Row((figure,) * 10),) * 100,))
    assert find_oversized(m.Publication(m.Metadata(), body=(table,) * 30)) is None


def _linked(words: str) -> m.ListItem:
    return m.ListItem((m.Paragraph((m.Link((m.Text(words),), "https://example.org/"),)),))


@pytest.mark.parametrize(
    "body",
    [
        (m.MathBlock("<math/>", r"e^{i\pi} + 1 = 0"),) * 1_400,
        (m.MathBlock(f"<math>{'<mi>x</mi>' * 40}</math>"),) * 8_000,
        (m.List((_linked("Article 12"),) * oversized.MAX_ITEMS),),
        (m.List((_linked("第十二条"),) * oversized.MAX_ITEMS),),
    ],
)
def test_honest_lists_and_formulas_are_read(body: m.Blocks) -> None:
    assert find_oversized(m.Publication(m.Metadata(), body=body)) is None
