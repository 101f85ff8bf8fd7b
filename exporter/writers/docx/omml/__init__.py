"""MathML as Office Math (ECMA-376-1, 22.1; MathML 3, presentation elements)."""

from __future__ import annotations

from lxml import etree

from exporter.inspect.docx.xml import name
from exporter.writers.docx.omml.mathml_input import UnknownFormulaError, all_text
from exporter.writers.docx.omml.rows import add_row
from exporter.writers.docx.xml import Element, add
from exporter.xml_parser import xml_parser


def add_formula(parent: Element, mathml: str, *, display: bool = False) -> bool:
    """Append a formula to a paragraph.

    Args:
        parent: The paragraph or hyperlink.
        mathml: A complete `<math>` element.
        display: Whether it is a displayed formula (22.1.2.78 oMathPara).

    Returns:
        Whether it was appended; false if it contains an unknown element.
    """
    parser = xml_parser(remove_comments=True, remove_pis=True)
    holder = etree.Element(name("m:oMathPara" if display else "m:oMath"))
    formula = add(holder, "m:oMath") if display else holder
    try:
        math = etree.fromstring(mathml, parser)
        add_row(formula, list(math))
    except (etree.XMLSyntaxError, UnknownFormulaError, RecursionError):
        return False
    if not len(formula):
        return False
    parent.append(holder)
    return True


def linear(mathml: str) -> str:
    """Return the characters of a formula, as a fallback."""
    parser = xml_parser(recover=True)
    math = etree.fromstring(mathml, parser)
    return "" if math is None else " ".join(all_text(math).split())
