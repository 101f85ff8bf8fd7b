"""Data of charts and text of diagrams, whose appearance only Word can draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exporter import model as m
from exporter.inspect.docx.xml import Element, name, number, value
from exporter.readers.docx.graphics.chart_numbers import NumberFormat, is_general
from exporter.readers.docx.limits import MAX_CHART_CELLS, MAX_CHART_ROWS

_SERIES = name("c:ser")
_POINT = name("c:pt")
_NUMBERS = frozenset({name("c:numCache"), name("c:numLit")})
_CACHES = (*_NUMBERS, name("c:strCache"), name("c:strLit"), name("c:lvl"))
"""What holds points."""
_MAX_DEPTH = 12


class Chart:
    """The data of a chart (21.2).

    Args:
        root: Root of its part.
        language: BCP 47 tag of its numbers and dates.
    """

    def __init__(self, root: Element, language: str) -> None:
        self.title = _words(root.find(f".//{name('c:title')}"))
        self._names: list[str] = []
        self._values: list[Mapping[int, str]] = []
        self._categories: dict[int, str] = {}
        self.is_too_large = False
        """Whether it has more data than a table may have."""
        self._numbers = NumberFormat(language, value(root.find(name("c:date1904")), "val") in ("1", "true"))
        category_format = _axis_format(root, ("c:dateAx", "c:catAx"))
        value_format = _axis_format(root, ("c:valAx",)) if len(root.findall(f".//{name('c:valAx')}")) == 1 else ""
        count = 0
        for series in root.iter(_SERIES):
            label = series.find(name("c:tx"))
            self._names.append(_first(label) if label is not None else "")
            values = self._points(series, ("c:val", "c:yVal"), default=value_format)
            self._values.append(values)
            count += len(values)
            for index, text in self._points(series, ("c:cat", "c:xVal"), own=category_format).items():
                self._categories.setdefault(index, text)
            self.is_too_large |= count > MAX_CHART_CELLS
            if self.is_too_large:
                break

    def table(self) -> m.Table | None:
        """Return the data as a table: a row for each category, a column for each series; None if there are none.

        A chart with more data than a table may have has none, and `is_too_large`.
        """
        indexes = sorted({index for values in self._values for index in values} | set(self._categories))
        if not self._values or not indexes:
            return None
        cells = len(indexes) * len(self._values)
        self.is_too_large |= len(indexes) > MAX_CHART_ROWS or cells > MAX_CHART_CELLS
        if self.is_too_large:
            return None
        head = [_cell("", None), *(_cell(label, m.Scope.COLUMN) for label in self._names)]
        rows = [
            m.Row(
                cells=(
                    _cell(self._categories.get(index, str(index + 1)), m.Scope.ROW),
                    *(_cell(values.get(index, ""), None) for values in self._values),
                )
            )
            for index in indexes
        ]
        caption = (m.Text(text=self.title),) if self.title else ()
        return m.Table(
            columns=(m.Column(),) * len(head), head=(m.Row(cells=tuple(head)),), bodies=(tuple(rows),), caption=caption
        )

    def _points(self, series: Element, tags: Iterable[str], *, own: str = "", default: str = "") -> dict[int, str]:
        """Return the cached text of each point by its index.

        Args:
            series: The series.
            tags: What holds its points.
            own: Number format of the axis, instead of those of the data.
            default: Number format of the axis, where the data have none.
        """
        points: dict[int, str] = {}
        for tag in tags:
            holder = series.find(name(tag))
            for cache in holder.iter(*_CACHES) if holder is not None else ():
                common = cache.findtext(name("c:formatCode")) or ""
                for point in cache.iterchildren(_POINT):
                    if len(points) > MAX_CHART_ROWS:
                        self.is_too_large = True
                        return points
                    text = point.findtext(name("c:v")) or ""
                    if cache.tag in _NUMBERS:
                        code = own or point.get("formatCode") or common
                        text = self._numbers.format(text, default if is_general(code) else code)
                    if (index := number(point.get("idx"), -1)) >= 0:
                        # Categories of several levels: the innermost comes first (21.2.2.102).
                        points.setdefault(index, text)
        return points


def _axis_format(root: Element, tags: Iterable[str]) -> str:
    """Return the number format of an axis, or "" if it is that of the data (21.2.2.121 numFmt)."""
    for tag in tags:
        for axis in root.iter(name(tag)):
            code = axis.find(name("c:numFmt"))
            if code is not None and code.get("sourceLinked") in ("0", "false"):
                return "" if is_general(code.get("formatCode") or "") else code.get("formatCode") or ""
    return ""


def _cell(text: str, scope: m.Scope | None) -> m.Cell:
    words = " ".join(text.split())
    return m.Cell(
        children=(m.Paragraph(children=(m.Text(text=words),)),) if words else (), scope=scope if words else None
    )


def _first(element: Element) -> str:
    values = [value.text or "" for value in element.iter(name("c:v"))]
    return " ".join(values) or _words(element)


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    parts = [text.text or "" for text in element.iter(name("a:t"), name("c:v"))]
    return " ".join("".join(parts).split())


def diagram(root: Element) -> m.Block | None:
    """Return the text of a diagram ("SmartArt", 21.4) as nested lists, or None if it has none."""
    texts: dict[str, str] = {}
    top: list[str] = []
    for point in root.iter(name("dgm:pt")):
        identifier = point.get("modelId") or ""
        kind = point.get("type") or "node"
        words = " ".join(
            "".join(part.text or "" for part in paragraph.iter(name("a:t"))) for paragraph in point.iter(name("a:p"))
        ).split()
        if kind == "doc":
            top.append(identifier)
        elif kind in ("node", "asst"):
            texts[identifier] = " ".join(words)
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
