"""Manuscripts that name files beside them: LibreOffice turns them into Word without a byte of these files."""

from __future__ import annotations

import base64
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from exporter.readers.docx import libreoffice
from tests.readers.docx.files import PNG

SECRET = "Not for this manuscript"
_NAMESPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for prefix, uri in {
        "office": "office",
        "style": "style",
        "text": "text",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_WML = (
    '<?mso-application progid="Word.Document"?><w:wordDocument xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>Words</w:t></w:r></w:p>'
    "{}</w:body></w:wordDocument>"
)
_SHAPE = r"{\shp{\*\shpinst\shpright999\shpbottom999{\sp{\sn shapeType}{\sv 75}}{\sp{\sn %s}{\sv secret.png}}}}"
_FRAME = '<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">{}</draw:frame></text:p>'
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">'
    '<image width="40" height="40" xlink:href="secret.png"/></svg>'
)


def rtf(inner: str) -> str:
    return r"{\rtf1\ansi Words\par " + inner + r"\par}"


def field(code: str) -> str:
    return rtf(r"{\field{\*\fldinst " + code + r"}{\fldrslt }}")


def fodt(body: str, styles: str = "") -> str:
    return (
        f'<office:document{_NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"'
        ' xmlns:xforms="http://www.w3.org/2002/xforms">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}<text:p>Words</text:p>"
        "</office:text></office:body></office:document>"
    )


def background(kind: str, holder: str) -> str:
    return (
        f"{holder}<style:{kind}><style:background-image"
        f' xlink:href="secret.png" xlink:type="simple"/></style:{kind}></style:'
    )


KINDS = {
    "picture.rtf": field(r'INCLUDEPICTURE "secret.png" \\d'),
    "picture without a switch.rtf": field('INCLUDEPICTURE "secret.png"'),
    "picture in pieces.rtf": field(r'{INCLUDE}{\b PIC}{\u84 ?URE} "secret.png"'),
    "text.rtf": field('INCLUDETEXT "secret.txt"'),
    "link.rtf": field(r'LINK Word.Document.8 "secret.txt" "" \\a \\r'),
    "dde.rtf": field('DDEAUTO soffice "secret.txt" x'),
    "template.rtf": rtf(r"{\*\template secret.txt}"),
    "object.rtf": rtf(r"{\object\objlink{\*\objclass Word.Document.8}{\*\objdata 01050000}{\result x}}"),
    "shape.rtf": rtf(_SHAPE % "pibName"),
    "fill.rtf": rtf(_SHAPE % "fillBlipName"),
    "picture.fodt": fodt(_FRAME.format('<draw:image xlink:href="secret.png" xlink:type="simple"/>')),
    "object.fodt": fodt(_FRAME.format('<draw:object xlink:href="secret.txt" xlink:type="simple"/>')),
    "plugin.fodt": fodt(_FRAME.format('<draw:plugin xlink:href="secret.png" xlink:type="simple"/>')),
    "frame.fodt": fodt(_FRAME.format('<draw:floating-frame xlink:href="secret.txt" xlink:type="simple"/>')),
    "drawing.fodt": fodt(
        _FRAME.format("<draw:image><office:binary-data>DRAWING</office:binary-data></draw:image>")
    ),
    "section.fodt": fodt(
        '<text:section text:name="s"><text:section-source xlink:href="secret.txt" xlink:type="simple"/></text:section>'
    ),
    "background.fodt": fodt(
        '<text:p text:style-name="P">x</text:p>',
        background("paragraph-properties", '<style:style style:name="P" style:family="paragraph">') + "style>",
    ),
    "page.fodt": fodt("", background("page-layout-properties", '<style:page-layout style:name="P">') + "page-layout>"),
    "form.fodt": fodt(
        '<office:forms><xforms:model id="m"><xforms:instance src="secret.txt"/></xforms:model></office:forms>'
    ),
    "page.html": '<html><head><link rel="stylesheet" href="secret.txt"></head><body><p>Words</p><img src="secret.png">'
    '<object data="secret.png"></object><p style="background:url(secret.png)">x</p>'
    '<div id="d" href="secret.txt">x</div></body></html>',
    "picture.xml": _WML.format(
        '<w:p><w:r><w:pict><v:shape><v:imagedata src="secret.png"/></v:shape></w:pict></w:r></w:p>'
    ),
}  # fmt: skip


@pytest.mark.skipif(shutil.which(libreoffice.PROGRAM) is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_no_file_beside_a_manuscript_gets_into_it(kind: str, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "secret.txt").write_text(SECRET)
    drawing = _SVG.replace("secret.", f"{tmp_path.as_uri()}/secret.").encode()
    planted = KINDS[kind].replace("secret.", f"{tmp_path.as_uri()}/secret.")
    planted = planted.replace("DRAWING", base64.b64encode(drawing).decode())
    made = libreoffice.convert(planted.encode(), Path(kind).suffix, kind)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert b"Words" in parts["word/document.xml"]
    assert not any(SECRET.encode() in data for data in parts.values())
    pictures = [data for name, data in parts.items() if name.startswith("word/media/") and b"<svg" not in data]
    assert not any(colours_of(data) & colours_of(PNG) for data in pictures)


def colours_of(data: bytes) -> set[object]:
    """Return the opaque colours of a picture, whatever size it was drawn in."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return {pixel[:3] for _, pixel in image.convert("RGBA").getcolors(1 << 24) or () if pixel[3] == 255}
