"""Inlines of the tree, from the elements of a page."""
