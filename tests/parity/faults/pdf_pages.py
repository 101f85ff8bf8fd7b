"""Faults of PDF in what is around and over the text of a page: running heads, numbers, contents, pictures."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Operator, Page, parse_content_stream, unparse_content_stream

from tests.parity.faults.pdf import Fault
from tests.validate.pdf.planting import Book, content


def _artifacts(page: Any) -> list[list[tuple[list[Any], Operator]]]:
    """Return the operators of each artifact of the margins."""
    found: list[list[tuple[list[Any], Operator]]] = []
    for operands, operator in parse_content_stream(page):
        if str(operator) in {"BDC", "BMC"} and operands[0] == Name.Artifact:
            found.append([])
        if found and (not found[-1] or str(found[-1][-1][1]) != "EMC"):
            found[-1].append((list(operands), operator))
    return [run for run in found if any(str(operator) in {"Tj", "TJ"} for _, operator in run)]


def _redrawn(page: Any, book: Book, number: int, other: list[tuple[list[Any], Operator]]) -> None:
    """Draw other operators in the place of an artifact."""
    own = _artifacts(page)[number]
    out = [(list(operands), operator) for operands, operator in parse_content_stream(page)]
    start = next(index for index in range(len(out)) if _same(out[index : index + len(own)], own))
    out[start : start + len(own)] = other
    page.Contents = book.pdf.make_stream(unparse_content_stream(out))


def _same(first: Any, second: Any) -> bool:
    return bool(unparse_content_stream(first) == unparse_content_stream(second))


def _number_of_another_page(book: Book) -> None:
    last, before = book.pdf.pages[-1], book.pdf.pages[-2]
    for name, font in before.Resources.Font.items():
        last.Resources.Font[name] = font
    _redrawn(last, book, -1, _artifacts(before)[-1])


def _number_lost(book: Book) -> None:
    _redrawn(book.pdf.pages[-2], book, -1, [])


def _over(book: Book, drawn: bytes, **resources: Any) -> None:
    """Draw over the whole page of a paragraph."""
    page, _ = next(content(book.body("P", 1), None))
    for kind, entries in resources.items():
        if f"/{kind}" not in page.Resources:
            page.Resources[f"/{kind}"] = Dictionary()
        page.Resources[f"/{kind}"]["/Over"] = entries
    Page(page).contents_add(b"/Artifact BMC q " + drawn + b" Q EMC")


def _shading_over(book: Book) -> None:
    white = Array([1, 1, 1])
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=white, C1=white, N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 0, 9]), Function=function)
    shading.Extend = Array([True, True])
    _over(book, b"/Over sh", Shading=book.pdf.make_indirect(shading))


FAULTS = (
    Fault("a page shows the number of another", _number_of_another_page, "text"),
    Fault("a page does not show its number", _number_lost, "pages"),
    Fault("a shading drawn over text", _shading_over, "text"),
)
