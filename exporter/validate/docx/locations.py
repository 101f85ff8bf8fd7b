"""Findings with their place in a Word file."""

from __future__ import annotations

from exporter.findings import Finding, Rule
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element
from exporter.model import Source


def found(rule: Rule, word: DocxFile, message: str, element: Element | None = None) -> Finding:
    """Return a finding; its place is told in words, as Word files have no lines."""
    place = word.location(element) if element is not None else ""
    return rule.finding(message, Source(word.file, place=place))
