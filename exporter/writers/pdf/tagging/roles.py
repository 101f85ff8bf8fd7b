"""Structure types of HTML elements.

Each entry names the clause that it follows. Elements without an entry are transparent: what they hold belongs to
the structure element around them.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Role(NamedTuple):
    """The structure element of an HTML element."""

    type: str
    inline: bool = False
    """Whether it may only stand inside a paragraph (ISO 32000-1, 14.8.4.4)."""


SVG = "{http://www.w3.org/2000/svg}svg"
MATHML_ATTRIBUTE = "data-mathml"
"""The attribute of a drawn formula that holds its source."""

# ISO 32000-1, 14.8.4.2: grouping elements.
_GROUPING = {
    "section": Role("Sect"),
    "article": Role("Art"),
    "aside": Role("Aside"),
    "blockquote": Role("BlockQuote"),
    "figure": Role("Div"),
    "figcaption": Role("Caption"),
}
# ISO 32000-1, 14.8.4.3.2: paragraphs and headings; ISO 14289-1, 7.4.
_PARAGRAPHS = {"p": Role("P"), "pre": Role("P")}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
# ISO 32000-1, 14.8.4.3.3; ISO 14289-1, 7.6: lists.
_LISTS = {"ul": Role("L"), "ol": Role("L"), "dl": Role("L"), "li": Role("LI"), "dt": Role("Lbl"), "dd": Role("LBody")}
# ISO 32000-1, 14.8.4.3.4; ISO 14289-1, 7.5: tables.
_TABLES = {
    "table": Role("Table"),
    "caption": Role("Caption"),
    "thead": Role("THead"),
    "tbody": Role("TBody"),
    "tfoot": Role("TFoot"),
    "tr": Role("TR"),
    "th": Role("TH"),
    "td": Role("TD"),
}
# ISO 32000-1, 14.8.4.4 and 14.8.4.5: inline and illustration elements; ISO 14289-1, 7.3 and 7.7.
_INLINE = {"code": Role("Code", inline=True), "img": Role("Figure"), SVG: Role("Formula")}
_ROLES = {**_GROUPING, **_PARAGRAPHS, **_LISTS, **_TABLES, **_INLINE}

_SPOKEN_STRESS = {"em": Role("Em", inline=True), "strong": Role("Strong", inline=True)}
"""ISO 32000-2, 14.8.4.8.3 (PDF 2.0 only; PDF 1.7 has no such elements)."""

_BLOCK_TAGS = (
    frozenset(_ROLES) - {"code", "img", SVG}
    | _HEADINGS
    | {
        "html",
        "body",
        "main",
        "div",
        "nav",
        "header",
        "footer",
        "hr",
    }
)

LINK = Role("Link", inline=True)
SPAN = Role("Span", inline=True)
DIV = Role("Div")
TOC = Role("TOC")
TOCI = Role("TOCI")
NOTE = Role("Note")

LEVELS = 99
"""Levels of headings that are told apart (ISO 14289-1, 7.4.2 knows no last one)."""
PARAGRAPH_TYPES = frozenset({"P", "Title", *(f"H{level}" for level in range(1, LEVELS + 1))})
INLINE_TYPES = frozenset({"Span", "Link", "Reference", "Code", "Em", "Strong", "Quote"})
CONTAINERS = frozenset({"Document", "Part", "Sect", "Art", "Div", "Aside", "BlockQuote", "Turn"})
"""Types that hold paragraphs, never words themselves (ISO 32000-1, 14.8.4.2; ISO 32005, table 3)."""

CELLS = frozenset({"TH", "TD", "LBody"})
"""Types that hold paragraphs or words (ISO 32000-1, 14.8.4.3)."""


def classes(element: Any) -> frozenset[str]:
    """Return the classes of an HTML element."""
    return frozenset(element.get("class", "").split())


def is_block(element: Any) -> bool:
    """Return whether an element begins a paragraph of its own."""
    return element.tag in _BLOCK_TAGS


def has_words(element: Any) -> bool:
    """Whether words stand in the lines of a block, beside its pictures and formulas and outside other blocks in it."""
    if (element.text or "").strip():
        return True
    return any(
        (part.tail or "").strip() or (part.tag != SVG and not is_block(part) and has_words(part)) for part in element
    )


def may_be_moved(element: Any) -> bool:
    """Return whether an element may be printed behind the paragraphs after it (`patches/page_breaks.py`)."""
    return element.tag in {"figure", "table"} or "description" in classes(element)


def is_note(element: Any) -> bool:
    """Return whether an element is a footnote (DPUB-ARIA doc-footnote)."""
    return bool(element.get("role") == "doc-footnote") or "footnote" in classes(element)


def is_contents(element: Any) -> bool:
    """Return whether an element holds the contents list (DPUB-ARIA doc-toc)."""
    return bool(element.get("role") == "doc-toc")


def is_decorative(element: Any) -> bool:
    """Return whether a picture carries nothing (WCAG 1.1.1; ISO 14289-1, 7.3: then it is an artifact)."""
    if element.get("aria-hidden") == "true":
        return True
    return bool(element.tag == "img") and (element.get("alt") == "" or element.get("role") in {"presentation", "none"})


def role_of(element: Any, *, in_contents: bool, pdf2: bool, levels_above: int = 0) -> Role | None:
    """Return what an HTML element becomes; None when it is transparent.

    Args:
        element: The HTML element.
        in_contents: Whether it stands inside the contents list.
        pdf2: Whether the file is PDF 2.0.
        levels_above: 1 if the title of the document is the heading above all others, as where it has no cover.
    """
    tag = element.tag
    if is_note(element):
        # ISO 14289-1, 7.9; ISO 14289-2, 8.2.5.14 (FENote in PDF 2.0).
        return Role("FENote") if pdf2 else NOTE
    if in_contents and tag in {"ol", "ul"}:
        return TOC  # ISO 32000-1, table 333
    if in_contents and tag == "li":
        return TOCI
    if tag == "a" and element.get("href"):
        return LINK
    if pdf2 and tag == "figure":
        return Role("Sect")  # ISO 32005, table 5: a Div passes its caption on to what is around it
    if pdf2 and tag == "p" and "title" in classes(element):
        return Role("Title")  # ISO 32000-2, 14.8.4.5.2
    if levels_above and tag == "p" and "title" in classes(element):
        return Role("H1")
    if tag in _HEADINGS:
        level = int(element.get("aria-level") or tag[1:]) + levels_above  # HTML has six levels
        return Role(f"H{min(level, LEVELS)}")
    if tag == SVG:
        return Role("Formula") if element.get("role") == "img" else None
    role = _ROLES.get(tag) or (_SPOKEN_STRESS.get(tag) if pdf2 else None)
    if role is not None:
        return role
    names = classes(element)
    if "note-number" in names and not len(element):
        return Role("Lbl", inline=True)  # no reference to link back to
    if "turn" in names:
        return Role("Turn")
    if "line" in names:
        return Role("P")  # in a note or a cell too, where words may stand without a paragraph
    if element.get("lang") or element.get("dir") or (tag == "abbr" and element.get("title")):
        return DIV if is_block(element) else SPAN
    return None
