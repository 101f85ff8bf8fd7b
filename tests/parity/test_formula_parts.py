"""Formulas of Word have the parts of those of the manuscript, and others are not the same."""

from __future__ import annotations

import pytest

from exporter.inspect.docx.xml import name
from exporter.parity.docx import office_math
from exporter.parity.formulas import parts_of
from exporter.readers.tex import tex_to_mathml
from exporter.writers.docx.omml import add_formula
from exporter.writers.docx.xml import root

FORMULAS = (
    *(r"\frac{a+b}{2}", r"\frac{2}{a+b}", r"x_i^2", r"x_2^i", r"\sqrt[3]{x}", r"\sqrt{x}", r"3x", r"a-b", r"a+b"),
    *(r"\sum_{i=1}^n i = 3", r"\prod_{i=1}^n i = 3", r"\sum_{n}^{i=1} i = 3", r"\lim_{n \to 0} x", r"\hat{x}"),
    *(r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", r"\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}"),
    *(r"\begin{cases} x & y \\ z & w \end{cases}", r"\left[ \frac{a}{b} \right)", r"\underbrace{a}_{n}"),
)


def _in_word(mathml: str) -> str:
    paragraph = root("p")
    assert add_formula(paragraph, mathml)
    return office_math.parts(next(paragraph.iter(name("m:oMath"))))


@pytest.mark.parametrize("formula", FORMULAS)
def test_parts_are_the_same_in_word_and_no_others(formula: str) -> None:
    mathml = tex_to_mathml(formula, display=True)
    parts = parts_of(mathml)
    assert _in_word(mathml) == parts
    assert [other for other in FORMULAS if parts_of(tex_to_mathml(other, display=True)) == parts] == [formula]


def test_brackets_of_an_element_and_scripts_on_both_sides_are_parts() -> None:
    scripts = "<mmultiscripts><mi>C</mi><mn>1</mn><mn>2</mn><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>"
    for inner in (scripts, '<mfenced open="["><mi>a</mi></mfenced>'):
        mathml = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'
        assert _in_word(mathml) == parts_of(mathml)
