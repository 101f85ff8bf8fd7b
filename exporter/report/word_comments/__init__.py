"""Findings as comments in a copy of a Word manuscript, in which nothing else is changed (ISO/IEC 29500-1, 17.13.4)."""

from exporter.report.word_comments.package import Comment, add_comments, is_unchanged_copy
