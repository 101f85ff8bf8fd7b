"""Inline nodes as runs: text, fields, links, notes, drawings (ECMA-376-1, 17.3.2)."""
