"""What a kind of hostile publication is."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from tests.pipeline.bench import FRONT_MATTER

HEAD = f"{FRONT_MATTER}\n"
PART = "# Part\n\nText.\n\n"


class Command(Enum):
    """What is done with a publication."""

    EXPORT = auto()
    VERIFY = auto()
    """Its files are editions."""
    DESCRIBE = auto()
    """`table.csv` has alternative texts for its manuscript."""
    UPLOAD = auto()
    """Its file is uploaded to the studio."""


class Kind(NamedTuple):
    """Publications of one kind."""

    write: Callable[[Path], object]
    """Writes the files of one into its folder."""
    editions: str = "pdf,html"
    check: str = "off"
    """The gate: most reach the writers only without it."""
    command: Command = Command.EXPORT
    cheap: bool = False
    """Whether it is tried in every test run."""


def markdown(text: str | bytes, **more: str) -> Callable[[Path], None]:
    """Return what writes a Markdown manuscript, with other files beside it."""

    def write(folder: Path) -> None:
        (folder / "manuscript.md").write_bytes(
            text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        )
        for name, other in more.items():
            (folder / name.replace("_", ".")).write_text(other, "utf-8")

    return write


def file(name: str, data: Callable[[], bytes], *, command: Command = Command.EXPORT, cheap: bool = False) -> Kind:
    """Return a kind of one file."""
    return Kind(lambda folder: (folder / name).write_bytes(data()), command=command, cheap=cheap)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive; `mimetype` is not compressed (OpenDocument 1.3, 2, 3.3; EPUB OCF 4.3)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def zeros(name: str, megabytes: int, others: Mapping[str, str | bytes] | None = None, fill: bytes = b"\0") -> bytes:
    """Return an archive with a member of one byte repeated, after other members (APPNOTE 6.3.10, 4.3)."""
    begin = packed(others or {})
    with zipfile.ZipFile(io.BytesIO(begin)) as archive:
        count, start = len(archive.namelist()) + 1, archive.start_dir
    entries = begin[start : begin.rindex(b"PK\5\6")]
    data, checksum = repeated(megabytes, fill)
    sizes = (checksum, len(data), megabytes * 1_000_000, len(name), 0)
    fields = struct.pack("<HHHHHLLLHH", 20, 0, zipfile.ZIP_DEFLATED, 0, 33, *sizes)
    member = b"PK\3\4" + fields + name.encode() + data
    entries += b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, start) + name.encode()
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(entries), start + len(member), 0)
    return begin[:start] + member + entries + b"PK\5\6" + end


def repeated(megabytes: int, fill: bytes = b"\0") -> tuple[bytes, int]:
    """Return one byte repeated as raw deflated data (RFC 1951), packed once for all blocks, and its CRC-32."""
    block, checksum = fill * 1_000_000, 0
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed_block = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    return packed_block * megabytes + b"\3\0", checksum
