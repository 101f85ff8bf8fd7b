"""Detection of note references, notes and backlinks by roles, classes, ids and labels."""

from __future__ import annotations

import re

from exporter.readers.html.markup.dom import Element

_REFERENCE_CLASSES = frozenset(
    """footnote-ref footnoteref noteref fn fnref footnote-reference footnote-anchor footnote_referrer see-footnote
    sdfootnoteanc sdendnoteanc easy-footnote footnote-link simple-footnote msofootnotereference msoendnotereference
    reference footnote_plugin_link note-ref""".split()  # noqa: SIM905 - a list of names reads better so
)
_NOTE_CLASSES = frozenset(
    """footnote footnotes footnotes-list endnote endnotes fn-list references reflist easy-footnotes-wrapper
    easy-footnote-single wp-block-footnotes sdfootnote sdendnote msofootnotetext msoendnotetext footnote-content
    footnote-definition footnotes_reference_container_reference notes footnote-list footnote_container""".split()  # noqa: SIM905 - the same
)
_NOTE_ROLES = frozenset(
    {"doc-footnote", "doc-endnote", "doc-endnotes", "footnote", "footnotes", "endnote", "endnotes"}
) | {
    "rearnote",
    "rearnotes",
}
NOTE_ID = re.compile(
    r"(?!.*(?:ref|anc$|anchor))(?:user-content-)?_?(?:fn|ftnt?|edn|footnote|endnote|note|cite[-_]note|sdfootnote|sdendnote|easy-footnote-bottom)"
    r"[-_:.]?[\w:.-]*",
    re.IGNORECASE,
)
_ENDNOTES = re.compile(
    r"(?:^|[\s_-])(?:_?edn\d|sdendnote|endnotes?\b|doc-endnote\b|rearnotes?\b|msoendnotetext)", re.IGNORECASE
)
LABEL = re.compile(
    r"[\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7}|[a-z]{1,2}|[*†‡§¶#]{1,4}|[^\W\d_]+ \d{1,4})\s*[\])]?[.:]?", re.IGNORECASE
)
_BACKLINK_CLASSES = frozenset(
    ["footnote-back", "footnote-backref", "backlink", "reversefootnote", "easy-footnote-to-top"]
) | {
    "mw-cite-backlink",
    "footnote-return",
    "data-footnote-backref",
}
_SYMBOL = re.compile(r"\s*[*†‡§¶]{1,4}\s*")


def looks_like_reference(link: Element) -> bool:
    """Return whether a link looks like a note reference: superscript, in brackets, a number or a symbol."""
    elements = (link, *list(link.ancestors())[:2])
    if any(set(element.classes) & _REFERENCE_CLASSES for element in elements if element.tag in ("a", "sup", "span")):
        return LABEL.fullmatch(link.text()) is not None or link.is_blank()
    is_superscript = any(element.tag == "sup" for element in elements) or link.find("sup") is not None
    return LABEL.fullmatch(link.text()) is not None and (
        is_superscript
        or "[" in link.text()
        or link.text().strip().isdecimal()
        or _SYMBOL.fullmatch(link.text()) is not None
    )


def is_declared_note(body: Element) -> bool:
    """Return whether the class or role of a block declares a note."""
    return bool(set(body.classes) & _NOTE_CLASSES or set(body.roles) & _NOTE_ROLES)


def is_in_declared_note(body: Element) -> bool:
    """Return whether classes, roles or ids of a block or its ancestors declare a note."""
    for element in (body, *list(body.ancestors())[:3]):
        if element.tag in ("body", "main", "article"):
            return False
        if is_declared_note(element) or NOTE_ID.fullmatch(element.get("id") or "-"):
            return True
    inner = [node for node in body.walk() if node is not body][:3]
    return any(NOTE_ID.fullmatch(node.get("id") or "-") for node in inner if node.tag in ("a", "span", "sup"))


def is_endnote(body: Element, name: str) -> bool:
    """Return whether a note is an endnote."""
    blocks = (body, *list(body.ancestors())[:3])
    elements = [element for element in blocks if element.tag not in ("body", "main", "article")]
    if any({"footnotes", "footnote"} & {*element.classes, element.get("id").lower()} for element in elements):
        return False
    names = " ".join(f"{element.get('class')} {element.get('id')} {' '.join(element.roles)}" for element in elements)
    return _ENDNOTES.search(f"{name} {names}".replace("doc-endnotes", "")) is not None


def is_backlink(link: Element) -> bool:
    """Return whether a role or class declares a link as backlink from a note to the text."""
    elements = (link, *list(link.ancestors())[:1])
    return any("doc-backlink" in element.roles or set(element.classes) & _BACKLINK_CLASSES for element in elements)
