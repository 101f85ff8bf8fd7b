"""Data of charts and text of diagrams, whose appearance only Word can draw."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from exporter import model as m
from exporter.inspect.docx.xml import Element, name, number, value
from exporter.readers.docx.graphics.chart_numbers import NumberFormat, is_general
from exporter.readers.docx.limits import (
    MAX_CHART_CELLS,
    MAX_CHART_POINTS,
    MAX_CHART_ROWS,
    MAX_CHART_TEXT,
    MAX_COLUMNS,
)

_SERIES = name("c:ser")
_POINT = name("c:pt")
_NUMBERS = frozenset({name("c:numCache"), name("c:numLit")})
_CACHES = (*_NUMBERS, name("c:strCache"), name("c:strLit"), name("c:lvl"))
"""What holds points."""
_AXES = tuple(map(name, ("c:catAx", "c:dateAx", "c:serAx", "c:valAx")))
_MAX_DEPTH = 12


class _Series(NamedTuple):
    """A series with the text of its points by their indexes."""

    name: str
    categories: Mapping[int, str]
    values: Mapping[int, str]
    sizes: Mapping[int, str]
    """Sizes of bubbles."""
    is_scattered: bool
    """Whether its points have a place of their own on both axes."""
    category_title: str
    value_title: str
    """Titles of its axes."""


class Chart:
    """The data of a chart (21.2).

    Args:
        root: Root of its part.
        language: BCP 47 tag of its numbers and dates.
    """

    def __init__(self, root: Element, language: str) -> None:
        title = root.find(f"{name('c:chart')}/{name('c:title')}")
        self._title = words(title if title is not None else root.find(f"{name('cx:chart')}/{name('cx:title')}"))
        self._series: list[_Series] = []
        self.is_too_large = False
        """Whether it has more data than a table may have."""
        self._numbers = NumberFormat(language, value(root.find(name("c:date1904")), "val") in ("1", "true"))
        category_format = _axis_format(root, ("c:dateAx", "c:catAx"))
        value_format = _axis_format(root, ("c:valAx",)) if len(root.findall(f".//{name('c:valAx')}")) == 1 else ""
        axes = {
            value(axis.find(name("c:axId")), "val"): _title(axis.find(name("c:title"))) for axis in root.iter(*_AXES)
        }
        titles: dict[Element | None, tuple[str, str]] = {}
        self._count = 0
        for element in root.iter(_SERIES):
            label = element.find(name("c:tx"))
            if (plot := element.getparent()) not in titles:
                titles[plot] = _axis_titles(plot, axes)
            self._add(
                _Series(
                    _first(label)[:MAX_CHART_TEXT] if label is not None else "",
                    self._points(element, ("c:cat", "c:xVal"), own=category_format),
                    self._points(element, ("c:val", "c:yVal"), default=value_format),
                    self._points(element, ("c:bubbleSize",)),
                    element.find(name("c:xVal")) is not None,
                    *titles[plot],
                )
            )
            if self.is_too_large:
                return
        data = {entry.get("id"): entry for entry in root.iter(name("cx:data"))}
        points: dict[str, tuple[dict[int, str], dict[int, str]]] = {}
        for element in root.iter(name("cx:series")):
            identifier = value(element.find(name("cx:dataId")), "val")
            if (own := data.get(identifier)) is None:
                continue
            if identifier not in points:
                points[identifier] = self._new_points(own, "cx:strDim"), self._new_points(own, "cx:numDim")
            self._add(_Series(_title(element.find(name("cx:tx"))), *points[identifier], {}, False, "", ""))
            if self.is_too_large:
                return

    def _add(self, series: _Series) -> None:
        self._series.append(series)
        self._count += 1 + max(len(series.values), len(series.categories))
        self.is_too_large |= self._count > MAX_CHART_CELLS

    def table(self) -> m.Table | None:
        """Return the data as a table, or None if there are none.

        It has a row for each category and a column for each series; where series have places or sizes of their own, as
        in a scatter or bubble chart, a row for each point. A chart with more data than a table may have has no table,
        and `is_too_large`.
        """
        is_scattered = all(series.is_scattered for series in self._series) and any(
            series.sizes or series.categories != self._series[0].categories for series in self._series
        )
        rows = self._points_as_rows() if is_scattered else self._categories_as_rows()
        self.is_too_large |= len(rows) > (MAX_CHART_POINTS if is_scattered else MAX_CHART_ROWS) + 1
        self.is_too_large |= max(map(len, rows[:1]), default=0) > MAX_COLUMNS
        if len(rows) < 2 or not self._series or self.is_too_large:
            return None
        head = m.Row(cells=tuple(_cell(text, m.Scope.COLUMN) for text in rows[0]))
        body = tuple(
            m.Row(cells=(_cell(row[0], m.Scope.ROW), *(_cell(text, None) for text in row[1:]))) for row in rows[1:]
        )
        units = {series.value_title for series in self._series} - {""}
        caption = self._title
        if len(units) == 1 and not is_scattered:
            caption = f"{caption} ({units.pop()})" if caption else units.pop()
        return m.Table(
            columns=(m.Column(),) * len(head.cells),
            head=(head,),
            bodies=(body,),
            caption=(m.Text(text=caption),) if caption else (),
        )

    def _categories_as_rows(self) -> list[list[str]]:
        """Return a row for each category, after a row with the title of their axis and the names of the series.

        There are no rows if there would be too many cells.
        """
        indexes = sorted({index for series in self._series for index in (*series.values, *series.categories)})
        if len(indexes) * len(self._series) > MAX_CHART_CELLS:
            self.is_too_large = True
            return []
        categories = {index: text for series in reversed(self._series) for index, text in series.categories.items()}
        has_units = len({series.value_title for series in self._series}) > 1
        names = [
            f"{series.name} ({series.value_title})" if has_units and series.value_title else series.name
            for series in self._series
        ]
        titles = (series.category_title for series in self._series)
        return [
            [next(filter(None, titles), ""), *names],
            *(
                [categories.get(index, str(index + 1)), *(series.values.get(index, "") for series in self._series)]
                for index in indexes
            ),
        ]

    def _points_as_rows(self) -> list[list[str]]:
        """Return a row for each point with its series, places and size, after a row with what they are."""
        first = self._series[0]
        names = any(series.name for series in self._series)
        sizes = any(series.sizes for series in self._series)
        rows = [[*[""] * names, first.category_title or "X", first.value_title or "Y", *["Z"] * sizes]]
        for series in self._series:
            for index, text in sorted(series.values.items()):
                point = (series.categories.get(index, ""), text)
                rows.append([*[series.name] * names, *point, *[series.sizes.get(index, "")] * sizes])
        return rows

    def _points(self, series: Element, tags: Iterable[str], *, own: str = "", default: str = "") -> dict[int, str]:
        """Return the cached text of each point by its index.

        Args:
            series: The series.
            tags: What holds its points.
            own: Number format of the axis, instead of those of the data.
            default: Number format of the axis, where the data have none.
        """
        points: dict[int, str] = {}
        holders = (holder for tag in tags if (holder := series.find(name(tag))) is not None)
        caches = (cache for holder in holders for cache in holder.iter(*_CACHES))
        for cache in itertools.islice(caches, _MAX_DEPTH):
            common = cache.findtext(name("c:formatCode")) or ""
            level: dict[int, str] = {}
            for point in cache.iterchildren(_POINT):
                if len(level) > MAX_CHART_ROWS:
                    self.is_too_large = True
                    return points
                text = (point.findtext(name("c:v")) or "")[:MAX_CHART_TEXT]
                if cache.tag in _NUMBERS:
                    code = own or point.get("formatCode") or common
                    text = self._numbers.format(text, default if is_general(code) else code)
                if (index := number(point.get("idx"), -1)) >= 0:
                    level.setdefault(index, text)
            points = _with_outer(points, level) if points else level
        return points

    def _new_points(self, data: Element, tag: str) -> dict[int, str]:
        """Return the text of each point of a chart of Word 2016 by its index ([MS-ODRAWXML], 2.24.3)."""
        dimension = data.find(name(tag))
        points: dict[int, str] = {}
        levels = dimension.iterchildren(name("cx:lvl")) if dimension is not None else iter(())
        for level in itertools.islice(levels, _MAX_DEPTH):
            code = level.get("formatCode") or ""
            texts = {
                number(point.get("idx")): self._numbers.format((point.text or "")[:MAX_CHART_TEXT], code)
                if tag == "cx:numDim"
                else (point.text or "")[:MAX_CHART_TEXT]
                for point in itertools.islice(level.iterchildren(name("cx:pt")), MAX_CHART_ROWS + 2)
            }
            points = _with_outer(points, texts) if points else texts
        return points


def _with_outer(points: dict[int, str], level: dict[int, str]) -> dict[int, str]:
    """Return categories with those of the level around them, each of which goes on until the next (21.2.2.102)."""
    outer, both = "", {}
    for index in sorted(points):
        outer = level.get(index, outer)
        both[index] = f"{outer}, {points[index]}"[:MAX_CHART_TEXT] if outer else points[index]
    return both


def _axis_titles(plot: Element | None, axes: Mapping[str, str]) -> tuple[str, str]:
    """Return the titles of the axes of categories and of values of the series of a plot, such as `c:barChart`."""
    used = [value(axis, "val") for axis in plot.findall(name("c:axId"))] if plot is not None else []
    titles = [axes[axis] for axis in used if axis in axes]
    return (*titles, "", "")[0], (*titles, "", "")[1]


def _axis_format(root: Element, tags: Iterable[str]) -> str:
    """Return the number format of an axis, or "" if it is that of the data (21.2.2.121 numFmt)."""
    for tag in tags:
        for axis in root.iter(name(tag)):
            code = axis.find(name("c:numFmt"))
            if code is not None and code.get("sourceLinked") in ("0", "false"):
                return "" if is_general(code.get("formatCode") or "") else code.get("formatCode") or ""
    return ""


def _cell(text: str, scope: m.Scope | None) -> m.Cell:
    plain = " ".join(text.split())
    return m.Cell(
        children=(m.Paragraph(children=(m.Text(text=plain),)),) if plain else (), scope=scope if plain else None
    )


def _first(element: Element) -> str:
    values = [value.text or "" for value in element.iter(name("c:v"))]
    return " ".join(values) or words(element)


def _title(element: Element | None) -> str:
    return words(element)[:MAX_CHART_TEXT]


def words(element: Element | None) -> str:
    """Return the text of an element, with a space between its lines."""
    if element is None:
        return ""
    parts = {name("a:p"): " ", name("a:br"): " "}
    texts = element.iter(name("a:t"), name("c:v"), name("cx:v"), *parts)
    return " ".join("".join(parts.get(str(part.tag)) or part.text or "" for part in texts).split())


def diagram(root: Element) -> m.Block | None:
    """Return the text of a diagram ("SmartArt", 21.4) as nested lists, or None if it has none."""
    texts: dict[str, str] = {}
    top: list[str] = []
    for point in root.iter(name("dgm:pt")):
        identifier = point.get("modelId") or ""
        kind = point.get("type") or "node"
        if kind == "doc":
            top.append(identifier)
        elif kind in ("node", "asst"):
            texts[identifier] = words(point)
    below: dict[str, list[tuple[int, str]]] = {}
    held: set[str] = set()
    for link in root.iter(name("dgm:cxn")):
        if (link.get("type") or "parOf") == "parOf":
            child = link.get("destId") or ""
            below.setdefault(link.get("srcId") or "", []).append((number(link.get("srcOrd")), child))
            held.add(child)
    seen: set[str] = set()

    def items(parent: str, depth: int) -> list[m.ListItem]:
        children: list[m.ListItem] = []
        for _, child in sorted(below.get(parent, ())):
            if child in seen or depth > _MAX_DEPTH:
                continue
            seen.add(child)
            inner = items(child, depth + 1)
            if child not in texts:
                continue
            blocks: list[m.Block] = [m.Paragraph(children=(m.Text(text=texts[child]),))] if texts[child] else []
            if inner:
                blocks.append(m.List(items=tuple(inner)))
            if blocks:
                children.append(m.ListItem(children=tuple(blocks)))
        return children

    result = [item for root_point in top for item in items(root_point, 0)]
    loose = [text for identifier, text in texts.items() if identifier not in seen and identifier not in held and text]
    result += [m.ListItem(children=(m.Paragraph(children=(m.Text(text=text),)),)) for text in loose]
    return m.List(items=tuple(result)) if result else None
