"""OpenDocument and RTF files that are hostile or merely huge, which LibreOffice reads first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.hostile.kind import Kind, file, packed, zeros
from tests.hostile.pictures import png
from tests.readers.docx.files import ODF_NAMESPACES

_TYPE = "application/vnd.oasis.opendocument.text"
_TITLE = '<text:h text:outline-level="1">Part</text:h><text:p>Text.</text:p>'
_BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))


def _content(body: str, before: str = "", styles: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<office:document-content {ODF_NAMESPACES} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.3">{styles}<office:body><office:text>{_TITLE}{body}</office:text></office:body>'
        "</office:document-content>"
    )


def _package(body: str, others: Mapping[str, str | bytes] | None = None, **more: str) -> dict[str, str | bytes]:
    """Return the parts of a package, with others, all of which are in its manifest."""
    parts = {"content.xml": _content(body, **more), **(others or {})}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    manifest = (
        f'<manifest:manifest {ODF_NAMESPACES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="1.3" manifest:media-type="{_TYPE}"/>{entries}</manifest:manifest>'
    )
    return {"mimetype": _TYPE, "META-INF/manifest.xml": manifest, **parts}


def _odt(body: Callable[[], str] | str, **more: str) -> Kind:
    return file("manuscript.odt", lambda: packed(_package(body if isinstance(body, str) else body(), **more)))


def _bomb(name: str, megabytes: int, body: str = "", fill: bytes = b" ") -> bytes:
    parts = _package(body, {name: ""})
    return zeros(name, megabytes, {other: data for other, data in parts.items() if other != name}, fill)


def _rtf(body: Callable[[], str]) -> Kind:
    def data() -> bytes:
        return rf"{{\rtf1\ansi {{\b Part}}\par Text.\par {body()}}}".encode()

    return file("manuscript.rtf", data)


def _flat(spans: int) -> bytes:
    text = f"<text:p>{'<text:span>' * spans}a{'</text:span>' * spans}</text:p>"
    head = f'<?xml version="1.0"?><office:document {ODF_NAMESPACES} office:mimetype="{_TYPE}">'
    return f"{head}<office:body><office:text>{text}</office:text></office:body></office:document>".encode()


def _note(number: int) -> str:
    return (
        f'<text:p>Word<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note></text:p>"
    )


def _locked() -> bytes:
    parts = _package("")
    manifest = str(parts["META-INF/manifest.xml"]).replace(
        '"content.xml" manifest:media-type="text/xml"/>',
        '"content.xml"><manifest:encryption-data manifest:checksum="AA=="/></manifest:file-entry>',
    )
    return packed(parts | {"META-INF/manifest.xml": manifest})


_IMAGE = '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>'


KINDS: dict[str, Kind] = {
    "odt-content-900-mb": file("manuscript.odt", lambda: _bomb("content.xml", 900)),
    "odt-styles-1200-mb": file("manuscript.odt", lambda: _bomb("styles.xml", 1_200)),
    "odt-picture-1200-mb": file("manuscript.odt", lambda: _bomb("Pictures/a.png", 1_200, _IMAGE, b"\0")),
    "odt-many-parts-50-mb": file(
        "manuscript.odt", lambda: packed(_package("", {f"Pictures/{n}.png": bytes(50_000_000) for n in range(6)}))
    ),
    "odt-picture-79-megapixels": file(
        "manuscript.odt", lambda: packed(_package(_IMAGE, {"Pictures/a.png": png(9_000, 8_800)}))
    ),
    "odt-members-30000": file(
        "manuscript.odt", lambda: packed(_package("", {f"Pictures/{n}": b"" for n in range(30_000)}))
    ),
    "odt-entities": _odt("<text:p>&e12;</text:p>", before=f'<!DOCTYPE d [<!ENTITY e0 "x">{_BOMB}]>'),
    "odt-external-entity": _odt(
        "<text:p>&x;</text:p>", before='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    ),
    "odt-columns-repeated": _odt(
        '<table:table><table:table-column table:number-columns-repeated="1000000"/><table:table-row '
        'table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000"><text:p>a'
        "</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "odt-rows-6000": _odt(
        lambda: (
            '<table:table><table:table-column table:number-columns-repeated="2"/>'
            + "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>" * 6_000
            + "</table:table>"
        )
    ),
    "odt-spans": _odt(
        "<table:table><table:table-column/><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2000000000" table:number-rows-spanned="2000000000">'
        "<text:p>a</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "odt-tables-nested": _odt(
        lambda: (
            "<table:table><table:table-column/><table:table-row><table:table-cell>" * 200
            + "<text:p>a</text:p>"
            + "</table:table-cell></table:table-row></table:table>" * 200
        )
    ),
    "odt-spaces": _odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'),
    "odt-tabs": _odt(lambda: f"<text:p>a{'<text:tab/>' * 10_000}b</text:p>"),
    "odt-lists-nested": _odt(
        lambda: "<text:list><text:list-item>" * 1_000 + "<text:p>a</text:p>" + "</text:list-item></text:list>" * 1_000
    ),
    "odt-spans-nested": _odt(lambda: f"<text:p>{'<text:span>' * 5_000}a{'</text:span>' * 5_000}</text:p>"),
    "odt-sections-nested": _odt(
        lambda: (
            "".join(f'<text:section text:name="s{n}">' for n in range(500))
            + "<text:p>a</text:p>"
            + "</text:section>" * 500
        )
    ),
    "odt-section-linked": _odt(
        '<text:section text:name="s"><text:section-source xlink:href="file:///etc/hostname"/><text:p>a</text:p>'
        "</text:section>"
    ),
    "odt-object-in-itself": _odt(
        '<text:p><draw:frame><draw:object xlink:href="./"/></draw:frame><draw:frame><draw:object xlink:href="."/>'
        "</draw:frame></text:p>"
    ),
    "odt-sequences": _odt(
        lambda: "".join(
            f'<text:p><text:sequence text:ref-name="r{n}" text:name="Figure{n}" text:formula="ooow:Figure{n}+1">1'
            "</text:sequence></text:p>"
            for n in range(5_000)
        )
    ),
    "odt-lists-continued": _odt(
        lambda: (
            '<text:list text:continue-numbering="true"><text:list-item><text:p>a</text:p></text:list-item></text:list>'
            * 5_000
        )
    ),
    "odt-notes-300": _odt(lambda: "".join(map(_note, range(300)))),
    "odt-paragraphs-2000": _odt(lambda: "<text:p>Text.</text:p>" * 2_000),
    "odt-word-300000": _odt(lambda: f"<text:p>{'x' * 300_000}</text:p>"),
    "odt-frames": _odt(
        lambda: (
            "<text:p>"
            + "<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>" * 500
            + "</text:p>"
        )
    ),
    "odt-styles-chain": _odt(
        '<text:p text:style-name="s0">a</text:p>',
        styles="<office:automatic-styles>"
        + "".join(
            f'<style:style style:name="s{n}" style:family="paragraph" style:parent-style-name="s{n + 1}"/>'
            for n in range(5_000)
        )
        + "</office:automatic-styles>",
    ),
    "odt-locked": file("manuscript.odt", _locked),
    "odt-cut-off": file("manuscript.odt", lambda: packed(_package("<text:p>a</text:p>" * 5_000))[:-100]),
    "fodt-depth": file("manuscript.fodt", lambda: _flat(20_000)),
    "rtf-groups": _rtf(lambda: "{" * 100_000 + "a" + "}" * 100_000),
    "rtf-groups-unclosed": _rtf(lambda: "{\\b a" * 50_000),
    "rtf-binary-huge": _rtf(lambda: r"{\pict\pngblip\bin2147483647 aaaa}"),
    "rtf-picture-zeros": _rtf(lambda: r"{\pict\pngblip\picwgoal99999999\pichgoal99999999 " + "00" * 5_000_000 + "}"),
    "rtf-characters": _rtf(lambda: r"\u-10179?\u-8704?" * 20_000),
    "rtf-cells": _rtf(
        lambda: r"\trowd" + "".join(rf"\cellx{n}" for n in range(3_000)) + r"\intbl " + r"a\cell " * 3_000 + r"\row "
    ),
    "rtf-lists": _rtf(lambda: r"{\listtext 1.}\ls999999999\ilvl999999999 a\par " * 5_000),
    "rtf-fields": _rtf(lambda: r"{\field{\*\fldinst HYPERLINK " * 2_000 + "a" + "}}" * 2_000),
    "rtf-fonts": _rtf(lambda: r"{\fonttbl" + "".join(rf"{{\f{n} Font{n};}}" for n in range(50_000)) + "}a"),
    "rtf-numbers": _rtf(lambda: r"\fs99999999999999999999\li-99999999999999999999 a\par "),
}
