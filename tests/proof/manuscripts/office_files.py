"""Word files that LibreOffice makes from OpenDocument: bodies, and the lines that have to be in what is read."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from tests.readers.docx.files import ODF_NAMESPACES
from tests.readers.docx.held import PICTURES

_STYLES = """<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="en"
fo:country="GB" style:language-complex="ar" style:country-complex="EG"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
style:default-outline-level="1"/><style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/><style:style style:name="Table"
style:family="paragraph"/>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<text:list-style style:name="Num"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="Bul"><text:list-level-style-bullet text:level="1"
text:bullet-char="•"/></text:list-style>
</office:styles><office:automatic-styles>
<style:style style:name="P_ar" style:family="paragraph"><style:paragraph-properties
style:writing-mode="rl-tb"/></style:style>
<style:style style:name="T_es" style:family="text"><style:text-properties fo:language="es"
fo:country="MX"/></style:style>
<style:style style:name="T_b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T_h" style:family="text"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>"""
_PICTURE = (
    '<draw:frame draw:name="I" text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image>'
    f"<office:binary-data>{base64.b64encode(PICTURES[0][1]).decode()}</office:binary-data></draw:image>"
    "<svg:desc>A square</svg:desc></draw:frame>"
)
_NOTE = (
    '<text:note text:note-class="{0}"><text:note-citation>1</text:note-citation><text:note-body><text:p>Note</text:p>'
)
_NOTE += "</text:note-body></text:note>"
_SEQUENCE = '<text:sequence text:ref-name="r" text:name="Table" text:formula="ooow:Table+1" style:num-format="1">1'
_SEQUENCE += "</text:sequence>"
_CHANGES = """<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info/>
<text:p>gone </text:p></text:deletion></text:changed-region></text:tracked-changes>"""


def document(body: str) -> str:
    """Return an OpenDocument file."""
    kind = 'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"'
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    root = f"<office:document {ODF_NAMESPACES} {kind}>{_STYLES}{text}</office:document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{root}'


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "title and headings": (
        _p("T", "Title") + '<text:h text:style-name="Heading_20_1" text:outline-level="1">One</text:h>' + _p("x"),
        ("# One", "  x"),
    ),
    "notes": (_p(f"a{_NOTE.format('footnote')} b{_NOTE.format('endnote')}"), ("a<footnote-2> b<endnote-2>",)),
    "tracked changes": (_CHANGES + _p('kept <text:change text:change-id="c1"/>words'), ("kept words",)),
    "hidden words": (_p('seen<text:span text:style-name="T_h"> unseen</text:span>'), ("seen",)),
    "languages": (
        _p('A long sentence in English, <text:span text:style-name="T_es">una frase</text:span> in it.'),
        ("A long sentence in English, [una frase]{es-MX} in it.",),
    ),
    "right to left": (
        _p("A long sentence in English that is longer than the other.") + _p("فقرة بالعربية", "P_ar"),
        ("فقرة بالعربية ar-EG",),
    ),
    "lists": (
        '<text:list text:style-name="Num"><text:list-item>'
        + _p("a")
        + "<text:list><text:list-item>"
        + _p("b")
        + "</text:list-item></text:list></text:list-item><text:list-item>"
        + _p("c")
        + _p("more")
        + "</text:list-item></text:list>",
        ("list decimal 1", "    list lower-alpha 1", "    more"),
    ),
    "bullets": (
        '<text:list text:style-name="Bul"><text:list-item>' + _p("a") + "</text:list-item></text:list>",
        ("list bullet 1",),
    ),
    "table": (
        _p(f"Table {_SEQUENCE}: Words", "Table")
        + '<table:table><table:table-column table:number-columns-repeated="2"/>'
        "<table:table-header-rows><table:table-row><table:table-cell>"
        + _p("A")
        + "</table:table-cell><table:table-cell>"
        + _p("B")
        + "</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell "
        'table:number-columns-spanned="2">'
        + _p("c")
        + "</table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table>",
        ("table Table 1: Words", "  head: A col | B col", "  body: c c2"),
    ),
    "picture": (_p(_PICTURE), ("figure !A square! ",)),
    "text box": (
        _p(
            'x<draw:frame text:anchor-type="paragraph" svg:width="5cm"><draw:text-box>'
            + _p("Boxed")
            + "</draw:text-box></draw:frame>"
        ),
        ("box ", "  Boxed"),
    ),
    "quotation and code": (
        _p("Words", "Quotations") + _p("a", "Preformatted_20_Text"),
        ("quote ", "  Words", "code 'a'"),
    ),
    "links and bookmarks": (
        _p('<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#there">go</text:a>')
        + _p('<text:bookmark-start text:name="there"/>Here<text:bookmark-end text:name="there"/>'),
        ("[go](#there)", "Here #there"),
    ),
    "bold": (_p('a <text:span text:style-name="T_b">b</text:span>'), ("a **b**",)),
}
