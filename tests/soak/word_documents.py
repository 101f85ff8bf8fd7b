"""Word files changed by chance: bytes of the archive, or what stands in its parts."""

from __future__ import annotations

import copy
import io
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from exporter import transforms
from exporter.contracts import ReadResult
from exporter.readers import docx as reader
from exporter.readers import markdown
from exporter.writers import docx as writer
from tests.readers.docx.files import zipped
from tests.readers.docx.rule_files import FILES
from tests.soak.mutation import changed
from tests.write_context import STYLES, write_context

SUFFIXES = (".docx",)
_INPUT = Path(__file__).parent.parent.parent / "input"
_SMALLEST = 200
_LARGEST = 300
"""Elements that are copied or moved together at most."""
_WORDS = (
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"<w:tc>",
    b"</w:tc>",
    b'<w:fldChar w:fldCharType="begin"/>',
    b'<w:fldChar w:fldCharType="separate"/>',
    b'<w:fldChar w:fldCharType="end"/>',
    b"<w:instrText> TOC </w:instrText>",
    b'<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>',
    b'<w:vMerge w:val="continue"/>',
    b'<w:gridSpan w:val="99999999999"/>',
    b'<w:footnoteReference w:id="1"/>',
    b'<w:bookmarkStart w:id="1" w:name="a"/>',
    b"<w:sdt><w:sdtContent>",
    b"<w:txbxContent>",
    b"\xff\xfe",
)


def read(data: bytes, file: str) -> ReadResult:
    """Read a Word file with the styles of the house."""
    return reader.read(data, file, styles=STYLES)


@cache
def _packages() -> tuple[dict[str, bytes], ...]:
    """Return the parts of our own editions and of the examples of the rules."""
    made = [bad for bad, _ in FILES.values()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for manuscript in sorted(_INPUT.glob("*/manuscript.md")):
            publication = markdown.read(manuscript.read_bytes(), manuscript.name).publication
            publication = transforms.apply(publication, manuscript.parent.name)
            path = folder / f"{manuscript.parent.name}.docx"
            context = write_context(folder / manuscript.parent.name, publication.metadata.language)
            options = writer.Options(page_numbers=writer.PageNumbers.NEVER)
            writer.write(publication, context, options, path)
            made.append(path.read_bytes())
    packages = []
    for data in made:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            packages.append({entry: archive.read(entry) for entry in archive.namelist()})
    return tuple(packages)


def document(seed: int) -> bytes:
    """Return the file with a number, the same one each time."""
    chance = random.Random(seed)
    parts = dict(chance.choice(_packages()))
    if chance.random() < 0.15:
        data = zipped(parts)
        return changed(chance, data, (data,), (b"PK\x03\x04", b"PK\x01\x02", b"\0\0\0\0"))
    texts = [name for name, data in parts.items() if name.endswith((".xml", ".rels")) and len(data) > _SMALLEST]
    others = [package["word/document.xml"] for package in _packages()]
    for name in ("word/document.xml", *({chance.choice(texts)} if chance.random() < 0.5 else ())):
        # Bytes changed by chance are hardly ever XML: most of the time whole elements are.
        damaged = chance.random() < 0.08
        parts[name] = changed(chance, parts[name], others, _WORDS) if damaged else _rearranged(chance, parts[name])
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    return zipped(parts)


def _rearranged(chance: random.Random, data: bytes) -> bytes:
    """Give a part that is still XML: elements moved, doubled, wrapped and taken out, attributes given other values."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return data
    for _ in range(chance.choice((2, 4, 8, 20))):
        # What stands right below the root holds everything else: without it there is nothing to read.
        elements = [element for element in root.iter(etree.Element) if element.getparent() not in (None, root)]
        if len(elements) < 2:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        if sum(1 for _ in one.iter()) > _LARGEST:
            continue
        parent = one.getparent()
        match chance.randrange(6):
            case 0:
                parent.remove(one)
            case 1:
                other.append(copy.deepcopy(one))
            case 2:
                other.addnext(copy.deepcopy(one))
            case 3:
                # A name that only a forgiving parser lets pass can be copied, not made.
                wrapper = copy.deepcopy(other)
                wrapper[:] = [one]
                parent.append(wrapper)
            case 4 if one.attrib:
                values = [value for each in elements for value in each.attrib.values()]
                one.set(chance.choice(list(one.attrib)), chance.choice([*values, "-1", "99999999999", "", "\u202e"]))
            case _:
                one.text, other.text = other.text, one.text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
