"""Faults of PDF that are on its pages alone: how text and pictures are drawn, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, Operator, Page, String, parse_content_stream, unparse_content_stream

from tests.parity.faults.pdf import Fault
from tests.validate.pdf.planting import Book, content

Numbers = list[float]
Drawn = list[tuple[list[Any], str]]


def _paragraph(book: Book) -> Any:
    return book.body("P", 1)


def _picture(book: Book) -> Any:
    return next(node for node in book.elements("Figure") if node.get("/Alt") == "A courthouse.")


def _within(element: Any, book: Book, change: Callable[[list[Any], str], Drawn | None]) -> None:
    """Change the operators in the marked content of an element."""
    for page, mcid in list(content(element, None)):
        out: list[tuple[list[Any], Operator]] = []
        depth = 0
        for operands, operator in parse_content_stream(page):
            values, name = list(operands), str(operator)
            is_own = name == "BDC" and isinstance(values[1], Dictionary) and values[1].get("/MCID") == mcid
            depth += name in {"BDC", "BMC"} and (is_own or depth > 0)
            changed = change(values, name) if depth else None
            out += [(each, Operator(other)) for each, other in ([(values, name)] if changed is None else changed)]
            depth -= name == "EMC" and depth > 0
        page.Contents = book.pdf.make_stream(unparse_content_stream(out))


def _text(operator: str, value: float, usual: float) -> Callable[[Book], None]:
    """Return a change of a parameter of text in a paragraph."""

    def change(operands: list[Any], name: str) -> Drawn | None:
        if name in {"Tj", "TJ"}:
            return [([value], operator), (operands, name), ([usual], operator)]
        return None

    return lambda book: _within(_paragraph(book), book, change)


def _moved(change: Callable[[Numbers], Numbers]) -> Callable[[Book], None]:
    """Return a change of the text matrices of a paragraph."""

    def changed(operands: list[Any], name: str) -> Drawn | None:
        return [(change([float(number) for number in operands]), "Tm")] if name == "Tm" else None

    return lambda book: _within(_paragraph(book), book, changed)


def _transformed(*matrix: float) -> Callable[[Book], None]:
    """Return a change of how a picture is drawn."""

    def changed(operands: list[Any], name: str) -> Drawn | None:
        return [(list(matrix), "cm"), (operands, name)] if name == "Do" else None

    return lambda book: _within(_picture(book), book, changed)


def _clipped(find: Callable[[Book], Any]) -> Callable[[Book], None]:
    def changed(operands: list[Any], name: str) -> Drawn | None:
        if name in {"TJ", "Tj", "Do"}:
            return [([], "q"), ([0, 0, 0.001, 0.001], "re"), ([], "W"), ([], "n"), (operands, name), ([], "Q")]
        return None

    return lambda book: _within(find(book), book, changed)


def _coloured(*colour: float, operator: str = "rg") -> Callable[[Book], None]:
    """Return a change of the colour of all text of a page."""

    def plant(book: Book) -> None:
        page, _ = next(content(_paragraph(book), None))
        out = [
            (list(colour), Operator(operator)) if str(name) == "rg" else (list(operands), name)
            for operands, name in parse_content_stream(page)
        ]
        page.Resources.ColorSpace = Dictionary(Any=Name.DeviceRGB)
        page.Contents = book.pdf.make_stream(unparse_content_stream(out))

    return plant


def _masked(book: Book) -> None:
    """Hide a paragraph by a soft mask."""
    page, _ = next(content(_paragraph(book), None))
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    form = book.pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Group=group)
    page.Resources.ExtGState["/Mask"] = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form))
    _within(
        _paragraph(book),
        book,
        lambda operands, name: [([Name.Mask], "gs"), (operands, name)] if name in {"Tj", "TJ"} else None,
    )


def _exchanged(book: Book) -> None:
    """Exchange two paragraphs on their page, and not in the structure."""
    first, second = book.body("P", 0), book.body("P", 1)
    heights: list[float] = []

    def note(operands: list[Any], name: str) -> None:
        if name == "Tm":
            heights.append(float(operands[5]))

    for element in (first, second):
        before = len(heights)
        _within(element, book, note)
        del heights[before + 1 :]
    for element, by in ((first, heights[1] - heights[0]), (second, heights[0] - heights[1])):

        def move(operands: list[Any], name: str, by: float = by) -> Drawn | None:
            return [([*operands[:5], float(operands[5]) + by], "Tm")] if name == "Tm" else None

        _within(element, book, move)


def _cover_picture(book: Book) -> None:
    page, _ = next(content(_picture(book), None))
    Page(page).contents_add(b"/Artifact BMC q 1 0 0 1 0 0 cm 1 1 1 rg 0 0 2000 2000 re f Q EMC")


def _image(entry: str, value: Any) -> Callable[[Book], None]:
    def plant(book: Book) -> None:
        page, _ = next(content(_picture(book), None))
        for thing in page.Resources.XObject.values():
            thing[entry] = value

    return plant


def _mark(**entries: Any) -> Callable[[Book], None]:
    """Return a change of the properties of marked content."""

    def changed(operands: list[Any], name: str) -> Drawn | None:
        if name != "BDC" or "/MCID" not in operands[1]:
            return None
        return [([operands[0], Dictionary(MCID=operands[1].MCID, **entries)], name)]

    return lambda book: _within(_paragraph(book), book, changed)


def _small_page(book: Book) -> None:
    for page in book.pdf.pages:
        page.obj.MediaBox = Array([0, 0, 200, 200])


FAULTS = (
    Fault("text scaled to nothing", _text("Tz", 0, 100), "text"),
    Fault("text squeezed", _text("Tz", 20, 100), "text"),
    Fault("text drawn out", _text("Tz", 500, 100), "text"),
    Fault("text scaled backwards", _text("Tz", -100, 100), "text"),
    Fault("letters upon each other", _text("Tc", -6, 0), "text"),
    Fault("letters far from each other", _text("Tc", 60, 0), "text"),
    Fault("text raised off the page", _text("Ts", 2000, 0), "text"),
    Fault("text that only clips", _text("Tr", 7, 0), "text"),
    Fault("text mirrored", _moved(lambda m: [-m[0], *m[1:4], m[4] + 300, m[5]]), "text"),
    Fault("text upside down", _moved(lambda m: [*m[:3], -m[3], *m[4:]]), "text"),
    Fault("text turned", _moved(lambda m: [0, m[0], -m[3], 0, *m[4:]]), "text"),
    Fault("text turned round", _moved(lambda m: [-m[0], 0, 0, -m[3], m[4] + 300, m[5]]), "text"),
    Fault("text beside the page", _moved(lambda m: [*m[:4], m[4] + 3000, m[5]]), "text"),
    Fault("tiny text", _moved(lambda m: [m[0] / 20, 0, 0, m[3] / 20, *m[4:]]), "text"),
    Fault("text lying down", _moved(lambda m: [m[0], 0, 3 * abs(m[3]), *m[3:]]), "text"),
    Fault("all text on one place", _moved(lambda m: [*m[:4], 100, 300]), "text"),
    Fault("text clipped", _clipped(_paragraph), "text"),
    Fault("text hidden by a soft mask", _masked, "text"),
    Fault("text in a white that is hardly one", _coloured(0.95, 0.95, 0.95), "text"),
    Fault("text in white of a colour space", _coloured(1, 1, 1, operator="scn"), "text"),
    Fault("a picture mirrored", _transformed(-1, 0, 0, 1, 1, 0), "pictures"),
    Fault("a picture upside down", _transformed(1, 0, 0, -1, 0, 1), "pictures"),
    Fault("a picture turned", _transformed(0, 1, -1, 0, 1, 0), "pictures"),
    Fault("a tiny picture", _transformed(0.005, 0, 0, 0.005, 0, 0), "pictures"),
    Fault("a picture stretched", _transformed(0.3, 0, 0, 1, 0, 0), "pictures"),
    Fault("a picture beside the page", _transformed(1, 0, 0, 1, 30, 0), "pictures"),
    Fault("a picture clipped", _clipped(_picture), "pictures"),
    Fault("a picture covered", _cover_picture, "pictures"),
    Fault("a picture in other colours", _image("/Decode", Array([1, 0] * 3)), "pictures"),
    Fault("a picture masked", _image("/Mask", Array([0, 255] * 3)), "pictures"),
    Fault("paragraphs exchanged on the page", _exchanged, "order"),
    Fault("a language of marked content", _mark(Lang=String("fr")), "languages"),
    Fault("other words of marked content", _mark(ActualText=String("No.")), "text"),
    Fault("a description of marked content", _mark(Alt=String("No.")), "text"),
    Fault("an expansion of marked content", _mark(E=String("No.")), "text"),
    Fault("pages too small for their text", _small_page, "text"),
)
