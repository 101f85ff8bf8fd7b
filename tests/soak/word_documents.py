"""Word files changed by chance: bytes of the archive, or what stands in its parts."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from exporter import transforms
from exporter.contracts import ReadResult
from exporter.readers import docx as reader
from exporter.readers import markdown
from exporter.writers import docx as writer
from tests.readers.docx.files import zipped
from tests.readers.docx.rule_files import FILES
from tests.soak.mutation import changed, rearranged
from tests.write_context import STYLES, write_context

SUFFIXES = (".docx",)
_INPUT = Path(__file__).parent.parent.parent / "input"
_SMALLEST = 200
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


def unchanged() -> list[bytes]:
    """Return a fifth of the files of which others are made."""
    return [zipped(parts) for parts in _packages()[::5]]


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
        parts[name] = changed(chance, parts[name], others, _WORDS) if damaged else rearranged(chance, parts[name])
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    return zipped(parts)
