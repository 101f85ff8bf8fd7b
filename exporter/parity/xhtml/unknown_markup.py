"""Elements, attributes and roles that the writers of EPUB and HTML editions are not known to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from exporter.findings import Finding, Rule
from exporter.parity import rules
from exporter.parity.xhtml import elements, style_rules

_EVERYWHERE = frozenset(
    {
        "id",
        "class",
        "dir",
        "lang",
        "xml:lang",
        "role",
        "type",
        "hidden",
        "aria-label",
        "aria-labelledby",
        "aria-details",
    }
)
_KNOWN = """
a href hreflang title|abbr title|address|aside|bdi|blockquote|body|br|caption|cite|code|dd|details open
div style tabindex title|dl|dt|em|figcaption|figure|footer|h1|h2|h3|h4|h5|h6 aria-level|head|header|hr|html xmlns
img alt data-sized height src width|li value
link href rel|main tabindex|meta charset content http-equiv name|nav|ol reversed start|p aria-hidden|pre|q|s|script
section|span|strong|style|sub|summary|sup|table|tbody|td colspan data-heads headers rowspan|tfoot
th colspan data-heads headers rowspan scope|thead|title|tr data-heads|ul
"""
"""Elements with the attributes of their own. What those of `active_content` do is a finding of that module."""
_LOCAL = {key: frozenset(keys) for key, *keys in map(str.split, _KNOWN.replace("\n", "|").strip("|").split("|"))}
_RULES: dict[str, Rule] = {
    **dict.fromkeys(("a", "link"), rules.LINKS),
    "img": rules.PICTURES,
    **dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody", "tfoot"), rules.TABLES),
    **dict.fromkeys(("i", "b", "u", "small", "mark", "ins", "del", "ruby", "samp", "kbd", "var", "big"), rules.MARKS),
    "meta": rules.METADATA,
}
_ROLES = frozenset(
    {"note", "group", "region", "presentation", "table", "rowgroup", "row", "cell", "columnheader", "rowheader"}
    | {f"doc-{name}" for name in ("noteref", "backlink", "footnote", "endnotes", "pullquote", "pagebreak", "chapter")}
    | {f"doc-{name}" for name in ("colophon", "toc", "pagelist", "cover", "subtitle")}
)
_ROLES_OF_TYPES = {
    **{name: f"doc-{name}" for name in ("footnote", "noteref", "backlink", "pagebreak", "chapter", "colophon", "toc")},
    **{"page-list": "doc-pagelist", "pullquote": "doc-pullquote"},
}
"""Roles of elements by their types (EPUB Type to ARIA Role Authoring Guide)."""
_ROLES_OF_CLASSES = {"noteref": "doc-noteref", "backlink": "doc-backlink", "page-mark": "doc-pagebreak"}
_INDENT = re.compile(r"padding-inline-start:[\d.]+em")
"""The style of a line of verse."""
_OUTSIDE = frozenset({"math", "svg"})
_METADATA = {
    *("", "viewport", "color-scheme", "author", "description", "keywords", "dcterms.issued", "generator"),
}
_HEADERS = {"viewport": "width=device-width, initial-scale=1", "color-scheme": "light dark"}
"""A window whose text can be enlarged (WCAG 1.4.4), and colours that follow the reader's settings."""


def unexpected(root: Any, sheets: Iterable[str]) -> Iterator[Finding]:
    """Yield what a document and its style sheets have and the editions are not known to have, as warnings."""
    yield from map(rules.unexpected, (*check(root), *style_rules.check(sheets)))


def check(root: Any) -> Iterator[Finding]:
    """Yield what a document has and the editions have not, each kind once; before it is rendered."""
    seen: set[str] = set()
    remaining = [root]
    while remaining:
        element = remaining.pop()
        tag = elements.name(element)
        if not tag or tag in _OUTSIDE:
            continue
        remaining += reversed(element)
        for what, rule in _unknown(element, tag):
            if what not in seen:
                seen.add(what)
                yield rule.finding(f"{what} is not of the manuscript (line {element.sourceline}).")


def _unknown(element: Any, tag: str) -> Iterator[tuple[str, Rule]]:
    rule = _RULES.get(tag, rules.KINDS)
    known = _LOCAL.get(tag)
    if known is None:
        yield f"The element <{tag}>", rule
        return
    for key in map(_key, element.attrib):
        if key not in known and key not in _EVERYWHERE:
            yield f"“{key}” of <{tag}>", rule
    if (element.get("dir") or "ltr").lower() not in {"ltr", "rtl"}:
        yield f"The direction “{element.get('dir')}”", rules.DIRECTIONS
    if (style := element.get("style")) is not None and not _INDENT.fullmatch(style):
        yield f"The style “{style}” of <{tag}>", rules.TEXT
    if tag == "link" and element.get("rel") != "stylesheet":
        yield f"A link “{element.get('rel')}” of the document", rule
    if tag == "meta" and (element.get("name") or "") not in _METADATA:
        yield f"The metadata “{element.get('name')}”", rule
    content = element.get("content") or ""
    if content != _HEADERS.get(element.get("name") or "", content):
        yield f"“{content}” as {element.get('name')}", rules.KINDS
    yield from _roles(element, tag)


def _roles(element: Any, tag: str) -> Iterator[tuple[str, Rule]]:
    role, types = element.get("role") or "", (element.get(elements.OPS_TYPE) or "").split()
    rule = rules.NOTES if {"noteref", "backlink", "footnote"} & {*types, *elements.kinds(element)} else rules.KINDS
    if role and role not in _ROLES:
        yield f"The role “{role}” of <{tag}>", rule
    if tag == "a" and not {"noteref", "backlink"} & set(types):
        types = []  # an entry of the landmarks
    expected = [_ROLES_OF_TYPES[name] for name in types if name in _ROLES_OF_TYPES]
    expected += [_ROLES_OF_CLASSES[name] for name in (element.get("class") or "").split() if name in _ROLES_OF_CLASSES]
    if expected and role not in expected:
        yield f"<{tag}> without the role “{expected[0]}”", rule
    stated = [name for name, wanted in _ROLES_OF_TYPES.items() if wanted == role]
    if types and stated and stated[0] not in types:
        yield f"The role “{role}” of another type of <{tag}>", rule


def _key(attribute: Any) -> str:
    text = str(attribute)
    return "xml:lang" if text == elements.XML_LANG else text.rpartition("}")[2] if text != "epub:type" else "type"
