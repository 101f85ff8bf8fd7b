"""Roles and names that override what elements are and say (WAI-ARIA 1.2, 5.2.8; HTML Accessibility API Mappings).

The document is rewritten as software that reads it out gets it: an element whose role is another loses its meaning, and
a name takes the place of words that it does not contain.
"""

from __future__ import annotations

from typing import Any

from exporter.parity.content import is_within, letters
from exporter.parity.xhtml import elements

_HEADINGS = {f"h{level}": frozenset({"heading"}) for level in range(1, 7)}
_OWN = {
    **_HEADINGS,
    "table": frozenset({"table"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"rowgroup"})),
    "tr": frozenset({"row"}),
    **dict.fromkeys(("th", "td"), frozenset({"columnheader", "rowheader", "cell"})),
    **dict.fromkeys(("ol", "ul"), frozenset({"list"})),
    "li": frozenset({"listitem", "doc-footnote", "doc-endnote"}),
    "dt": frozenset({"term"}),
    "dd": frozenset({"definition"}),
    "a": frozenset({"link", "doc-noteref", "doc-backlink"}),
    "img": frozenset({"img", "image"}),
    "math": frozenset({"math"}),
    "blockquote": frozenset({"blockquote"}),
    "figcaption": frozenset({"caption"}),
    "caption": frozenset({"caption"}),
    **{tag: frozenset({tag}) for tag in ("strong", "code")},
    **{"em": frozenset({"emphasis"}), "sup": frozenset({"superscript"}), "sub": frozenset({"subscript"})},
}
"""Roles that an element may state without becoming another (ARIA in HTML, 4), as far as it has a meaning."""
_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td", "li", "caption"})
_NAMED = frozenset({"section", "aside", "nav", "div", "main", "figure", "details", "form", "html", "body", "header"})
"""Elements whose name is said before what is in them."""
_INLINE = frozenset({"a", "em", "strong", "code", "sup", "sub", "img", "math", "span", "abbr", "s", "q", "cite"})


def apply(root: Any) -> None:
    """Rewrite a document by its roles and names."""
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    for element in list(root.iter()):
        tag = elements.name(element)
        if not tag:
            continue
        name = _name(element, ids)
        role = (element.get("role") or "").lower().split()[:1]
        if role and tag in _OWN and role[0] not in _OWN[tag]:
            if tag == "img":
                element.set("alt", "" if role[0] in {"presentation", "none"} else element.get("alt") or "")
            else:
                _lose(element, tag)
                tag = "div"
        elif role == ["img"] and tag not in {"svg", "math"}:
            _replace_words(element, name)
        if name:
            _give_name(element, tag, name)


def _lose(element: Any, tag: str) -> None:
    """Turn an element into one without a meaning; the parts of a table or list lose theirs with it."""
    parts = (
        [child for child in element.iter() if elements.name(child) in _PARTS] if tag in {"table", "ol", "ul"} else []
    )
    for part in (element, *parts):
        inline = elements.name(part) in _INLINE
        part.tag = part.tag[: -len(elements.name(part))] + ("span" if inline else "div")
        part.attrib.pop("href", None)


def _name(element: Any, ids: dict[str, Any]) -> str:
    references = (element.get("aria-labelledby") or "").split()
    labels = [ids[reference] for reference in references if reference in ids]
    words = " ".join(elements.text(label) for label in labels) if labels else element.get("aria-label") or ""
    return " ".join(words.split())


def _give_name(element: Any, tag: str, name: str) -> None:
    if tag == "img":
        if element.get("alt") != "" or element.get("aria-label") is None:
            element.set("alt", name)
    elif tag == "math":
        element.set("alttext", name)
    elif tag == "table":
        _name_table(element, name)
    elif "table-scroll" in elements.kinds(element):
        table = next((child for child in element.iter() if elements.name(child) == "table"), None)
        caption = _caption(table) if table is not None else None
        if caption is not None:
            _name_table(table, name)
    elif tag not in _NAMED and tag != "svg" and not elements.kinds(element) & (elements.PAGE_MARKS | {"backlink"}):
        shown = letters("".join(element.itertext()))
        if shown not in letters(name):  # the name contains what is shown (WCAG 2.5.3)
            _replace_words(element, name)


def _caption(table: Any) -> Any:
    return next((child for child in table if elements.name(child) == "caption"), None)


def _name_table(table: Any, name: str) -> None:
    """Add the name of a table to its caption: both are read out."""
    caption = _caption(table)
    if caption is None:
        caption = table.makeelement(table.tag[: -len("table")] + "caption", {})
        table.insert(0, caption)
    pair = sorted((letters(elements.text(caption)), letters(name)), key=len)
    if not is_within(*pair):  # a name has formulas and pictures in words
        _replace_words(caption, f"{elements.text(caption)} {name}".strip())


def _replace_words(element: Any, words: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = words
