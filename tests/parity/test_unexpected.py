"""What editions are not known to have is a warning, and what a reference document or an author may ask for is none."""

from __future__ import annotations

import pytest
from lxml import etree, html

from exporter.findings import Severity
from exporter.inspect.docx.xml import NAMESPACES, name
from exporter.parity import formulas, rules
from exporter.parity.docx import unknown_markup
from exporter.parity.xhtml import style_rules
from exporter.parity.xhtml import unknown_markup as unknown_elements


def test_what_is_not_known_withholds_no_edition() -> None:
    (found,) = unknown_elements.check(html.fromstring("<p>One <blink>two</blink></p>"))
    assert found.severity is Severity.ERROR
    assert rules.unexpected(found).severity is Severity.WARNING
    assert rules.unexpected(found).rule == found.rule


def test_borders_and_shading_of_a_reference_document_are_expected() -> None:
    paragraph = etree.Element(name("p"), nsmap={"w": NAMESPACES["w"]})
    properties = etree.SubElement(paragraph, name("pPr"))
    shading = etree.SubElement(properties, name("shd"))
    shading.set(name("themeFill"), "accent1")
    borders = etree.SubElement(properties, name("pBdr"))
    etree.SubElement(borders, name("between")).set(name("themeColor"), "accent2")
    assert list(unknown_markup.check(paragraph)) == []
    etree.SubElement(properties, name("framePr"))
    assert len(list(unknown_markup.check(paragraph))) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        *("p { letter-spacing: 0.1em }", "p { text-indent: 1em; word-break: keep-all }", "hr { height: 1.5px }"),
        *("p { font-family: Zapfino, serif }", "p { font-family: 'Zapf Humanist', Symbola }"),
    ],
)
def test_properties_that_hide_and_move_nothing_are_expected(sheet: str) -> None:
    assert list(style_rules.check([sheet])) == []
    assert list(style_rules.check(["p { clip-path: inset(50%) }"])) != []


@pytest.mark.parametrize(
    "declaration", ["height: 1px", "width: 1.0px", "max-height: .5px", "height: 0", "width: 0.04em"]
)
def test_sizes_of_a_pixel_hide_content(declaration: str) -> None:
    assert len(list(style_rules.check([f"p {{ {declaration} }}"]))) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        "box-shadow: 0 0 0 100vmax #fff",
        "border-top: 20em solid",
        "outline: 9em solid",
        "margin: -9em 0",
        "font-size: 6px",
    ],
)
def test_edges_that_cover_and_letters_that_stay_small_are_not_expected(declaration: str) -> None:
    assert len(list(style_rules.check([f"p {{ {declaration} }}"]))) == 1
    harmless = "p { box-shadow: 0 0 0 0.2em #fff; border: 0.1em solid; margin: 0 -9em; font-size: 0.9em }"
    assert list(style_rules.check([harmless])) == []


@pytest.mark.parametrize("font", ["Symbol", "Wingdings 2", "ITC Zapf Dingbats", "'Webdings'"])
def test_fonts_of_symbols_show_letters_as_other_signs(font: str) -> None:
    assert len(list(style_rules.check([f"p {{ font-family: {font} }}"]))) == 1


def test_links_in_formulas_are_written_by_no_edition() -> None:
    linked = etree.fromstring('<math><mrow href="https://example.org/" style="color:red"><mi>x</mi></mrow></math>')
    plain = etree.fromstring("<math><mrow><mi>x</mi></mrow></math>")
    assert formulas.structure(linked) == formulas.structure(plain)
