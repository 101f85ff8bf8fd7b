"""Marked content below the structure element of its HTML element, however many pages the element crosses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from exporter.writers.pdf.complex_scripts import is_shaped
from exporter.writers.pdf.tagging import attributes, roles
from exporter.writers.pdf.tagging.html_tree import HtmlTree
from exporter.writers.pdf.tagging.marked_content import Artifact, MarkedContent
from exporter.writers.pdf.tagging.structure import StructureElement

_SOFT_HYPHEN = "\u00ad"
_TORN = "\u00ad\u2010"
"""The end of a line that tears a word: where it may be torn, and the hyphen that the page engine adds."""
_GRID = frozenset({"Table", "THead", "TBody", "TFoot", "TR"})


class Builder:
    """Builds the structure tree of one document.

    Args:
        root: The `html` element.
        pdf2: Whether the file is PDF 2.0.
    """

    def __init__(self, root: Any, *, pdf2: bool) -> None:
        self.tree = HtmlTree(root)
        self.pdf2 = pdf2
        self.document = StructureElement("Document", None)
        self.artifacts: list[MarkedContent] = []
        self._hung = self.document
        """The structure element of the line before."""
        self._torn: StructureElement | None = None
        """The words whose last one goes on in the next line."""
        self.structures: dict[Any, StructureElement] = {}
        self.links: list[tuple[Any, StructureElement]] = []
        """Each link with its HTML element."""
        self._entries: list[tuple[StructureElement, Any]] = []
        """Each entry of the contents and each reference to a note, with the HTML element that it leads to."""
        self._levels_above = 0 if pdf2 else int({"piece", "titled"} <= roles.classes(root))
        self._paragraphs: dict[tuple[StructureElement, Any], StructureElement] = {}
        self._before_notes: dict[StructureElement, StructureElement | MarkedContent | None] = {}
        """For each note, what it and the notes before it follow."""

    def build(self, contents: Iterable[MarkedContent]) -> StructureElement:
        """Return the tree of all contents; those that are no part of the text are left in `artifacts`."""
        for content in contents:
            if _is_repeated_head(content):
                self.artifacts.append(content._replace(artifact=Artifact.LAYOUT))
            elif content.element is None or content.artifact or self.tree.is_decorative(content.element):
                artifact = content.artifact or Artifact.LAYOUT
                self.artifacts.append(content._replace(artifact=artifact))
            elif content.continued:
                self._hung.kids.append(content)
            else:
                self._hung = self._hang(content, self._home(content))
        for table in [element for element in self.document.elements() if element.type == "Table"]:
            _name_body(table)
            table.kids.sort(key=_table_order)
        self.document.prune()
        if self.pdf2:
            # ISO 14289-2, 8.2.5.8 and 8.2.5.14: what entries of the contents and references lead to is known only now.
            for entry, target in self._entries:
                if target in self.structures:
                    entry.refers.append(self.structures[target])
                    if roles.is_note(target):
                        self.structures[target].refers.append(entry)
        return self.document

    def _hang(self, content: MarkedContent, home: StructureElement) -> StructureElement:
        """Add a content to its structure element, with its words beside it where the glyphs do not spell them.

        Faces of joined scripts draw one letter with several glyphs, or several letters with one, and share glyphs
        between letters: no table from glyphs to characters gives the words back (ISO 32000-1, 14.9.4, ActualText). The
        words stand on the structure element too: readers that reorder glyphs by themselves would turn them round. A
        word that the end of a line tears is one word, without the hyphen (ISO 32000-1, 14.8.2.2.3).
        """
        last = home.kids[-1] if home.kids else None
        words = content.text.removesuffix(_TORN).replace(_SOFT_HYPHEN, "")
        torn = content.text.endswith(_TORN)
        if isinstance(last, StructureElement) and "ActualText" in last.entries:
            if last is self._torn:
                last.entries["ActualText"] += words
                last.kids.append(content)
                self._torn = last if torn else None
                return last
            last.entries["ActualText"] += " "  # the space at which the line was broken
        if not torn and not is_shaped(content.text) and not self._is_turned(content):
            home.kids.append(content)
            return home
        span = home.child("Span")
        span.entries["ActualText"] = words
        span.kids.append(content)
        self._torn = span if torn else None
        return span

    def _is_turned(self, content: MarkedContent) -> bool:
        """Whether signs or numbers of a line may be drawn in another order than they are read: “.2025” for “2025.”."""
        if content.text.isalpha() or not content.text:
            return False
        return self.tree.is_right_to_left(content.element)

    def _home(self, content: MarkedContent) -> StructureElement:
        """Return the structure element that holds a content directly."""
        item = self.tree.signed_item(content.element)
        structure = self.structure(content.element if item is None else item)
        if (content.pseudo == "marker" or item is not None) and structure.type in {"LI", "TOCI"}:
            return self._part(structure, "Lbl")
        if structure.type == "LI":
            structure = self._part(structure, "LBody")
        if structure.type in roles.CONTAINERS:
            structure = self._paragraph(structure, content.element)
        if content.box and structure.type in {"Figure", "Formula"}:
            attributes.set_bounding_box(structure, content.box)
        return structure

    def structure(self, element: Any) -> StructureElement:
        """Return the structure element of an HTML element, or of the nearest one around it that has one."""
        known = self.structures.get(element)
        if known is not None:
            return known
        parent = self.tree.parent(element)
        if parent is None:
            structure = self.document
            attributes.set_language(element, structure)
        else:
            role = roles.role_of(
                element,
                in_contents=element in self.tree.in_contents,
                pdf2=self.pdf2,
                levels_above=self._levels_above,
            )
            around = self.structure(parent)
            moved = self.tree.moved_before.get(element)
            # A figure that is printed behind the paragraphs after it is read before them.
            if moved is not None and self.structure(moved) is self.structure(self.tree.parent(moved)):
                for part in moved:
                    self.structure(part)
            # A grid element makes its parts too (below), so this one may exist by now.
            if element in self.structures:
                return self.structures[element]
            structure = around if role is None else self._make(role, element, around)
        self.structures[element] = structure
        if structure.type in _GRID and element.tag in {"table", "thead", "tbody", "tfoot", "tr"}:
            # An empty cell has no content that would lead to it, and yet holds its place in the grid.
            for part in element:
                self.structure(part)
        return structure

    def _make(self, role: roles.Role, element: Any, around: StructureElement) -> StructureElement:
        match role.type:
            case "Note" | "FENote":
                structure = self._note(role, around)
                structure.id = element.get("id")
                if role.type == "FENote":
                    structure.attributes["FENote"] = {"NoteType": "/Footnote"}
            case "Lbl" | "LBody" if not role.inline:
                structure = self._definition_part(role, around)
                if (
                    structure.parent is not None
                    and structure.parent.type == role.type
                    and "Lang" in structure.parent.entries
                ):
                    structure.entries["Lang"] = _language(around)  # not that of the first term or definition
            case "Link":
                structure = self._link(element, around)
            case _:
                if around.type == "LI" and role.type != "LI":
                    around = self._part(around, "LBody")
                is_among_words = self._is_among_words(role, element)
                if around.type in roles.CONTAINERS and (role.inline or is_among_words):
                    around = self._paragraph(around, self.tree.parent(element))
                elif role.type == "Formula" and around.type in roles.CELLS and around.kids and not is_among_words:
                    around = around.child("Div")  # else it is in the line of the words before it
                structure = around.child(self._nested(role.type, around))
        attributes.describe(element, structure, pdf2=self.pdf2)
        return structure

    def _nested(self, type_: str, around: StructureElement | None) -> str:
        """Return the type, or the one in its place where the nesting is not allowed (ISO 32005, table 5)."""
        while self.pdf2 and type_ == "Aside" and around is not None:
            if around.type == "Aside":
                return "Sect"
            around = around.parent
        return type_

    def _part(self, item: StructureElement, type_: str) -> StructureElement:
        """Return the label or the body of a list item, made at need; the label comes first."""
        for kid in item.kids:
            if isinstance(kid, StructureElement) and kid.type == type_:
                return kid
        return item.child(type_, at=0 if type_ == "Lbl" else None)

    def _paragraph(self, container: StructureElement, element: Any) -> StructureElement:
        """Return the paragraph for words that stand in a container without one of their own."""
        element = self.tree.block(element)
        known = self._paragraphs.get((container, element))
        if known is None or self._last_before_notes(container) is not known:
            known = self._paragraphs[container, element] = container.child("P")
        return known

    def _is_among_words(self, role: roles.Role, element: Any) -> bool:
        """Return whether an image or a formula is in a line of words."""
        if role.type not in {"Figure", "Formula"}:
            return False
        return roles.has_words(self.tree.block(element))

    def _note(self, role: roles.Role, around: StructureElement) -> StructureElement:
        """Place a note right behind the paragraph that refers to it, never inside a sentence."""
        inner: StructureElement | None = None
        while around.parent and (around.type in roles.PARAGRAPH_TYPES or around.type in roles.INLINE_TYPES):
            inner, around = around, around.parent
        if around.type == "LI":
            around = self._part(around, "LBody")
        last = self._last_before_notes(around)
        index = None
        if inner is not last and inner in around.kids:
            last, index = inner, around.kids.index(inner) + 1
            while index < len(around.kids) and _is(around.kids[index], role.type):
                index += 1
        note = around.child(role.type, at=index)
        self._before_notes[note] = last
        return note

    def _last_before_notes(self, container: StructureElement) -> StructureElement | MarkedContent | None:
        """Return the last part of a container; its notes follow it, wherever they are referred to."""
        last = container.kids[-1] if container.kids else None
        return self._before_notes.get(last, last) if isinstance(last, StructureElement) else last

    def _definition_part(self, role: roles.Role, around: StructureElement) -> StructureElement:
        """Return the label or body for a term or definition; those that belong together share an item."""
        last = around.kids[-1] if around.kids else None
        item = last if isinstance(last, StructureElement) and last.type == "LI" else None
        has_body = item is not None and any(_is(kid, "LBody") for kid in item.kids)
        if item is None or (role.type == "Lbl" and has_body):
            item = around.child("LI")
        part = self._part(item, role.type)
        if not part.kids:
            return part
        return part.child("Span" if role.type == "Lbl" else "Div")

    def _link(self, element: Any, around: StructureElement) -> StructureElement:
        """Return the link; a note's mark is a reference, and the way back is the note's label (ISO 14289-1, 7.9)."""
        if around.type == "LI":
            around = self._part(around, "LBody")
        if around.type in roles.CONTAINERS:
            around = self._paragraph(around, self.tree.parent(element))
        kind = element.get("role", "")
        target = self.tree.target(element)
        if kind == "doc-noteref" or around.type == "TOCI":
            around = around.child("Reference")
            if target is not None:
                self._entries.append((around, target))
        elif kind == "doc-backlink":
            around = around.child("Lbl")
        structure = around.child("Link")
        self.links.append((element, structure))
        if target is not None and roles.is_note(target) and self.tree.parent(target).get("role") != "doc-endnotes":
            # A note at the foot of a page is read where it is referred to, not where it is printed.
            self.structure(target)
        return structure


def _language(structure: StructureElement | None) -> str:
    while structure is not None and "Lang" not in structure.entries:
        structure = structure.parent
    return structure.entries["Lang"] if structure is not None else "und"


def _is_repeated_head(content: MarkedContent) -> bool:
    """Whether a content is the head of a column said again before a cell: for the eye, since cells name their heads."""
    return bool(content.pseudo) and content.element is not None and content.element.tag in {"tr", "td", "th"}


def _name_body(table: StructureElement) -> None:
    """Make the footer rows of a table without other rows below its head its body (ISO 32000-1, table 337)."""
    groups = [
        kid for kid in table.kids if isinstance(kid, StructureElement) and kid.type in {"THead", "TFoot", "TBody"}
    ]
    if all(group.type != "TBody" for group in groups):
        for group in groups[-1:]:
            group.type = "TBody"


def _table_order(kid: StructureElement | MarkedContent) -> int:
    order = {"Caption": 0, "THead": 1, "TFoot": 3}
    return order.get(kid.type, 2) if isinstance(kid, StructureElement) else 2


def _is(kid: StructureElement | MarkedContent, type_: str) -> bool:
    return isinstance(kid, StructureElement) and kid.type == type_
