"""Bookmarks, destinations, page labels and links of any PDF (ISO 32000-2, 12.3, 12.4, 12.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exporter.inspect.pdf import values
from exporter.inspect.pdf.geometry import Box, around

MAX_ENTRIES = 100_000
"""Bookmarks, or entries of a name tree."""
MAX_LEVELS = 60
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Destination(NamedTuple):
    """The target of a link or a bookmark."""

    page: int | None
    """Index of the page, from 0; None: it leads nowhere."""
    name: str = ""
    """Its name, where it has one."""
    element: tuple[int, int] | None = None
    """Object number of the structure element, where it leads to one (structure destination)."""
    top: float | None = None
    """Points from the foot of the page."""


class Bookmark(NamedTuple):
    """A bookmark."""

    title: str
    level: int
    """From 1."""
    target: Destination | None
    """None for one that leads outside, or to nothing."""


class Annotation(NamedTuple):
    """An annotation of a page."""

    page: int
    type: str
    """Link, Widget, Text ..."""
    contents: str
    """What it is called."""
    address: str = ""
    """Where a link leads outside the file."""
    target: Destination | None = None
    """Where a link leads inside the file."""
    hidden: bool = False
    areas: tuple[Box, ...] = ()
    """Where it can be clicked."""


class Navigation:
    """Reads what leads from place to place.

    Args:
        catalog: The catalog.
        pages: Indexes of the pages, by object number.
    """

    def __init__(self, catalog: Any, pages: Mapping[tuple[int, int], int]) -> None:
        self.catalog = catalog
        self.pages = pages
        self.names: dict[str, Any] = {}
        old = values.get(catalog, "/Dests")
        if values.is_dictionary(old):
            self.names = {key[1:]: target for key, target in old.items()}
        self.names |= dict(tree_entries(values.get(values.get(catalog, "/Names"), "/Dests"), "/Names"))

    def destination(self, target: Any, name: str = "") -> Destination:
        """Return where a destination leads; one that is named by its name."""
        label = values.text(target) or values.name(target)
        if label and not name:
            return self.destination(self.names.get(label), label)
        if values.is_dictionary(target):
            target = values.get(target, "/D")
        parts = values.items(target) if values.is_array(target) else []
        if not parts:
            return Destination(None, name)
        number = values.integer(parts[0])
        page = number if number is not None else self.pages.get(getattr(parts[0], "objgen", (0, 0)))
        if page is not None and not 0 <= page < len(self.pages):
            page = None
        top = parts[3] if len(parts) > 3 and values.name(parts[1]) == "XYZ" else None
        element = parts[0].objgen if values.get(parts[0], "/S") is not None else None
        height = values.plain(top)
        return Destination(page, name, element, float(height) if isinstance(height, int | float) else None)

    def target(self, thing: Any) -> tuple[Destination | None, str]:
        """Return where a bookmark or a link leads: inside the file, or the address outside."""
        target = values.get(thing, "/Dest")
        if target is not None:
            return self.destination(target), ""
        action = values.get(thing, "/A")
        match values.name(values.get(action, "/S")):
            case "GoTo":
                destination = self.destination(values.get(action, "/D"))
                structure = values.items(values.get(action, "/SD"))
                if structure and values.is_dictionary(structure[0]):
                    destination = destination._replace(element=structure[0].objgen)
                return destination, ""
            case "URI":
                address = values.get(action, "/URI")
                return None, values.text(address) or ""
            case "GoToR" | "Launch":
                return None, str(values.text(values.get(action, "/F")) or "file")
            case other:
                # NextPage and the like, a form that is sent, an embedded file (ISO 32000-1, table 198); empty for none.
                return None, other

    def bookmarks(self) -> Iterator[Bookmark]:
        """Yield the bookmarks in order."""
        for item, level in self.outline_items():
            target, address = self.target(item)
            if target is None and address:
                target = Destination(0, address)
            yield Bookmark(values.text(item.get("/Title")) or "", level, target)

    def outline_items(self) -> Iterator[tuple[Any, int]]:
        """Yield the dictionaries of the bookmarks in order, with their levels."""
        seen: set[tuple[int, int]] = set()
        stack: list[tuple[Any, int]] = [(values.get(values.get(self.catalog, "/Outlines"), "/First"), 1)]
        while stack and len(seen) < MAX_ENTRIES:
            item, level = stack.pop()
            if not values.is_dictionary(item) or item.objgen in seen:
                continue
            seen.add(item.objgen)
            yield item, level
            stack.append((item.get("/Next"), level))
            if level < MAX_LEVELS:
                stack.append((item.get("/First"), level + 1))

    def annotations(self, pages: list[Any]) -> Iterator[tuple[tuple[int, int], Annotation]]:
        """Yield the annotations of all pages with their object numbers."""
        for index, page in enumerate(pages):
            for entry in values.items(values.get(page, "/Annots")):
                if not values.is_dictionary(entry):
                    continue
                target, address = self.target(entry)
                flags = values.integer(entry.get("/F")) or 0
                yield (
                    entry.objgen,
                    Annotation(
                        page=index,
                        type=values.name(entry.get("/Subtype")),
                        contents=values.text(entry.get("/Contents")) or "",
                        address=address,
                        target=target,
                        hidden=bool(flags & 2),
                        areas=tuple(_areas(entry)),
                    ),
                )

    def labels(self) -> tuple[str, ...] | None:
        """Return the label of each page; None when the file has none (ISO 32000-2, 12.4.2)."""
        tree = values.get(self.catalog, "/PageLabels")
        if tree is None:
            return None
        ranges = sorted((key, entry) for key, entry in tree_entries(tree, "/Nums") if isinstance(key, int))
        labels: list[str] = []
        for index, (first, entry) in enumerate(ranges):
            end = ranges[index + 1][0] if index + 1 < len(ranges) else len(self.pages)
            style, prefix = values.name(values.get(entry, "/S")), values.text(values.get(entry, "/P")) or ""
            start = values.integer(values.get(entry, "/St")) or 1
            for page in range(max(first, len(labels)), min(end, len(self.pages))):
                labels.append(prefix + _numeral(style, start + page - first))
        return tuple(labels)


def _areas(annotation: Any) -> Iterator[Box]:
    """Yield the rectangles in which an annotation is active: of its lines, or its own (ISO 32000-2, 12.5.6.5)."""
    corners = [values.plain(number) for number in values.items(annotation.get("/QuadPoints"))]
    sides = [values.plain(number) for number in values.items(annotation.get("/Rect"))]
    for numbers in [corners[index : index + 8] for index in range(0, len(corners), 8)] or [sides]:
        if len(numbers) in {4, 8} and all(isinstance(number, int | float) for number in numbers):
            yield around(list(zip(numbers[::2], numbers[1::2], strict=True)))


def tree_entries(root: Any, leaves: str) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of a name tree or a number tree (ISO 32000-2, 7.9.6, 7.9.7), each once."""
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[Any, int]] = [(root, 0)]
    count = 0
    while stack:
        node, depth = stack.pop()
        if not values.is_dictionary(node) or (node.objgen in seen and node.objgen != (0, 0)) or depth > MAX_LEVELS:
            continue
        seen.add(node.objgen)
        flat = values.items(node.get(leaves))
        for key, value in zip(flat[::2], flat[1::2], strict=False):
            count += 1
            if count > MAX_ENTRIES:
                return
            number = values.integer(key)
            yield (number if number is not None else values.text(key) or ""), value
        stack.extend((kid, depth + 1) for kid in reversed(values.items(node.get("/Kids"))))


def _numeral(style: str, number: int) -> str:
    match style:
        case "D":
            return str(number)
        case "r" | "R":
            roman, rest = "", min(number, 10_000)
            for worth, letters in (*_ROMAN, *_ROMAN_LOW):
                roman += letters * (rest // worth)
                rest %= worth
            return roman.upper() if style == "R" else roman
        case "a" | "A":
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 100)
            return letter.upper() if style == "A" else letter
    return ""
