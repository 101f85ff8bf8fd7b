"""Lines that say until when nothing may be published, in every language, and other embargoes."""

from __future__ import annotations

import pytest

from exporter import model as m
from exporter.validate.lint import lint


def is_reported(*lines: str, language: str = "en") -> bool:
    body = tuple(m.Paragraph((m.Text(line),)) for line in lines)
    found = lint(m.Publication(m.Metadata(title="T", language=language), body=body))
    return "embargo-left" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "line",
    [
        "Embargoed until 10:00 a.m.",
        "STRICTLY EMBARGOED UNTIL 27 NOVEMBER 2026",
        "This report is under embargo until 1 March.",
        "Not for release before 1 March",
        "Embargo hasta el 1 de marzo",
        "Embargado hasta las 10:00",
        "Sous embargo jusqu’au 1er mars à 10 heures",
        "Embargo : 1er mars, 10 heures",
        "Sob embargo até 1 de março",
        "حظر النشر حتى ١ مارس",
        "Эмбарго до 1 марта",
        "Sperrfrist: 1. März, 10 Uhr",
        "Sotto embargo fino al 1° marzo",
        "Під ембарго до 1 березня",
        "1 Mart saat 10:00'a kadar ambargoludur",
    ],
)
def test_an_embargo_is_asked_about_before_anything_is_published(line: str) -> None:
    assert is_reported("Housing Now", line)


@pytest.mark.parametrize(
    "lines",
    [
        ("The arms embargo was in force until 2019.",),
        (
            "Embargoes on goods until 2019 hit the poorest people hardest, as each of those who spoke with us "
            "in the spring has said.",
        ),
        ("L’embargo sur les armes a duré jusqu’en 2019.",),
        ("El embargo de armas duró hasta 2019.",),
        (*["Words."] * 30, "Embargoed until 10:00 a.m."),
    ],
)
def test_other_embargoes_are_no_embargo_of_the_text(lines: tuple[str, ...]) -> None:
    assert not is_reported(*lines)
