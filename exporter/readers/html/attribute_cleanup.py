"""Attributes of a page that mean nothing in a publication: languages said again, ids that nothing names."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from exporter.labels import direction_of
from exporter.readers.html.dom import Element
from exporter.readers.html.metadata import language

_KEEPS_ID = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "section", "figure", "table", "formula", "p", "li"})
_MADE = re.compile(
    r"(?:h\.|_?Toc|_Hlk|_Ref|_GoBack|docs-internal|post-|node-|block-|elementor|yui_|ember)", re.IGNORECASE
)
"""Ids that programs make for themselves."""
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def say_once(root: Element, inherited: str, *, regions: bool) -> None:
    """Take away what `lang` and `dir` say where the text around it is in that language and direction already.

    Args:
        root: The text.
        inherited: Language of the publication.
        regions: Whether another region of the same language counts: Word marks words by the keyboard in use.
    """
    stack = [(root, inherited, direction_of(inherited).value if inherited else "ltr")]
    while stack:
        element, around, way = stack.pop()
        attributes = element.attributes
        written = attributes.get("lang") or attributes.get("xml:lang")
        if written is not None:
            own = language(written)
            same = own.lower() == around.lower() or (
                not regions and own.split("-", maxsplit=1)[0].lower() == around.split("-", maxsplit=1)[0].lower()
            )
            attributes.pop("xml:lang", None)
            attributes.pop("lang", None)
            if own and not same:
                attributes["lang"] = own
                around = own
        if (said := attributes.get("dir", "").lower()) in ("ltr", "rtl"):
            if said == way and "lang" not in attributes:
                del attributes["dir"]
            way = said
        elif "lang" in attributes:
            way = direction_of(around).value
        stack.extend((child, around, way) for child in element.elements())


def keep_named(root: Element, names: frozenset[str]) -> None:
    """Take away ids that nothing in the page names, but for those of headings and of what people may link to."""
    for element in root.walk():
        attributes = element.attributes
        if element.tag == "a" and "name" in attributes and "id" not in attributes:
            attributes["id"] = attributes["name"]
        if "id" in attributes and attributes["id"] not in names:
            made = _MADE.match(attributes["id"])
            if element.tag not in _KEEPS_ID or made or element.tag in ("p", "li"):
                del attributes["id"]


def resolve_links(root: Element, address: str, base: str, file: str) -> None:
    """Make links to the page itself links inside it, and links to its website full addresses (URL Standard, 4.4)."""
    own = address.split("#", maxsplit=1)[0].rstrip("/")
    for element in root.walk():
        href = element.get("href") if element.tag == "a" else ""
        if not href or href.startswith("#"):
            if href:
                element.attributes["href"] = "#" + unquote(href[1:])
            continue
        before, mark, fragment = href.partition("#")
        if mark and fragment and before and (before.rstrip("/") in (own, file) or _same(before, own)):
            element.attributes["href"] = "#" + unquote(fragment)
        elif base and not _HAS_SCHEME.match(href):
            element.attributes["href"] = _joined(base, href)
        elif base and href.startswith("//"):
            element.attributes["href"] = "https:" + href


def _same(one: str, other: str) -> bool:
    """Return whether two addresses differ in no more than http and https."""
    return bool(other) and one.rstrip("/").partition("://")[2] == other.partition("://")[2] != ""


def _joined(base: str, href: str) -> str:
    try:
        found = urljoin(base, href)
        return found if urlsplit(found).scheme else href
    except ValueError:
        return href
