"""A page opened for checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

Element = Any
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_SPACE = re.compile(r"\s+")
QUOTED = 60


class Page:
    """A page of HTML or XHTML.

    Args:
        root: Its root, of lxml.
        name: Its path in an archive; empty when it stands alone.
        language: The language that holds where the page says nothing.
    """

    def __init__(self, root: Element, name: str = "", language: str = "") -> None:
        self.root = root
        self.name = name
        self.outer_language = language

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements in order."""
        return tuple(element for element in self.root.iter() if isinstance(element.tag, str))

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The elements by identifier."""
        return {element.get("id"): element for element in self.elements if element.get("id")}

    def all(self, *names: str) -> Iterator[Element]:
        """Return the elements of some names in order; hidden ones are left out."""
        wanted = frozenset(names)
        return (element for element in self.elements if local(element) in wanted and not hidden(element))

    def place(self, element: Element) -> str:
        """Say where an element stands."""
        line = f"line {element.sourceline}" if element.sourceline else ""
        sign = f"#{element.get('id')}" if element.get("id") else ""
        return ", ".join(filter(None, (self.name, line))) + (f" ({sign})" if sign else "")

    def language(self, element: Element) -> str:
        """Return the language that holds at an element; empty when nobody says."""
        for each in (element, *element.iterancestors()):
            said = own_language(each)
            if said is not None:
                return said
        return self.outer_language


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in small letters."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def own_language(element: Element) -> str | None:
    """Return the language that an element itself states; None when it does not."""
    plain, xml = said_languages(element)
    return xml if xml is not None else plain


def said_languages(element: Element) -> tuple[str | None, str | None]:
    """Return `lang` and `xml:lang` of an element."""
    return element.get("lang"), element.get(_XML)


def types(element: Element) -> frozenset[str]:
    """Return the terms of `epub:type` and `role` of an element; those of DPUB-ARIA without their `doc-`."""
    terms = f"{element.get(_TYPE) or ''} {element.get('role') or ''} {element.get('epub:type') or ''}".split()
    return frozenset(term.removeprefix("doc-") for term in terms)


def hidden(element: Element) -> bool:
    """Return whether an element is there for nobody."""
    return any(
        each.get("hidden") is not None or local(each) in {"template", "script", "style"}
        for each in (element, *element.iterancestors())
    )


def decorative(element: Element) -> bool:
    """Return whether a picture says that it says nothing."""
    return bool({"presentation", "none"} & types(element)) or element.get("aria-hidden") == "true"


def text(element: Element) -> str:
    """Return what is read of an element: its words, alts and labels, with single spaces."""
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
    """Return the beginning of a text in quotation marks."""
    return f"“{words[:QUOTED]}…”" if len(words) > QUOTED else f"“{words}”"
