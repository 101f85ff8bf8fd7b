"""Pictures and formulas (ISO 14289-1, 7.3 and 7.7; WCAG 1.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import Node, PdfFile
from exporter.inspect.pdf.types import MATHML
from exporter.validate.pdf.locations import letters, location_of, quote
from exporter.validate.picture_names import is_camera_name, is_file_name

ALT = Rule(
    "pdf-figure-alt",
    Severity.ERROR,
    "Every image has an alt text, or is an artifact.",
    "Describe the content of the image, or mark it as an artifact if it is decorative.",
    "ISO 14289-1, 7.3; MP 13-004; WCAG 1.1.1",
)
ALT_IS_FILE = Rule(
    "pdf-figure-alt-file",
    Severity.ERROR,
    "An alt text is not a file name.",
    "Describe the content of the image.",
    "WCAG 1.1.1 (failure F30)",
)
ALT_EMPTY_WORD = Rule(
    "pdf-figure-alt-word",
    Severity.WARNING,
    "An alt text says more than that there is an image.",
    "Describe the content of the image.",
    "WCAG 1.1.1 (failure F30)",
)
FORMULA = Rule(
    "pdf-formula-alt",
    Severity.ERROR,
    "Every formula can be read out.",
    "Give it an alt text, or MathML in PDF 2.0.",
    "ISO 14289-1, 7.7; MP 17-002; WCAG 1.1.1",
)
RULES = (ALT, ALT_IS_FILE, ALT_EMPTY_WORD, FORMULA)
_MATHML = "application/mathml+xml"
_NOTHING = frozenset({"image", "picture", "photo", "figure", "graphic", "chart", "bild", "imagen", "foto", "graphique"})


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with pictures and formulas."""
    for node in file.structure.root.all("Figure"):
        alt = node.alt if node.alt is not None else node.actual
        if alt is None or not alt.strip():
            yield ALT.finding("An image has no alt text.", place=location_of(node))
        elif is_file_name(alt) or is_camera_name(alt):
            yield ALT_IS_FILE.finding(f"The alt text of an image is {quote(alt)}.", place=location_of(node))
        elif letters(alt) in _NOTHING:
            yield ALT_EMPTY_WORD.finding(f"The alt text of an image is {quote(alt)}.", place=location_of(node))
    for node in file.structure.root.all("Formula"):
        words = node.alt or node.actual or ""
        is_mathml = _MATHML in node.associated or any(map(_is_mathml, node.all()))
        if not words.strip() and not is_mathml:
            yield FORMULA.finding("A formula cannot be read out.", place=location_of(node))


def _is_mathml(node: Node) -> bool:
    """Return whether an element is one of MathML, by its namespace or by the roles of its namespace (8.2.5.29)."""
    return node.namespace == MATHML or (bool(node.namespace) and node.type == "math")
