"""Word files, taken apart with zipfile and lxml alone (ISO/IEC 29500), and never trusted."""

from exporter.inspect.docx.contrast import contrast
from exporter.inspect.docx.document import Story, Word
from exporter.inspect.docx.package import NotWordError, Package, Relation
from exporter.inspect.docx.styles import Looks, Styles

__all__ = ["Looks", "NotWordError", "Package", "Relation", "Story", "Styles", "Word", "contrast"]
