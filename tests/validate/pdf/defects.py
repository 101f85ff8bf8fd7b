"""Defects that are planted in a good PDF, each with the checks that have to find it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.validate.pdf.planting import Book, attribute, content, is_element, kids, place, remove


class Defect(NamedTuple):
    """A defect."""

    name: str
    plant: Callable[[Book], None]
    found_by: tuple[str, ...]
    """Rules of which each has to find it; none: only a person can."""


DEFECTS: list[Defect] = []


def defect(name: str, *found_by: str) -> Callable[[Callable[[Book], None]], Callable[[Book], None]]:
    def keep(plant: Callable[[Book], None]) -> Callable[[Book], None]:
        DEFECTS.append(Defect(name, plant, found_by))
        return plant

    return keep


# Order, words


@defect("drawings inside each other, deeper than is read", "pdf-content-cut")
def _(book: Book) -> None:
    form = None
    for _ in range(9):
        inner = form
        form = book.pdf.make_stream(b"/F Do" if inner is not None else b"")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(F=inner)) if inner is not None else Dictionary()
    page = book.pdf.pages[0]
    name = page.add_resource(form, Name.XObject)
    page.contents_add(f"/Artifact BMC {name} Do EMC".encode())


@defect("two paragraphs in the wrong order", "parity-order")
def _(book: Book) -> None:
    one, two = book.body("P", 0), book.body("P", 1)
    around, first, second = one.P, place(one), place(two)
    around.K[first], around.K[second] = two, one


@defect("a section in the wrong place", "parity-headings", "parity-text")
def _(book: Book) -> None:
    section = list(book.elements("Sect"))[-1]
    document = book.root.K[0]
    remove(section)
    first = next(index for index, kid in enumerate(document.K) if kid.S == "/Sect")
    document.K.insert(first, section)
    section.P = document


@defect("a paragraph lost from the structure", "parity-text", "pdf-content-orphan")
def _(book: Book) -> None:
    remove(book.body("P", 1))


@defect("words lost from the page", "parity-text", "pdf-content-lost")
def _(book: Book) -> None:
    book.unmark(book.body("P", 1))


@defect("a paragraph told twice", "parity-text", "pdf-content-twice")
def _(book: Book) -> None:
    node = book.body("P", 1)
    node.P.K.insert(place(node), book.make(node.P, "P", node.K, Pg=node.Pg))


@defect("text as artifact", "pdf-text-artifact", "parity-text")
def _(book: Book) -> None:
    node = next(each for each in book.elements("P") if each.P.S == "/BlockQuote")
    book.hide(node)
    remove(node)


@defect("running head as content", "pdf-running-head")
def _(book: Book) -> None:
    for page in book.pdf.pages:
        node = book.make(book.root.K[0], "P", Array(), Pg=page.obj)
        made = 0

        def edit(operands: list[Any], operator: str, page: Any = page, node: Any = node) -> Any:
            nonlocal made
            header = operator == "BDC" and operands[0] == "/Artifact" and isinstance(operands[1], Dictionary)
            if not header or operands[1].get("/Subtype") != "/Header":
                return None
            made = book.own(page, node)
            node.K.append(made)
            return [Name.P, Dictionary(MCID=made)], "BDC"

        if book.rewrite(page.obj, edit):
            book.root.K[0].K.append(node)


@defect("content that nobody marked", "pdf-content-orphan")
def _(book: Book) -> None:
    node = book.body("P", 1)
    book.unmark(node)
    remove(node)


@defect("text in pale grey", "pdf-contrast")
def _(book: Book) -> None:
    page, _ = next(content(book.body("P", 1), None))

    def edit(_operands: list[Any], operator: str) -> Any:
        return ([0.8, 0.8, 0.8], "rg") if operator == "rg" else None

    book.rewrite(page, edit)


@defect("glyphs without characters", "pdf-text-unmapped", "parity-text")
def _(book: Book) -> None:
    for font in book.fonts():
        del font["/ToUnicode"]


@defect("a typeface that is not embedded", "pdf-font-embedded")
def _(book: Book) -> None:
    descriptor = next(book.fonts()).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


# Languages


@defect("the language of a passage lost", "parity-languages")
def _(book: Book) -> None:
    del next(each for each in book.elements("Span") if each.get("/Lang") == "es")["/Lang"]


@defect("the language of a passage in another script lost", "pdf-language-script")
def _(book: Book) -> None:
    del next(each for each in book.elements("Span") if each.get("/Lang") == "ar")["/Lang"]


@defect("a wrong language for a passage", "parity-languages")
def _(book: Book) -> None:
    next(each for each in book.elements("Span") if each.get("/Lang") == "es").Lang = String("fr")


@defect("a language that there is not", "pdf-language-tag")
def _(book: Book) -> None:
    next(each for each in book.elements("Span") if each.get("/Lang") == "es").Lang = String("spanish language")


@defect("the language of the file lost", "pdf-language")
def _(book: Book) -> None:
    del book.pdf.Root["/Lang"]
    del book.root.K[0]["/Lang"]


@defect("the expansion of an abbreviation lost", "parity-marks")
def _(book: Book) -> None:
    del book.first("Span", having="/E")["/E"]


# Headings


@defect("a heading level skipped", "pdf-heading-skipped", "parity-levels")
def _(book: Book) -> None:
    book.first("H2").S = Name.H4


@defect("a heading as paragraph", "parity-headings", "parity-kinds")
def _(book: Book) -> None:
    book.first("H2").S = Name.P


@defect("a paragraph as heading", "parity-headings")
def _(book: Book) -> None:
    book.body("P", 2).S = Name.H2


@defect("a heading lost", "parity-headings")
def _(book: Book) -> None:
    remove(book.first("H2"))


@defect("an empty heading", "pdf-heading-empty")
def _(book: Book) -> None:
    node = book.first("H2")
    node.P.K.insert(0, book.make(node.P, "H2", Array()))


# Pictures and formulas


@defect("a figure without alt", "pdf-figure-alt", "parity-pictures", "pdf-claim")
def _(book: Book) -> None:
    del book.first("Figure")["/Alt"]


@defect("an alt that is a file name", "pdf-figure-alt-file", "parity-pictures")
def _(book: Book) -> None:
    book.first("Figure").Alt = String("chart-final_2.png")


@defect("an alt that says nothing", "pdf-figure-alt-word")
def _(book: Book) -> None:
    book.first("Figure").Alt = String("Image")


@defect("the alt of another figure", "parity-pictures")
def _(book: Book) -> None:
    book.first("Figure").Alt = String("A map of the four districts.")


@defect("a figure lost", "parity-pictures")
def _(book: Book) -> None:
    node = book.first("Figure")
    book.hide(node)
    remove(node)


@defect("a decorative picture as figure", "parity-pictures", "pdf-figure-alt")
def _(book: Book) -> None:
    node = book.body("P", 2)
    node.P.K.append(book.make(node.P, "Figure", Array(), Pg=node.Pg))


@defect("a formula without words", "pdf-formula-alt", "parity-marks")
def _(book: Book) -> None:
    del book.first("Formula")["/Alt"]


# Tables


@defect("an empty head cell", "pdf-table-head-empty")
def _(book: Book) -> None:
    node = book.first("TH")
    book.hide(node)
    node.K = Array()


@defect("a head cell without scope", "parity-tables")
def _(book: Book) -> None:
    del attribute(book.first("TH"), "Scope")["/Scope"]


@defect("a head cell that heads the wrong way", "parity-tables")
def _(book: Book) -> None:
    attribute(book.first("TH"), "Scope").Scope = Name.Row


@defect("a head cell as data cell", "parity-tables")
def _(book: Book) -> None:
    book.first("TH").S = Name.TD


@defect("a table without head cells", "pdf-table-heads")
def _(book: Book) -> None:
    for node in book.elements("TH"):
        node.S = Name.TD


@defect("a wrong column span", "pdf-table-uneven", "parity-tables")
def _(book: Book) -> None:
    attribute(next(n for n in book.elements("TH") if _has(n, "ColSpan")), "ColSpan").ColSpan = 3


@defect("a row span lost", "pdf-table-uneven", "parity-tables")
def _(book: Book) -> None:
    del attribute(next(n for n in book.elements("TH") if _has(n, "RowSpan")), "RowSpan")["/RowSpan"]


@defect("a head named that does not exist", "pdf-table-headers", "parity-tables")
def _(book: Book) -> None:
    attribute(next(n for n in book.elements("TD") if _has(n, "Headers")), "Headers").Headers = Array([String("gone")])


@defect("a row lost", "parity-text")
def _(book: Book) -> None:
    remove(list(book.elements("TR"))[3])


@defect("a table split in two", "parity-nesting")
def _(book: Book) -> None:
    table = book.first("Table")
    body = book.first("TBody")
    rows = [kid for kid in kids(body) if is_element(kid)][1:]
    second = book.make(table.P, "Table", Array(rows))
    for row in rows:
        remove(row)
        row.P = second
    table.P.K.insert(place(table) + 1, second)


@defect("a paragraph among the rows of a table", "pdf-table-shape")
def _(book: Book) -> None:
    book.first("TR", under="TBody").S = Name.P


# Lists, quotations, turns


@defect("a list item without label", "pdf-list-label")
def _(book: Book) -> None:
    node = next(each for each in book.elements("Lbl") if each.P.S == "/LI")
    book.hide(node)
    remove(node)


@defect("a list item as paragraph", "pdf-list-shape", "parity-nesting")
def _(book: Book) -> None:
    book.first("LI").S = Name.P


@defect("the numbering of a list lost", "pdf-list-numbering", "parity-nesting")
def _(book: Book) -> None:
    numbered = (node for node in book.elements("L") if attribute(node, "ListNumbering").ListNumbering == "/Decimal")
    del attribute(next(numbered), "ListNumbering")["/ListNumbering"]


@defect("a nested list beside its item", "parity-nesting")
def _(book: Book) -> None:
    inner = next(each for each in book.elements("L") if each.P.S == "/LBody")
    outer = inner.P.P.P
    remove(inner)
    outer.P.K.insert(place(outer) + 1, inner)
    inner.P = outer.P


@defect("a quotation as plain text", "parity-nesting")
def _(book: Book) -> None:
    book.first("BlockQuote").S = Name.Div


@defect("a speaker's turn lost", "parity-nesting")
def _(book: Book) -> None:
    book.first("Turn").S = Name.Div


# Notes


@defect("a note without identifier", "pdf-note-id", "parity-notes")
def _(book: Book) -> None:
    del book.first("Note")["/ID"]


@defect("two notes with one identifier", "pdf-note-id")
def _(book: Book) -> None:
    one, two = list(book.elements("Note"))[:2]
    two.ID = one.ID


@defect("the mark of a note without target", "pdf-note-reference", "parity-notes")
def _(book: Book) -> None:
    mark = next(each for each in book.elements("Reference") if each.P.S == "/P")
    link = next(kid for kid in kids(mark) if is_element(kid))
    link.K = Array(kid for kid in kids(link) if isinstance(kid, int))


@defect("the mark of a note leads to another note", "parity-notes")
def _(book: Book) -> None:
    names = [str(node.ID) for node in book.elements("Note")]
    next(each for each in book.annotations() if str(each.get("/Dest", "")) == names[0]).Dest = String(names[1])


@defect("a note lost", "parity-notes")
def _(book: Book) -> None:
    remove(book.first("Note"))


# Links, bookmarks, pages


@defect("a link described by its address", "pdf-link-address")
def _(book: Book) -> None:
    link = book.links_outside()
    link.Contents = String(str(link.A.URI))


@defect("a link that software calls otherwise", "pdf-link-label")
def _(book: Book) -> None:
    book.links_outside().Contents = String("Buy now")


@defect("a link without name", "pdf-link-name")
def _(book: Book) -> None:
    del book.links_outside()["/Contents"]


@defect("a link that is not tagged", "pdf-link-tagged", "parity-links")
def _(book: Book) -> None:
    book.first("Link", under="P").S = Name.Span


@defect("a link to another page of the web", "parity-links")
def _(book: Book) -> None:
    book.links_outside().A.URI = String("https://example.com/elsewhere")


@defect("a link to nowhere", "pdf-link-nowhere")
def _(book: Book) -> None:
    book.links_inside().Dest = String("a-place-that-is-gone")


@defect("no bookmarks", "pdf-bookmarks-none", "parity-outline")
def _(book: Book) -> None:
    del book.pdf.Root["/Outlines"]


@defect("a bookmark lost", "parity-outline")
def _(book: Book) -> None:
    root = book.pdf.Root.Outlines
    root.First = root.First.Next
    del root.First["/Prev"]


@defect("a bookmark to nowhere", "pdf-bookmark-nowhere")
def _(book: Book) -> None:
    book.pdf.Root.Outlines.First.Dest = String("a-place-that-is-gone")


@defect("a bookmark without a target", "pdf-bookmark-label")
def _(book: Book) -> None:
    first = book.pdf.Root.Outlines.First
    for key in ("/Dest", "/A"):
        if key in first:
            del first[key]


@defect("a wrong page label", "pdf-page-label")
def _(book: Book) -> None:
    nums = Array([0, Dictionary(S=Name.D, St=11)])
    book.pdf.Root.PageLabels = Dictionary(Nums=nums)


@defect("tab order by rows", "pdf-tab-order")
def _(book: Book) -> None:
    next(page for page in book.pdf.pages if "/Annots" in page).Tabs = Name.R


# The whole


@defect("no title", "pdf-title", "parity-title")
def _(book: Book) -> None:
    del book.pdf.docinfo["/Title"]
    _metadata(book, "dc:title", "dc:source")


@defect("a file name as title", "pdf-title-is-file", "parity-title")
def _(book: Book) -> None:
    book.pdf.docinfo["/Title"] = String("report_final.docx")


@defect("the window shows the name of the file", "pdf-title-shown")
def _(book: Book) -> None:
    book.pdf.Root.ViewerPreferences.DisplayDocTitle = False


@defect("not marked as tagged", "pdf-untagged")
def _(book: Book) -> None:
    book.pdf.Root.MarkInfo.Marked = False


@defect("tags that may be wrong", "pdf-untagged")
def _(book: Book) -> None:
    book.pdf.Root.MarkInfo.Suspects = True


@defect("no structure tree", "pdf-untagged")
def _(book: Book) -> None:
    del book.pdf.Root["/StructTreeRoot"]


@defect("a structure that goes round in circles", "pdf-structure-broken")
def _(book: Book) -> None:
    inner = book.first("P", under="BlockQuote")
    inner.K.append(inner.P)


@defect("a standard type mapped to another", "pdf-role-map")
def _(book: Book) -> None:
    book.root.RoleMap.H1 = Name.P


@defect("a type of its own that nobody explains", "pdf-role-map")
def _(book: Book) -> None:
    book.body("P", 1).S = Name.Absatz


@defect("content that does not know its element", "pdf-parent-tree")
def _(book: Book) -> None:
    node = book.body("P", 1)
    page, mcid = next(iter(content(node, None)))
    nums = book.root.ParentTree.Nums
    index = next(index for index in range(0, len(nums), 2) if int(nums[index]) == int(page.StructParents))
    nums[index + 1][mcid] = book.root.K[0]


@defect("a claim of PDF/UA-2 in a PDF 1.7", "pdf-claim")
def _(book: Book) -> None:
    _metadata(book, "<pdfuaid:part>1", "<pdfuaid:part>2")
    _metadata(book, 'pdfuaid:part="1"', 'pdfuaid:part="2"')


@defect("a page that plays a video", "pdf-moving")
def _(book: Book) -> None:
    page = book.pdf.pages[0]
    rich = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    page.obj.Annots = Array([*page.obj.get("/Annots", []), book.pdf.make_indirect(rich)])


# What only a person finds: nothing in the file or in the manuscript says that it is wrong.


@defect("another picture in the place of a picture")
def _(book: Book) -> None:
    image = next(
        thing
        for thing in book.pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image" and "/SMask" not in thing
    )
    samples = image.read_bytes()
    image.write(bytes(255 - value for value in samples))


def _has(node: Any, name: str) -> bool:
    return any("/" + name in entry for entry in node.get("/A", []))


def _metadata(book: Book, old: str, new: str) -> None:
    stream = book.pdf.Root.Metadata
    data = stream.read_bytes().replace(old.encode(), new.encode())
    book.pdf.Root.Metadata = book.pdf.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)
