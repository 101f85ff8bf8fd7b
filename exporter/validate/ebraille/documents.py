"""Content documents (eBraille 1.0, 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from exporter.findings import Finding
from exporter.inspect.archive import resolve
from exporter.validate.ebraille import rules
from exporter.validate.ebraille.publication import CSS, HTML, OPS_TYPE, Document, Publication, local

_NOT_BRAILLE = re.compile("[^\u2800-\u28ff\t\n\r \u00a0\u00ad]+")
_RENDERED = ("alt", "abbr", "title", "aria-label")
"""Attributes whose text may be shown."""
_EXEMPT = frozenset({"math", "script", "style", "svg"})
"""Elements whose text is not braille, or not shown."""
_REFERENCES = {
    "a": "href", "img": "src", "audio": "src", "video": "src", "source": "src", "embed": "src", "iframe": "src",
    "track": "src", "object": "data", "link": "href", "script": "src", "image": "href",
}  # fmt: skip
_XML_UTF8 = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_QUOTED = 60
"""Characters of a text in a message."""


def check(publication: Publication) -> Iterator[Finding]:
    """Check all documents."""
    for name in publication.archive.names:
        if name.endswith((".xhtml", ".html", ".opf", ".xml", ".smil", ".svg")):
            data = publication.archive.read(name)[:200]
            if data.startswith(_UTF16) or _XML_UTF8.match(data):
                yield rules.ENCODING.finding("The file is not in UTF-8.", place=name)
    for document in publication.documents:
        if document.wrong:
            yield rules.MALFORMED.finding(f"{document.wrong.rstrip('.')}.", place=document.name)
        if document.root is None:
            continue
        yield from _text(publication, document)
        yield from _references(publication, document)
        yield from _scripts(publication, document)
        if not publication.is_entry(document):
            yield from _structure(document)


def _text(publication: Publication, document: Document) -> Iterator[Finding]:
    """Yield texts in print; the words of the head are not part of the text."""
    body = document.root.find(f"{HTML}body")
    for element in body.iter() if body is not None else ():
        if not isinstance(element.tag, str) or _is_exempt(element):
            continue
        texts = [element.text, *(child.tail for child in element)]
        page_titles = publication.is_entry(document) and _is_in_page_list(element)
        names = [name for name in _RENDERED if not (name == "title" and page_titles)]
        # Names of lists in the navigation are for programs (eBraille 1.0, 8.3).
        names = [name for name in names if not (local(element) == "nav" and name == "aria-label")]
        for text in (*texts, *map(element.get, names)):
            if text and (match := _NOT_BRAILLE.search(text)):
                yield rules.TEXT.finding(f"Text in print: “{match[0][:_QUOTED]}”.", place=document.name)


def _is_exempt(element: Any) -> bool:
    return any(local(around) in _EXEMPT for around in (element, *element.iterancestors()))


def _is_in_page_list(element: Any) -> bool:
    return any("page-list" in (nav.get(OPS_TYPE) or "").split() for nav in element.iterancestors(f"{HTML}nav"))


def _references(publication: Publication, document: Document) -> Iterator[Finding]:
    for element in document.root.iter():
        name = local(element)
        address = (element.get(_REFERENCES[name]) or "") if name in _REFERENCES else ""
        is_link = name == "a"
        scheme = address.partition(":")[0].lower() if re.match(r"[a-zA-Z][\w+.-]*:", address) else ""
        if scheme == "data" or not address or (is_link and scheme not in {"", "file"}):
            continue
        if scheme or address.startswith("/"):
            yield rules.LOCATION.finding(f"“{address[:_QUOTED]}” is outside the publication.", place=document.name)
        elif address.partition("#")[0] and resolve(document.name, address.partition("#")[0]) not in publication.archive:
            yield rules.LOCATION.finding(f"“{address[:_QUOTED]}” is missing.", place=document.name)


def _scripts(publication: Publication, document: Document) -> Iterator[Finding]:
    may_have_scripts = publication.is_entry(document) and document.name not in publication.in_spine
    for element in document.root.iter():
        if local(element) == "script" and not may_have_scripts:
            yield rules.SCRIPT.finding("The document has a script.", place=document.name)
        if local(element) == "form" and element.get("action") is not None:
            yield rules.SCRIPT.finding("The document has a form that is sent.", place=document.name)


def _structure(document: Document) -> Iterator[Finding]:
    """Yield tables without header cells, and headings that skip a level."""
    for table in document.root.iter(f"{HTML}table"):
        rows = list(table.iter(f"{HTML}tr"))
        if len(rows) > 1 and next(table.iter(f"{HTML}th"), None) is None:
            yield rules.ACCESSIBILITY.finding("A table has no header cells.", place=document.name)
    levels = [int(tag[1]) for element in document.root.iter() if re.fullmatch(r"h[1-6]", tag := local(element))]
    for before, level in pairwise(levels):
        if level > before + 1:
            yield rules.ACCESSIBILITY.finding(
                f"A heading of level {level} follows one of level {before}.", place=document.name
            )


def styled_by(document: Document) -> Iterator[str]:
    """Yield the paths of the style sheets of a document."""
    for link in document.root.iter(f"{HTML}link"):
        if "stylesheet" in (link.get("rel") or "").split() or link.get("type") == CSS:
            yield resolve(document.name, link.get("href") or "")
