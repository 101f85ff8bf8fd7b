"""What PDF/UA-2 asks for beyond PDF/UA-1 is found where it is missing, and nothing in a good file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exporter.validate import pdf
from exporter.validate.external.page_validation import PageValidation
from exporter.writers.pdf.options import Standard
from tests.writers.pdf.made import Made


@pytest.fixture(scope="module")
def good(sample_pdf: Callable[[Standard], Made]) -> Path:
    return sample_pdf(Standard.UA_2).path


def _elements(file: pikepdf.Pdf, kind: str) -> list[Dictionary]:
    return [each for each in file.objects if isinstance(each, Dictionary) and each.get("/S") == f"/{kind}"]


def _add(file: pikepdf.Pdf, kind: str, **more: object) -> Dictionary:
    document = file.Root.StructTreeRoot.K
    document = document[0] if isinstance(document, Array) else document
    element = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=document, **more))
    document.K.append(element)
    return element


def _annotate(file: pikepdf.Pdf, **annotation: object) -> Dictionary:
    page = file.pages[0]
    made = file.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation))
    page.obj.Annots = Array([*page.obj.get("/Annots", []), made])
    return made


def _reference(file: pikepdf.Pdf, *annotations: Dictionary) -> Array:
    return Array([Dictionary(Type=Name.OBJR, Obj=each, Pg=file.pages[0].obj) for each in annotations])


def _no_year(file: pikepdf.Pdf) -> None:
    stream = file.Root.Metadata
    stream.write(stream.read_bytes().replace(b"pdfuaid:rev>2024", b"pdfuaid:rev>next"))


def _two_documents(file: pikepdf.Pdf) -> None:
    root = file.Root.StructTreeRoot
    second = file.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = Array([*(root.K if isinstance(root.K, Array) else [root.K]), second])


def _page_for_bookmark(file: pikepdf.Pdf) -> None:
    mark = file.Root.Outlines.First
    for key in ("/A", "/SE"):
        if key in mark:
            del mark[key]
    mark.Dest = Array([file.pages[0].obj, Name.Fit])


def _heading_without_level(file: pikepdf.Pdf) -> None:
    _elements(file, "H2")[0].S = Name.H


def _mathml_outside(file: pikepdf.Pdf) -> None:
    space = file.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://www.w3.org/1998/Math/MathML")))
    _add(file, "math", NS=space, K=Array())


def _link_to_two_places(file: pikepdf.Pdf) -> None:
    links = [
        _annotate(
            file, Subtype=Name.Link, Contents=String("a"), A=Dictionary(S=Name.URI, URI=String(f"https://{name}"))
        )
        for name in ("a.example", "b.example")
    ]
    _add(file, "Link", K=_reference(file, *links))


def _hidden_annotation(file: pikepdf.Pdf) -> None:
    _add(file, "Annot", K=_reference(file, _annotate(file, Subtype=Name.Text, Contents=String("a"), F=2)))


def _field_without_words(file: pikepdf.Pdf) -> None:
    field = _annotate(file, Subtype=Name.Widget, FT=Name.Tx, T=String("name"))
    file.Root.AcroForm = file.make_indirect(Dictionary(Fields=Array([field])))


def _attachment_without_description(file: pikepdf.Pdf) -> None:
    attached = Dictionary(Type=Name.Filespec, UF=String("data.csv"), F=String("data.csv"))
    file.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String("data.csv"), file.make_indirect(attached)]))


def _attachment_without_relation(file: pikepdf.Pdf) -> None:
    _annotate(file, Subtype=Name.FileAttachment, Contents=String("a"), FS=Dictionary(UF=String("data.csv")))


@pytest.mark.parametrize(
    ("plant", "clause"),
    [
        (_no_year, "5"),
        (_two_documents, "8.2.5.2"),
        (_page_for_bookmark, "8.8"),
        (_heading_without_level, "8.2.5.12"),
        (_mathml_outside, "8.2.5.29"),
        (_link_to_two_places, "8.2.5.20"),
        (_hidden_annotation, "8.9.2.2"),
        (_field_without_words, "8.10.2.3"),
        (_attachment_without_description, "8.14.1"),
        (_attachment_without_relation, "8.9.2.4.10"),
    ],
)
def test_a_requirement_that_is_not_met_is_found(
    good: Path, tmp_path: Path, plant: Callable[[pikepdf.Pdf], None], clause: str
) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(good) as file:
        plant(file)
        file.save(path)
    assert f"ISO 14289-2, {clause}" in {found.clause for found in pdf.check(path) if found.rule == "pdf-ua-2"}


def test_nothing_is_found_in_a_good_file(good: Path) -> None:
    assert pdf.check(good) == []
    checked = PageValidation().check(good)
    assert checked.findings == ()
    assert not any("UA" in standard for standard in checked.standards), "of PDF/UA-2, only a part is checked"


def test_fonts_are_checked_by_the_rules_that_both_parts_have(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(good) as file:
        for each in list(file.objects):
            if isinstance(each, Dictionary) and each.get("/Subtype") == "/CIDFontType2":
                del each["/CIDToGIDMap"]
        file.save(path)
    assert any("CIDTOGIDMAP" in finding.clause for finding in PageValidation().check(path).findings)


def test_a_formula_in_a_namespace_whose_roles_are_those_of_mathml_can_be_read_out(good: Path, tmp_path: Path) -> None:
    with pikepdf.open(good) as file:
        mathml = file.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://www.w3.org/1998/Math/MathML")))
        own = Dictionary(
            Type=Name.Namespace,
            NS=String("https://example.org/own"),
            RoleMapNS=Dictionary(Equation=Array([Name.math, mathml])),
        )
        formula = _add(file, "Formula")
        formula.K = Dictionary(Type=Name.StructElem, S=Name.Equation, P=formula, NS=file.make_indirect(own))
        file.save(tmp_path / "mapped.pdf")
    assert "pdf-formula-alt" not in {finding.rule for finding in pdf.check(tmp_path / "mapped.pdf")}


def test_a_formula_with_an_associated_mathml_file_can_be_read_out(good: Path, tmp_path: Path) -> None:
    with pikepdf.open(good) as file:
        stream = file.make_stream(b"<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>")
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/application/mathml+xml")
        _add(file, "Formula").AF = Array([Dictionary(Type=Name.Filespec, F=String("x.xml"), EF=Dictionary(F=stream))])
        file.save(tmp_path / "associated.pdf")
    assert "pdf-formula-alt" not in {finding.rule for finding in pdf.check(tmp_path / "associated.pdf")}
