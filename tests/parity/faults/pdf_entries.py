"""Faults of PDF in entries of links, bookmarks, pages, elements and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.parity.faults.pdf import Fault
from tests.validate.pdf.planting import Book

_ELSEWHERE = Dictionary(S=Name.URI, URI=String("https://example.org/x"))


def _paragraph(book: Book) -> Any:
    return book.body("P", 1)


def _set(find: Callable[[Book], Any], key: str, value: Any) -> Callable[[Book], None]:
    return lambda book: setattr(find(book), key, value)


def _link(book: Book) -> Any:
    return next(each for each in book.annotations() if str(each.get("/Contents", "")) == "our site")


def _beside(book: Book) -> None:
    """Move the area of a link to other words."""
    left, foot, right, top = map(float, _link(book).Rect)
    _link(book).Rect = Array([left, foot + 200, right, top + 200])


def _area(book: Book) -> None:
    _link(book).QuadPoints = Array([0, 0, 1, 0, 0, 1, 1, 1])


def _larger(book: Book) -> None:
    for target in book.pdf.Root.Names.Dests.Names:
        if isinstance(target, Array):
            target[4] = 8


def _bookmark_outside(book: Book) -> None:
    bookmark = book.pdf.Root.Outlines.First
    del bookmark["/Dest"]
    bookmark.A = _ELSEWHERE


def _script(book: Book) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("1"))
    book.pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), action]))


def _attached(book: Book) -> None:
    book.pdf.attachments["more.txt"] = b"more"


def _named(key: str, value: Any) -> Callable[[Book], None]:
    def plant(book: Book) -> None:
        with book.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp[key] = value

    return plant


def _information(key: str, value: str) -> Callable[[Book], None]:
    return lambda book: book.pdf.docinfo.__setitem__(key, value)


def _hidden_formula(book: Book) -> None:
    formula = book.first("Formula")
    book.hide(formula)
    formula.K = Array()


def _opened(book: Book) -> None:
    book.pdf.Root.OpenAction = Array([book.pdf.pages[2].obj, Name.Fit])


def _beside_the_text(book: Book) -> None:
    """Draw words of the page once more, as nothing that is read."""
    _change_page(book, lambda data: data + b" /Artifact BMC q " + _longest_text(data) + b" Q EMC ")


def _running_head(book: Book) -> None:
    """Draw words of the text in the place of the running head."""

    def change(data: bytes) -> bytes:
        head = data.index(b"BT", data.index(b"Subtype/Header"))
        return data[:head] + _longest_text(data) + data[data.index(b"ET", head) + 2 :]

    _change_page(book, change)


def _change_page(book: Book, change: Callable[[bytes], bytes]) -> None:
    page = book.pdf.pages[2]
    page.contents_coalesce()
    page.Contents = book.pdf.make_stream(change(page.Contents.read_bytes()))


def _longest_text(data: bytes) -> bytes:
    return max(re.findall(rb"BT\b.*?\bET", data, re.DOTALL), key=len)


FAULTS = (
    Fault("a link beside its words", _beside, "links"),
    Fault("a link on a part of its words", _area, "links"),
    Fault("a link that is not shown", _set(_link, "F", 32), "links"),
    Fault("a link that starts a program", _set(_link, "A", Dictionary(S=Name.Launch, F=String("x"))), "links"),
    Fault("a link that leads on", _set(lambda book: _link(book).A, "Next", _ELSEWHERE), "kinds"),
    Fault("a link that acts by itself", _set(_link, "AA", Dictionary(E=_ELSEWHERE)), "kinds"),
    Fault("a link in a layer", _set(_link, "OC", Dictionary(Type=Name.OCG, Name=String("x"))), "kinds"),
    Fault("links that change the size of pages", _larger, "kinds"),
    Fault("a bookmark in another colour", _set(lambda book: book.pdf.Root.Outlines.First, "C", [1, 1, 1]), "kinds"),
    Fault("a bookmark to another site", _bookmark_outside, "links"),
    Fault("a script with a name", _script, "kinds"),
    Fault("a file attached", _attached, "kinds"),
    Fault("a form", _set(lambda book: book.pdf.Root, "AcroForm", Dictionary(Fields=Array())), "kinds"),
    Fault("a page that acts by itself", _set(lambda book: book.pdf.pages[2].obj, "AA", Dictionary()), "kinds"),
    Fault("an expansion of a paragraph", _set(_paragraph, "E", String("No.")), "marks"),
    Fault("a paragraph with a sound of its own", _set(_paragraph, "Phoneme", String("no")), "kinds"),
    Fault("a paragraph with a title", _set(_paragraph, "T", String("No")), "kinds"),
    Fault("a paragraph is a group", _set(_paragraph, "S", Name.Div), "kinds"),
    Fault("a paragraph is nothing", _set(_paragraph, "S", Name.NonStruct), "kinds"),
    Fault("a formula without its drawing", _hidden_formula, "pictures"),
    Fault("other authors in the information", _information("/Author", "Somebody"), "metadata"),
    Fault("another description in the information", _information("/Subject", "Cats"), "metadata"),
    Fault("other keywords in the information", _information("/Keywords", "cats"), "metadata"),
    Fault("another date in the information", _information("/CreationDate", "D:19990101"), "metadata"),
    Fault("another language in the metadata", _named("dc:language", {"es"}), "language"),
    Fault("another date of the last change", _named("xmp:ModifyDate", "1999-01-01"), "metadata"),
    Fault("opens at another page", _opened, "kinds"),
    Fault("words beside the text", _beside_the_text, "text"),
    Fault("a running head with other words", _running_head, "text"),
    Fault("other rights", _named("dc:rights", "None"), "metadata"),
    Fault("another publisher", _named("dc:publisher", {"Somebody"}), "metadata"),
    Fault("another identifier", _named("dc:identifier", "urn:x:none"), "metadata"),
    Fault("other subjects", _named("dc:subject", {"cats"}), "metadata"),
)
