"""Word files made by hand: parts as XML, everything else as small as Word takes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from exporter.contracts import ReadResult
from exporter.readers import docx
from tests.readers.docx.held import PICTURES
from tests.write_context import STYLES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in range(1, 4)
)
_DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
)
PNG = PICTURES[0][1]
PLANTED = {
    "/docProps/core.xml": (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Plantagenet Planted</dc:creator>'
        "<dc:description>Planted comment</dc:description><dc:subject>Planted subject</dc:subject>"
        "<cp:keywords>planted keyword</cp:keywords><cp:category>Planted category</cp:category>"
        "<cp:lastModifiedBy>Planted Editor</cp:lastModifiedBy></cp:coreProperties>"
    ),
    "/docProps/app.xml": (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Template>Planted template.dotm</Template><Manager>Planted Manager</Manager>"
        "<Company>Planted Ministry</Company></Properties>"
    ),
}
"""Properties of a file with what programs and colleagues leave there; each value has the word `planted`."""
ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{name: name for name in ("office", "style", "text", "table", "manifest")},
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
"""Attributes of the root of an OpenDocument file."""


def part(tag: str, inner: str) -> str:
    """Return a part of text."""
    return f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"


def p(text: str = "", style: str = "", properties: str = "") -> str:
    """Return a paragraph with one run, or with the XML of its runs."""
    runs = text if text.startswith("<") else r(text) if text else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str = "") -> str:
    """Return a complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(
    identity: str = 'descr="A blue square"', *, relation: str = "rIdPic", more: str = "", anchor: bool = False
) -> str:
    """Return a run with a picture."""
    holder = "anchor" if anchor else "inline"
    return (
        f'<w:r><w:drawing><wp:{holder}><wp:docPr id="1" name="Picture 1" {identity}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="a.png"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>{more}'
        f"</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:{holder}></w:drawing></w:r>"
    )


def table(*rows: str, properties: str = "") -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, header: bool = False, properties: str = "") -> str:
    """Return a row of cells, each its text or its XML."""
    head = "<w:tblHeader/>" if header else ""
    made = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{head}{properties}</w:trPr>{made}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    """Return a cell of one paragraph, or of the XML of its blocks."""
    inner = text if text.startswith("<w:") and not text.startswith("<w:r>") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def style(identifier: str, name: str = "", inner: str = "", *, kind: str = "paragraph", custom: bool = False) -> str:
    """Return a style."""
    own = ' w:customStyle="1"' if custom else ""
    named = f'<w:name w:val="{name or identifier}"/>'
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"{own}>{named}{inner}</w:style>'


def custom_properties(**values: str) -> str:
    """Return the part of custom properties, which somebody sets by hand (File, Info, Advanced Properties)."""
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{made}</Properties>'
    )


def numbering(*levels: str, instances: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """Return the numbering part with one definition; a level is its format, or the XML of its children."""
    made = "".join(
        f'<w:lvl w:ilvl="{depth}">'
        + ("" if "<w:start " in each else '<w:start w:val="1"/>')
        + (each if each.startswith("<") else f'<w:numFmt w:val="{each}"/><w:lvlText w:val="%{depth + 1}."/>')
        + f'<w:pPr><w:ind w:left="{720 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for depth, each in enumerate(levels)
    )
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>{instances}')


def item(text: str, depth: int = 0, instance: int = 1, properties: str = "") -> str:
    """Return an item of a list."""
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{instance}"/></w:numPr>'
    return p(text, properties=number + properties)


def package(
    body: str,
    *,
    styles: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    strict: bool = False,
) -> bytes:
    """Return a Word file.

    Args:
        body: XML of the body.
        styles: XML of more styles.
        parts: Other parts by their names below `word/`, which are related to; or in the package, with a leading slash.
        relations: Other relations of the document by id: type and target; a target with a colon is outside.
        strict: Whether names are those of ISO/IEC 29500-1.
    """
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": part("styles", _DEFAULTS + _HEADINGS + styles),
        "word/media/a.png": PNG,
    }
    related = {"rIdStyles": ("styles", "styles.xml"), "rIdPic": ("image", "media/a.png")}
    for name, data in (parts or {}).items():
        files[name[1:] if name.startswith("/") else f"word/{name}"] = data
        if name.startswith("/"):
            continue
        kind = name.removesuffix(".xml").rpartition("/")[2]
        related.setdefault(f"rId{kind}", (kind, name))
    files["word/_rels/document.xml.rels"] = _rels({**related, **(relations or {})})
    if strict:
        files = {name: _strict(data) for name, data in files.items()}
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read(body: str, **kept: object) -> ReadResult:
    """Read a file made by hand."""
    return docx.read(package(body, **kept), "manuscript.docx", styles=STYLES)  # type: ignore[arg-type]


def _rels(relations: Mapping[str, tuple[str, str]]) -> str:
    made = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target or target.startswith("\\") else "")
        + "/>"
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def _strict(data: str | bytes) -> str | bytes:
    if isinstance(data, bytes):
        return data
    for before, after in (
        ("wordprocessingml/2006/main", "wordprocessingml/main"),
        ("officeDocument/2006/relationships", "officeDocument/relationships"),
        ("officeDocument/2006/math", "officeDocument/math"),
        ("drawingml/2006/", "drawingml/"),
    ):
        data = data.replace(f"http://schemas.openxmlformats.org/{before}", f"http://purl.oclc.org/ooxml/{after}")
    return data
