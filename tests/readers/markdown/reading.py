"""Short ways to read a manuscript in tests."""

from __future__ import annotations

from typing import TypeVar

from exporter.contracts import ReadResult
from exporter.model import Node
from exporter.model.walk import walk
from exporter.readers.markdown import read

T = TypeVar("T", bound=Node)


def md(text: str) -> ReadResult:
    return read(text.encode(), "m.md")


def body(text: str) -> tuple[Node, ...]:
    """Return the body of a manuscript that must read without findings."""
    result = md(text)
    assert [str(finding) for finding in result.findings] == []
    return result.publication.body


def first(text: str, kind: type[T]) -> T:
    return next(node for node in walk(md(text).publication) if isinstance(node, kind))


def rules(text: str) -> list[tuple[str, int]]:
    """Return the rule and line of every finding."""
    return [(finding.rule, finding.source.line) for finding in md(text).findings]


def line(node: Node) -> int:
    assert node.at.source is not None
    return node.at.source.line
