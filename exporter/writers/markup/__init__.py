"""The tree as markup that is XHTML and HTML at once: one code for the PDF, the EPUB and the web."""

from exporter.writers.markup.base import LINK_REFUSED, Ids, MathStyle, NoteStyle, link_refused, may_be_followed
from exporter.writers.markup.element import Attributes, element, escape
from exporter.writers.markup.notes import Markup

__all__ = [
    "LINK_REFUSED",
    "Attributes",
    "Ids",
    "Markup",
    "MathStyle",
    "NoteStyle",
    "element",
    "escape",
    "link_refused",
    "may_be_followed",
]
