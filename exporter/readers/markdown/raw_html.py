"""Raw HTML tags among the words of a paragraph: opened, closed, made into nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from exporter.findings import quoted
from exporter.model import Inline, Inlines, Text
from exporter.readers.html import inline_elements
from exporter.readers.html.tag_parser import read_tag
from exporter.readers.markdown.limits import MAX_INLINE_NESTING
from exporter.readers.markdown.token_tree import TooDeepError
from exporter.readers.rules import HTML_DROPPED, HTML_UNCLOSED, FindingCollector


class _Open(NamedTuple):
    name: str
    attributes: Mapping[str, str]
    line: int
    children: list[Inline]


class HtmlStack:
    """Inline nodes in a row, with the HTML elements that are open around the next one."""

    def __init__(self, report: FindingCollector) -> None:
        self._report = report
        self._root: list[Inline] = []
        self._open: list[_Open] = []

    def extend(self, nodes: Iterable[Inline]) -> None:
        """Add nodes inside what is open."""
        self._here.extend(nodes)

    def tag(self, text: str, line: int) -> None:
        """Take a tag, a comment or a declaration."""
        tag = read_tag(text)
        if tag is None:
            if not text.startswith("<!--"):
                self._report.add(HTML_DROPPED, line, f"{quoted(text, 30)} was left out.")
        elif tag.closes:
            self._close(tag.name, line)
        elif tag.alone or tag.name in inline_elements.VOID:
            self.extend(inline_elements.inline(tag.name, tag.attributes, (), line, self._report))
        else:
            if len(self._open) >= MAX_INLINE_NESTING:
                raise TooDeepError(line)
            self._open.append(_Open(tag.name, tag.attributes, line, []))

    def finish(self) -> Inlines:
        """Return all nodes; elements still open are reported, and what they hold is kept."""
        while self._open:
            self._give_up()
        return _joined(self._root)

    @property
    def _here(self) -> list[Inline]:
        return self._open[-1].children if self._open else self._root

    def _close(self, name: str, line: int) -> None:
        if not any(element.name == name for element in self._open):
            self._report.add(HTML_UNCLOSED, line, f"The tag </{name}> closes nothing here.")
            return
        while self._open[-1].name != name:
            self._give_up()
        element = self._open.pop()
        children = _joined(element.children)
        self.extend(inline_elements.inline(name, element.attributes, children, element.line, self._report))

    def _give_up(self) -> None:
        element = self._open.pop()
        self._report.add(HTML_UNCLOSED, element.line, f"The tag <{element.name}> is not closed in the same place.")
        if element.name not in inline_elements.DROPPED:
            self._here.extend(element.children)
        else:
            self._report.add(HTML_DROPPED, element.line, f"The element <{element.name}> was left out.")


def _joined(nodes: Sequence[Inline]) -> Inlines:
    """Return the nodes with texts that follow each other made into one."""
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
