"""Findings about a manuscript or a file."""
