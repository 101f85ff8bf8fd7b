"""An EPUB as its readers meet it: its documents in order, its navigation, its metadata."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from exporter.inspect.epub import DC, OPF
from exporter.inspect.xml import NotXmlError, parse_leniently
from exporter.validate.epub.package import HTML, Package, resolve
from exporter.validate.html.page import Element, Page, local, own_language, semantic_types, text

XHTML = "application/xhtml+xml"


class NavLink(NamedTuple):
    """A link of a list of the navigation."""

    document: str
    target: str
    """Identifier; empty when it points at a whole document."""
    words: str


class Publication:
    """The package, and what it holds.

    Args:
        package: Opened.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.language = self._first("language")
        self.malformed: dict[str, str] = {}
        """Documents whose XML is broken, with what is wrong; known once `pages` have been read."""

    def _first(self, name: str) -> str:
        value = self.package.root.findtext(f"{OPF}metadata/{DC}{name}")
        return (value or "").strip()

    def meta(self, *names: str) -> list[str]:
        """Return the values of properties of the publication, with and without the prefix of their vocabulary."""
        values_ = []
        for meta in self.package.root.iterfind(f"{OPF}metadata/{OPF}meta"):
            name = meta.get("property") or meta.get("name") or ""
            if name in names and not meta.get("refines"):
                values_.append((meta.text or meta.get("content") or "").strip())
        return [value for value in values_ if value]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The documents in the order of the spine, and after them the navigation when it is none of those."""
        items = [self.package.items[item] for item in self.package.spine if item in self.package.items]
        items += self.package.navigation_items
        names = dict.fromkeys(self.package.path(item) for item in items if item.get("media-type") == XHTML)
        language = own_language(self.package.root) or self.language
        pages = []
        for name in names:
            if name in self.package.archive:
                try:
                    root, wrong = parse_leniently(self.package.archive.read(name))
                except NotXmlError as error:
                    self.malformed[name] = str(error)
                    continue
                if wrong:
                    self.malformed[name] = wrong
                pages.append(Page(root, name, language))
        return tuple(pages)

    @cached_property
    def has_drawn_documents(self) -> bool:
        """Whether there are SVG documents in the spine (EPUB 3.3, 6.2), which are not among the pages."""
        items = (self.package.items.get(item) for item in self.package.spine)
        return any(item is not None and item.get("media-type") == "image/svg+xml" for item in items)

    @cached_property
    def by_name(self) -> dict[str, Page]:
        return {page.name: page for page in self.pages}

    @cached_property
    def navigation(self) -> Page | None:
        """The document that the package names as its navigation."""
        item = next(iter(self.package.navigation_items), None)
        return None if item is None else self.by_name.get(self.package.path(item))

    def links(self, kind: str) -> tuple[NavLink, ...] | None:
        """Return a list of the navigation, such as `toc` or `page-list`; None when there is none."""
        nav = self.navigation
        if nav is None:
            return None
        # A page list may be hidden from sight, which is usual (EPUB 3.3, 5.4.2.4).
        for element in nav.root.iter(f"{HTML}nav"):
            if kind in semantic_types(element) or kind.replace("-", "") in semantic_types(element):
                return tuple(self._entry(nav, link) for link in element.iter(f"{HTML}a") if link.get("href"))
        return None

    def _entry(self, nav: Page, link: Element) -> NavLink:
        document, _, target = resolve(nav.name, link.get("href")).partition("#")
        return NavLink(document, target, text(link) or " ".join("".join(link.itertext()).split()))

    def marked(self, *kinds: str) -> list[tuple[Page, Element]]:
        """Return the elements of all documents whose type or role is one of some."""
        wanted = frozenset(kinds)
        return [(page, element) for page in self.pages for element in page.elements if wanted & semantic_types(element)]

    def named(self, *names: str) -> list[tuple[Page, Element]]:
        """Return the elements of all documents that have one of some names."""
        wanted = frozenset(names)
        return [(page, element) for page in self.pages for element in page.elements if local(element) in wanted]
