"""Formulas: a drawing, its words, and in PDF 2.0 the MathML itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from exporter import model as m
from exporter.transforms import apply
from exporter.validate import pdf as checks
from exporter.writers.markup import mathml
from exporter.writers.pdf.options import Standard
from tests.writers.pdf.made import make
from tests.writers.sample import MATHML, p

OTHER = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>'


def publication(*blocks: m.Block) -> m.Publication:
    return m.Publication(m.Metadata(title="Shares", language="en", kind=m.Kind.BRIEF), body=blocks)


def formulas(file: pikepdf.Pdf) -> list[Any]:
    found: list[Any] = []

    def visit(node: Any) -> None:
        if node.S == "/Formula":
            found.append(node)
        for kid in node.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                visit(kid)

    visit(file.Root.StructTreeRoot.K[0])
    return found


THREE = publication(p("Of all ", m.Math(MATHML), " and ", m.Math(OTHER), "."), m.MathBlock(MATHML))


def test_the_mathml_is_attached_to_its_formula_in_pdf_2(tmp_path: Path) -> None:
    made = make(tmp_path, THREE, pdf_standard=Standard.UA_2)
    with pikepdf.open(made.path) as file:
        attached = [formula.AF[0] for formula in formulas(file)]
        for specification, source in zip(attached, (MATHML, OTHER, MATHML), strict=True):
            stream = specification.EF.F
            assert specification.AFRelationship == "/Supplement"
            assert stream.Subtype == "/application/mathml+xml"
            assert int(stream.Params.Size) == len(stream.read_bytes())
            ours, theirs = (ElementTree.canonicalize(text) for text in (stream.read_bytes().decode(), source))
            assert ours == theirs
        assert [str(each.Desc) for each in attached] == [str(formula.Alt) for formula in formulas(file)]
        assert attached[0].objgen == attached[2].objgen != attached[1].objgen, "equal formulas share a file"
        assert list(file.attachments) == ["formula-00001.mml", "formula-00002.mml"]


def test_a_file_claims_to_hold_others_only_when_it_does(tmp_path: Path) -> None:
    for name, tree, claimed in (("with", THREE, "F"), ("without", publication(p("Words.")), None)):
        with pikepdf.open(make(tmp_path / name, tree, pdf_standard=Standard.UA_2).path) as file:
            assert file.open_metadata().get("pdfaid:conformance") == claimed
            assert bool(file.attachments) == (claimed == "F")


def test_nothing_is_attached_in_an_archive_file_that_may_hold_no_others(tmp_path: Path) -> None:
    with pikepdf.open(make(tmp_path, THREE).path) as file:
        assert not file.attachments
        assert all("/AF" not in formula for formula in formulas(file))
        assert file.open_metadata()["pdfaid:conformance"] == "A"


def test_only_a_formula_on_its_own_is_a_block(tmp_path: Path) -> None:
    with pikepdf.open(make(tmp_path, THREE).path) as file:
        layouts = [entry for formula in formulas(file) for entry in formula.A]
        assert [str(layout.get("/Placement", "")) for layout in layouts] == ["", "", "/Block"]
        assert all("/BBox" in layout for layout in layouts)


@pytest.mark.parametrize(
    "formula", ["<msup><mi>x</mi></msup>", "<mfrac><mi>x</mi></mfrac>", "<munderover/>", "<mroot/>"]
)
def test_formulas_without_their_parts_are_not_drawn(formula: str) -> None:
    assert mathml.drawing(f'<math xmlns="{mathml.MATHML}">{formula}<mi>y</mi></math>', "x") is None


def test_an_entry_of_the_contents_with_a_formula_is_called_what_it_shows(tmp_path: Path) -> None:
    power = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msup><mi>x</mi><mn>2</mn></msup></math>'
    chapter = m.Section(title=(m.Text("The rate "), m.Math(power, "x^2"), m.Text(" of all")), children=(p("Text."),))
    metadata = m.Metadata(title="Shares", language="en", kind=m.Kind.REPORT)
    made = make(tmp_path, apply(m.Publication(metadata, body=(chapter,) * 3), "shares"))
    assert [finding.message for finding in checks.check(made.path) if finding.rule == "pdf-link-label"] == []
