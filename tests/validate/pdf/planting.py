"""Tools to spoil a good PDF in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Edit = Callable[[list[Any], str], tuple[list[Any], str] | None]


class Book:
    """A PDF under the knife."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot

    def elements(self, *types: str) -> Iterator[Any]:
        """Yield the elements of some types in reading order; those of the text, behind cover and imprint."""
        stack = [kid for kid in reversed(kids(self.root.K[0])) if kid.S in {"/Sect", "/Note"}]
        while stack:
            node = stack.pop()
            if str(node.S)[1:] in types:
                yield node
            stack.extend(reversed([kid for kid in kids(node) if is_element(kid)]))

    def first(self, *types: str, having: str = "", under: str = "") -> Any:
        """Return the first element of a type, which has an entry, or stands right under one of another type."""
        return next(
            node
            for node in self.elements(*types)
            if (not having or having in node) and (not under or str(node.P.S)[1:] == under)
        )

    def body(self, type_: str, number: int = 0) -> Any:
        """Return an element that stands right in a section: part of the text, not of the cover."""
        return [node for node in self.elements(type_) if str(node.P.S) == "/Sect"][number]

    def annotations(self) -> Iterator[Any]:
        for page in self.pdf.pages:
            yield from page.get("/Annots", [])

    def links_outside(self) -> Any:
        return next(each for each in self.annotations() if "/A" in each and "report" in str(each.A.get("/URI", "")))

    def links_inside(self) -> Any:
        return next(each for each in self.annotations() if "/Dest" in each)

    def fonts(self) -> Iterator[Any]:
        for thing in self.pdf.objects:
            if isinstance(thing, Dictionary) and thing.get("/Type") == "/Font" and thing.get("/Subtype") == "/Type0":
                yield thing

    def make(self, parent: Any, type_: str, content: Any, **entries: Any) -> Any:
        """Return a new element, not yet among the kids of its parent."""
        made = Dictionary(Type=Name.StructElem, S=Name("/" + type_), P=parent, K=content, **entries)
        return self.pdf.make_indirect(made)

    def rewrite(self, page: Any, edit: Edit) -> int:
        """Change operators of a page; gives how many were changed."""
        changed = 0
        out = []
        for operands, operator in pikepdf.parse_content_stream(page):
            fresh = edit(list(operands), str(operator))
            if fresh is None:
                out.append((operands, operator))
            else:
                changed += 1
                out.append((fresh[0], pikepdf.Operator(fresh[1])))
        page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(out))
        return changed

    def own(self, page: Any, element: Any) -> int:
        """Return a new number for content of a page that belongs to an element."""
        nums = self.root.ParentTree.Nums
        place = next(index for index in range(0, len(nums), 2) if int(nums[index]) == int(page.StructParents))
        owners = nums[place + 1]
        owners.append(element)
        return len(owners) - 1

    def hide(self, element: Any) -> None:
        """Turn what an element says into artifacts."""
        for page, mcid in list(content(element, None)):
            self.rewrite(page, _artifact(mcid))

    def unmark(self, element: Any) -> None:
        """Take the marks off what an element says."""
        for page, mcid in list(content(element, None)):
            self.rewrite(page, lambda operands, operator, n=mcid: _unmark(operands, operator, n))


def kids(node: Any) -> list[Any]:
    inner = node.get("/K", Array())
    return list(inner) if isinstance(inner, Array) else [inner]


def is_element(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and "/S" in thing


def content(node: Any, page: Any) -> Iterator[tuple[Any, int]]:
    """Yield page and number of all marked content under an element."""
    page = node.get("/Pg", page)
    for kid in kids(node):
        if isinstance(kid, int):
            yield page, kid
        elif is_element(kid):
            yield from content(kid, page)
        elif "/MCID" in kid:
            yield kid.get("/Pg", page), int(kid.MCID)


def place(node: Any) -> int:
    """Return the index of an element among the kids of its parent."""
    return next(index for index, kid in enumerate(node.P.K) if is_element(kid) and kid.objgen == node.objgen)


def remove(node: Any) -> None:
    del node.P.K[place(node)]


def attribute(node: Any, name: str) -> Any:
    """Return the attribute object that has an attribute."""
    return next(entry for entry in node.A if "/" + name in entry)


def _artifact(mcid: int) -> Edit:
    def edit(operands: list[Any], operator: str) -> tuple[list[Any], str] | None:
        if operator == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") == mcid:
            return [Name.Artifact, Dictionary(Type=Name.Layout)], "BDC"
        return None

    return edit


def _unmark(operands: list[Any], operator: str, mcid: int) -> tuple[list[Any], str] | None:
    if operator == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") == mcid:
        return [Name("/Nothing")], "BMC"
    return None


def text(words: str) -> String:
    return String(words)
