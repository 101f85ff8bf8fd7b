"""Inline content of paragraphs: runs, fields, formulas, symbols and the languages of runs.

A chain of readers: `run_reader` (paragraphs into runs), `field_reader` (fields), `run_content_reader` (text, breaks,
drawings), `inline_collector` (formats and groups); `text_runs` are what they make, and become nested inlines.
"""
