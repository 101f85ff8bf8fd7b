"""Blocks of the tree, from the parsed blocks of a story.

`block_builder` nests and joins them; lists, tables, figures with their captions, definitions, preformatted text, and
quotations, asides and transcripts (`asides`) have a module each.
"""
