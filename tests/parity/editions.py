"""A small publication, and editions of it made without the writers, so that faults can be planted in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from exporter import model as m

HEADINGS = ((1, "Summary"), (1, "Findings"), (2, "Courts in “Chiapas”"), (2, "Police"), (1, "What must change"))
ALTS = ("Bars rise from 4 to 88.", "A corridor with twelve doors.")
TITLE = "Justice Denied: A report"


def publication(headings: tuple[tuple[int, str], ...] = HEADINGS, alts: tuple[str, ...] = ALTS) -> m.Publication:
    """Return the tree: the pictures stand in the last section, a decorative one behind them."""
    pictures = (
        *(m.Figure(images=(picture(m.Described(alt), 40 + index),)) for index, alt in enumerate(alts)),
        m.Figure(images=(picture(m.Decorative(), 60),)),
    )
    sections: list[m.Section] = []
    for index, (level, text) in enumerate(headings):
        last = index == len(headings) - 1
        at = m.At(id=f"s{index}", source=m.Source("a.md", 10 * (index + 1)))
        node = m.Section(at=at, title=(m.Text(text=text),), children=pictures if last else ())
        if level == 1:
            sections.append(node)
        else:
            parent = sections.pop()
            sections.append(msgspec.structs.replace(parent, children=(*parent.children, node)))
    about = m.Metadata(title="Justice Denied", subtitle="A report", language="en-GB", identifier="urn:x:1")
    assets = (m.Asset("a.png", "0" * 64, "image/png"),)
    return m.Publication(about, body=tuple(sections), assets=assets)


def picture(alt: m.Alt, line: int) -> m.Image:
    return m.Image(at=m.At(source=m.Source("a.md", line)), source="a.png", alt=alt)


# EPUB

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body{}>{}</body></html>'


def epub(
    path: Path, headings: tuple[tuple[int, str], ...] = HEADINGS, alts: tuple[str | None, ...] = (*ALTS, "")
) -> Path:
    """Write an EPUB whose manifest is not in the order of its spine."""
    chapters = [f'<h{level} id="s">{text}</h{level}>' for level, text in headings]
    chapters[-1] += "".join("<img src='a.png'/>" if alt is None else f'<img src="a.png" alt="{alt}"/>' for alt in alts)
    names = [f"c{index}.xhtml" for index in range(len(chapters))]
    items = "".join(f'<item id="{name[:-6]}" href="{name}" media-type="x"/>' for name in reversed(names))
    refs = "".join(f'<itemref idref="{name[:-6]}"/>' for name in names)
    contents = "".join(
        "<ol>" * level + f'<li><a href="{name}#s">{text}</a></li>' + "</ol>" * level
        for name, (level, text) in zip(names, headings, strict=True)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/p.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OPS/p.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'unique-identifier="i"><metadata>'
            f'<dc:identifier id="i">urn:x:1</dc:identifier>'
            f"<dc:title>{TITLE}</dc:title><dc:language>en-GB</dc:language></metadata><manifest>{items}"
            '<item id="t" href="t.xhtml" media-type="x"/><item id="nav" href="nav.xhtml" properties="nav"/></manifest>'
            f'<spine><itemref idref="t"/>{refs}</spine></package>',
        )
        archive.writestr(
            "OPS/t.xhtml",
            XHTML.format(
                "", '<section epub:type="titlepage"><h1>Justice Denied</h1><p>A report</p><p>urn:x:1</p></section>'
            ),
        )
        archive.writestr(
            "OPS/nav.xhtml", XHTML.format("", f'<nav epub:type="toc" role="doc-toc"><h1>Contents</h1>{contents}</nav>')
        )
        for name, chapter in zip(names, chapters, strict=True):
            archive.writestr(f"OPS/{name}", XHTML.format("", chapter))
    return path


# Word


def png() -> io.BytesIO:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(out, "PNG")
    out.seek(0)
    return out


DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>'
)


def docx(
    path: Path,
    headings: tuple[tuple[int, str], ...] = HEADINGS,
    alts: tuple[str | None, ...] = ALTS,
    change: Callable[[object], None] = lambda _document: None,
) -> Path:
    """Write a Word file; "Findings" has a style of its own that inherits its outline level."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.title = TITLE
    document.core_properties.subject = "A report"
    document.core_properties.identifier = "urn:x:1"
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    document.add_paragraph(TITLE, "Title")
    document.add_paragraph("A report", "Subtitle")
    document.add_paragraph("urn:x:1", "Subtitle")
    special = document.styles.add_style("Chapter", WD_STYLE_TYPE.PARAGRAPH)
    special.base_style = document.styles["Heading 1"]
    for level, text in headings:
        paragraph = document.add_heading(text, level)
        if text == "Findings":
            paragraph.style = special
    for alt in (*alts, DECORATIVE):
        properties = document.add_picture(png())._inline.docPr
        if alt == DECORATIVE:
            properties.append(parse_xml(DECORATIVE))
        elif alt is not None:
            properties.set("descr", alt)
    change(document)
    document.save(str(path))
    return path


# PDF

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42m"
    "Nk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def pdf(path: Path, headings: tuple[tuple[int, str], ...] = HEADINGS, alts: tuple[str, ...] = ALTS) -> Path:
    """Write a tagged PDF; narrow, so that headings break into lines."""
    from weasyprint import HTML

    body = f"<p>{TITLE}</p><p>urn:x:1</p>"
    body += "".join(f"<h{level}>{text}</h{level}>" for level, text in headings)
    body += "".join(f'<p><img src="{PIXEL}" alt="{alt}"/></p>' for alt in alts)
    html = (
        f'<html lang="en-GB"><head><title>{TITLE}</title><style>@page {{ size: 6cm 12cm; margin: 1cm }}</style></head>'
        f"<body>{body}</body></html>"
    )
    HTML(string=html).write_pdf(path, pdf_tags=True)
    return path
