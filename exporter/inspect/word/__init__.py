"""Word files, taken apart with zipfile and lxml alone (ISO/IEC 29500), and never trusted."""

from exporter.inspect.word.colours import contrast
from exporter.inspect.word.package import NotWordError, Package, Relation
from exporter.inspect.word.styles import Looks, Styles
from exporter.inspect.word.words import Story, Word

__all__ = ["Looks", "NotWordError", "Package", "Relation", "Story", "Styles", "Word", "contrast"]
