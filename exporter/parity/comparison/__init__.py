"""Comparison of the content of an edition with the tree: items are aligned, then their differences are named."""
