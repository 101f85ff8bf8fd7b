"""Blocks of the tree, from the parsed blocks of a story.

`block_builder` nests and joins them; lists, tables, figures with their captions, definitions, preformatted text,
quotations with asides, and transcripts have a module each. Each takes the parsed blocks that it needs from a `cursor`.
"""
