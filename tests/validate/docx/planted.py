"""Defects planted one by one in a good Word file, each with the rule that has to find it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DOCUMENT = "word/document.xml"


class Defect(NamedTuple):
    """One thing made worse."""

    name: str
    rule: str
    part: str
    change: Callable[[str], str]
    drop: str = ""
    """Part to be taken out."""


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, f"{old} is not in the good file"
        return text.replace(old, new, count)

    return change


def regex(pattern: str, new: str, count: int = 1) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed, times = re.subn(pattern, new, text, count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in the good file"
        return changed

    return change


def before_end(xml: str) -> Callable[[str], str]:
    """Return a change that puts paragraphs at the end of the body."""
    return regex(r"<w:sectPr>", xml.replace("\\", r"\\") + "<w:sectPr>")


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
    )


_ANCHOR = (
    '<w:p><w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
    'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="9" cy="9"/><wp:wrapNone/><wp:docPr id="990" name="Shape" descr="A court"/>'
    '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://example.org/none"/></a:graphic></wp:anchor>'
    "</w:drawing></w:r></w:p>"
)
_BARE = (
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/>'
    "</w:tblGrid>{rows}</w:tbl>"
)
_CELL = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
_HEAD = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{_CELL}{_CELL}</w:tr>"
_ROW = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_CELL}{_CELL}</w:tr>"
_SHORT = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_CELL}</w:tr>"
_MERGED = (
    '<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    "<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
)
_BARE_TABLE = _BARE.format(rows=_HEAD + _ROW)


def _field(kind: str) -> str:
    return f'<w:p><w:r><w:fldChar w:fldCharType="{kind}"/></w:r><w:r><w:t>x</w:t></w:r></w:p>'


DEFECTS = (
    Defect("no alt text", "docx-alt-missing", DOCUMENT, swap(' descr="A courthouse."', "")),
    Defect("a file name as alt text", "docx-alt-file-name", DOCUMENT, swap("A courthouse.", "IMG_0412.JPG")),
    Defect(
        "a decorative picture with words", "docx-decorative-described", DOCUMENT, swap('descr=""', 'descr="A line"')
    ),
    Defect("a floating picture", "docx-floating", DOCUMENT, before_end(_ANCHOR)),
    Defect("no header row", "docx-table-header", DOCUMENT, swap("<w:tblHeader/>", "", 1)),
    Defect("no table title", "docx-table-title", DOCUMENT, regex(r"<w:tblCaption [^>]*/>", "")),
    Defect(
        "merged cells with data",
        "docx-table-merged",
        DOCUMENT,
        before_end(_BARE.format(rows=_HEAD + _MERGED) + paragraph("x")),
    ),
    Defect("a table in a table", "docx-table-merged", DOCUMENT, regex(r"(<w:tc>)(?!.*<w:tc>)", rf"\1{_BARE_TABLE}")),
    Defect("a row that splits", "docx-row-splits", DOCUMENT, swap("<w:cantSplit/>", "")),
    Defect("a level left out", "docx-heading-skipped", DOCUMENT, swap('w:val="Heading2"', 'w:val="Heading4"')),
    Defect(
        "an empty heading",
        "docx-heading-empty",
        DOCUMENT,
        before_end('<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p>'),
    ),
    Defect(
        "no headings",
        "docx-headings-missing",
        DOCUMENT,
        regex(r'"Heading\d"', '"Normal"', 0),
    ),
    Defect("a link that says “here”", "docx-link-unclear", DOCUMENT, swap(">our site<", ">here<")),
    Defect("a link without words", "docx-link-unclear", DOCUMENT, swap(">our site<", "><")),
    Defect("repeated blanks", "docx-blanks", DOCUMENT, before_end(paragraph("Signed:        on:"))),
    Defect("an empty paragraph", "docx-empty-paragraph", DOCUMENT, before_end("<w:p/>")),
    Defect(
        "a typed list",
        "docx-list-typed",
        DOCUMENT,
        before_end(paragraph("- first") + paragraph("- second") + paragraph("x")),
    ),
    Defect("hidden words", "docx-hidden-text", DOCUMENT, before_end(paragraph("secret", run="<w:vanish/>"))),
    Defect("pale text", "docx-contrast", DOCUMENT, before_end(paragraph("pale", run='<w:color w:val="AAAAAA"/>'))),
    Defect(
        "dark text on a dark ground",
        "docx-contrast",
        DOCUMENT,
        before_end(paragraph("dark", '<w:shd w:val="clear" w:color="auto" w:fill="203040"/>')),
    ),
    Defect(
        "a pale style",
        "docx-contrast",
        "word/styles.xml",
        regex(r'(w:styleId="Heading1".*?<w:color w:val=")\w+', r"\g<1>C0C0C0"),
    ),
    Defect(
        "words that shimmer",
        "docx-blinking",
        DOCUMENT,
        before_end(paragraph("look", run='<w:effect w:val="shimmer"/>')),
    ),
    Defect("no title", "docx-title-missing", "docProps/core.xml", regex(r"<dc:title>.*?</dc:title>", "")),
    Defect("no language in styles", "docx-language-missing", "word/styles.xml", regex(r"<w:lang [^>]*/>", "")),
    Defect("Arabic that runs the wrong way", "docx-direction", DOCUMENT, before_end(paragraph("هذا نص"))),
    Defect(
        "a locked document",
        "docx-protected",
        "word/settings.xml",
        swap("<w:defaultTabStop", '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:defaultTabStop'),
    ),
    Defect(
        "a tracked change",
        "docx-unfinished",
        DOCUMENT,
        before_end(
            '<w:p><w:ins w:id="900" w:author="x" w:date="2026-01-01T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
        ),
    ),
    Defect(
        "contents without lines",
        "docx-contents-empty",
        DOCUMENT,
        regex(r"<w:hyperlink w:anchor=\"_Toc.*?</w:hyperlink>", "", 0),
    ),
    Defect("a picture that is gone", "docx-part-missing", DOCUMENT, swap("", "", 0), drop="word/media/image2.png"),
    Defect("a relation that is gone", "docx-part-missing", DOCUMENT, regex(r'r:embed="rId\d+"', 'r:embed="rId999"')),
    Defect(
        "a part without a type",
        "docx-content-type",
        "[Content_Types].xml",
        regex(r'<Default Extension="png"[^>]*/>', ""),
    ),
    Defect("a style that is not there", "docx-style-missing", DOCUMENT, swap('w:val="Quote"', 'w:val="Quoted"')),
    Defect(
        "a list that is not there",
        "docx-list-missing",
        DOCUMENT,
        regex(r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>'),
    ),
    Defect(
        "a note that is gone",
        "docx-note-missing",
        DOCUMENT,
        regex(r'footnoteReference w:id="1"', 'footnoteReference w:id="77"'),
    ),
    Defect(
        "a note with a huge number",
        "docx-note-missing",
        "word/footnotes.xml",
        swap('w:footnote w:id="1"', 'w:footnote w:id="40000"'),
    ),
    Defect(
        "a link that leads nowhere", "docx-target-missing", DOCUMENT, swap('w:anchor="homicides"', 'w:anchor="nowhere"')
    ),
    Defect(
        "a field that refers to nothing",
        "docx-target-missing",
        DOCUMENT,
        swap("PAGEREF _Toc000000001", "PAGEREF _Toc999999999"),
    ),
    Defect("a bookmark twice", "docx-bookmark", DOCUMENT, swap('w:name="findings"', 'w:name="Summary"')),
    Defect("a bookmark that does not end", "docx-bookmark", DOCUMENT, regex(r"<w:bookmarkEnd [^>]*/>", "")),
    Defect("two pictures with one number", "docx-identity", DOCUMENT, swap('<wp:docPr id="2"', '<wp:docPr id="1"')),
    Defect("a field that does not end", "docx-field", DOCUMENT, before_end(_field("begin"))),
    Defect("a field that has not begun", "docx-field", DOCUMENT, before_end(_field("end"))),
    Defect(
        "a row with a cell too few",
        "docx-grid",
        DOCUMENT,
        before_end(_BARE.format(rows=_HEAD + _SHORT) + paragraph("x")),
    ),
    Defect("tables that touch", "docx-grid", DOCUMENT, before_end(_BARE_TABLE * 2 + paragraph("x"))),
    Defect(
        "properties out of order",
        "docx-order",
        DOCUMENT,
        before_end(paragraph("x", '<w:jc w:val="left"/><w:keepNext/>')),
    ),
)


def plant(good: Path, defect: Defect, target: Path) -> Path:
    """Write the good file with one defect."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(target, "w") as out:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == defect.drop:
                continue
            if entry.filename == defect.part and not defect.drop:
                data = defect.change(data.decode()).encode()
            out.writestr(entry.filename, data)
    return target
