"""What is changed in the pages' streams once the tree is known: artifacts, and glyphs without characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pydyf

from exporter.writers.pdf.tagging.marked_content import MarkedContent

_JOINER = "200d"
"""Zero-width joiner: stands for a glyph that is only part of a letter, such as its dots."""


def mark_artifacts(artifacts: Iterable[MarkedContent], page_streams: list[Any]) -> None:
    """Turn each content into an artifact in its page's stream (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2.2)."""
    for operators, index, content in _operands(artifacts, page_streams):
        assert content.artifact is not None
        operators[index - 1] = "/Artifact"
        operators[index] = content.artifact.value


def map_every_glyph(pdf: Any) -> None:
    """Return glyphs that stand for no character of their own one that says so (ISO 14289-1, 7.21.7)."""
    for entry in pdf.objects:
        if (
            isinstance(entry, pydyf.Stream)
            and entry.stream
            and entry.stream[0] == b"/CIDInit /ProcSet findresource begin"
        ):
            entry.stream[:] = [
                item.replace(b"<>", f"<{_JOINER}>".encode()) if item.endswith(b" <>") else item for item in entry.stream
            ]


def _operands(
    contents: Iterable[MarkedContent], page_streams: list[Any]
) -> Iterable[tuple[list[Any], int, MarkedContent]]:
    """Give, for each content, the operators of its page and the place of its property list among them."""
    pages: dict[int, dict[int, MarkedContent]] = defaultdict(dict)
    for content in contents:
        if content.mcid is not None:
            pages[content.page][content.mcid] = content
    for page, wanted in pages.items():
        operators = page_streams[page].stream
        for index, operand in enumerate(operators):
            if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in wanted:
                yield operators, index, wanted[operand["MCID"]]
