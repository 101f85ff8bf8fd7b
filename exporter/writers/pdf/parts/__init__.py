"""Parts of a document: pages that are laid out and drawn once, and kept until what decides them changes.

A part begins with a chapter, or with another child of `body` or `main`, that begins a page by a forced break, and ends
where the next part begins. Which chapters do is only known when the pages before them are laid out (`page_breaks`), so
WeasyPrint still goes through the pages in order; where the next part is kept under the key of its beginning, its pages
are taken from the cache instead. `items` finds what a part may begin with, `keys` names what decides a part, `omission`
leaves out the contents of those that are expected in the cache, `layout_session` and `drawing` follow the layout and
the drawing of one document, `cached_page` is a page from the cache, `records` its data, `part_recorder` makes it.
`chapter_processes` lays out chapters in other processes. `patches/cached_parts.py` connects them with WeasyPrint.
The text of margin boxes is no part of it: it depends on the number of the page (`margin_boxes`).
"""
