"""Style sheets (eBraille 1.0, 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

from exporter.findings import Finding
from exporter.validate.ebraille import rules
from exporter.validate.ebraille.documents import styled_by
from exporter.validate.ebraille.publication import HTML, Document, Publication

_FONT = re.compile(
    r"font(?:-.*)?|color|text-decoration(?:-.*)?|text-shadow|text-underline-position|text-emphasis(?:-.*)?|letter-spacing"
)
"""Properties of the font (6.3.2)."""
_ABSOLUTE = frozenset({"px", "pt", "pc", "cm", "mm", "in", "q"})
_NOT_BRAILLE = re.compile("[^\u2800-\u28ff\\s]")
_LIST = re.compile(r"list-style(?:-type)?")


def check(publication: Publication) -> Iterator[Finding]:
    """Check all style sheets, and the lists that need them."""
    unmarked = set()
    for name, data in publication.sheets.items():
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield rules.ENCODING.finding("The style sheet is not in UTF-8.", place=name)
            continue
        if re.match(r'@charset\s+"(?!utf-8")', text, re.IGNORECASE):
            yield rules.ENCODING.finding("The style sheet declares another encoding.", place=name)
        parts = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        declared = list(_declarations(parts))
        for declaration in declared:
            yield from _declaration(declaration, name)
        if any(_LIST.fullmatch(item.lower_name) and not _is_marker(item) for item in declared):
            unmarked.add(name)
        yield from _media(parts, name)
    for document in publication.documents:
        if document.root is not None:
            yield from _document(document, unmarked)


def _declarations(parts: list[Any]) -> Iterator[Any]:
    for part in parts:
        content = getattr(part, "content", None)
        if part.type == "declaration":
            yield part
        elif content is not None and part.type in {"qualified-rule", "at-rule"}:
            yield from _declarations(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _declaration(declaration: Any, location: str) -> Iterator[Finding]:
    name, value = declaration.lower_name, tinycss2.serialize(declaration.value).strip()
    if name.startswith("-epub-"):
        yield rules.CSS_PREFIX.finding(f"The style sheet has the property {name}.", place=location)
    if _FONT.fullmatch(name):
        yield rules.CSS_FONT.finding(f"The style sheet sets {name}.", place=location)
    for token in declaration.value:
        if token.type == "dimension" and token.lower_unit in _ABSOLUTE:
            yield rules.CSS_LENGTH.finding(f"{name} has an absolute length: {value}.", place=location)
    if name == "content" or _LIST.fullmatch(name):
        for token in declaration.value:
            if token.type == "string" and _NOT_BRAILLE.search(token.value):
                yield rules.CSS_TEXT.finding(f"The style sheet adds text in print: {value}.", place=location)
    if _LIST.fullmatch(name) and _is_marker(declaration):
        yield rules.LIST.finding(f"Items have a sign of print: {name} is {value}.", place=location)


def _is_marker(declaration: Any) -> bool:
    """Return whether items get a number or sign that is not braille."""
    idents = {token.lower_value for token in declaration.value if token.type == "ident"}
    return bool(idents - {"none", "inside", "outside", "inherit", "unset", "revert"})


def _media(parts: list[Any], location: str) -> Iterator[Finding]:
    for part in parts:
        if part.type != "at-rule" or part.lower_at_keyword not in {"media", "import"}:
            continue
        yield from _query(tinycss2.serialize(part.prelude), location)
        if part.content is not None and part.lower_at_keyword == "media":
            yield from _media(
                tinycss2.parse_rule_list(part.content, skip_comments=True, skip_whitespace=True), location
            )


def _query(query: str, location: str) -> Iterator[Finding]:
    words = re.findall(r"[\w-]+", re.sub(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)", "", query.lower()))
    shown = query.strip()
    if "braille" in words:
        yield rules.CSS_MEDIA.finding(f"The media query “{shown}” is for braille.", place=location)
    if {"grid", "screen"} & set(words):
        yield rules.CSS_DISPLAY.finding(f"The media query “{shown}” is for displays or screens.", place=location)
    if re.search(rf"\d(?:{'|'.join(_ABSOLUTE)})\b", query.lower()):
        yield rules.CSS_LENGTH.finding(f"The media query “{shown}” has an absolute length.", place=location)


def _document(document: Document, unmarked: set[str]) -> Iterator[Finding]:
    lists = [*document.root.iter(f"{HTML}ol"), *document.root.iter(f"{HTML}ul")]
    if (
        lists
        and unmarked.isdisjoint(styled_by(document))
        and not any(name.startswith(f"{document.name}, ") for name in unmarked)
    ):
        yield rules.LIST.finding(
            "Items get numbers and signs of print: list-style-type is not none.", place=document.name
        )
    for element in (*document.root.iter(f"{HTML}link"), *document.root.iter(f"{HTML}style")):
        if element.get("media"):
            yield from _query(element.get("media"), document.name)
    for element in document.root.iter():
        style = element.get("style") if isinstance(element.tag, str) else None
        if style:
            for declaration in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
                if declaration.type == "declaration":
                    yield from _declaration(declaration, document.name)
