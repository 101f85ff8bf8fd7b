"""Readers of manuscripts, a module or package for each format."""
