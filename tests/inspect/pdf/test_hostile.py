"""Whatever stands in a PDF, looking at it ends, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from exporter.inspect.pdf import open_pdf
from exporter.inspect.pdf.structure import MAX_DEPTH
from exporter.parity.pdf import extract_pdf
from exporter.validate import pdf as checks


def element(file: pikepdf.Pdf, type_: str, *kids: Any, **entries: Any) -> Any:
    return file.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + type_), K=Array(kids), **entries))


def circle(file: pikepdf.Pdf) -> Any:
    outer = element(file, "Sect")
    outer.K.append(element(file, "P", outer))
    return outer


def twice(file: pikepdf.Pdf) -> Any:
    inner = element(file, "P")
    return element(file, "Sect", inner, element(file, "Div", inner))


def deep(file: pikepdf.Pdf) -> Any:
    node = element(file, "P")
    for _ in range(5000):
        node = element(file, "Div", node)
    return node


def rubbish(file: pikepdf.Pdf) -> Any:
    odd = [String("text"), Name.Name, Dictionary(), Dictionary(MCID=String("x")), Array(), 2.5, -7, Dictionary(Obj=1)]
    return element(
        file, "P", *odd, A=Array([1, String("x")]), Pg=String("no page"), Lang=7, Alt=Name.A, NS=3, C=Array([4])
    )


def no_type(file: pikepdf.Pdf) -> Any:
    return file.make_indirect(Dictionary(Type=Name.StructElem, K=Array([3])))


TREES = {"circle": circle, "twice": twice, "depth": deep, "nothing": rubbish, "no type": no_type}


def write(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.new() as file:
        file.add_blank_page()
        file.Root.MarkInfo = Dictionary(Marked=True)
        change(file)
        file.save(path)
    return path


@pytest.mark.parametrize("name", TREES)
def test_a_broken_tree_is_read_to_its_end_and_is_a_finding(name: str, tmp_path: Path) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=TREES[name](file))

    path = write(tmp_path / "x.pdf", change)
    with open_pdf(path) as file:
        assert file.structure.faults
        assert max(node.path.count("/") for node in file.structure.root.all()) < MAX_DEPTH
    assert "pdf-structure-broken" in {finding.rule for finding in checks.check(path)}
    extract_pdf(path)


def test_role_maps_bookmarks_and_name_trees_that_go_round_in_circles_have_an_end(tmp_path: Path) -> None:
    def change(file: pikepdf.Pdf) -> None:
        roles = Dictionary(A=Name.B, B=Name.A)
        file.Root.StructTreeRoot = Dictionary(
            K=element(file, "A"), RoleMap=roles, ParentTree=Dictionary(Nums=Array([1]))
        )
        mark = file.make_indirect(Dictionary(Title=String("round"), Dest=String("x")))
        mark.Next = mark.First = mark
        file.Root.Outlines = Dictionary(First=mark)
        names = file.make_indirect(Dictionary(Names=Array([String("x"), String("x")])))
        names.Kids = Array([names])
        file.Root.Names = Dictionary(Dests=names)
        file.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r, St=4000000)]))

    path = write(tmp_path / "x.pdf", change)
    with open_pdf(path) as file:
        assert [mark.title for mark in file.bookmarks] == ["round"]
        assert file.page_labels is not None
    assert {"pdf-role-map", "pdf-bookmark-nowhere"} <= {finding.rule for finding in checks.check(path)}


def test_forms_that_draw_themselves_have_an_end(tmp_path: Path) -> None:
    def change(file: pikepdf.Pdf) -> None:
        form = file.make_stream(b"/F Do " * 50, Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        file.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
        file.pages[0].Contents = file.make_stream(b"/F Do BT (x) Tj /No 3 Tf EMC Q cm 1 Tm ET")

    with open_pdf(write(tmp_path / "x.pdf", change)) as file:
        assert file.content(0).cut


def test_what_is_no_pdf_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nnothing")
    assert [finding.rule for finding in checks.check(tmp_path / "x.pdf")] == ["pdf-unreadable"]
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert [finding.rule for finding in checks.check(tmp_path / "locked.pdf")] == ["pdf-unreadable"]
    assert [finding.rule for finding in checks.check(tmp_path / "none.pdf")] == ["pdf-unreadable"]
