"""Blocks of the tree, from the parsed blocks of a story."""
