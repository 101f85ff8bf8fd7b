"""The structure tree as PDF objects: elements, parent tree, identifiers, namespaces (ISO 32000, 14.7)."""

from __future__ import annotations

from typing import Any

import pydyf

from exporter.writers.pdf.tagging.marked_content import MarkedContent
from exporter.writers.pdf.tagging.roles import PARAGRAPH_TYPES
from exporter.writers.pdf.tagging.structure import StructureElement

PDF_2 = "http://iso.org/pdf2/ssn"
PDF_1_7 = "http://iso.org/pdf/ssn"

_ROLE_MAP = {"Aside": "Div", "Turn": "Div"}
"""Our own names for grouping elements that PDF 1.7 does not have (ISO 32000-1, 14.7.3)."""
_DEEP = PARAGRAPH_TYPES - {"P", "Title", *(f"H{level}" for level in range(1, 7))}
"""Headings of levels that PDF 1.7 has no type for (ISO 14289-1, 7.1: the nearest one is in the role map)."""
_ONLY_IN_1_7 = frozenset({"TOC", "TOCI", "BlockQuote", "Reference", "Code", "Quote", "Note"})
"""Types that PDF 2.0 knows only in the namespace of 1.7 (ISO 32000-2, annex L)."""


class TreeWriter:
    """Adds a structure tree to a PDF.

    Args:
        pdf: The `pydyf.PDF`, its pages already added.
        pages: Number of pages.
        pdf2: Whether the file is PDF 2.0.
    """

    def __init__(self, pdf: Any, pages: int, *, pdf2: bool) -> None:
        self.pdf = pdf
        self.pdf2 = pdf2
        self.page_references = pdf.page_references  # rebuilt at each access, so kept
        self.parents: list[list[bytes | str]] = [[] for _ in range(pages)]
        self.annotations: list[tuple[Any, bytes]] = []
        self.ids: dict[str, bytes] = {}
        self.written: dict[StructureElement, Any] = {}
        """The elements and the dictionaries that they became."""
        self.namespaces: dict[str, Any] = {}

    def write(self, document: StructureElement) -> None:
        """Add the tree below the catalog."""
        root = self._object({"Type": "/StructTreeRoot"})
        if self.pdf2:
            for name in (PDF_2, PDF_1_7):
                self.namespaces[name] = self._object({"Type": "/Namespace", "NS": pydyf.String(name)})
            root["Namespaces"] = pydyf.Array(space.reference for space in self.namespaces.values())
        top = self._element(document, root.reference)
        root["K"] = pydyf.Array([top.reference])
        if not self.pdf2:
            deep = {element.type: "H6" for element in self.written if element.type in _DEEP}
            roles = _ROLE_MAP | dict(sorted(deep.items()))
            root["RoleMap"] = pydyf.Dictionary({name: f"/{type_}" for name, type_ in roles.items()})
        for element, structure in self.written.items():
            if element.refers:
                others = [self.written[other].reference for other in element.refers if other in self.written]
                structure["Ref"] = pydyf.Array(others)
        root["ParentTree"] = self._parent_tree().reference
        root["ParentTreeNextKey"] = len(self.parents) + len(self.annotations)
        if self.ids:
            names = pydyf.Array()
            for name in sorted(self.ids, key=lambda text: text.encode()):
                names += [pydyf.String(name), self.ids[name]]
            root["IDTree"] = self._object({"Names": names}).reference
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _object(self, entries: dict[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(entries)
        self.pdf.add_object(dictionary)
        return dictionary

    def _element(self, element: StructureElement, parent: bytes) -> Any:
        type_ = "Div" if self.pdf2 and element.type == "Turn" else element.type
        dictionary = self._object({"Type": "/StructElem", "S": f"/{type_}", "P": parent})
        self.written[element] = dictionary
        if self.pdf2:
            dictionary["NS"] = self.namespaces[PDF_1_7 if type_ in _ONLY_IN_1_7 else PDF_2].reference
        for key, text in element.entries.items():
            dictionary[key] = pydyf.String(text)
        if element.id:
            dictionary["ID"] = pydyf.String(element.id)
            self.ids[element.id] = dictionary.reference
        if element.attributes:
            dictionary["A"] = pydyf.Array(_attribute(owner, values) for owner, values in element.attributes.items())
        home = next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), None)
        if home is not None:
            dictionary["Pg"] = self.page_references[home]
        kids = pydyf.Array()
        for kid in element.kids:
            if isinstance(kid, StructureElement):
                kids.append(self._element(kid, dictionary.reference).reference)
            else:
                kids.append(self._content(kid, home, dictionary.reference))
        if kids:
            dictionary["K"] = kids
        return dictionary

    def _content(self, content: MarkedContent, home: int | None, owner: bytes) -> Any:
        page = self.page_references[content.page]
        if content.mcid is None:
            self.annotations.append((content.annotation, owner))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": content.annotation.reference, "Pg": page})
        nums = self.parents[content.page]
        nums.extend(["null"] * (content.mcid + 1 - len(nums)))
        nums[content.mcid] = owner
        if content.page == home:
            return content.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": content.mcid})

    def _parent_tree(self) -> Any:
        nums = pydyf.Array()
        for page, owners in enumerate(self.parents):
            nums += [page, pydyf.Array(owners)]
        for key, (annotation, owner) in enumerate(self.annotations, len(self.parents)):
            annotation["StructParent"] = key
            nums += [key, owner]
        return self._object({"Nums": nums})


def _attribute(owner: str, values: dict[str, Any]) -> Any:
    attributes = pydyf.Dictionary({"O": f"/{owner}"})
    for key, value in values.items():
        if isinstance(value, list):
            attributes[key] = pydyf.Array(pydyf.String(item) for item in value)
        else:
            attributes[key] = pydyf.Array(value) if isinstance(value, tuple) else value
    return attributes
