"""The tree as markup that is valid as both XHTML and HTML, for PDF, EPUB and HTML."""

from exporter.writers.markup import tables
from exporter.writers.markup.block import Markup
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.links import LINK_REFUSED, may_be_followed, report_refused
from exporter.writers.markup.options import Ids, MathStyle, NoteStyle

__all__ = [
    "LINK_REFUSED",
    "Attributes",
    "Ids",
    "Markup",
    "MathStyle",
    "NoteStyle",
    "element",
    "escape",
    "may_be_followed",
    "report_refused",
    "tables",
]
