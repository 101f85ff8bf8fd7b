"""Any PDF, ours or not, as plain records: its structure tree, its words, its links, bookmarks and fonts.

`open_pdf` yields a `PdfFile`. Files may be hostile: what cannot be read is a `Fault` or a missing value, and every walk
has an end. Nothing here checks; `parity` compares with the tree, `validate.pdf` checks without one.
"""

from exporter.inspect.pdf.document import NEW_LINE, RGB_MARK, PdfFile, open_pdf
from exporter.inspect.pdf.navigation import Annotation, Bookmark
from exporter.inspect.pdf.page_cache import cache_pages
from exporter.inspect.pdf.structure import Fault, Marked, Node, ObjectReference
