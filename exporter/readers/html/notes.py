"""Notes: a mark in the text that links to a passage which links back, whatever system wrote them.

Known by their roles (DPUB-ARIA 1.1, doc-noteref and doc-footnote), by the names that Pandoc, Word, LibreOffice, Google
Docs, MediaWiki, WordPress, Drupal, Substack and the Markdown libraries give them, or by links that lead both ways.
"""

from __future__ import annotations

import re

from exporter.readers.html.dom import Element, Node, is_blank
from exporter.readers.html.limits import MAX_NESTING
from exporter.readers.rules import NOTE_MISSING, Report

REFERENCE = "note-reference"
"""An element of our own that stands where the text refers to a note; `note` names it."""
_MARK_CLASSES = frozenset(
    """footnote-ref footnoteref noteref fn fnref footnote-reference footnote-anchor footnote_referrer see-footnote
    sdfootnoteanc sdendnoteanc easy-footnote footnote-link simple-footnote msofootnotereference msoendnotereference
    reference footnote_plugin_link note-ref""".split()  # noqa: SIM905 - a list of names reads better so
)
_NOTE_CLASSES = frozenset(
    """footnote footnotes footnotes-list endnote endnotes fn-list references reflist easy-footnotes-wrapper
    easy-footnote-single wp-block-footnotes sdfootnote sdendnote msofootnotetext msoendnotetext footnote-content
    footnote-definition footnotes_reference_container_reference notes footnote-list footnote_container""".split()  # noqa: SIM905
)
_NOTE_ROLES = frozenset(
    {"doc-footnote", "doc-endnote", "doc-endnotes", "footnote", "footnotes", "endnote", "endnotes"}
) | {
    "rearnote",
    "rearnotes",
}
_NOTE_ID = re.compile(
    r"(?!.*(?:ref|anc$|anchor))(?:user-content-)?_?(?:fn|ftnt?|edn|footnote|endnote|note|cite[-_]note|sdfootnote|sdendnote|easy-footnote-bottom)"
    r"[-_:.]?[\w:.-]*",
    re.IGNORECASE,
)
_ENDNOTES = re.compile(
    r"(?:^|[\s_-])(?:_?edn\d|sdendnote|endnotes?\b|doc-endnote\b|rearnotes?\b|msoendnotetext)", re.IGNORECASE
)
_LABEL = re.compile(
    r"[\[(]?\s*(?:\d{1,4}|[ivxlc]{1,7}|[a-z]{1,2}|[*†‡§¶#]{1,4}|[^\W\d_]+ \d{1,4})\s*[\])]?[.:]?", re.IGNORECASE
)
_BACK_CLASSES = frozenset(
    ["footnote-back", "footnote-backref", "backlink", "reversefootnote", "easy-footnote-to-top"]
) | {
    "mw-cite-backlink",
    "footnote-return",
    "data-footnote-backref",
}
_ARROWS = re.compile(r"[\s↩↑^⤴⏎←\ufe0e\ufe0f\u00a0\[\]]*")
_LEAD = re.compile(r"[\s\u00a0]*(?:\[\s*\d{1,4}\s*\]|\(\d{1,4}\)|\d{1,4}\s*[.):]?|[*†‡§]+|\[[a-z*]{1,3}\])?[\s\u00a0]*")
_BETWEEN = re.compile(r"[\s\u00a0,;.\[\]()–-]*")
_SIGN = re.compile(r"\s*[*†‡§¶]{1,4}\s*")
_TITLE_WORDS = 4
_AROUND_NUMBER = "[]().: \t\n\u00a0"
_HOLDERS = frozenset({"li", "aside", "dd", "section", "div", "p", "tr", "td", "blockquote"})
_MAX_WORDS = 3_000
"""Words of one note."""


class Found:
    """One note of a page."""

    def __init__(self, name: str, body: Element, label: str) -> None:
        self.name = name
        self.body = body
        self.label = label
        """What the mark in the text says."""
        self.is_endnote = False


class Notes:
    """Finds the notes of a page, takes them out of it and leaves `note-reference` elements in the text."""

    def __init__(self, body: Element, report: Report) -> None:
        self._report = report
        self._body = body
        self._ids: dict[str, Element] = {}
        self._links: list[Element] = []
        self._order: dict[int, int] = {}
        for number, element in enumerate(body.walk()):
            self._order[id(element)] = number
            for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
                if name:
                    self._ids.setdefault(name, element)
            if element.tag == "a" and element.get("href").startswith("#"):
                self._links.append(element)
        self._wanted = {link.get("href")[1:] for link in self._links}
        self._titles: list[Element] = []
        self._by_body: dict[int, Found] = {}
        self._holders: dict[int, bool] = {}

    def gather(self) -> list[Found]:
        """Give the notes in the order of the page."""
        self._sidenotes()
        marks = [(link, note) for link in self._links if (note := self._note_of(link))]
        inner = {id(note.body) for _, note in marks}
        for link, note in marks:
            if any(above is note.body for above in link.ancestors()):
                continue
            self._put_mark(link, note)
        self._unreferred(inner)
        notes = [note for note in self._by_body.values() if note.body.parent is not None]
        for note in notes:
            for outer in [note.body, *list(note.body.ancestors())[:4]]:
                if outer.parent is not None and outer.parent.tag != REFERENCE:
                    self._titles += _heading_before(outer.parent, outer.parent.place_of(outer))
        holders = {id(note.body.parent): note.body.parent for note in notes}
        for note in notes:
            self._take_out(note)
        for holder in holders.values():
            if holder is not None and holder.tag != REFERENCE:
                _clear(holder)
        return notes

    def drop_titles(self) -> None:
        """Take out headings and lines that stood over notes and stand over nothing now."""
        for title in self._titles:
            if title.parent is not None and _heads_nothing(title):
                title.swap()

    def _note_of(self, link: Element) -> Found | None:
        name = link.get("href")[1:]
        target = self._ids.get(name)
        is_marked = "doc-noteref" in link.roles or "noteref" in link.roles
        if target is None:
            if is_marked:
                message = f"There is no note for the mark {link.text()[:40]!r}."
                self._report.add(NOTE_MISSING, link.line, message, advice="Write the note, or delete the mark.")
            return None
        if _is_back_link(link):
            return None
        body = self._holder(target)
        if body is None or id(body) in (id(above) for above in link.ancestors()):
            return None
        if id(body) in self._by_body:
            return self._by_body[id(body)] if _looks_like_mark(link) or is_marked else None
        looks = _looks_like_mark(link)
        if self._order[id(target)] < self._order[id(link)] and not is_marked and not _is_marked(body):
            return None  # a link back, from the note to the text
        if not is_marked and not (looks and (_says_note(body) or self._links_back(body, link))):
            return None
        if len(body.text().split()) > _MAX_WORDS:
            return None
        note = Found(name, body, link.text())
        note.is_endnote = _is_endnote(body, name)
        self._by_body[id(body)] = note
        return note

    def _holder(self, target: Element) -> Element | None:
        """Give the block that is the note to which a link leads."""
        if target.tag in ("body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure"):
            return None
        body = target
        if body.tag not in _HOLDERS or body.tag == "p":
            body = next((one for one in (target, *target.ancestors()) if one.tag in _HOLDERS), target)
        if body.tag == "td" and body.parent is not None:
            body = body.parent
        if body.tag in ("section", "div") and body is not target and not _says_note(body):
            return None
        above = body.parent
        if body.tag == "p" and above is not None and above.tag in ("div", "li", "aside", "dd", "blockquote"):
            # A note of several paragraphs stands in an element of its own.
            own = above.tag in ("li", "dd") or _NOTE_ID.fullmatch(above.get("id")) or self._is_alone(above, target)
            if own and above.tag not in ("body", "main", "article"):
                return above
        return body

    def _is_alone(self, holder: Element, target: Element) -> bool:
        """Whether no other link of the page leads into a small element."""
        if id(holder) not in self._holders:
            count = 0
            for element in holder.walk():
                name = element.get("name") if element.tag == "a" else ""
                count += element.get("id") in self._wanted or name in self._wanted
                if count > 1:
                    break
            first = next(iter(holder.elements()), None)
            self._holders[id(holder)] = count <= 1 and first is not None and len(holder.children) < 60
        first = next(iter(holder.elements()), None)
        return self._holders[id(holder)] and first is not None and any(one is target for one in first.walk())

    def _links_back(self, body: Element, link: Element) -> bool:
        names = {link.get("id"), link.get("name")}
        for above in list(link.ancestors())[:2]:
            names.add(above.get("id"))
        names |= {inner.get("id") for inner in link.walk()}
        for before in list(link.parent.elements())[-3:] if link.parent else ():
            if before.tag == "a" and before.is_blank():
                names |= {before.get("id"), before.get("name")}
        names.discard("")
        return any(one.tag == "a" and one.get("href")[1:] in names for one in body.walk())

    def _put_mark(self, link: Element, note: Found) -> None:
        mark = Element(REFERENCE, {"note": note.name}, link.line)
        outer = link
        for above in list(link.ancestors())[:3]:
            if above.tag not in ("sup", "span", "small", "b", "strong", "em", "i"):
                break
            beside = (child for child in above.children if child is not outer)
            rest = "".join(child if isinstance(child, str) else child.text() for child in beside)
            if _BETWEEN.fullmatch(rest) is None:
                break
            others = [
                one
                for one in above.walk()
                if one.tag == REFERENCE or (one.tag == "a" and one is not link and one.get("href"))
            ]
            if others:
                if above.tag == "sup":
                    above.tag = "note-marks"  # several in one: what stands between them is no text
                break
            outer = above
        outer.swap(mark)

    def _unreferred(self, known: set[int]) -> None:
        """Notes to which no mark leads are notes all the same where the page says so."""
        for name, element in self._ids.items():
            if not {"doc-footnote", "doc-endnote"} & set(element.roles) or id(element) in self._by_body:
                continue
            if not any(id(above) in known for above in element.ancestors()):
                self._by_body[id(element)] = note = Found(name, element, "")
                note.is_endnote = "doc-endnote" in element.roles

    def _sidenotes(self) -> None:
        """Notes in the margin, written where they are meant."""
        number = 0
        for element in list(self._body.walk()):
            if element.tag in ("span", "aside", "small") and {"sidenote", "marginnote"} & set(element.classes):
                number += 1
                name = element.get("id") or f"sidenote-{number}"
                mark = Element(REFERENCE, {"note": name}, element.line)
                note = Found(name, Element("aside", {}, element.line, list(element.children)), "")
                element.swap(mark)
                note.body.parent = mark
                self._by_body[id(note.body)] = note
            elif element.tag == "label" and {"margin-toggle", "sidenote-number"} & set(element.classes):
                element.swap()

    def _take_out(self, note: Found) -> None:
        body = note.body
        holder = body.parent
        assert holder is not None
        if holder.tag != REFERENCE:
            body.swap()
        _without_links_back(body, note)


def _clear(holder: Element) -> None:
    """Take out what stood around notes and is empty now: the list, the heading above them, the line between."""
    for _ in range(4):
        rest = [one for one in holder.elements() if not one.is_blank() or one.tag in ("img", "math")]
        words = [child for child in holder.children if isinstance(child, str) and not is_blank(child)]
        titles = [one for one in rest if re.fullmatch(r"h[1-6]|hr|label|p", one.tag)]
        marked = _says_note(holder) or holder.tag in ("ol", "ul", "tbody", "table")
        few = sum(len(one.text().split()) for one in rest) <= _TITLE_WORDS
        if words or holder.parent is None or len(titles) != len(rest) or not few or (rest and not marked):
            return
        if holder.tag in ("body", "main", "article", "html"):
            return
        above = holder.parent
        holder.swap()
        holder = above


def _heading_before(above: Element, index: int) -> list[Element]:
    """Give the heading or the line that stands directly over notes."""
    found: list[Element] = []
    for place in range(index - 1, -1, -1):
        before = above.children[place]
        if isinstance(before, str):
            if not is_blank(before):
                break
            continue
        title = before if re.fullmatch(r"h[1-6]", before.tag) else before.find("h1", "h2", "h3", "h4", "h5", "h6")
        is_title = title is not None and title.text() == before.text() and len(title.text().split()) <= _TITLE_WORDS
        if before.tag == "hr" or is_title:
            found.append(before)
        elif not before.is_blank():
            break
    return found


def _heads_nothing(element: Element) -> bool:
    """Whether nothing follows before the next heading or the end."""
    place = element
    while (above := place.parent) is not None:
        for after in above.children[above.place_of(place) + 1 :]:
            if isinstance(after, str):
                if not is_blank(after):
                    return False
            elif not after.is_blank() or after.tag == "hr":
                return re.fullmatch(r"h[1-6]", after.tag) is not None
        if above.tag in ("body", "main", "article", "section"):
            return True
        place = above
    return False


def _looks_like_mark(link: Element) -> bool:
    near = (link, *list(link.ancestors())[:2])
    if any(set(one.classes) & _MARK_CLASSES for one in near if one.tag in ("a", "sup", "span")):
        return _LABEL.fullmatch(link.text()) is not None or link.is_blank()
    raised = any(one.tag == "sup" for one in near) or link.find("sup") is not None
    return _LABEL.fullmatch(link.text()) is not None and (
        raised or "[" in link.text() or link.text().strip().isdecimal() or _SIGN.fullmatch(link.text()) is not None
    )


def _is_marked(body: Element) -> bool:
    """Whether a role or class of its own says that it is a note."""
    return bool(set(body.classes) & _NOTE_CLASSES or set(body.roles) & _NOTE_ROLES)


def _says_note(body: Element) -> bool:
    for one in (body, *list(body.ancestors())[:3]):
        if one.tag in ("body", "main", "article"):
            return False
        if set(one.classes) & _NOTE_CLASSES or set(one.roles) & _NOTE_ROLES or _NOTE_ID.fullmatch(one.get("id") or "-"):
            return True
    inner = [one for one in body.walk() if one is not body][:3]
    return any(_NOTE_ID.fullmatch(one.get("id") or "-") for one in inner if one.tag in ("a", "span", "sup"))


def _is_endnote(body: Element, name: str) -> bool:
    near = [one for one in (body, *list(body.ancestors())[:3]) if one.tag not in ("body", "main", "article")]
    if any({"footnotes", "footnote"} & {*one.classes, one.get("id").lower()} for one in near):
        return False
    said = " ".join(f"{one.get('class')} {one.get('id')} {' '.join(one.roles)}" for one in near)
    return _ENDNOTES.search(f"{name} {said}".replace("doc-endnotes", "")) is not None


def _is_back_link(link: Element) -> bool:
    near = (link, *list(link.ancestors())[:1])
    return any("doc-backlink" in one.roles or set(one.classes) & _BACK_CLASSES for one in near)


def _without_links_back(body: Element, note: Found) -> None:
    """Take out of a note the links that lead back to the text, and the number before its first words."""
    for link in [one for one in body.walk() if one.tag == "a" and one.get("href").startswith("#")]:
        words = link.text()
        if _is_back_link(link) or _ARROWS.fullmatch(words) or _LABEL.fullmatch(words):
            outer = link
            while (
                outer.parent is not None
                and outer.parent is not body
                and outer.parent.tag in ("sup", "span", "b", "strong")
            ):
                rest = [child for child in outer.parent.children if child is not outer]
                if not all(_ARROWS.fullmatch(child if isinstance(child, str) else child.text()) for child in rest):
                    break
                outer = outer.parent
            outer.swap()
    for one in body.walk():
        if set(one.classes) & {"mw-cite-backlink", "footnote-number", "note-number", "footnote-label"}:
            one.replace([])
    _without_number(body, note.label.strip(_AROUND_NUMBER))


def _without_number(body: Element, label: str) -> None:
    """Take away the number that a note begins with, where the mark in the text says the same."""
    stack: list[tuple[Element, int]] = [(body, 0)]
    for _ in range(MAX_NESTING):
        element, _place = stack[-1]
        for index, child in enumerate(element.children):
            if isinstance(child, str):
                if is_blank(child):
                    continue
                lead = _LEAD.match(child)
                said = lead[0].strip(_AROUND_NUMBER) if lead else ""
                if lead and said in ("", label):
                    element.children[index] = child[lead.end() :]
                return
            if child.is_blank():
                continue
            if child.tag in ("sup", "span", "b", "strong", "small") and child.text().strip(_AROUND_NUMBER) == label:
                element.children[index] = ""
                continue
            stack.append((child, index))
            break
        else:
            return


def in_text(nodes: list[Node]) -> bool:
    """Whether a mark of a note stands among nodes."""
    return any(isinstance(node, Element) and node.tag == REFERENCE for node in nodes)
