"""Content documents as XHTML 1.0 with the classes of DAISY 2.02.

Classes stand for elements and roles of HTML that XHTML 1.0 has not; formulas and drawings become text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from exporter.writers.daisy.formatting import kind
from exporter.writers.daisy.sections import is_note
from exporter.writers.xhtml import serialiser
from exporter.writers.xhtml.inventory import HTML, OPS_TYPE
from exporter.writers.xhtml.overlay.reading_order import ATOMS, NOTE_MARK, PAGE, XML_LANG

SHEET = "daisy.css"
DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
"""Without the internal subset that declares `bodyref` for note references (Skippable Structures, 7.1), of which HTML
parsers show the end as text; the link of the reference has the same target."""
_BLOCKS = {
    **dict.fromkeys(("section", "article", "header", "main", "nav", "figure", "aside", "details"), "div"),
    **dict.fromkeys(("figcaption", "summary", "footer"), "p"),
    **dict.fromkeys(("bdi", "mark", "time", "data", "output", "ruby", "rt", "rp"), "span"),
    "tfoot": "tbody",
}
"""Replacements for elements that XHTML 1.0 has not, or not here; their names become classes."""
_LISTS = frozenset({"ul", "ol", "dl"})
"""Elements that may not be empty in XHTML 1.0."""
_WITHOUT_CLASS = frozenset({"section", "bdi", "article", "main"})
"""Elements whose names do not become classes."""
_EVERYWHERE = frozenset({"id", "class", "title", "lang", XML_LANG, "dir"})
_OWN = {
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "ol": {"start", "type"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "blockquote": {"cite"},
    "q": {"cite"},
}


class Addresses(NamedTuple):
    """Files and identifiers of the book."""

    files: Mapping[str, str]
    """New file name of each document."""
    ids: Mapping[tuple[str, str], str]
    """New identifier of each element, by its old file name and identifier."""
    pages: Mapping[str, str]
    """Page label of each page mark, by its identifier."""

    def of(self, document: str, identifier: str) -> str:
        """Return the address of an element."""
        return f"{self.files[document]}#{self.ids[document, identifier]}"

    def link(self, document: str, href: str) -> str:
        """Return the new address of a link in a document."""
        name, mark, fragment = href.partition("#")
        target = name or document
        if target not in self.files:
            return href
        identifier = self.ids.get((target, fragment))
        file = self.files[target]
        return f"{file}#{identifier}" if mark and identifier else file


def convert(root: Any, document: str, addresses: Addresses) -> bytes:
    """Return a document as XHTML 1.0.

    Args:
        root: The content document, which is changed.
        document: Its file name.
        addresses: Files and identifiers of the book.
    """
    from lxml import etree

    body = root.find(f"{HTML}body")
    _head(root.find(f"{HTML}head"))
    for element in [node for node in body.iter() if isinstance(node.tag, str)]:
        if element.getparent() is None or not any(node is body for node in (element, *element.iterancestors())):
            continue
        if element.get("hidden") is not None or element.tag == f"{HTML}wbr":
            _remove(element)
        elif element.tag in ATOMS:
            _replace_by_text(element)
        elif element.get("role") == PAGE:
            _page(element, addresses.pages)
        elif element.get(OPS_TYPE) == NOTE_MARK:
            _wrap_reference(element)
        else:
            _rename(element)
    for table in body.iter(f"{HTML}table"):
        _complete(table)
    for element in root.iter(f"{HTML}*"):
        _attributes(element, document, addresses)
    etree.cleanup_namespaces(root)
    return serialiser.serialise(root, DOCTYPE)


def _head(head: Any) -> None:
    for link in head.findall(f"{HTML}link"):
        link.set("href", SHEET)
    values = {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}
    head.insert(0, head.makeelement(f"{HTML}meta", values))


def _remove(element: Any) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _replace_by_text(element: Any) -> None:
    """Replace a formula or a drawing by its text alternative."""
    text = element.get("alttext") or " ".join("".join(element.itertext()).split())
    for child in list(element):
        element.remove(child)
    span = element.makeelement(f"{HTML}span", {"class": "formula"})
    if element.get("id"):
        span.set("id", element.get("id"))
    span.text, span.tail = text, element.tail
    element.getparent().replace(element, span)


def _page(element: Any, pages: Mapping[str, str]) -> None:
    label = pages.get(element.get("id") or "") or element.get("aria-label") or ""
    mark = element
    if element.tag == f"{HTML}div":
        mark = element.makeelement(f"{HTML}span")
        element.append(mark)
        if element.get("id"):
            mark.set("id", element.attrib.pop("id"))
    mark.set("class", kind(label))
    mark.text = label


def _wrap_reference(element: Any) -> None:
    """Wrap a note reference in a span."""
    span = element.makeelement(f"{HTML}span", {"class": "noteref"})
    span.tail, element.tail = element.tail, None
    if element.get("id"):
        span.set("id", element.attrib.pop("id"))
    element.getparent().replace(element, span)
    span.append(element)


def _rename(element: Any) -> None:
    name = element.tag.removeprefix(HTML)
    parent = element.getparent()
    classes = (element.get("class") or "").split()
    if name == "aside":
        classes.append("notebody" if is_note(element) else "sidebar")
    elif name == "details" or (name == "div" and "description" in classes):
        classes.append("optional-prodnote")
    elif name == "li" and "endnotes" in (parent.get("class") or "").split():
        classes.append("notebody")
    elif name in _BLOCKS and name not in _WITHOUT_CLASS:
        classes.append(name)
    if name == "img":
        if element.get("alt") is None:
            # XHTML 1.0 requires `alt`, and an empty one means decorative.
            classes.append("undescribed")
        element.set("alt", element.get("alt") or "")
    if classes:
        element.set("class", " ".join(classes))
    if name in _LISTS and len(element) == 0:
        element.tag = f"{HTML}div"
    if name in _BLOCKS:
        element.tag = f"{HTML}{_BLOCKS[name]}"


def _complete(table: Any) -> None:
    """Remove groups without rows; a table without any, which is announced too, gets an empty cell."""
    for group in table.findall(f"{HTML}thead") + table.findall(f"{HTML}tbody"):
        if group.find(f"{HTML}tr") is None:
            _remove(group)
    if table.find(f".//{HTML}tr") is None:
        row = table.makeelement(f"{HTML}tr")
        row.append(table.makeelement(f"{HTML}td"))
        group = table.makeelement(f"{HTML}tbody")
        group.append(row)
        table.append(group)
    elif table.find(f"{HTML}tbody") is None and table.find(f"{HTML}tr") is None:
        # A table needs a body (XHTML 1.0 Transitional).
        table.find(f"{HTML}thead").tag = f"{HTML}tbody"


def _attributes(element: Any, document: str, addresses: Addresses) -> None:
    name = element.tag.removeprefix(HTML)
    if name in {"html", "head", "link", "meta", "title"}:
        return
    allowed = _EVERYWHERE | _OWN.get(name, set())
    if name == "br":
        allowed -= {"lang", XML_LANG, "dir"}
    for attribute, value in list(element.attrib.items()):
        if attribute not in allowed or (attribute == "dir" and value not in {"ltr", "rtl"}):
            del element.attrib[attribute]
        elif attribute == "id":
            element.set("id", addresses.ids[document, value])
        elif attribute == "href":
            element.set(attribute, addresses.link(document, value))
        elif attribute == "headers":
            ids = (addresses.ids.get((document, identifier)) for identifier in value.split())
            element.set("headers", " ".join(filter(None, ids)))
