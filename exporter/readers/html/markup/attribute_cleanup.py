"""Cleanup of attributes: redundant languages and directions, unused ids, addresses of links."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from exporter.labels import direction_of
from exporter.readers.html.markup.dom import Element
from exporter.readers.html.metadata import normalise_language_tag

_TAGS_WITH_ID = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "section", "figure", "table", "formula", "p", "li"})
_GENERATED_ID = re.compile(
    r"(?:h\.|_?Toc|_Hlk|_Ref|_GoBack|docs-internal|post-|node-|block-|elementor|yui_|ember)", re.IGNORECASE
)
"""Ids that programs generate."""
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def remove_redundant_languages(root: Element, inherited: str, *, regions: bool) -> None:
    """Remove `lang` and `dir` where the text around the element has the same language and direction.

    Args:
        root: Root of the text.
        inherited: Language of the publication.
        regions: Whether to keep another region of the same language; Word sets it by the keyboard in use.
    """
    stack = [(root, inherited, direction_of(inherited).value if inherited else "ltr")]
    while stack:
        element, outer, outer_direction = stack.pop()
        attributes = element.attributes
        written = attributes.get("lang") or attributes.get("xml:lang")
        if written is not None:
            own = normalise_language_tag(written)
            is_same = own.lower() == outer.lower() or (
                not regions and own.split("-", maxsplit=1)[0].lower() == outer.split("-", maxsplit=1)[0].lower()
            )
            attributes.pop("xml:lang", None)
            attributes.pop("lang", None)
            if own and not is_same:
                attributes["lang"] = own
                outer = own
        if (direction := attributes.get("dir", "").lower()) in ("ltr", "rtl"):
            if direction == outer_direction and "lang" not in attributes:
                del attributes["dir"]
            outer_direction = direction
        elif "lang" in attributes:
            outer_direction = direction_of(outer).value
        stack.extend((child, outer, outer_direction) for child in element.elements())


def remove_unused_ids(root: Element, referenced: frozenset[str]) -> None:
    """Remove ids that nothing in the page refers to, except those of headings and other likely link targets."""
    for element in root.walk():
        attributes = element.attributes
        if element.tag == "a" and "name" in attributes and "id" not in attributes:
            attributes["id"] = attributes["name"]
        if "id" in attributes and attributes["id"] not in referenced:
            is_generated = _GENERATED_ID.match(attributes["id"])
            if element.tag not in _TAGS_WITH_ID or is_generated or element.tag in ("p", "li"):
                del attributes["id"]


def resolve_links(root: Element, address: str, base: str, file: str) -> None:
    """Resolve links: to the page itself as fragments, to its website as absolute addresses (URL Standard, 4.4)."""
    own = address.split("#", maxsplit=1)[0].rstrip("/")
    for element in root.walk():
        href = element.get("href") if element.tag == "a" else ""
        if not href or href.startswith("#"):
            if href:
                element.attributes["href"] = "#" + unquote(href[1:])
            continue
        before, mark, fragment = href.partition("#")
        if mark and fragment and before and (before.rstrip("/") in (own, file) or _is_same_page(before, own)):
            element.attributes["href"] = "#" + unquote(fragment)
        elif base and not _HAS_SCHEME.match(href):
            element.attributes["href"] = _join(base, href)
        elif base and href.startswith("//"):
            element.attributes["href"] = "https:" + href


def _is_same_page(address: str, other: str) -> bool:
    """Return whether two addresses differ at most in http and https."""
    return bool(other) and address.rstrip("/").partition("://")[2] == other.partition("://")[2] != ""


def _join(base: str, href: str) -> str:
    try:
        url = urljoin(base, href)
        return url if urlsplit(url).scheme else href
    except ValueError:
        return href
