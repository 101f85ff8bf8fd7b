"""How the marks and notes of all systems are known: by roles, names and labels."""

from __future__ import annotations

import re

from exporter.readers.html.dom import Element

_MARK_CLASSES = frozenset(
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
_BACK_CLASSES = frozenset(
    ["footnote-back", "footnote-backref", "backlink", "reversefootnote", "easy-footnote-to-top"]
) | {
    "mw-cite-backlink",
    "footnote-return",
    "data-footnote-backref",
}
_SIGN = re.compile(r"\s*[*†‡§¶]{1,4}\s*")


def looks_like_mark(link: Element) -> bool:
    """Return whether a link looks like the mark of a note: raised, in brackets, a number or a sign."""
    near = (link, *list(link.ancestors())[:2])
    if any(set(one.classes) & _MARK_CLASSES for one in near if one.tag in ("a", "sup", "span")):
        return LABEL.fullmatch(link.text()) is not None or link.is_blank()
    raised = any(one.tag == "sup" for one in near) or link.find("sup") is not None
    return LABEL.fullmatch(link.text()) is not None and (
        raised or "[" in link.text() or link.text().strip().isdecimal() or _SIGN.fullmatch(link.text()) is not None
    )


def is_marked(body: Element) -> bool:
    """Return whether a role or class of its own says that it is a note."""
    return bool(set(body.classes) & _NOTE_CLASSES or set(body.roles) & _NOTE_ROLES)


def says_note(body: Element) -> bool:
    """Return whether names of a block, or of what it stands in, say that it is a note."""
    for one in (body, *list(body.ancestors())[:3]):
        if one.tag in ("body", "main", "article"):
            return False
        if set(one.classes) & _NOTE_CLASSES or set(one.roles) & _NOTE_ROLES or NOTE_ID.fullmatch(one.get("id") or "-"):
            return True
    inner = [node for node in body.walk() if node is not body][:3]
    return any(NOTE_ID.fullmatch(one.get("id") or "-") for one in inner if one.tag in ("a", "span", "sup"))


def is_endnote(body: Element, name: str) -> bool:
    """Return whether a note is one for the end of the text."""
    near = [one for one in (body, *list(body.ancestors())[:3]) if one.tag not in ("body", "main", "article")]
    if any({"footnotes", "footnote"} & {*one.classes, one.get("id").lower()} for one in near):
        return False
    said = " ".join(f"{one.get('class')} {one.get('id')} {' '.join(one.roles)}" for one in near)
    return _ENDNOTES.search(f"{name} {said}".replace("doc-endnotes", "")) is not None


def is_back_link(link: Element) -> bool:
    """Return whether a link says that it leads from a note back to the text."""
    near = (link, *list(link.ancestors())[:1])
    return any("doc-backlink" in one.roles or set(one.classes) & _BACK_CLASSES for one in near)
