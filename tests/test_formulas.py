from pathlib import Path

import pytest
from latex2mathml.converter import convert

from exporter.formulas import formula_in_words
from exporter.lexicon import Lexicons

LEXICONS = Lexicons(Path(__file__).parents[1] / "styles")


@pytest.mark.parametrize(
    ("tex", "language", "words"),
    [
        ("a + b = c", "en", "a plus b equals c"),
        ("x^2", "en", "x squared"),
        ("x^{n}", "en", "x to the power n"),
        ("x_1", "en", "x sub 1"),
        (r"\frac{a}{b}", "en", "a over b"),
        (r"\frac{a+1}{b}", "en", "the fraction a plus 1 over b, end of fraction,"),
        (r"\sqrt{2}", "en", "the square root of 2, end of root,"),
        (
            r"\frac{1}{\sqrt{x+1}}",
            "en",
            "the fraction 1 over the square root of x plus 1, end of root, end of fraction,",
        ),
        (r"\sum_{i=1}^{n} x_i", "en", "the sum from i equals 1 to n of x sub i"),
        (r"a \le b", "en", "a is at most b"),
        ("x^2", "es", "x al cuadrado"),
        (r"\frac{a}{b}", "es", "a sobre b"),
        ("a + b", "fr", "a plus b"),
    ],
)
def test_a_formula_is_read_in_words(tex: str, language: str, words: str) -> None:
    assert formula_in_words(convert(tex), tex, LEXICONS(language)) == words


def test_what_is_no_mathml_is_read_as_it_was_written() -> None:
    assert formula_in_words("<math", "x^2", LEXICONS("en")) == "x^2"


def test_a_formula_without_end_is_read_as_it_was_written() -> None:
    deep = "<math>" + "<mrow>" * 200 + "<mi>x</mi>" + "</mrow>" * 200 + "</math>"
    assert formula_in_words(deep, "x", LEXICONS("en")) == "x"


def test_entities_are_not_opened() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><math><mi>&a;</mi></math>'
    assert "root" not in formula_in_words(bomb, "x", LEXICONS("en"))
