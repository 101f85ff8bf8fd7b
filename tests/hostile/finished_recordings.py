"""Finished recordings and talking books that are hostile or damaged, for `exporter verify`."""

from __future__ import annotations

import io
import struct

from tests.hostile.finished import finished
from tests.hostile.kind import Kind
from tests.readers.docx.files import zipped


def _no_channels() -> bytes:
    """Return an M4B whose sample entry and decoder configuration say that it has no channels."""
    import av
    import numpy

    out = io.BytesIO()
    with av.open(out, "w", "ipod") as container:
        stream = container.add_stream("aac", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray(numpy.zeros((1, 1024), "float32"), "fltp", "mono")
        frame.rate = 44_100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    data = bytearray(out.getvalue())
    entry = data.find(b"mp4a") + 4
    data[entry + 16 : entry + 18] = b"\0\0"
    return bytes(data)


def _tagged_mp3(size: int) -> bytes:
    """Return an MP3 whose tag says that it is so large (ID3v2.4.0, 6.2)."""
    digits = bytes(size >> 7 * n & 0x7F for n in (3, 2, 1, 0))
    return b"ID3\4\0\0" + digits + b"TIT2" + digits + b"\0\0\3" + bytes(5_000) + b"\xff\xfb\x90\0" + bytes(414)


def _boxes(depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = struct.pack(">I", (len(data) + 8) & 0xFFFFFFFF) + b"moov" + data
    return struct.pack(">I4s4sI", 16, b"ftyp", b"M4B ", 0) + data


KINDS: dict[str, Kind] = {
    "verify-recording-no-channels": finished("a.m4b", _no_channels),
    "verify-mp3-tag": finished("a.mp3", lambda: _tagged_mp3(2**28 - 1)),
    "verify-mp3-zeros": finished("a.mp3", lambda: bytes(60_000_000)),
    "verify-recording-boxes": finished("a.m4b", lambda: _boxes(20_000)),
    "verify-recording-box-huge": finished(
        "a.m4b",
        lambda: struct.pack(">I4s4sI", 16, b"ftyp", b"M4B ", 0) + struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(99),
    ),
    "verify-daisy-empty": finished("a.zip", lambda: zipped({"ncc.html": "<html"})),
    "verify-daisy-clips": finished(
        "a.zip",
        lambda: zipped(
            {
                "ncc.html": "<html><body><h1><a href='a.smil#a'>A</a></h1></body></html>",
                "a.smil": "<smil><body>" + "<par id='a'><text src='b.html#a'/></par>" * 60_000,
            }
        ),
    ),
}
