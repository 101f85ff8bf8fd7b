"""Manuscripts that name files beside them: LibreOffice turns them into Word without a byte of these files."""

from __future__ import annotations

import base64
import contextlib
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from PIL import Image, UnidentifiedImageError

from exporter import libreoffice
from exporter.errors import SourceError
from exporter.inspect import limits
from exporter.readers import docx
from exporter.readers.docx.other_formats import conversion, link_removal
from tests.readers.docx.files import ODF_NAMESPACES, PNG, p, package, zipped
from tests.write_context import STYLES

SECRET = "Not for this manuscript"
_WML = (
    '<?xml version="1.0"?><w:wordDocument xmlns:v="urn:schemas-microsoft-com:vml"'
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
        f'<?xml version="1.0"?><office:document {ODF_NAMESPACES} office:version="1.3"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
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


INSTALLED = pytest.mark.skipif(shutil.which(libreoffice.PROGRAM) is None, reason="LibreOffice is not installed")


# LibreOffice starts anew for each file, as it does for people: links are removed in each format, and the program is
# confined whatever the format; all cases are in the proof.
FIRST_OF_FORMAT = {"picture.rtf", "picture.fodt", "page.html", "picture.xml"}
QUICK = {*(("linked", kind) for kind in FIRST_OF_FORMAT), ("confined", "picture.rtf")}
CASES = [
    pytest.param(guard, kind, marks=() if (guard, kind) in QUICK else pytest.mark.proof)
    for guard in ("confined", "linked")
    for kind in KINDS
]


@INSTALLED
@pytest.mark.parametrize(("guard", "kind"), CASES)
def test_no_file_beside_a_manuscript_gets_into_it(
    kind: str, guard: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either guard is enough: the confined program, or the manuscript without its links."""
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "secret.txt").write_text(SECRET)
    drawing = _SVG.replace("secret.", f"{tmp_path.as_uri()}/secret.").encode()
    planted = KINDS[kind].replace("secret.", f"{tmp_path.as_uri()}/secret.")
    planted = planted.replace("DRAWING", base64.b64encode(drawing).decode())
    data, suffix = planted.encode(), Path(kind).suffix
    if guard == "linked":
        data, _links = link_removal.remove_links(data, suffix)
        monkeypatch.setattr(conversion, "_confined", lambda *_: ())
    made = conversion.convert(data, suffix, kind)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    # Not taken for plain text, which names no files.
    assert b">Words<" in parts["word/document.xml"]
    assert not any(SECRET.encode() in data for data in parts.values())
    pictures = [data for name, data in parts.items() if name.startswith("word/media/") and b"<svg" not in data]
    assert not any(colours_of(data) & colours_of(PNG) for data in pictures)


def colours_of(data: bytes) -> set[object]:
    """Return the opaque colours of a picture, whatever size it was drawn in; none where nothing was drawn."""
    with contextlib.suppress(UnidentifiedImageError), Image.open(io.BytesIO(data)) as image:
        bands = (band.tobytes() for band in image.convert("RGBA").split())
        return {(red, green, blue) for red, green, blue, alpha in zip(*bands, strict=True) if alpha == 255}
    return set()


def take_out(text: str, suffix: str) -> tuple[str, tuple[str, ...]]:
    data, links = link_removal.remove_links(text.encode(), suffix)
    return data.decode(), links


@pytest.mark.parametrize("kind", ["picture.rtf", "picture without a switch.rtf", "picture in pieces.rtf"])
def test_a_linked_picture_is_taken_out_of_rtf_and_named(kind: str) -> None:
    text, links = take_out(KINDS[kind], ".rtf")
    assert links == ("secret.png",)
    assert "secret" not in text
    assert (text.count("{"), text.count("}")) == (KINDS[kind].count("{"), KINDS[kind].count("}")) or "pieces" in kind


def test_a_link_in_a_field_in_a_field_is_taken_out() -> None:
    inner = r"{\field{\*\fldinst INCLUDEPICTURE secret.png}{\fldrslt }}"
    assert "secret" not in take_out(field('IF "a" = "a" ' + inner), ".rtf")[0]


def test_a_picture_that_a_field_brings_along_is_not_missing() -> None:
    text, links = take_out(rtf(r"{\field{\*\fldinst INCLUDEPICTURE a.png}{\fldrslt {\pict\pngblip 00}}}"), ".rtf")
    assert (links, r"{\pict\pngblip 00}" in text) == ((), True)


@pytest.mark.parametrize(
    "plain", [field('HYPERLINK "https://example.org/link"'), rtf(r"a\{b\}\'e9{\pict\bin4 }}}}}"), "{\\"]
)
def test_rtf_without_links_stays_as_it_is(plain: str) -> None:
    assert take_out(plain, ".rtf") == (plain, ())


@pytest.mark.parametrize("size", ["9", "2147483647", "9" * 5_000])
def test_bytes_that_are_announced_after_the_end_of_the_file_are_not_waited_for(size: str) -> None:
    assert take_out(rf"{{\rtf1{{\pict\bin{size} aaa}}}}", ".rtf")[0] == r"{\rtf1{\pict\bin5 aaa}}"


@pytest.mark.parametrize("kind", ["object", "plugin", "frame", "section", "background", "form"])
def test_links_are_taken_out_of_opendocument_and_named(kind: str) -> None:
    text, links = take_out(KINDS[f"{kind}.fodt"], ".fodt")
    assert len(links) == 1
    assert "secret" not in text


def test_a_package_keeps_what_is_in_it() -> None:
    content = fodt(
        _FRAME.format('<draw:object xlink:href="./Object 1"/>')
        + _FRAME.format('<draw:object xlink:href="../secret.odt"/>')
        + '<text:a xlink:href="https://example.org/">x</text:a>'
    )
    parts = {"content.xml": content, "Object 1/content.xml": "<math/>", "Pictures/a.svg": _SVG}
    data, links = link_removal.remove_links(zipped(parts), ".odt")
    assert links == ("../secret.odt", "secret.png")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("content.xml").decode()
        assert "secret" not in archive.read("Pictures/a.svg").decode()
    assert ("./Object 1" in text, "https://example.org/" in text, "secret" in text) == (True, True, False)


def test_a_package_that_unpacks_to_too_much_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_READ", 1_000)
    with pytest.raises(SourceError, match="too large"):
        link_removal.remove_links(zipped({"content.xml": fodt("x" * 2_000)}), ".odt")


def test_what_was_left_out_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "convert", lambda *_: package(p("Words")))
    [finding] = docx.read(KINDS["picture.rtf"].encode(), "manuscript.rtf", styles=STYLES).findings
    assert (finding.rule, "secret.png" in finding.message) == ("image-remote", True)
    assert finding.advice.startswith("Insert the image")
