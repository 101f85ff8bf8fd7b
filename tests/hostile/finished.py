"""Finished files that are hostile or damaged, for `exporter verify`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.hostile.kind import Kind

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">i</dc:identifier><dc:title>T</dc:title>
<dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="n"/></spine></package>"""
_PAGE = (
    '{doctype}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"><head>'
    '<title>T</title></head><body><nav epub:type="toc"><h1>C</h1><ol><li><a href="n.xhtml">{text}</a></li></ol></nav>'
    "</body></html>"
)
_EXTERNAL = '<!DOCTYPE {root} [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def _epub(doctype: str = "", text: str = "One", extra: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("p.opf", _PACKAGE)
        archive.writestr("n.xhtml", _PAGE.format(doctype=doctype, text=text))
        if extra:
            archive.writestr(extra, "x")
    return out.getvalue()


def _not_inflatable() -> bytes:
    data = bytearray(_epub())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offset = archive.getinfo("n.xhtml").header_offset
    start = offset + 30 + len("n.xhtml")
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def _pdf(content: bytes) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(out, compress_streams=True)
    return out.getvalue()


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


def _file(name: str, data: Callable[[], bytes]) -> Kind:
    return Kind(lambda folder: (folder / name).write_bytes(data()), verify=True)


KINDS: dict[str, Kind] = {
    "verify-epub-not-inflatable": _file("a.epub", _not_inflatable),
    "verify-epub-external-entity": _file("a.epub", lambda: _epub(_EXTERNAL.format(root="html"), "&x;")),
    "verify-epub-outside": _file("a.epub", lambda: _epub(extra="../outside.xhtml")),
    "verify-epub-absolute": _file("a.epub", lambda: _epub(extra="/etc/outside.xhtml")),
    "verify-pdf-content": _file("a.pdf", lambda: _pdf(b"0 0 m\n" * 46_000_000)),
    "verify-pdf-content-operands": _file("a.pdf", lambda: _pdf(b"0 " * 100_000_000)),
    "verify-pdf-nested": _file("a.pdf", lambda: _pdf(b"[" * 100_000)),
    "verify-recording-no-channels": _file("a.m4b", _no_channels),
}
