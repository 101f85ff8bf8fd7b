"""Formulas as Office Math."""

from __future__ import annotations

import pytest
from lxml import etree

from exporter.readers.tex import tex_to_mathml
from exporter.writers.docx.omml import add_formula
from exporter.writers.docx.xml import root
from tests.writers.docx.soundness import M, local

MATHML = "http://www.w3.org/1998/Math/MathML"


def office(formula: str) -> etree._Element:
    """Return the formula in Office Math, from TeX or from MathML."""
    paragraph = root("p")
    made = formula if formula.startswith("<math") else tex_to_mathml(formula, display=True)
    assert add_formula(paragraph, made, display=True)
    return paragraph


def shape(formula: str) -> str:
    """Return the names of structures and the characters, in brackets as they nest."""

    def told(element: etree._Element) -> str:
        name = local(element)
        if name == "t":
            return element.text or ""
        inner = "".join(told(child) for child in element if not local(child).endswith("Pr"))
        return inner if name in {"r", "oMath", "oMathPara", "p", "e"} else f"{name}[{inner}]"

    return told(office(formula))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\frac{a}{b}", "f[num[a]den[b]]"),
        (r"\sqrt[3]{x}", "rad[deg[3]x]"),
        (r"x_i^2", "sSubSup[xsub[i]sup[2]]"),
        (r"\lim_{n \to 0} x", "limLow[limlim[n→0]]x"),
        (r"\sum_{i=1}^n i = 3", "nary[sub[i=1]sup[n]i]=3"),
        (r"\begin{aligned} a &= b \\ &= d \end{aligned}", "m[mr[a\u200b=b]mr[\u200b\u200b=d]]"),
        (r"\begin{cases} x & y \\ z & w \end{cases}", "d[m[mr[xy]mr[zw]]]"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "d[m[mr[12]mr[34]]]"),
        (r"\left( \frac{a}{b} \right)", "d[f[num[a]den[b]]]"),
        (r"\overline{AB}", "bar[AB]"),
        (r"\hat{x}", "acc[x]"),
        (r"\underbrace{a}_{n}", "limLow[groupChr[a]lim[n]]"),
        (r"\text{rate} = 1", "rate=1"),
    ],
)
def test_tex_becomes_structures(formula: str, expected: str) -> None:
    assert shape(formula) == expected


def test_lines_of_an_equation_touch_and_stand_at_their_sign() -> None:
    made = office(r"\begin{aligned} a &= b \\ c &= d \end{aligned}")
    assert [each.get(f"{M}val") for each in made.iter(f"{M}mcJc")] == ["right", "left"]
    assert [each.get(f"{M}val") for each in made.iter(f"{M}cGp")] == ["0"]
    assert [each.get(f"{M}val") for each in made.iter(f"{M}plcHide")] == ["1"]


def test_columns_of_a_matrix_stand_as_they_say() -> None:
    made = office(r"\begin{array}{lr} a & b \end{array}")
    assert [each.get(f"{M}val") for each in made.iter(f"{M}mcJc")] == ["left", "right"]


def test_an_empty_argument_shows_no_dotted_box() -> None:
    assert shape("{}_a X") == "sSub[\u200bsub[a]]X"


def test_scripts_on_both_sides() -> None:
    multi = (
        f'<math xmlns="{MATHML}"><mmultiscripts><mi>C</mi><mn>1</mn><mn>2</mn><mprescripts/><mn>6</mn><mn>14</mn>'
        "</mmultiscripts></math>"
    )
    assert shape(multi) == "sPre[sub[6]sup[14]sSubSup[Csub[1]sup[2]]]"


@pytest.mark.parametrize(
    ("notation", "marks"),
    [
        ("box", set()),
        ("updiagonalstrike", {"hideTop", "hideBot", "hideLeft", "hideRight", "strikeBLTR"}),
        ("horizontalstrike verticalstrike", {"hideTop", "hideBot", "hideLeft", "hideRight", "strikeH", "strikeV"}),
        ("bottom", {"hideTop", "hideLeft", "hideRight"}),
    ],
)
def test_what_is_boxed_or_struck_out_stays_so(notation: str, marks: set[str]) -> None:
    made = office(f'<math xmlns="{MATHML}"><menclose notation="{notation}"><mi>x</mi></menclose></math>')
    (properties,) = made.iter(f"{M}borderBoxPr")
    assert {local(each) for each in properties} == marks


@pytest.mark.parametrize(
    "broken", ["<math", f'<math xmlns="{MATHML}"/>', f'<math xmlns="{MATHML}"><mfrac><mi>a</mi></mfrac></math>']
)
def test_what_is_no_formula_is_not_appended(broken: str) -> None:
    paragraph = root("p")
    assert not add_formula(paragraph, broken)
    assert len(paragraph) == 0
