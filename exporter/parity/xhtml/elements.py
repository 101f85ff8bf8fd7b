"""Kinds of elements: by their name, their roles (DPUB-ARIA), types (EPUB) and classes (DAISY)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from exporter.parity.content import NESTED

OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

FRAME = frozenset(
    {"cover", "titlepage", "toc", "landmarks", "page-list", "pagelist", "loi", "lot", "colophon", "about", "opening"}
    | {"title"}
)
"""Parts that an edition adds; their words are not those of the manuscript."""
NOTE_SECTIONS = frozenset({"footnotes", "endnotes"})
NOTES = frozenset({"footnote", "endnote", "notebody"})
PAGE_MARKS = frozenset({"pagebreak", "page-mark", "page-normal", "page-front", "page-special"})
BLOCKS = frozenset(
    {
        *("html", "body", "main", "header", "footer", "nav", "section", "article", "aside", "address", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "div", "hr", "blockquote", "fieldset", "details", "summary"),
        *("ol", "ul", "li", "dl", "dt", "dd", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    }
)
"""Elements that stand on lines of their own (HTML, 15.3)."""
UNSAID = frozenset({"script", "style", "template", "head", "title", "meta", "link", "noscript", "wbr"})
"""Elements whose words nobody meets."""
_HEADING = re.compile("h[1-6]")
_AROUND = re.compile(r"(?P<around>parenthes[ie]s)-(?P<style>decimal|(?:lower|upper)-(?:alpha|roman))")
"""Classes of lists whose numbers our style sheets set in parentheses, or before one."""
_LABELS = {"parenthesis": "1)", "parentheses": "(1)"}
_NUMBERING = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}


def name(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def kinds(element: Any) -> frozenset[str]:
    """Return what an element says it is."""
    get = element.get
    words = (get("role"), get(OPS_TYPE) or get("epub:type"), get("class"))
    if words == (None, None, None):
        return _NOTHING
    return _kinds(*words)


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _kinds(role: str | None, types: str | None, classes: str | None) -> frozenset[str]:
    roles = {role_.removeprefix("doc-") for role_ in (role or "").lower().split()}
    return frozenset(roles | set((types or "").split()) | set((classes or "").split()))


def language(element: Any, inherited: str) -> str:
    """Return the language of an element; where its two attributes contradict each other, both."""
    own = element.get("lang")
    other = element.get(XML_LANG) or element.get("xml:lang")
    if own is None and other is None:
        return inherited
    if own is not None and other is not None and own.lower() != other.lower():
        return f"{own} and {other}"
    return str(own if own is not None else other)


_STYLES = {
    **{"em": "emphasis", "i": "emphasis", "strong": "strong", "b": "strong", "q": "quotation"},
    **{"s": "strikethrough", "del": "strikethrough", "sup": "superscript", "sub": "subscript", "bdo": "override"},
}
_CLASSES = {"override": "override", "struck-out": "strikethrough", "changed-case": "capitals"}
"""Styles by the classes by which `stylesheets` marks elements."""


def styles(element: Any, outer: frozenset[str]) -> frozenset[str]:
    """Return the styles (`content.STYLES`) of the text of an element, from those of what is around it."""
    tag = name(element)
    own = outer | {_STYLES[tag]} if tag in _STYLES else outer
    own = own | {NESTED} if _STYLES.get(tag) == "emphasis" and "emphasis" in outer else own
    classes = kinds(element)
    own = own - {"emphasis"} if "upright" in classes else own
    own = own - {"strong"} if "light" in classes else own
    own = own | {style for name, style in _CLASSES.items() if name in classes}
    direction = (element.get("dir") or "").lower()
    return own - {"rtl"} | ({"rtl"} if direction == "rtl" else set()) if direction in {"ltr", "rtl"} else own


def is_frame(root: Any) -> bool:
    """Return whether a document or a part is one that the edition adds."""
    inside = (root, *(child for child in root if name(child)))
    return any(kinds(element) & FRAME for element in inside)


def around(root: Any) -> str:
    """Return what an added document or part says outside of links, which are compared by where they lead."""
    return " ".join(
        map(str, root.xpath("descendant::text()[not(ancestor::*[local-name() = 'a' or local-name() = 'head'])]"))
    )


def paragraph_of(element: Any) -> Any:
    """Return the element of the paragraph that is all of an item or cell, or the element itself."""
    if name(element) in {"li", "td", "th", "dd"} and not (element.text or "").strip():
        first = next((child for child in element if name(child)), None)
        if first is not None and name(first) == "span" and not (first.tail or "").strip():
            return first
    return element


_HIDING = ("hidden", "inert")


def is_hidden(element: Any) -> bool:
    """Return whether nobody meets an element, or nobody who listens."""
    is_closed = name(element) == "dialog" and element.get("open") is None  # HTML, 4.11.4
    return is_closed or any(element.get(key) is not None for key in _HIDING) or element.get("aria-hidden") == "true"


def level(element: Any) -> int | None:
    """Return the level of a heading; None for what is none."""
    tag = name(element)
    heading = _HEADING.fullmatch(tag) is not None
    if not heading and element.get("role") != "heading":
        return None
    stated = element.get("aria-level") or ""
    if stated.isdecimal():
        return int(stated)
    return int(tag[1]) if heading else 2


def is_note(element: Any) -> bool:
    """Return whether an element is a note: an item of a list of endnotes is one without saying so."""
    if kinds(element) & NOTES:
        return True
    parent = element.getparent()
    return name(element) == "li" and parent is not None and "endnotes" in kinds(parent)


def holds_notes(element: Any) -> bool:
    """Return whether a part holds notes and what belongs to them: their heading is none of the text."""
    if kinds(element) & NOTE_SECTIONS:
        return True
    return name(element) in {"section", "div"} and any(
        name(child) == "ol" and "endnotes" in kinds(child) for child in element
    )


def number(element: Any, attribute: str, default: int = 1) -> int:
    """Return an attribute that is a whole number, as far as it is one."""
    try:
        return int(element.get(attribute) or default)
    except ValueError:
        return default


def text(element: Any) -> str:
    """Return the words of an element without formulas, marks of notes and of pages."""
    tag = name(element)
    if not tag or tag in _WITHOUT_WORDS or kinds(element) & _BESIDE or is_hidden(element):
        return ""
    if tag == "br":
        return " "
    parts = [element.text or ""]
    for child in element:
        parts += (text(child), child.tail or "")
    return "".join(parts)


_WITHOUT_WORDS = UNSAID | {"math", "svg"}
_BESIDE = frozenset({"noteref", "formula", *PAGE_MARKS})


def numbering_style(element: Any) -> tuple[str, str]:
    """Return the style of a numbered list as CSS names it, and a number with what stands around it."""
    style = _NUMBERING.get(element.get("type") or "1", "other")
    match = next(filter(None, map(_AROUND.fullmatch, kinds(element))), None)
    if match is None:
        return style, "1."
    # Where the class is not known, the type alone counts: they have to agree.
    return style if style == match["style"] else f"{match['style']} or {style}", _LABELS[match["around"]]
