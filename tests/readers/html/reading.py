"""Short ways to read a page in tests."""

from __future__ import annotations

from typing import TypeVar

from exporter.contracts import ReadResult
from exporter.model import Block, Node
from exporter.model.walk import walk
from exporter.readers.html import read

T = TypeVar("T", bound=Node)
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><body><main>'


def page(text: str, name: str = "page.html") -> ReadResult:
    """Read a whole page."""
    return read(text.encode(), name)


def body(text: str) -> tuple[Block, ...]:
    """Return the blocks of the text of a page, which must read without findings."""
    result = page(HEAD + text)
    assert [str(finding) for finding in result.findings] == []
    return result.publication.body


def first(text: str, kind: type[T]) -> T:
    """Return the first node of a kind in the text of a page."""
    return next(node for node in walk(page(HEAD + text).publication) if isinstance(node, kind))


def every(text: str, kind: type[T]) -> list[T]:
    """Return all nodes of a kind in the text of a page."""
    return [node for node in walk(page(HEAD + text).publication) if isinstance(node, kind)]


def rules(text: str) -> list[tuple[str, int]]:
    """Return the rule and line of every finding about the text of a page."""
    return [(finding.rule, finding.source.line) for finding in page(HEAD + text).findings]
