"""OpenDocument and RTF files changed by chance, which LibreOffice reads first."""

from __future__ import annotations

import io
import random
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from tests.hostile.kind import packed
from tests.proof import validators
from tests.soak import word_documents
from tests.soak.mutation import changed, rearranged

_DAMAGED = 0.15
"""Share of documents of which any bytes are changed, not only what stands in them."""
_ELEMENTS = (
    b"<text:p>",
    b"</text:p>",
    b"<text:span>",
    b"<table:table>",
    b"<table:covered-table-cell/>",
    b'<text:note text:note-class="footnote"><text:note-body>',
    b'<text:section text:display="none">',
    b'<draw:frame text:anchor-type="as-char">',
    b"<text:tracked-changes>",
    b'<text:s text:c="999999"/>',
)
_CONTROLS = (
    rb"\par ",
    rb"\trowd\cellx1000\cell\row ",
    rb"{\footnote ",
    rb"{\field{\*\fldinst HYPERLINK a}{\fldrslt b}}",
    rb"{\*\shppict ",
    rb"\u-10179?\u-8704?",
    rb"\bin99999999 ",
    rb"\ls99999\ilvl9 ",
    b"{",
    b"}",
)


def opendocument(seed: int) -> bytes:
    """Return the OpenDocument file with a number, the same one each time."""
    chance, files = random.Random(seed), _converted("odt")
    data = chance.choice(files)
    if chance.random() < _DAMAGED:
        return changed(chance, data, (data,), (b"PK\x03\x04", b"PK\x01\x02", b"\0\0\0\0"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("content.xml", *(["styles.xml"] if chance.random() < 0.3 else [])):
        damaged = chance.random() < _DAMAGED
        part = parts[name]
        parts[name] = changed(chance, part, (part,), _ELEMENTS) if damaged else rearranged(chance, part)
    return packed(parts)


def rich_text(seed: int) -> bytes:
    """Return the RTF file with a number, the same one each time."""
    chance, files = random.Random(seed), _converted("rtf")
    return changed(chance, chance.choice(files), files, _CONTROLS)


@cache
def _converted(suffix: str) -> tuple[bytes, ...]:
    """Return Word files as LibreOffice saves them in another format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, data in enumerate(word_documents.unchanged()):
            (folder / f"{number}.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [validators.libreoffice(), profile, "--headless", "--convert-to", suffix, "--outdir", folder]
        subprocess.run([*command, *sorted(folder.glob("*.docx"))], capture_output=True, check=True)
        return tuple(path.read_bytes() for path in sorted(folder.glob(f"*.{suffix}")))
