from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from exporter.model import At, Direction, Paragraph, Publication, Span, Text
from exporter.model.publication import Metadata
from exporter.model.walk import headings
from exporter.readers.sections import Heading, nest, split_front


def _heading(level, *classes):
    return Heading(title=(Text(text=f"h{level}"),), level=level, classes=classes)


@given(st.lists(st.integers(1, 6), max_size=30))
def test_all_headings_stay_in_order_and_no_level_is_skipped(levels):
    told = []
    body = nest([_heading(level) for level in levels], lambda heading, expected: told.append((heading.level, expected)))
    found = list(headings(Publication(metadata=Metadata(), body=body)))
    assert [heading.text for heading in found] == [f"h{level}" for level in levels]
    depths = [0, *(heading.level for heading in found)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(depths))
    assert all(level > expected for level, expected in told)


def test_the_first_heading_may_not_stand_below_a_later_one_unnoticed():
    told = []
    nest([_heading(2), _heading(1)], lambda heading, expected: told.append((heading.level, expected)))
    assert told == [(2, 1)]


def test_only_leading_sections_stand_in_front():
    blocks = [_heading(1, "front"), _heading(2), _heading(1), _heading(1, "front")]
    assert split_front(blocks) == (blocks[:2], blocks[2:])
    assert split_front(blocks[2:]) == ([], blocks[2:])


def test_the_language_of_a_heading_is_not_that_of_the_text_below_it():
    at = At(id="a", language="fr", direction=Direction.LTR)
    (section,) = nest([Heading(at=at, title=(Text(text="Titre"),), level=1), Paragraph(children=())], lambda *_: None)
    assert section.at == At(id="a")
    assert section.title == (Span(at=At(language="fr", direction=Direction.LTR), children=(Text(text="Titre"),)),)
