"""Manuscript to tree: one file or folder per format."""
