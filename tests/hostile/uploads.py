"""Archives that are hostile or merely huge, uploaded to the studio."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.hostile.kind import HEAD, PART, Command, Kind, file, zeros
from tests.hostile.word_files import word_bomb
from tests.readers.docx.files import zipped

_TEXT = HEAD + PART
_FILES: dict[str, str | bytes] = {"manuscript.md": _TEXT}


def _upload(data: Callable[[], bytes], name: str = "upload.zip") -> Kind:
    return file(name, data, command=Command.UPLOAD)


def _lying() -> bytes:
    """Return an archive whose member says that it has ten bytes, and unpacks to a gigabyte."""
    data = bytearray(zeros("a.png", 1_000, _FILES))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    return bytes(data)


def _overlapping(members: int = 250) -> bytes:
    """Return an archive whose members all are the same bytes."""
    inner = zeros("a.png", 100)
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        size = archive.getinfo("a.png").header_offset
    central = inner.index(b"PK\x01\x02")
    entry, end = inner[central : inner.index(b"PK\x05\x06")], inner.index(b"PK\x05\x06")
    assert size == 0
    entries = b"".join(
        entry.replace(b"a.png", f"{n % 10}{n // 10 % 10}{n // 100}pg"[:5].encode()) for n in range(members)
    )
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, len(entries), central, 0)
    return inner[:central] + entries + tail + inner[end:end]


KINDS: dict[str, Kind] = {
    "upload-bomb": _upload(lambda: zeros("a.png", 1_200, _FILES)),
    "upload-bombs": _upload(lambda: zipped(_FILES | {f"{n}.png": bytes(5_000_000) for n in range(100)})),
    "upload-lying": _upload(_lying),
    "upload-overlapping": _upload(_overlapping),
    "upload-members": _upload(lambda: zipped(_FILES | {f"{n}.png": b"" for n in range(30_000)})),
    "upload-up-and-out": _upload(lambda: zipped(_FILES | {"../../a.png": b"a", "/etc/a.png": b"a"})),
    "upload-drive": _upload(lambda: zipped(_FILES | {"C:\\a.png": b"a"})),
    "upload-device-names": _upload(lambda: zipped(_FILES | {"CON.png": b"a", "nul.png": b"a"})),
    "upload-depth": _upload(lambda: zipped(_FILES | {"/".join("a" * 500) + "/a.png": b"a"})),
    "upload-name": _upload(lambda: zipped(_FILES | {"x" * 60_000 + ".png": b"a"})),
    "upload-names-same": _upload(lambda: zipped(_FILES | {"A.png": b"a", "a.png": b"b", "a.PNG": b"c"})),
    "upload-archives": _upload(lambda: zipped(_FILES | {"inner.zip": zeros("a.png", 100)})),
    "upload-word-bomb": _upload(lambda: zipped({"manuscript.docx": word_bomb()})),
    "upload-word": _upload(word_bomb, "manuscript.docx"),
    "upload-two": _upload(lambda: zipped(_FILES | {"other.docx": b"a"})),
    "upload-cut-off": _upload(lambda: zipped(_FILES)[:-30]),
    "upload-no-archive": _upload(lambda: b"PK\x03\x04" + bytes(100_000)),
    "upload-comment": _upload(lambda: zipped(_FILES) + b"PK\x05\x06" * 20_000),
    "upload-settings": _upload(lambda: zipped(_FILES | {"publication.toml": "a = " + "[" * 5_000})),
    "upload-depth-of-page": _upload(lambda: b"<div>" * 400_000, "manuscript.html"),
}
