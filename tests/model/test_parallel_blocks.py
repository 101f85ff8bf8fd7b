"""Which paragraph of a translation is which of its original."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.model.parallel_blocks import align
from exporter.model.walk import plain_text

ORIGINAL = (
    "In 2019 the First Chamber of the Supreme Court found guardianship incompatible with the Convention.",
    "It begins with a sentence that everybody can read.",
    "Many civil codes still name adults who cannot govern themselves; Mexico City removed such provisions in 2024.",
    "No authority has published how many people are concerned, nor where they live, nor who decides for them today.",
)
SPANISH = (
    "En 2019 la Primera Sala de la Suprema Corte declaró la tutela incompatible con la Convención.",
    "Comienza con una frase que cualquiera puede leer.",
    "Muchos códigos civiles nombran a adultos que no pueden gobernarse; la Ciudad de México los eliminó en 2024.",
    "Ninguna autoridad ha publicado cuántas personas son, ni dónde viven, ni quién decide hoy por ellas.",
)


def paragraphs(texts: tuple[str, ...]) -> list[m.Node]:
    return [m.Paragraph((m.Text(text),)) for text in texts]


def positions(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = align(paragraphs(left), paragraphs(right), 1.0)
    return [(plain_text(pair.translation or ())[:9], plain_text(pair.original or ())[:9]) for pair in pairs]


def test_counterparts_are_paired_in_their_order() -> None:
    assert positions(SPANISH, ORIGINAL) == [(a[:9], b[:9]) for a, b in zip(SPANISH, ORIGINAL, strict=True)]


@pytest.mark.parametrize("missing", range(4))
@pytest.mark.parametrize("is_translation", [True, False])
def test_one_that_is_missing_is_a_gap_at_its_place(missing: int, *, is_translation: bool) -> None:
    texts = {True: list(SPANISH), False: list(ORIGINAL)}
    texts[is_translation][missing] = ""
    expected = [(a[:9], b[:9]) for a, b in zip(texts[True], texts[False], strict=True)]
    left, right = (tuple(filter(None, texts[side])) for side in (True, False))
    assert positions(left, right) == expected


def test_a_figure_is_the_counterpart_of_no_paragraph() -> None:
    figure = m.Figure((m.Image("a.png", m.Described("A well.")),))
    (words,) = paragraphs(("A well.",))
    assert len(align([figure], [words], 1.0)) == 2
    assert len(align([figure, m.ThematicBreak()], [figure], 1.0)) == 1


def test_nothing_is_aligned_with_nothing() -> None:
    assert align([], [], 1.0) == []
    assert [pair.translation for pair in align([], paragraphs(ORIGINAL), 1.0)] == [None] * 4
