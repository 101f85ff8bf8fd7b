"""The primary entry page (eBraille 1.0, 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from exporter.findings import Finding
from exporter.inspect.archive import resolve
from exporter.validate.ebraille import rules
from exporter.validate.ebraille.publication import ENTRY_PAGE, HTML, OPS_TYPE, PACKAGE, Document, Publication

_PACKAGE_TYPE = "application/oebps-package+xml"
_ROLES = {"toc": "doc-toc", "page-list": "doc-pagelist"}


def check(publication: Publication) -> Iterator[Finding]:
    """Check the primary entry page and its lists."""
    page = publication.entry_page
    if page is None or page.root is None:
        yield rules.NAVIGATION.finding(f"The manifest does not list {ENTRY_PAGE} as an XHTML document.")
        return
    properties = [
        (item.get("properties") or "").split()
        for item in publication.items.values()
        if publication.path(item) == ENTRY_PAGE
    ]
    if not any("nav" in names for names in properties):
        yield rules.NAVIGATION.finding("The manifest does not say that it is the navigation (nav).", place=ENTRY_PAGE)
    if not any(map(_is_publication_link, page.root.iter(f"{HTML}link"))):
        yield rules.PUBLICATION_LINK.finding("The page has no such link.", place=ENTRY_PAGE)
    navs = {kind: nav for nav in page.root.iter(f"{HTML}nav") for kind in (nav.get(OPS_TYPE) or "").split()}
    if "toc" not in navs:
        yield rules.NAVIGATION.finding("The page has no table of contents (toc).", place=ENTRY_PAGE)
    for kind, nav in navs.items():
        role = _ROLES.get(kind)
        if role and role not in (nav.get("role") or "").split():
            yield rules.NAVIGATION.finding(f"The list {kind} has no role {role}.", place=ENTRY_PAGE)
        if len(nav.findall(f"{HTML}ol")) != 1:
            yield rules.NAVIGATION.finding(f"The list {kind} is not one ordered list.", place=ENTRY_PAGE)
        yield from _links(publication, kind, nav)
    if "page-list" in navs:
        yield from _pages(publication, page, navs["page-list"])


def _is_publication_link(link: Any) -> bool:
    is_package = resolve(ENTRY_PAGE, link.get("href") or "") == PACKAGE and link.get("type") == _PACKAGE_TYPE
    return is_package and "publication" in (link.get("rel") or "").split()


def _links(publication: Publication, kind: str, nav: Any) -> Iterator[Finding]:
    for link in nav.iter(f"{HTML}a"):
        name = resolve(ENTRY_PAGE, (link.get("href") or "").partition("#")[0])
        if name not in publication.in_spine:
            message = f"An entry of the list {kind} leads to “{name}”, which is not in the reading order."
            yield rules.NAVIGATION.finding(message, place=ENTRY_PAGE)


def _pages(publication: Publication, page: Document, nav: Any) -> Iterator[Finding]:
    breaks = {
        (document.name, element.get("id"))
        for document in publication.content
        for element in document.root.iter()
        if isinstance(element.tag, str) and "doc-pagebreak" in (element.get("role") or "").split()
    }
    listed = set()
    for item in nav.iter(f"{HTML}li"):
        link = item.find(f"{HTML}a")
        if item.find(f"{HTML}ol") is not None:
            yield rules.PAGE_LIST.finding("The page list has lists inside it.", place=page.name)
        if link is None:
            yield rules.PAGE_LIST.finding("An entry of the page list is not a link.", place=page.name)
            continue
        words = " ".join("".join(link.itertext()).split())
        if not (link.get("title") or "").strip():
            yield rules.PAGE_TITLE.finding(f"The entry “{words}” has no title.", place=page.name)
        if not words or " " in words or words != " ".join("".join(item.itertext()).split()):
            yield rules.PAGE_LIST.finding(f"The entry “{words}” is not a number alone.", place=page.name)
        address, _, fragment = (link.get("href") or "").partition("#")
        target = (resolve(page.name, address), unquote(fragment))
        listed.add(target)
        if target not in breaks:
            yield rules.PAGE_LIST.finding(f"The entry “{words}” does not lead to the start of a page.", place=page.name)
    for name, identifier in sorted(breaks - listed, key=str):
        yield rules.PAGE_LIST.finding(f"The page “{identifier}” is not listed.", place=name)
