"""Rewrite the marked content of what is no part of the text: running heads, leaders, repeated heads, decoration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pydyf

from exporter.writers.pdf.tagging.content import Artifact, Content


def mark(artifacts: Iterable[Content], page_streams: list[Any]) -> None:
    """Turn each content into an artifact in its page's stream (ISO 14289-1, 7.1; ISO 32000-1, 14.8.2.2.2)."""
    pages: dict[int, dict[int, Artifact]] = defaultdict(dict)
    for content in artifacts:
        if content.mcid is not None and content.artifact is not None:
            pages[content.page][content.mcid] = content.artifact
    for page, marks in pages.items():
        operators = page_streams[page].stream
        for index, operand in enumerate(operators):
            if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in marks:
                operators[index - 1] = "/Artifact"
                operators[index] = marks[operand["MCID"]].value
