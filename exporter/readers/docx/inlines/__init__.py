"""Inline content of paragraphs: runs, fields, formulas, symbols and the languages of runs."""
