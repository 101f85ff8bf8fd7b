"""Drawings: alt texts that Word generated, turned pictures, charts, and what only newer versions of Word draw."""

from __future__ import annotations

import pytest

from exporter.model import Described, Image
from exporter.model.walk import walk
from tests.readers.docx.files import field, p, picture, r, read, row, style, table
from tests.readers.docx.outlines import blocks, rules


@pytest.mark.parametrize(
    "remark",
    [
        "El contenido generado por IA puede ser incorrecto.",
        "Le contenu généré par l’IA peut être incorrect.",
        "O conteúdo gerado por IA pode estar incorreto.",
        "Содержимое, созданное искусственным интеллектом, может быть неверным.",
        "AI 生成的内容可能不正确。",
        "Descripción generada automáticamente con confianza media",
        "تم إنشاء الوصف تلقائياً",
    ],
)
def test_the_remark_that_an_alt_text_was_generated_is_no_alt_text(remark: str) -> None:
    read_ = read(p(picture(f'descr="Mapa&#10;&#10;{remark}"')))
    assert [node.alt for node in walk(read_.publication) if isinstance(node, Image)] == [Described("Mapa")]
    assert rules(read_) == ["word-alt-automatic"]


def test_marks_of_equation_arrays_that_word_does_not_show_are_left_out() -> None:
    lines = "<m:e><m:r><m:t>x&amp;=1#(2)</m:t></m:r></m:e><m:e><m:r><m:t>&amp;=y</m:t></m:r></m:e>"
    read_ = read(p(f"<m:oMathPara><m:oMath><m:eqArr>{lines}</m:eqArr></m:oMath></m:oMathPara>"))
    assert blocks(read_) == ["formula x=1(2)=y"]


TABLE_STYLE = style("Table", custom=True)
CAPTION = style("Caption", "caption")


def test_a_style_that_is_called_table_is_a_caption_only_if_it_is_based_on_one() -> None:
    cells = table(row(p("North", "Table"), p("12", "Table")))
    assert rules(read(cells, styles=TABLE_STYLE)) == ["word-style-unknown"]
    based = CAPTION + style("Table", inner='<w:basedOn w:val="Caption"/>', custom=True)
    assert blocks(read(p("Table 1: Cases", "Table") + table(row("North", "12")), styles=based))[0] == (
        "table Table 1: Cases"
    )


def test_a_sequence_that_counts_no_figures_makes_no_caption() -> None:
    recommendation = p(r("Recommendation ") + field("SEQ Rec", r("1")) + r(". States should act."))
    assert blocks(read(recommendation + table(row("North", "12"))))[:2] == [
        "Recommendation 1. States should act.",
        "table ",
    ]
    numbered = p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>" + r(" (") + field("SEQ Equation", r("1")) + r(")"))
    read_ = read(numbered + p(picture()) + p("Figure 1: F", "Caption"), styles=CAPTION)
    assert blocks(read_) == ["$x$ (1)", "figure !A blue square! Figure 1: F"]
    assert rules(read_) == []


def test_a_sequence_in_another_language_makes_a_caption() -> None:
    caption = p(r("Rys. ") + field("SEQ Rys.", r("1")) + r(": Widok"))
    assert blocks(read(p(picture()) + caption)) == ["figure !A blue square! Rys. 1: Widok"]
