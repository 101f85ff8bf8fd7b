"""Defects planted in finished EPUBs, each with the rules that find it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

HTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MATH = "{http://www.w3.org/1998/Math/MathML}"
DC = "{http://purl.org/dc/elements/1.1/}"
REPORT, DISPATCH, SUBMISSION = "access-to-justice-report", "asylum-dispatch", "committee-submission"


class Book:
    """An EPUB whose documents can be changed.

    Args:
        path: The finished file.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {info.filename: archive.read(info) for info in archive.infolist()}
        names = [name for name in self.files if name.endswith((".xhtml", ".opf"))]
        self.roots = {name: etree.fromstring(self.files[name]) for name in names}

    def save(self, path: Path) -> Path:
        """Write it to another file."""
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in self.files.items():
                root = self.roots.get(name)
                archive.writestr(name, data if root is None else etree.tostring(root))
        return path

    def all(self, name: str, **values: str) -> Iterator[Any]:
        """Yield the elements of the text with a name and with attributes."""
        for file in sorted(self.roots):
            if "/text-" in file or "/front-" in file:
                for element in self.roots[file].iter(HTML + name):
                    if all(element.get(key.rstrip("_")) == value for key, value in values.items()):
                        yield element

    def one(self, name: str, number: int = 0, **values: str) -> Any:
        """Return one of them."""
        return list(self.all(name, **values))[number]

    def plain(self, number: int = 0) -> Any:
        """Return a paragraph of the text of many words and nothing else in it."""
        found = [each for each in self.all("p") if each.getparent().tag == f"{HTML}section" and len(_words(each)) > 80]
        return found[number]

    @property
    def nav(self) -> Any:
        return self.roots["EPUB/nav.xhtml"]

    @property
    def package(self) -> Any:
        return next(root for name, root in self.roots.items() if name.endswith(".opf"))


def _words(element: Any) -> str:
    return "".join(element.itertext())


def remove(element: Any) -> None:
    """Take an element away with all that is in it."""
    parent, before = element.getparent(), element.getprevious()
    tail = element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what is in an element in its place."""
    element.tag = f"{HTML}div"
    for name in list(element.attrib):
        if name != "id":
            del element.attrib[name]


def _swap(one: Any, other: Any) -> None:
    parent, place = one.getparent(), one.getparent().index(one)
    where = other.getparent().index(other)
    other_parent = other.getparent()
    parent.insert(place, other)
    other_parent.insert(where, one)


def _texts(element: Any) -> Any:
    return next(each for each in element.iter() if each.text and len(each.text) > 40)


def _change_word(book: Book) -> None:
    found = _texts(book.plain())
    found.text = found.text.replace("e", "a", 1)


def _join_words(book: Book) -> None:
    found = _texts(book.plain())
    head, _, rest = found.text.partition(" ")
    found.text = head + rest


def _lose_quotation_mark(book: Book) -> None:
    found = next(each for each in (*book.all("span"), *book.all("p")) if each.text and "’" in each.text)
    found.text = found.text.replace("’", "", 1)


def _repeat(book: Book) -> None:
    import copy

    paragraph = book.plain()
    paragraph.addnext(copy.deepcopy(paragraph))


def _add(book: Book, kind: str = "chapter") -> None:
    section = next(each for each in book.all("section") if kind in (each.get(OPS_TYPE) or ""))
    etree.SubElement(section, f"{HTML}p").text = "Nobody wrote these words into the manuscript."


def _lose_language(book: Book) -> None:
    foreign = next(each for each in book.all("span") if each.get("lang"))
    del foreign.attrib["lang"], foreign.attrib[XML_LANG]


def _contradict_language(book: Book) -> None:
    next(each for each in book.all("span") if each.get("lang")).set(XML_LANG, "fi")


def _outside(book: Book) -> Any:
    return next(each for each in book.all("a") if each.get("href").startswith("https:"))


def _inside(book: Book) -> Any:
    links = (each for each in book.all("a") if "#" in each.get("href") and each.get("class") is None)
    return next(each for each in links if not each.get("href").startswith("http"))


def _notes(book: Book) -> list[Any]:
    return [each for each in book.all("aside") if "footnote" in (each.get("role") or "")]


def _swap_notes(book: Book) -> None:
    one, other = list(book.all("a", class_="noteref"))[:2]
    one.set("href", other.get("href"))


def _spanned(book: Book) -> Any:
    return next(each for name in ("th", "td") for each in book.all(name) if each.get("colspan") or each.get("rowspan"))


def _head_otherwise(book: Book) -> None:
    cells = [each for each in book.all("td") if len((each.get("headers") or "").split()) > 1]
    cells[0].set("headers", cells[0].get("headers").split()[0])


def _lettered(book: Book) -> Any:
    return next(each for each in book.all("ol") if "parentheses-" in (each.get("class") or ""))


def _untyped(book: Book) -> None:
    del _lettered(book).attrib["type"]


def _bare_letters(book: Book) -> None:
    _lettered(book).set("class", "loose")


def _other_counter(book: Book) -> None:
    _lettered(book).set("class", "parentheses-lower-roman")


def _list_to_paragraphs(book: Book) -> None:
    first = next(each for each in book.all("ul"))
    for item in list(first):
        item.tag = f"{HTML}p"
    first.tag = f"{HTML}div"


def _box(book: Book) -> Any:
    return next(each for each in book.all("aside") if "footnote" not in (each.get("role") or ""))


def _entry(book: Book, number: int) -> Any:
    return list(book.nav.find(f".//{HTML}nav").iter(f"{HTML}a"))[number]


def _formula(book: Book) -> Any:
    return next(each for file in sorted(book.roots) for each in book.roots[file].iter(f"{MATH}mi"))


def _speaker(book: Book, number: int = 0) -> Any:
    return book.one("p", number, class_="speaker")


def _rename_speaker(book: Book) -> None:
    name = next(_speaker(book, 1).iter(f"{HTML}span"))
    for each in name.iter():
        each.text = "Somebody else" if each is name else ""


class Defect(NamedTuple):
    """A defect."""

    what: str
    slug: str
    plant: Callable[[Book], object]
    rules: frozenset[str]
    """At least these find it."""


def _defect(what: str, slug: str, plant: Callable[[Book], object], *rules: str) -> Defect:
    return Defect(what, slug, plant, frozenset(f"parity-{rule}" for rule in rules))


DEFECTS = (
    _defect("a paragraph is lost", REPORT, lambda book: remove(book.plain()), "text"),
    _defect("a paragraph is hidden", REPORT, lambda book: book.plain().set("hidden", "hidden"), "text"),
    _defect(
        "a paragraph is hidden by style", REPORT, lambda b: b.plain().set("style", "color:red;display:none"), "text"
    ),
    _defect("paragraphs change places", REPORT, lambda book: _swap(book.plain(1), book.plain(4)), "order"),
    _defect("a letter is another", REPORT, _change_word, "text"),
    _defect("a space is lost", REPORT, _join_words, "text"),
    _defect("a mark of quotation is lost", REPORT, _lose_quotation_mark, "text"),
    _defect("a paragraph stands there twice", REPORT, _repeat, "text"),
    _defect("a paragraph more", REPORT, _add, "text"),
    _defect("a paragraph more, among notes", REPORT, lambda book: _add(book, "footnotes"), "text"),
    _defect("an alt text is another", REPORT, lambda book: book.one("img").set("alt", "A picture"), "pictures"),
    _defect("an alt text is empty", REPORT, lambda book: book.one("img").set("alt", ""), "pictures", "decorative"),
    _defect("an alt text is lost", REPORT, lambda book: book.one("img").attrib.pop("alt"), "pictures"),
    _defect("a passage loses its language", REPORT, _lose_language, "languages"),
    _defect("a passage is in two languages", REPORT, _contradict_language, "languages"),
    _defect("a link leads elsewhere", REPORT, lambda b: _outside(b).set("href", "https://example.org/x"), "links"),
    _defect("a link leads to another place", REPORT, lambda b: _inside(b).set("href", "text-01.xhtml#p1"), "links"),
    _defect("a link leads nowhere", REPORT, lambda book: _inside(book).set("href", "#gone"), "links"),
    _defect("a link is none", REPORT, lambda book: _outside(book).attrib.pop("href"), "links"),
    _defect("a head cell heads nothing", REPORT, lambda b: b.one("th", scope="col").attrib.pop("scope"), "tables"),
    _defect("a head cell is none", REPORT, lambda b: setattr(b.one("th"), "tag", f"{HTML}td"), "tables"),
    _defect("cells change places", REPORT, lambda b: _swap(b.one("td", 0), b.one("td", 3)), "order"),
    _defect("a cell covers less", REPORT, lambda book: _spanned(book).attrib.clear(), "tables"),
    _defect("a cell names fewer heads", REPORT, _head_otherwise, "tables"),
    _defect("a caption is a paragraph", REPORT, lambda b: setattr(b.one("figcaption"), "tag", f"{HTML}p"), "kinds"),
    _defect("a note has no way back", REPORT, lambda b: remove(next(_notes(b)[0].iter(f"{HTML}a"))), "notes"),
    _defect("a note is lost", REPORT, lambda book: remove(_notes(book)[0]), "notes"),
    _defect("a reference leads to another note", REPORT, _swap_notes, "notes"),
    _defect("a reference is lost", REPORT, lambda b: remove(b.one("a", class_="noteref")), "notes"),
    _defect("a heading is on another level", REPORT, lambda b: setattr(b.one("h2"), "tag", f"{HTML}h3"), "levels"),
    _defect("a heading is a paragraph", REPORT, lambda b: setattr(b.one("h2"), "tag", f"{HTML}p"), "headings", "kinds"),
    _defect("a list is paragraphs", REPORT, _list_to_paragraphs, "nesting"),
    _defect("the letters of a list lose their parentheses", SUBMISSION, _bare_letters, "nesting"),
    _defect("a list in parentheses has no type", SUBMISSION, _untyped, "nesting"),
    _defect("a list in parentheses counts otherwise", SUBMISSION, _other_counter, "nesting"),
    _defect("a list begins elsewhere", SUBMISSION, lambda book: book.one("ol", 1).set("start", "77"), "nesting"),
    _defect("a quotation is none", REPORT, lambda book: unwrap(book.one("blockquote")), "nesting"),
    _defect("a box is none", REPORT, lambda book: unwrap(_box(book)), "nesting"),
    _defect("an abbreviation is not told", REPORT, lambda book: book.one("abbr").attrib.pop("title"), "marks"),
    _defect("a formula is another", REPORT, lambda book: setattr(_formula(book), "text", "z"), "marks"),
    _defect("a speaker is not named", DISPATCH, lambda book: remove(_speaker(book)), "text", "speakers"),
    _defect("another speaks", DISPATCH, _rename_speaker, "speakers"),
    _defect("a turn is none", DISPATCH, lambda book: unwrap(book.one("div", class_="turn")), "nesting"),
    _defect("a heading is not in the contents", REPORT, lambda b: remove(_entry(b, 3).getparent()), "outline"),
    _defect(
        "the contents lead elsewhere", REPORT, lambda b: _entry(b, 3).set("href", _entry(b, 5).get("href")), "contents"
    ),
    _defect(
        "an author is another", REPORT, lambda b: setattr(b.package.find(f".//{DC}creator"), "text", "X"), "metadata"
    ),
    _defect("the title is another", REPORT, lambda b: setattr(b.package.find(f".//{DC}title"), "text", "X"), "title"),
    _defect(
        "the language is another",
        REPORT,
        lambda b: setattr(b.package.find(f".//{DC}language"), "text", "fr"),
        "language",
    ),
)

ELSEWHERE = frozenset({"parity-unreadable", "parity-pages"})
"""Rules whose defects are planted by tests of their own."""
