"""The number of parts that an SVG file has when it is drawn: repeated ones, text and points of paths included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from exporter.images.limits import (
    LETTERS_PER_PART,
    MAX_ARC_NUMBERS,
    MAX_SVG_PARTS,
    PARTS_OF_SLOW_EFFECTS,
    PARTS_PER_EFFECT,
    POINTS_PER_PART,
    SMALLEST_REGION,
    TIMES_OF_A_PAGE,
)
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import LIMIT, SIMPLIFY, UNSAFE
from exporter.images.svg_references import css_targets

if TYPE_CHECKING:
    from lxml.etree import _Element

    from exporter.images.svg_regions import Regions

_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")
_ARCS = re.compile(r"[aA][^a-df-zA-DF-Z]*")
"""Arcs of a path: all to the next command; an e may be in a number."""
_AT_EACH_POINT = re.compile(r"(?:^|[;{\s])marker(?:-mid)?\s*:", re.IGNORECASE)
_DRAWN = ("path", "polyline", "polygon", "line")


class _Counts(NamedTuple):
    """Counts of an element with all that is inside it."""

    parts: int = 1
    elements: int = 1
    points: int = 0
    is_filter: bool = False


class _Reference(NamedTuple):
    """A reference to another element."""

    id: str
    is_use: bool = False
    """Whether it is drawn as if it stood here."""
    at_each_point: bool = False
    """Whether it is drawn at each point of the paths, not once for each element."""
    is_in_style_sheet: bool = False
    """Whether any element may have it."""


def check(elements: list[_Element]) -> None:
    """Refuse a drawing with too many parts, or with an element that references itself.

    Args:
        elements: All elements, the root first; references to them prevent lxml from creating them again.

    Raises:
        ImageRefusedError: It is refused.
    """
    from exporter.images.svg_regions import Regions  # slow to import

    by_id: dict[str, _Element] = {}
    for element in elements:
        by_id.setdefault(element.get("id", ""), element)
    references = {
        element: [reference for reference in _references(element) if reference.id in by_id] for element in elements
    }
    counts: dict[_Element, _Counts] = {}
    regions = Regions(elements[0], by_id)
    entered: set[_Element] = set()
    stack = [elements[0]]
    while stack:
        element = stack[-1]
        if element in counts:
            stack.pop()
            continue
        parts = [*element, *(by_id[reference.id] for reference in references[element])]
        uncounted = [part for part in parts if part not in counts]
        if uncounted and element in entered:
            raise ImageRefusedError(UNSAFE, "has an element that references itself")
        if uncounted:
            entered.add(element)
            stack += uncounted
            continue
        stack.pop()
        regions.measure(element)
        referenced = [
            (reference, _drawn_for(element, reference, by_id[reference.id], counts[by_id[reference.id]], regions))
            for reference in references[element]
        ]
        counts[element] = _count(element, referenced, counts)
        if counts[element].parts > MAX_SVG_PARTS:
            reason = f"has more than {MAX_SVG_PARTS:,} elements, including repeated ones, text and points of paths"
            raise ImageRefusedError(LIMIT, reason, SIMPLIFY)


def _drawn_for(element: _Element, reference: _Reference, target: _Element, count: _Counts, regions: Regions) -> _Counts:
    """Return the counts of what an element references; those of a filter follow from its region."""
    if not count.is_filter:
        return count
    share = (regions.mean_share if reference.is_in_style_sheet else regions.share)(target, element)
    return count._replace(parts=round(count.parts * (SMALLEST_REGION + TIMES_OF_A_PAGE * share)))


def _count(element: _Element, referenced: list[tuple[_Reference, _Counts]], counts: dict[_Element, _Counts]) -> _Counts:
    name = str(element.tag).rpartition("}")[2]
    letters = len(element.text or "") + sum(len(child.tail or "") for child in element)
    values = element.get("d", "") + " " + element.get("points", "") if name in _DRAWN else ""
    numbers = sum(1 for _ in _NUMBER.finditer(values)) + (4 if name == "line" else 0)
    if (
        numbers > MAX_ARC_NUMBERS
        and sum(len(_NUMBER.findall(arcs)) for arcs in _ARCS.findall(values)) > MAX_ARC_NUMBERS
    ):
        raise ImageRefusedError(LIMIT, f"has a path with arcs of more than {MAX_ARC_NUMBERS:,} numbers", SIMPLIFY)
    own = 1 + letters // LETTERS_PER_PART + numbers // POINTS_PER_PART
    parent = element.getparent()
    if parent is not None and str(parent.tag).endswith("}filter"):
        own += PARTS_OF_SLOW_EFFECTS.get(name, PARTS_PER_EFFECT)
    inside = [counts[child] for child in element] + [count for reference, count in referenced if reference.is_use]
    points = numbers + sum(count.points for count in inside)
    drawn = 1 + sum(count.elements for count in inside)
    # The effects of a filter are drawn where it is referenced.
    parts = own + sum(count.elements if count.is_filter else count.parts for count in inside)
    for reference, count in referenced:
        if count.is_filter and not reference.is_in_style_sheet:
            parts += count.parts
        elif not reference.is_use:
            # Such properties are inherited: by all elements and points inside this one, or of the drawing.
            parts += count.parts * (points if reference.at_each_point else drawn)
    return _Counts(parts, drawn, points, name == "filter")


def _references(element: _Element) -> Iterator[_Reference]:
    """Yield the references of an element to what is drawn for it."""
    name = str(element.tag).rpartition("}")[2]
    for attribute, text in element.attrib.items():
        key, value = str(attribute).rpartition("}")[2], str(text).strip()
        if key == "href" and value.startswith("#") and name != "a":
            yield _Reference(value[1:], is_use=name == "use")
        elif key != "href":
            at_each_point = key in ("marker", "marker-mid") or (key == "style" and bool(_AT_EACH_POINT.search(value)))
            for target in css_targets(value):
                yield _Reference(target.removeprefix("#"), at_each_point=at_each_point)
    for child in element:
        if str(child.tag).endswith("}style"):  # a style sheet counts for all elements beside it
            at_each_point = bool(_AT_EACH_POINT.search(child.text or ""))
            for target in css_targets(child.text or ""):
                yield _Reference(target.removeprefix("#"), at_each_point=at_each_point, is_in_style_sheet=True)
