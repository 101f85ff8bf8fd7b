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
        "Ambargo: 1 Mart 2026",
        "EMBARGO – 1 March 2026",
        "EMBARGO: March 1",
        "Embargoed for release at 9:30",
        "This press release is strictly embargoed until 3 p.m.",
        "EMBARGOED UNTIL 0001 GMT",
        "Embargoed until publication",
        "Embargoed until Tuesday",
        "Embargo hasta su publicación",
        "Embargo – lunes 2 de marzo",
        "No publicar antes del 2 de marzo",
        "Embargo jusqu’à mardi",
        "Ne pas publier avant le 2 mars",
        "Embargo - 2026-03-02",
        "حظر النشر حتى ١ آذار",
        "Embargo bis 2. März",
        "Эмбарго: 2 марта, 10:00",
        "Embargo fino alla pubblicazione",
        "Embargo até terça-feira",
        "禁止发布期至2026年3月2日10:00",
        "请于3月2日之前不得发布",
        "在2026年3月2日上午10时前请勿公开",
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
        ("Las cuentas siguen embargadas hasta que haya sentencia.",),
        ("Bienes embargados hasta ahora: 120",),
        ("Embargo: how weapons still cross the border",),
        ("Embargo: 12 weeks without medicine",),
        ("Embargo – 1990-2003",),
        ("Not for publication before judgment: what Ana saw",),
        ("Embargo : comment les armes passent",),
        ("Эмбарго: как оружие пересекает границу",),
        ("Embargo: so kommen Waffen über die Grenze",),
        ("Embargo: wie Waffen über die Grenze kommen",),
        ("Ambargo: silahlar sınırı nasıl geçiyor",),
        ("Bajo embargo hasta el final: la isla y sus hospitales",),
        (*["Words."] * 30, "Embargoed until 10:00 a.m."),
    ],
)
def test_other_embargoes_are_no_embargo_of_the_text(lines: tuple[str, ...]) -> None:
    assert not is_reported(*lines)
