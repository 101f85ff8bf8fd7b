"""Word files, taken apart with zipfile and lxml alone (ISO/IEC 29500), and never trusted."""

from exporter.inspect.docx.contrast import contrast
from exporter.inspect.docx.document import DocxFile, Story
from exporter.inspect.docx.package import NotWordError, Package, Relation
from exporter.inspect.docx.styles import RunStyle, Styles

__all__ = ["DocxFile", "NotWordError", "Package", "Relation", "RunStyle", "Story", "Styles", "contrast"]
