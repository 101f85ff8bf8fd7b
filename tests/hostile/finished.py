"""Finished files that are hostile or damaged, for `exporter verify`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.hostile.kind import Command, Kind, file, packed, zeros
from tests.hostile.pictures import png
from tests.hostile.word_files import word_bomb

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


def _files(doctype: str = "", text: str = "One", items: str = "", spine: str = "") -> dict[str, str | bytes]:
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "p.opf": _PACKAGE.replace("</manifest>", f"{items}</manifest>").replace("</spine>", f"{spine}</spine>"),
        "n.xhtml": _PAGE.format(doctype=doctype, text=text),
    }


def _epub(doctype: str = "", text: str = "One", items: str = "", spine: str = "", **extra: str | bytes) -> bytes:
    """Return an EPUB; `items` and `spine` are added to its package, and `extra` to its files."""
    return packed(_files(doctype, text, items, spine) | extra)


def _item(name: str, media_type: str) -> str:
    return f'<item id="{name[0]}" href="{name}" media-type="{media_type}"/>'


def _not_inflatable() -> bytes:
    data = bytearray(_epub())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offset = archive.getinfo("n.xhtml").header_offset
    start = offset + 30 + len("n.xhtml")
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def _page(body: bytes) -> bytes:
    return b"<!doctype html><html lang=en><title>T</title><body><h1>Part</h1>" + body


def finished(name: str, data: Callable[[], bytes]) -> Kind:
    """Return a kind of one finished file."""
    return file(name, data, command=Command.VERIFY)


KINDS: dict[str, Kind] = {
    "verify-epub-not-inflatable": finished("a.epub", _not_inflatable),
    "verify-epub-external-entity": finished("a.epub", lambda: _epub(_EXTERNAL.format(root="html"), "&x;")),
    "verify-epub-outside": finished("a.epub", lambda: _epub(**{"../outside.xhtml": "x"})),
    "verify-epub-absolute": finished("a.epub", lambda: _epub(**{"/etc/outside.xhtml": "x"})),
    "verify-epub-text-900-mb": finished("a.epub", lambda: zeros("n.xhtml", 900, _without_page(), b" ")),
    "verify-epub-picture-1200-mb": finished(
        "a.epub", lambda: zeros("a.png", 1_200, _files(items=_item("a.png", "image/png")))
    ),
    "verify-epub-members": finished(
        "a.epub", lambda: packed({**_files(), **{f"{n}.xhtml": b"" for n in range(30_000)}})
    ),
    "verify-epub-entities": finished(
        "a.epub",
        lambda: _epub(
            '<!DOCTYPE html [<!ENTITY e0 "x">'
            + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
            + "]>",
            "&e12;",
        ),
    ),
    "verify-epub-depth": finished("a.epub", lambda: _epub(text="<b>" * 5_000 + "a" + "</b>" * 5_000)),
    "verify-epub-links": finished("a.epub", lambda: _epub(text='</a><a href="#x" id="a">b' * 50_000)),
    "verify-epub-spine": finished("a.epub", lambda: _epub(spine='<itemref idref="n"/>' * 50_000)),
    "verify-epub-manifest": finished("a.epub", lambda: _epub(items=_item("b.xhtml", "application/xhtml+xml") * 50_000)),
    "verify-epub-fallbacks": finished(
        "a.epub",
        lambda: _epub(
            items='<item id="x" href="x.bin" media-type="a/b" fallback="y"/>'
            '<item id="y" href="y.bin" media-type="a/b" fallback="x"/>',
            spine='<itemref idref="x"/>',
        ),
    ),
    "verify-epub-css": finished(
        "a.epub", lambda: _epub(items=_item("c.css", "text/css"), **{"c.css": "a:not(b){color:red}" * 1_000_000})
    ),
    "verify-epub-css-import": finished(
        "a.epub", lambda: _epub(items=_item("c.css", "text/css"), **{"c.css": "@import 'c.css';" * 10_000})
    ),
    "verify-epub-font": finished(
        "a.epub",
        lambda: _epub(items=_item("f.otf", "font/otf"), **{"f.otf": b"OTTO\xff\xff" + b"cmap\xff\xff\xff\xff" * 9_000}),
    ),
    "verify-epub-picture": finished(
        "a.epub", lambda: _epub(items=_item("a.png", "image/png"), **{"a.png": png(9_000, 8_800)})
    ),
    "verify-epub-overlay": finished(
        "a.epub",
        lambda: _epub(
            items='<item id="s" href="s.smil" media-type="application/smil+xml"/>',
            **{
                "s.smil": '<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>'
                + '<par><text src="n.xhtml#a"/><audio src="a.mp3" clipBegin="0s" clipEnd="1s"/></par>' * 60_000
                + "</body></smil>"
            },
        ),
    ),
    "verify-epub-container-loop": finished(
        "a.epub", lambda: _epub(**{"META-INF/container.xml": _CONTAINER.replace("p.opf", "META-INF/container.xml")})
    ),
    "verify-epub-empty": finished("a.epub", lambda: packed({})),
    "verify-word-text-900-mb": finished("a.docx", word_bomb),
    "verify-word-relations-damaged": finished(
        "a.docx", lambda: packed({"word/document.xml": "<a/>", "word/_rels/document.xml.rels": "<", "_rels/.rels": "<"})
    ),
    "verify-html-100-mb": finished("a.html", lambda: _page(b"<p>Text." * 12_500_000)),
    "verify-html-300-mb": finished("a.html", lambda: _page(b"x" * 300_000_000)),
    "verify-html-depth": finished("a.html", lambda: _page(b"<div>" * 300_000)),
    "verify-html-attributes": finished(
        "a.html", lambda: _page(b"<p " + b" ".join(b"a%d=1" % n for n in range(500_000)) + b">Text")
    ),
    "verify-html-ids": finished("a.html", lambda: _page(b"<p id=a><a href=#b>c</a>" * 100_000)),
    "verify-html-tables": finished("a.html", lambda: _page(b"<table><tr><td colspan=1000 rowspan=65534>a" * 300)),
    "verify-braille-long": finished("a.brf", lambda: b"abc " * 10_000_000),
    "verify-unknown": finished("a.xyz", lambda: bytes(1_000_000)),
}


def _without_page() -> dict[str, str | bytes]:
    return {name: data for name, data in _files().items() if name != "n.xhtml"}
