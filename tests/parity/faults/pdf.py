"""Faults of PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Operator, Page, String, parse_content_stream, unparse_content_stream

from tests.validate.pdf.planting import Book, content, kids

_ITALIC = 1 << 6
"""Flag of a font descriptor."""


class Fault(NamedTuple):
    """A fault of a PDF."""

    kind: str
    plant: Callable[[Book], object]
    rule: str


def _said_otherwise(key: str, *types: str, words: str = "Something else") -> Callable[[Book], None]:
    def plant(book: Book) -> None:
        setattr(book.first(*types), key, String(words))

    return plant


def _element(book: Book, type_: str, **values: Any) -> Any:
    return next(
        node for node in book.elements(type_) if all(node.get(f"/{key}") == value for key, value in values.items())
    )


def _empty_figure(book: Book) -> None:
    figure = _element(book, "Figure", Alt="A courthouse.")
    book.hide(figure)
    figure.K = Array()


def _destination(book: Book, name: str) -> Any:
    names = book.pdf.Root.Names.Dests.Names
    return names[next(index for index in range(0, len(names), 2) if str(names[index]) == name) + 1]


def _exchange_destinations(book: Book, first: str, second: str) -> None:
    one, other = _destination(book, first), _destination(book, second)
    for index in range(len(one)):
        one[index], other[index] = other[index], one[index]


def _bookmark(book: Book, number: int) -> Any:
    mark = book.pdf.Root.Outlines.First
    marks = []
    stack = [mark]
    while stack:
        mark = stack.pop()
        marks.append(mark)
        stack += [mark[key] for key in ("/Next", "/First") if key in mark]
    return marks[number]


def _exchange_bookmarks(book: Book) -> None:
    one, other = _bookmark(book, 0), _bookmark(book, 1)
    one.Dest, other.Dest = other.Dest, one.Dest


def _back_link(book: Book) -> None:
    links = [each for each in book.annotations() if str(each.get("/Contents", "")).startswith("Note 1: Back")]
    links[0].Dest = String("ref-3-1")


def _flatten(book: Book) -> None:
    """Set everything on a page on the line of the text around it."""
    for page in book.pdf.pages:
        out: list[tuple[list[Any], Operator]] = []
        line = None
        for operands, operator in parse_content_stream(page):
            values = list(operands)
            if str(operator) == "Tm":
                if line is not None and 0 < abs(float(values[5]) - float(line)) < 8:
                    values[5] = line
                line = values[5]
            out.append((values, operator))
        page.Contents = book.pdf.make_stream(unparse_content_stream(out))


def _upright(book: Book) -> None:
    """Draw all emphasis with fonts that are not italic."""
    _replace_fonts(book, "-?Italic", "")


def _bold(book: Book) -> None:
    """Draw emphasis in plain text with a bold font; that in bold text stays italic."""
    _replace_fonts(book, "(?<!Bold)-Italic", "-Bold")


def _replace_fonts(book: Book, pattern: str, style: str) -> None:
    for each in book.pdf.objects:
        for key in ("/BaseFont", "/FontName"):
            if isinstance(each, Dictionary) and re.search(pattern, str(each.get(key))):
                each[key] = Name(re.sub(pattern, style, str(each[key])))
                if "/Flags" in each:
                    each.Flags = int(each.Flags) & ~_ITALIC


def _label(book: Book) -> None:
    label = next(
        each
        for each in book.elements("Lbl")
        if str(each.P.P.get("/S")) == "/L" and _numbering(each.P.P) == "LowerAlpha"
    )
    label.ActualText = String("(c)")


def _numbering(node: Any) -> str:
    entries = node.get("/A", Array())
    entries = list(entries) if isinstance(entries, Array) else [entries]
    return next((str(entry.ListNumbering)[1:] for entry in entries if "/ListNumbering" in entry), "")


def _page_labels(book: Book) -> None:
    book.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=7)]))


def _covered(book: Book) -> None:
    """Cover a page by a white rectangle."""
    page, _ = next(content(book.body("P", 1), None))
    shape = b"q 1 0 0 1 0 0 cm 1 1 1 rg 0 0 2000 2000 re f Q"
    Page(page).contents_add(b"/Artifact BMC " + shape + b" EMC")


def _white(book: Book) -> None:
    """Draw all text of a page in white."""
    page, _ = next(content(book.body("P", 1), None))
    out = [
        (([1, 1, 1], each) if str(each) == "rg" else (list(operands), each))
        for operands, each in parse_content_stream(page)
    ]
    page.Contents = book.pdf.make_stream(unparse_content_stream(out))


def _transparent(book: Book) -> None:
    """Draw all text of a page without opacity."""
    page, _ = next(content(book.body("P", 1), None))
    for state in page.Resources.ExtGState.values():
        state.ca = 0


def _invisible(book: Book) -> None:
    page, mcid = next(content(book.body("P", 1), None))
    out: list[tuple[list[Any], Operator]] = []
    for operands, operator in parse_content_stream(page):
        out.append((list(operands), operator))
        if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") == mcid:
            out.append(([3], Operator("Tr")))
        elif str(operator) == "EMC":
            out.append(([0], Operator("Tr")))
    page.Contents = book.pdf.make_stream(unparse_content_stream(out))


def _hidden_link(book: Book) -> None:
    link = book.links_inside()
    link.F = 2
    for each in book.annotations():
        if str(each.get("/Contents", "")) == "the findings":
            each.F = 2


def _info(book: Book, key: str, value: str) -> None:
    book.pdf.docinfo[key] = value


def _keywords(book: Book) -> None:
    with book.pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["pdf:Keywords"] = "cats"


def _exchange_alts(book: Book) -> None:
    figures = [each for each in book.elements("Figure") if "/Alt" in each]
    figures[1].Alt, figures[2].Alt = figures[2].Alt, figures[1].Alt


def _reference_moved(book: Book) -> None:
    """Put the first reference to a note before the words of its paragraph."""
    reference = next(book.elements("Reference"))
    parent = reference.P
    others = [kid for kid in parent.K if not (isinstance(kid, Dictionary) and kid.get("/S") == "/Reference")]
    parent.K = Array([reference, *others])


def _note_on_page(book: Book) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[50, 50, 300, 100], Contents=String("Not true."))
    page = book.pdf.pages[3]
    page.Annots = Array([*page.get("/Annots", ()), book.pdf.make_indirect(note)])


def _layer(book: Book) -> None:
    layer = book.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Text")))
    book.pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def _move_row(book: Book) -> None:
    """Put the first row of the body of a table into its head."""
    head = next(node for node in book.elements("THead") if any(kid.get("/S") == "/TBody" for kid in node.P.K))
    body = next(kid for kid in head.P.K if kid.get("/S") == "/TBody")
    rows = list(body.K) if isinstance(body.K, Array) else [body.K]
    heads = list(head.K) if isinstance(head.K, Array) else [head.K]
    rows[0].P = head
    head.K, body.K = Array([*heads, rows[0]]), Array(rows[1:])


def _language_of_description(book: Book) -> None:
    _element(book, "Figure", Alt="A courthouse.").Lang = String("fr")


def _preference(book: Book, key: str, value: Any) -> None:
    book.pdf.Root.ViewerPreferences[f"/{key}"] = value


FAULTS = (
    Fault("covered text", _covered, "text"),
    Fault("white text", _white, "text"),
    Fault("transparent text", _transparent, "text"),
    Fault("a row moved into the head", _move_row, "tables"),
    Fault("language of a description", _language_of_description, "pictures"),
    Fault("a blank page", lambda b: b.pdf.add_blank_page(), "kinds"),
    *(
        Fault(f"{key} on {type_}", _said_otherwise(key, type_), rule)
        for key in ("ActualText", "Alt")
        for type_, rule in (
            *(("P", "text"), ("H1", "headings"), ("LBody", "text"), ("L", "text"), ("TD", "text"), ("Table", "text")),
            *(("Caption", "text"), ("Sect", "text"), ("BlockQuote", "text"), ("Link", "notes"), ("TR", "text")),
        )
    ),
    Fault("ActualText on TD, figures turned", lambda b: setattr(_cell(b), "ActualText", String("17")), "text"),
    Fault("ActualText on Formula", _said_otherwise("ActualText", "Formula"), "marks"),
    Fault("Alt of Formula changed", _said_otherwise("Alt", "Formula"), "marks"),
    Fault("superscripts and subscripts on the line", _flatten, "marks"),
    Fault("emphasis lost", _upright, "marks"),
    Fault("emphasis drawn as strong text", _bold, "marks"),
    Fault("figure without its picture", _empty_figure, "pictures"),
    Fault("alternative texts exchanged", _exchange_alts, "pictures"),
    Fault("bookmarks exchanged", _exchange_bookmarks, "contents"),
    Fault("destinations exchanged", lambda b: _exchange_destinations(b, "other", "go"), "links"),
    Fault("destination of the contents moved", lambda b: _exchange_destinations(b, "lists", "voices"), "contents"),
    Fault("back link to another note's reference", _back_link, "notes"),
    Fault("list letters changed", _label, "nesting"),
    Fault("page labels changed", _page_labels, "contents"),
    Fault("invisible text", _invisible, "text"),
    Fault("link hidden", _hidden_link, "links"),
    Fault("keywords changed", _keywords, "metadata"),
    Fault("a note reference among other words", _reference_moved, "notes"),
    Fault("a note on a page", _note_on_page, "text"),
    Fault("a layer", _layer, "text"),
    Fault("a page upside down", lambda b: setattr(b.pdf.pages[3], "Rotate", 180), "kinds"),
    Fault("a page that turns by itself", lambda b: setattr(b.pdf.pages[1].obj, "Dur", 3), "kinds"),
    Fault("a page with an effect", lambda b: setattr(b.pdf.pages[1].obj, "Trans", Dictionary(S=Name.Blinds)), "kinds"),
    Fault("a page of tiny units", lambda b: setattr(b.pdf.pages[1].obj, "UserUnit", 0.01), "kinds"),
    Fault("over the whole screen", lambda b: setattr(b.pdf.Root, "PageMode", Name.FullScreen), "kinds"),
    Fault("pages bound on the other side", lambda b: _preference(b, "Direction", Name.R2L), "directions"),
    Fault("a page cut", lambda b: setattr(b.pdf.pages[3], "CropBox", Array([0, 0, 100, 100])), "kinds"),
    Fault(
        "a script",
        lambda b: setattr(b.pdf.Root, "OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))),
        "kinds",
    ),
    Fault("two titles", lambda b: _info(b, "/Title", "Another title"), "title"),
)


def _cell(book: Book) -> Any:
    *_, table = book.elements("Table")
    return next(cell for row in table.K[-1].K for cell in kids(row) if str(cell.S) == "/TD")
