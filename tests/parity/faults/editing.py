"""Tools to change finished EPUBs, talking books and HTML editions, which have the same markup."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

_ARCHIVES = (".epub", ".zip")
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Files:
    """The files of an EPUB or a talking book, or the one file of an HTML edition, as elements that can be changed.

    Args:
        path: The finished edition.
    """

    def __init__(self, path: Path) -> None:
        self.data: dict[str, bytes] = {}
        if path.suffix in _ARCHIVES:
            with zipfile.ZipFile(path) as archive:
                self.data = {name: archive.read(name) for name in archive.namelist()}
        else:
            self.data = {path.name: path.read_bytes()}
        self.roots = {
            name: etree.fromstring(data, etree.XMLParser(huge_tree=True))
            for name, data in self.data.items()
            if name.endswith((".xhtml", ".html", ".opf", ".smil", ".ncx"))
        }

    def save(self, path: Path) -> Path:
        """Write the edition."""
        data = self.data | {name: _serialise(name, root) for name, root in self.roots.items()}
        if path.suffix not in _ARCHIVES:
            (content,) = data.values()
            path.write_bytes(content)
            return path
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in data.items():
                archive.writestr(name, content)
        return path

    def all(self, tag: str, words: str = "", **values: str) -> Iterator[Any]:
        """Yield the elements with a name, with words in them and with attributes."""
        for root in self.roots.values():
            for element in root.iter(f"{{*}}{tag}"):
                fitting = all(element.get(key.rstrip("_").replace("_", "-")) == value for key, value in values.items())
                if fitting and words in "".join(element.itertext()):
                    yield element

    def one(self, tag: str, words: str = "", number: int = 0, **values: str) -> Any:
        """Return one of them."""
        return list(self.all(tag, words, **values))[number]

    def style(self, css: str) -> None:
        """Add rules to the style sheet."""
        sheets = [name for name in self.data if name.endswith(".css")]
        for name in sheets:
            self.data[name] += css.encode()
        if not sheets:
            self.one("style").text += css


def _serialise(name: str, root: Any) -> bytes:
    if name.endswith(".html"):
        return etree.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def remove(element: Any) -> None:
    """Remove an element with all that is in it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Replace an element by what is in it."""
    etree.strip_tags(element, "nothing")
    element.tag = element.tag.rpartition("}")[0] + "}span" if "}" in element.tag else "span"
    for key in list(element.attrib):
        if key != "id":
            del element.attrib[key]


def rename(element: Any, tag: str) -> None:
    element.tag = etree.QName(etree.QName(element).namespace, tag)


def wrap(element: Any, tag: str, **values: str) -> None:
    """Put an element around another."""
    around = element.makeelement(etree.QName(etree.QName(element).namespace, tag), values)
    around.tail, element.tail = element.tail, None
    element.getparent().replace(element, around)
    around.append(element)


def swap(one: Any, other: Any, key: str) -> None:
    """Exchange an attribute of two elements."""
    first, second = one.get(key), other.get(key)
    one.set(key, second)
    other.set(key, first)


def strike_out(element: Any) -> None:
    """Strike out what an element says."""
    inner = element.makeelement(etree.QName(etree.QName(element).namespace, "s"), {})
    inner.text, element.text = element.text, None
    for child in list(element):
        inner.append(child)
    element.append(inner)


def set_text(element: Any, value: str) -> None:
    element.text = value


class Fault(NamedTuple):
    """A fault, and the editions in which it is planted."""

    kind: str
    plant: Callable[[Files], object]
    rule: str
    editions: tuple[str, ...] = ("epub", "html")
