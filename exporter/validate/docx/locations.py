"""Findings with their location in a Word file."""

from __future__ import annotations

from exporter.findings import Finding, Rule
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element
from exporter.model import Source


def finding_at(rule: Rule, word: DocxFile, message: str, element: Element | None = None) -> Finding:
    """Return a finding, located at an element by the words around it, as Word files have no lines."""
    location = word.location(element) if element is not None else ""
    return rule.finding(message, Source(word.file, place=location))
