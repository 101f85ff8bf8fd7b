"""A parsed page, and the properties of its elements that rules need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

Element = Any
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_SPACE = re.compile(r"\s+")
_MAX_QUOTED = 60


class Page:
    """A page of HTML or XHTML.

    Args:
        root: Root element, of lxml.
        name: Path in an archive; empty for a separate file.
        language: Language of elements for which the page states none.
    """

    def __init__(self, root: Element, name: str = "", language: str = "") -> None:
        self.root = root
        self.name = name
        self.default_language = language

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements in document order."""
        return tuple(element for element in self.root.iter() if isinstance(element.tag, str))

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The elements by ID."""
        return {element.get("id"): element for element in self.elements if element.get("id")}

    def visible_elements(self, *names: str) -> Iterator[Element]:
        """Return the elements with one of these names that are not hidden, in document order."""
        return (element for element in self.elements if local(element) in names and not is_hidden(element))

    def location_of(self, element: Element) -> str:
        """Return the location of an element: path, line and ID, as far as they are known."""
        line = f"line {element.sourceline}" if element.sourceline else ""
        fragment = f"#{element.get('id')}" if element.get("id") else ""
        return ", ".join(filter(None, (self.name, line))) + (f" ({fragment})" if fragment else "")

    def language(self, element: Element) -> str:
        """Return the language of an element, its own or inherited; empty if none is stated."""
        for ancestor in (element, *element.iterancestors()):
            stated = own_language(ancestor)
            if stated is not None:
                return stated
        return self.default_language


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in small letters."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def own_language(element: Element) -> str | None:
    """Return the language that an element itself states, or None if it states none."""
    lang, xml_lang = stated_languages(element)
    return xml_lang if xml_lang is not None else lang


def stated_languages(element: Element) -> tuple[str | None, str | None]:
    """Return `lang` and `xml:lang` of an element."""
    return element.get("lang"), element.get(_XML)


def semantic_types(element: Element) -> frozenset[str]:
    """Return the terms of `epub:type` and `role` of an element; those of DPUB-ARIA without `doc-`."""
    terms = f"{element.get(_TYPE) or ''} {element.get('role') or ''} {element.get('epub:type') or ''}".split()
    return frozenset(term.removeprefix("doc-") for term in terms)


def is_hidden(element: Element) -> bool:
    """Return whether an element is hidden from all readers."""
    return any(
        ancestor.get("hidden") is not None or local(ancestor) in {"template", "script", "style"}
        for ancestor in (element, *element.iterancestors())
    )


def is_decorative(element: Element) -> bool:
    """Return whether an element is marked as decorative."""
    return bool({"presentation", "none"} & semantic_types(element)) or element.get("aria-hidden") == "true"


def text(element: Element) -> str:
    """Return the text of an element as it is read out, with alt texts and labels and with single spaces."""
    return _SPACE.sub(" ", "".join(_parts(element))).strip()


def _parts(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.get("hidden") is not None or local(element) in {"script", "style"}:
        return
    label = element.get("aria-label")
    if label and label.strip():
        yield label
        return
    if local(element) in {"img", "area", "input"}:
        yield element.get("alt") or ""
        return
    if local(element) == "math":
        yield element.get("alttext") or ""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _parts(child)
        yield child.tail or ""


def quote(words: str) -> str:
    """Return the first 60 characters of a text in quotation marks."""
    return f"“{words[:_MAX_QUOTED]}…”" if len(words) > _MAX_QUOTED else f"“{words}”"
