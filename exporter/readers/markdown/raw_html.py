"""Raw HTML tags inside paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from exporter.findings import quoted
from exporter.model import Inline, Inlines, Text
from exporter.readers.html.inlines import inline_elements
from exporter.readers.html.inlines.tag_parser import read_tag
from exporter.readers.markdown.limits import MAX_INLINE_NESTING
from exporter.readers.markdown.token_tree import TooDeepError
from exporter.readers.rules import HTML_DROPPED, HTML_UNCLOSED, FindingCollector


class _OpenElement(NamedTuple):
    """An element whose end tag has not been read."""

    name: str
    attributes: Mapping[str, str]
    line: int
    children: list[Inline]


class HtmlStack:
    """Inlines with the stack of open HTML elements around them."""

    def __init__(self, report: FindingCollector) -> None:
        self._report = report
        self._root: list[Inline] = []
        self._open: list[_OpenElement] = []

    def extend(self, nodes: Iterable[Inline]) -> None:
        """Add inlines to the innermost open element."""
        self._current.extend(nodes)

    def add_tag(self, text: str, line: int) -> None:
        """Add a tag, a comment or a declaration."""
        tag = read_tag(text)
        if tag is None:
            if not text.startswith("<!--"):
                self._report.add(HTML_DROPPED, line, f"{quoted(text, 30)} was ignored.")
        elif tag.is_end:
            self._close(tag.name, line)
        elif tag.is_self_closing or tag.name in inline_elements.VOID:
            self.extend(inline_elements.read_inline(tag.name, tag.attributes, (), line, self._report))
        else:
            if len(self._open) >= MAX_INLINE_NESTING:
                raise TooDeepError(line)
            self._open.append(_OpenElement(tag.name, tag.attributes, line, []))

    def finish(self) -> Inlines:
        """Return all inlines; unclosed elements are reported, and their content is kept."""
        while self._open:
            self._drop_unclosed()
        return _merge_texts(self._root)

    @property
    def _current(self) -> list[Inline]:
        return self._open[-1].children if self._open else self._root

    def _close(self, name: str, line: int) -> None:
        if not any(element.name == name for element in self._open):
            self._report.add(HTML_UNCLOSED, line, f"Unmatched end tag </{name}>.")
            return
        while self._open[-1].name != name:
            self._drop_unclosed()
        element = self._open.pop()
        children = _merge_texts(element.children)
        self.extend(inline_elements.read_inline(name, element.attributes, children, element.line, self._report))

    def _drop_unclosed(self) -> None:
        element = self._open.pop()
        self._report.add(
            HTML_UNCLOSED,
            element.line,
            f"Unclosed tag <{element.name}> in this paragraph or element.",
        )
        if element.name not in inline_elements.DROPPED:
            self._current.extend(element.children)
        else:
            self._report.add(HTML_DROPPED, element.line, f"The element <{element.name}> was ignored.")


def _merge_texts(nodes: Sequence[Inline]) -> Inlines:
    """Return inlines with adjacent texts merged."""
    out: list[Inline] = []
    run: list[str] = []
    first: Text | None = None

    def flush() -> None:
        nonlocal first
        if first is not None:
            out.append(first if len(run) == 1 else Text(at=first.at, text="".join(run)))
            first = None
            run.clear()

    for node in nodes:
        if isinstance(node, Text):
            if first is None:
                first = node
            run.append(node.text)
        else:
            flush()
            out.append(node)
    flush()
    return tuple(out)
