"""Markdown manuscripts: CommonMark, Pandoc's names for what it lacks, and `::: transcript`."""

from __future__ import annotations

from exporter.readers.markdown.document import read

SUFFIXES = (".md", ".markdown")

__all__ = ["SUFFIXES", "read"]
