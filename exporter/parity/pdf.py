"""What a tagged PDF says, read with pikepdf from its structure tree and its bookmarks (ISO 32000-2, 14.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.parity.facts import Facts, Heading, Picture, normal
from exporter.parity.glyphs import Words

HEADING = re.compile(r"/H([1-9][0-9]?)")
NOTES = frozenset({"/Note", "/FENote", "/Reference"})
"""What stands inside a heading and is not part of its words."""
MAX_ROLES = 16
"""Steps through the role map; a longer chain goes round in circles."""


def read(path: Path) -> Facts:
    """Read a tagged PDF; one without tags has neither headings nor pictures.

    Raises:
        pikepdf.PdfError, OSError: It is none.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        tree = pdf.Root.get("/StructTreeRoot")
        headings: list[Heading] = []
        pictures: list[Picture] = []
        if tree is not None:
            reader = _Structure(tree, Words())
            reader.visit(tree, None, in_note=False)
            headings, pictures = reader.headings, [*reader.pictures, *reader.pictures_of_notes]
        with pdf.open_outline() as outline:
            marks = tuple(_bookmarks(outline.root, 1))
        language = pdf.Root.get("/Lang")
        return Facts(
            title=normal(_title(pdf)),
            language=str(language) if language is not None else None,
            headings=tuple(headings),
            outline=marks,
            pictures=tuple(pictures),
            squashed=True,
        )


def _title(pdf: Any) -> str:
    title = pdf.docinfo.get("/Title")
    if title is not None:
        return str(title)
    with pdf.open_metadata() as metadata:
        return str(metadata.get("dc:title", ""))


def _bookmarks(items: Any, level: int) -> Iterator[Heading]:
    for item in items:
        yield Heading(normal(item.title), level)
        yield from _bookmarks(item.children, level + 1)


class _Structure:
    """Walks the structure tree in reading order."""

    def __init__(self, tree: Any, words: Words) -> None:
        self.roles = tree.get("/RoleMap") or {}
        self.words = words
        self.headings: list[Heading] = []
        self.pictures: list[Picture] = []
        self.pictures_of_notes: list[Picture] = []

    def role(self, element: Any) -> str:
        """Give the standard type of an element, through the role maps of its namespace and of the document."""
        name = str(element.get("/S", ""))
        mapped = (element.get("/NS") or {}).get("/RoleMapNS") or {}
        if name in mapped:
            target = mapped[name]
            name = str(target if not _is_array(target) else target[0])
        for _ in range(MAX_ROLES):
            if name not in self.roles or HEADING.fullmatch(name):
                break
            name = str(self.roles[name])
        return name

    def visit(self, element: Any, page: Any, *, in_note: bool) -> None:
        page = element.get("/Pg", page)
        for child in _children(element):
            if not _is_element(child):
                continue
            role = self.role(child)
            inside = in_note or role in {"/Note", "/FENote"}
            heading = HEADING.fullmatch(role)
            if heading and not inside:
                text = normal(self.text(child, child.get("/Pg", page)))
                self.headings.append(Heading(text, int(heading[1])))
            elif role == "/Figure":
                alt = child.get("/Alt")
                pictures = self.pictures_of_notes if inside else self.pictures
                pictures.append(Picture(normal(str(alt)) or None if alt is not None else None))
            self.visit(child, page, in_note=inside)

    def text(self, element: Any, page: Any) -> str:
        """Give the words of an element, without notes and the marks that lead to them."""
        actual = element.get("/ActualText")
        if actual is not None:
            return str(actual)
        page = element.get("/Pg", page)
        parts: list[str] = []
        for child in _children(element):
            if isinstance(child, int):
                parts.append(self.words.at(page, child))
            elif _is_element(child):
                role = self.role(child)
                words = "" if role in NOTES else self.text(child, page)
                # A link of digits alone is the mark of a note.
                parts.append("" if role == "/Link" and words.strip().isdigit() else words)
            elif "/MCID" in child:
                parts.append(self.words.at(child.get("/Pg", page), int(child["/MCID"])))
        return "".join(parts)


def _children(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    if kids is None:
        return
    yield from (kids if _is_array(kids) else (kids,))


def _is_array(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Array)


def _is_element(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary) and "/S" in thing
