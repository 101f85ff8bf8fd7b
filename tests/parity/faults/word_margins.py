"""Faults of headers and footers of the Word edition, which stand on every page."""

from __future__ import annotations

from lxml import etree

from exporter.inspect.docx.xml import name
from tests.parity.faults.word import DOCUMENT, Fault

HEADER, FOOTER = "word/header1.xml", "word/footer1.xml"


def _words(root: etree._Element, words: str) -> None:
    next(root.iter(name("t"))).text = words


def _more(root: etree._Element) -> None:
    run = etree.SubElement(next(root.iter(name("p"))), name("r"))
    etree.SubElement(run, name("t")).text = "Draft"


def _language(root: etree._Element) -> None:
    properties = next(root.iter(name("rPr")), None)
    if properties is None:
        properties = etree.Element(name("rPr"))
        next(root.iter(name("r"))).insert(0, properties)
    etree.SubElement(properties, name("lang")).set(name("val"), "fr-FR")


def _right_to_left(root: etree._Element) -> None:
    etree.SubElement(next(root.iter(name("pPr"))), name("bidi"))


def _field(root: etree._Element, code: str, other: str) -> None:
    for element in root.iter(name("instrText")):
        if element.text == f" {code} ":
            element.text = f" {other} "


def _typed(root: etree._Element) -> None:
    """Turn the fields of a footer into text."""
    for element in [*root.iter(name("fldChar")), *root.iter(name("instrText"))]:
        run = element.getparent()
        run.getparent().remove(run)


def _section(root: etree._Element, lost: str, **added: str) -> None:
    section = next(root.iter(name("sectPr")))
    for element in section.findall(name(lost)):
        section.remove(element)
    if added:
        element = etree.SubElement(section, name(lost))
        for key, value in added.items():
            element.set(name(key), value)


FAULTS = (
    Fault("another title in the header", HEADER, lambda r: _words(r, "Another report"), "text"),
    Fault("no words in the header", HEADER, lambda r: _words(r, ""), "text"),
    Fault("words added to the header", HEADER, _more, "text"),
    Fault("words added to the footer", FOOTER, _more, "text"),
    Fault("another publisher in the footer", FOOTER, lambda r: _words(r, "Somebody"), "text"),
    Fault("the footer has no page number", FOOTER, lambda r: _field(r, "PAGE", "DATE"), "text"),
    Fault("the footer has another number of all pages", FOOTER, lambda r: _field(r, "NUMPAGES", "PAGE"), "text"),
    Fault("page numbers are typed", FOOTER, _typed, "text"),
    Fault("the header is in another language", HEADER, _language, "text"),
    Fault("the header is from right to left", HEADER, _right_to_left, "text"),
    Fault("the first page has the header too", DOCUMENT, lambda r: _section(r, "titlePg"), "text"),
    Fault("pages without a header", DOCUMENT, lambda r: _section(r, "headerReference"), "text"),
    Fault("pages without a footer", DOCUMENT, lambda r: _section(r, "footerReference"), "text"),
    Fault("pages begin with 7", DOCUMENT, lambda r: _section(r, "pgNumType", start="7"), "text"),
)
