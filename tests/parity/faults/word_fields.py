"""Faults of fields, pictures and sections of the Word edition: what Word shows, draws or renews by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from exporter.inspect.docx.xml import name
from tests.parity.faults.word import DOCUMENT, FOOTNOTES, Fault, run

HEADER, FOOTER, SETTINGS = "word/header1.xml", "word/footer1.xml", "word/settings.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _entries(root: Any) -> list[Any]:
    links = root.iter(name("hyperlink"))
    return [link.getparent() for link in links if (link.get(name("anchor")) or "").startswith("_Toc")]


def _entry_lost(root: Any) -> None:
    entry = _entries(root)[-1]
    entry.getparent().remove(entry)


def _entry_added(root: Any) -> None:
    entry = _entries(root)[-1]
    other = etree.fromstring(etree.tostring(entry))
    for link in [*other.iter(name("hyperlink"))]:
        other.remove(link)
    etree.SubElement(etree.SubElement(other, name("r")), name("t")).text = "A secret chapter"
    entry.addnext(other)


def _codes(root: Any, kind: str) -> Iterator[Any]:
    return (code for code in root.iter(name("instrText")) if (code.text or "").split()[:1] == [kind])


def _other_page(root: Any) -> None:
    first, second = list(_codes(root, "PAGEREF"))[:2]
    first.text = second.text


def _numbers_fall(root: Any) -> None:
    for number, entry in zip((9, 3), _entries(root), strict=False):
        link = entry.find(name("hyperlink"))
        etree.SubElement(etree.SubElement(link, name("r")), name("t")).text = str(number)


def _shallow(root: Any) -> None:
    (code,) = _codes(root, "TOC")
    code.text = code.text.replace('"1-3"', '"1-1"')


def _field(root: Any) -> None:
    other = etree.Element(name("r"))
    etree.SubElement(other, name("instrText")).text = ' HYPERLINK "https://example.org" '
    run(root, "I waited").addprevious(other)


def _spaces_lost(root: Any) -> None:
    for text in root.iter(name("t")):
        if (text.text or "").startswith(" ") and text.get(_SPACE):
            del text.attrib[_SPACE]


def _picture(root: Any, tag: str, **values: str) -> None:
    drawing = list(root.iter(name("wp:inline")))[-1]
    for key, value in values.items():
        next(drawing.iter(name(tag))).set(key, value)


def _stretched(root: Any) -> None:
    for drawing in root.iter(name("wp:inline")):
        for extent in (*drawing.iter(name("wp:extent")), *drawing.iter(name("a:ext"))):
            if extent.get("cx"):
                extent.set("cy", str(int(extent.get("cx")) * 3))


def _above_notes(root: Any) -> None:
    separator = next(note for note in root if note.get(name("type")))
    etree.SubElement(etree.SubElement(next(separator.iter(name("p"))), name("r")), name("t")).text = "Disputed:"


def _drawn(root: Any) -> None:
    etree.SubElement(etree.SubElement(next(root.iter(name("p"))), name("r")), name("pict"))


def _hidden(root: Any) -> None:
    for element in root.iter(name("r")):
        properties = etree.Element(name("rPr"))
        etree.SubElement(properties, name("vanish"))
        element.insert(0, properties)


def _section(root: Any, tag: str, **values: str) -> None:
    section = next(root.iter(name("sectPr")))
    element = section.find(name(tag))
    if element is None:
        element = etree.SubElement(section, name(tag))
    for key, value in values.items():
        element.set(name(key), value)


def _box(root: Any) -> None:
    style = next(style for style in root.iter(name("rStyle")) if style.get(name("val")) == "AsideKind")
    next(style.getparent().getparent().iter(name("t"))).text = "Something else"


FAULTS = (
    Fault("an entry of the table of contents lost", DOCUMENT, _entry_lost, "contents"),
    Fault("an entry of the table of contents added", DOCUMENT, _entry_added, "contents"),
    Fault("the number of another page in the table of contents", DOCUMENT, _other_page, "contents"),
    Fault("numbers fall in the table of contents", DOCUMENT, _numbers_fall, "contents"),
    Fault("the table of contents loses a level", DOCUMENT, _shallow, "contents"),
    Fault("a field leads elsewhere", DOCUMENT, _field, "links"),
    Fault("spaces lost between runs", DOCUMENT, _spaces_lost, "text"),
    Fault("a picture in another frame", DOCUMENT, lambda r: _picture(r, "wp:extent", cx="99999"), "pictures"),
    Fault("a picture in another outline", DOCUMENT, lambda r: _picture(r, "a:prstGeom", prst="line"), "pictures"),
    Fault("pictures stretched", DOCUMENT, _stretched, "pictures"),
    Fault("words above the notes", FOOTNOTES, _above_notes, "notes"),
    Fault("a drawing in the header", HEADER, _drawn, "text"),
    Fault("the footer hidden", FOOTER, _hidden, "text"),
    Fault("even pages without a footer", SETTINGS, lambda r: etree.SubElement(r, name("evenAndOddHeaders")), "text"),
    Fault("margins as wide as the paper", DOCUMENT, lambda r: _section(r, "pgMar", left="11000"), "text"),
    Fault("lines from top to bottom", DOCUMENT, lambda r: _section(r, "textDirection", val="tbRl"), "directions"),
    Fault("another name of a box", DOCUMENT, _box, "metadata"),
)
