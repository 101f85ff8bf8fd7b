"""Names of WordprocessingML and related vocabularies, and a safe XML parser (ISO/IEC 29500-1 and -4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from exporter.inspect.docx.errors import PartError
from exporter.xml_parser import xml_parser

Element = etree._Element

_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""Namespace of WordprocessingML in Strict files."""
# The namespaces of ISO/IEC 29500-1 (Strict) and those of -4 (Transitional), which contain a year.
_STRICT_NAMES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/picture", b"drawingml/2006/picture"),
    (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "pkg": "http://schemas.microsoft.com/office/2006/xmlPackage",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_OFF = frozenset({"0", "false", "off", "none", "False", "FALSE"})


@cache
def name(tag: str) -> str:
    """Return the Clark name of `tag`: `w:p`, or `p` for the `w` namespace."""
    prefix, _, local = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix or 'w']}}}{local}"


def first_choices(root: Element, *tags: str) -> Iterator[Element]:
    """Yield elements without those in a fallback, which repeats them for older programs (ISO/IEC 29500-3, 7.6)."""
    fallback = name("mc:Fallback")
    return (element for element in root.iter(*map(name, tags)) if next(element.iterancestors(fallback), None) is None)


VAL = name("val")


def parse(data: bytes, part: str) -> Element:
    """Return the root of an XML part, with Strict namespaces replaced by Transitional ones.

    Args:
        data: Bytes of the part.
        part: Its name, for the error.

    Raises:
        PartError: Not XML, nested too deeply, or with a document type.
    """
    data = without_utf16(data)
    if _STRICT in data:
        for strict, transitional in _STRICT_NAMES:
            data = data.replace(_STRICT + strict, _TRANSITIONAL + transitional)
    parser = xml_parser(remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root: Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PartError(part, _reason(error)) from error
    except ValueError as error:  # unknown character set
        raise PartError(part, "is in an unknown character set") from error
    if root is None:
        raise PartError(part, "is empty")
    if root.getroottree().docinfo.internalDTD is not None:
        raise PartError(part, "declares entities or a document type, which no Word file does")
    return root


def without_utf16(data: bytes) -> bytes:
    """Return XML in UTF-16 as UTF-8, and all other as it is."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and data[:4] not in (b"<\0?\0", b"\0<\0?"):
        return data
    text = data.decode("utf-16", "replace") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-16-le")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    return text.encode()


def _reason(error: etree.XMLSyntaxError) -> str:
    message = str(error)
    if "Excessive depth" in message or "xmlSAX2Characters" in message or "huge" in message.lower():
        return "is nested too deeply, or one of its texts is too long"
    if "entit" in message.lower():
        return "contains entities that no Word file has"
    return "is incomplete: its XML breaks off or is damaged"


def value(element: Element | None, attribute: str = VAL) -> str:
    """Return an attribute (`w:val` by default) of an element, or "" if the element is None."""
    return (element.get(attribute) or "") if element is not None else ""


def child_value(parent: Element | None, tag: str, attribute: str = VAL) -> str:
    """Return an attribute of the first child with a Clark name, or "" if there is none."""
    return value(parent.find(tag), attribute) if parent is not None else ""


def is_on(element: Element | None) -> bool:
    """Return whether a toggle property is present and not off (17.17.4)."""
    return element is not None and (element.get(VAL) or "1") not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """Return the whole number in an attribute, or `default` if it is no number or absurdly large."""
    try:
        parsed = int(float(text)) if text and "." in text else int(text or "")
    except (ValueError, OverflowError):
        return default
    return parsed if abs(parsed) < 10**9 else default


def length(text: str | None) -> int:
    """Return a length in twentieths of a point, written as a plain number or with a unit (22.9.2.14)."""
    if not text:
        return 0
    unit = text[-2:]
    factor = {"pt": 20.0, "in": 1440, "cm": 567, "mm": 56.7, "pc": 240, "pi": 240}.get(unit)
    if factor is None:
        return number(text)
    try:
        return round(float(text[:-2]) * factor)
    except (ValueError, OverflowError):
        return 0
