"""The only opener of Word files: ZIP package, XML parts, styles and numbering (ISO/IEC 29500), with limits."""

from exporter.inspect.docx.document import DocxFile, Story
from exporter.inspect.docx.element_numbers import Anchors
from exporter.inspect.docx.errors import DocxError, PartError
from exporter.inspect.docx.numbering import Numbering
from exporter.inspect.docx.package import Package, Relation
from exporter.inspect.docx.styles import RunStyle, Styles
