"""Removal of links to other files from a manuscript before LibreOffice opens it.

`confinement` keeps LibreOffice from following links where the kernel supports it; removed here are links that it
follows in spite of its settings, and links that it drops silently. Linked images of OpenDocument stay: LibreOffice
keeps them as links, which the reader reports at their location.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Container, Iterator

from lxml import etree

from exporter.errors import SourceError
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.readers.docx.inlines.fields import parse
from exporter.xml_parser import xml_parser

_TOKEN = re.compile(
    rb"\\bin(?P<bytes>\d+) ?|\\'[0-9a-fA-F]{2}|\\u(?P<code>-?\d+) ?\??|\\(?P<word>[A-Za-z]+)-?\d* ?|\\.|[{}]|[^\\{}]+",
    re.DOTALL,
)
_LINKING = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "RD", "DATABASE"})
_HREFS = frozenset({"href", "src", "image-data"})
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
_HYPERLINKS = frozenset({f"{_ODF}text:1.0}}a", f"{_ODF}drawing:1.0}}a", f"{_ODF}drawing:1.0}}image"})
_DATA = f"{_ODF}office:1.0}}binary-data"
_INSIDE = ("#", "data:image/png", "data:image/jpeg", "data:image/gif", "wordml:")
_LARGEST = 200_000_000
"""Bytes of one part."""
_DIGITS = 12
"""Of a number of bytes; more than any file has."""


def remove_links(data: bytes, suffix: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a manuscript without links to other files, and the targets of the links that were removed.

    Raises:
        SourceError: It unpacks to more than the limits allow.
    """
    links: list[str] = []
    if suffix == ".rtf":
        data = _rtf(data, links)
    elif suffix == ".odt":
        data = _package(data, links)
    elif suffix in (".fodt", ".xml"):
        data = _xml(data, (), links)
    return data, tuple(dict.fromkeys(links))


def _rtf(data: bytes, links: list[str]) -> bytes:
    """Empty the instructions of linking fields (RTF 1.9.1, Fields); their results stay."""
    out: list[bytes] = []
    depth = position = 0
    code, begun, emptied = "", 0, 0
    """Instructions of a field, the depth of their group, and the index in `out` at which they start."""
    shown: list[tuple[int, str]] = []
    """Links by the depth of their field, until the field ends or contains an image."""
    while match := _TOKEN.match(data, position):
        # LibreOffice waits for bytes that are announced after the end of the file.
        size = min(int((match["bytes"] or b"0")[:_DIGITS]), len(data) - match.end())
        position = match.end() + size
        token = b"\\bin%d " % size + data[match.end() : position] if match["bytes"] else match[0]
        out.append(token)
        if token == b"{":
            depth += 1
        elif token == b"}":
            if begun == depth:
                kinds = {parse(instruction)[0] for instruction in code.split("\0")}
                if kinds & _LINKING:
                    out[emptied:] = [b"}"]
                    shown += [(depth - 1, " ".join(parse(code.strip("\0"))[1]))] if "INCLUDEPICTURE" in kinds else []
                begun = 0
            while shown and shown[-1][0] >= depth:
                links.append(shown.pop()[1])
            depth -= 1
        elif match["word"] == b"fldinst":
            if not begun:
                code, begun, emptied = "", depth, len(out)
            code += "\0"
        elif match["word"] == b"pict":
            shown.clear()
        elif begun and match["code"]:
            code += chr(int(match["code"]) % 0x10000)
        elif begun and token.startswith(b"\\'"):
            code += bytes.fromhex(token[2:].decode()).decode("cp1252", "replace")
        elif begun and not match["word"] and not match["bytes"]:
            code += token.lstrip(b"\\").decode("cp1252", "replace") if token != b"\\\\" else "\\"
    # A lone backslash at the end is not a token.
    return b"".join(out) + data[position:]


def _package(data: bytes, links: list[str]) -> bytes:
    """Rewrite the parts of an OpenDocument package, including those of embedded objects and drawings."""
    out = io.BytesIO()
    try:
        with Archive(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
            names = {name[:end] for name in archive.names for end in _ends(name)}
            for name in archive.names:
                written.writestr(name, _xml(archive.read(name, _LARGEST), names, links))
    except ArchiveError:
        return data  # damaged or encrypted: LibreOffice refuses it
    except LimitError as error:
        raise SourceError(str(error), advice="Save the images smaller, or split the manuscript into parts.") from error
    return out.getvalue()


def _ends(name: str) -> Iterator[int]:
    """Yield the lengths of a name and of the names of its parent folders."""
    yield len(name)
    yield from (slash.start() for slash in re.finditer("/", name))


def _xml(data: bytes, names: Container[str], links: list[str]) -> bytes:
    """Remove links from XML and from the drawings in it; return other data unchanged.

    Args:
        data: A part or an image.
        names: The parts and folders of its package.
        links: List to which removed links are added.
    """
    if data.startswith(b"\x1f\x8b"):  # a compressed drawing
        try:
            data = zlib.decompressobj(31).decompress(data, _LARGEST)
        except zlib.error:
            return data
    if data.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] != b"<":
        return data
    try:
        root = etree.fromstring(data, xml_parser(huge_tree=True))
    except etree.XMLSyntaxError:
        return data  # LibreOffice does not read it either
    changed = False
    for element in root.iter(etree.Element):
        if element.tag == _DATA and element.text:
            changed |= _data(element, links)
        if element.tag in _HYPERLINKS:
            continue
        for attribute, value in [(str(key), str(value)) for key, value in element.items()]:
            if etree.QName(attribute).localname in _HREFS and not _is_inside(value, names):
                del element.attrib[attribute]
                if not str(element.tag).startswith(f"{_ODF}meta:"):
                    links.append(value)
                changed = True
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8") if changed else data


def _data(element: etree._Element, links: list[str]) -> bool:
    """Remove links from a drawing inside an XML file; return whether it had any."""
    try:
        picture = base64.b64decode(element.text or "")
    except (binascii.Error, ValueError):
        return False
    plain = _xml(picture, (), links)
    element.text = base64.b64encode(plain).decode()
    return plain != picture


def _is_inside(value: str, names: Container[str]) -> bool:
    """Return whether a link refers to a part of the same file."""
    path = value.removeprefix("./").rstrip("/")
    return not path or path.startswith(_INSIDE) or path in names
