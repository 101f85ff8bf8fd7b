"""Extraction from the HTML edition, with the HTML parser of lxml."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.findings import Finding
from exporter.inspect.limits import MAX_PAGE
from exporter.inspect.motion import moving_elements
from exporter.inspect.tags import check_attributes
from exporter.parity import structured_data, xhtml
from exporter.parity.content import letters
from exporter.parity.extraction import DocumentMetadata, Extraction, Extractor, Heading, Picture, normal
from exporter.parity.rules import KINDS
from exporter.parity.xhtml import (
    Book,
    Document,
    active_content,
    claims,
    elements,
    references,
    unknown_markup,
)

TITLE_LEVEL = 1
"""Level of the title; the headings of the text have lower levels (WCAG 2.4.6)."""


def read(path: Path) -> Extraction:
    """Return the extraction of a page whose text is in its element `main`."""
    from lxml import html

    if path.stat().st_size > MAX_PAGE:
        raise ValueError("it is too large to be read")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    page = path.read_bytes()
    check_attributes(page)
    root = html.document_fromstring(page, parser=parser)
    sheets = [element.text or "" for element in root.iter("style")]
    unknown = (*unknown_markup.unexpected(root, sheets), *_policy(root, sheets))
    xhtml.render(root, sheets)
    main = next((element for element in root.iter() if elements.name(element) == "main"), None)
    if main is None:
        raise ValueError("it has no element `main`")
    book = Book([Document("", main)])
    contents = next((element for element in root.iter() if elements.name(element) == "nav"), None)
    language = elements.language(root, "")
    entries = xhtml.lines(contents, book, "") if contents is not None else None
    extraction = xhtml.extract(book, language, contents=entries)
    headings = tuple(msgspec.structs.replace(heading, level=_below(heading)) for heading in extraction.headings or ())
    opening = _opening(root)
    metadata, title, data = _metadata(root), normal(root.findtext(".//title") or ""), structured_data.read(root)
    present, text = claims.contents([main]), any(map(str.strip, map(str, main.itertext())))
    moving = any(True for _ in moving_elements(root))
    return msgspec.structs.replace(
        extraction,
        title=title,
        language=language,
        headings=headings,
        one_list=True,
        cover=opening,
        covers=(opening,) if opening else (),
        metadata=msgspec.structs.replace(
            metadata,
            publisher=normal(data.get("publisher", {}).get("name", "")),
            identifier=data.get("identifier", ""),
            rights=normal(data.get("copyrightNotice", "")),
            series=normal(data.get("isPartOf", {}).get("name", "")),
        ),
        direction=(root.get("dir") or "ltr").lower(),
        frame=letters("".join("".join(map(str, part.itertext())) for part in root.iter("header", "footer"))),
        around=" ".join(elements.around(part) for part in root.findall("body/*") if part.tag in ("header", "footer")),
        contradictions=(
            *references.descriptions(book),
            *unknown,
            *active_content.check([root]),
            *structured_data.check(data, metadata, title, language),
            *structured_data.check_claims(data, present, moving=moving, contents=bool(entries), text=text),
        ),
    )


def _policy(root: Any, sheets: Sequence[str]) -> Iterator[Finding]:
    """Yield whether browsers ignore a style sheet, because the policy of the page does not know it (CSP 3, 8.3)."""
    policies = (element for element in root.iter("meta") if element.get("http-equiv") == "Content-Security-Policy")
    policy = next((element.get("content") or "" for element in policies), "")
    for sheet in sheets:
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        if digest not in policy:
            yield KINDS.finding("The policy of the page does not know its style sheet, and browsers ignore it.")


def _below(heading: Heading) -> int | None:
    return heading.level - TITLE_LEVEL if heading.level is not None else None


def _opening(root: Any) -> Picture | None:
    """Return the image before the text, or None."""
    for element in root.iter():
        if elements.name(element) == "main":
            return None
        if elements.name(element) == "img" and "opening-picture" in elements.kinds(element):
            return Picture(normal(element.get("alt") or "") or None, file=Book([]).picture(element).digest)
    return None


def _metadata(root: Any) -> DocumentMetadata:
    values_by_name: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        values_by_name.setdefault(element.get("name") or "", []).append(normal(element.get("content") or ""))
    return DocumentMetadata(
        authors=tuple(values_by_name.get("author", ())),
        date=next(iter(values_by_name.get("dcterms.issued", ())), ""),
        description=next(iter(values_by_name.get("description", ())), ""),
        subjects=tuple(values_by_name.get("keywords", ())),
    )


EXTRACTOR = Extractor(read)
