"""Whether properties stand in the order of the schema (ISO/IEC 29500-1, annex A.1): Word refuses files over it."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

_SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings sectPrChange",
}
_RANKS = {
    name(parent): {name(child): rank for rank, child in enumerate(children.split())}
    for parent, children in _SEQUENCES.items()
}
_FIRST = {name("pPr"): name("p"), name("rPr"): name("r"), name("tblPr"): name("tbl"), name("tcPr"): name("tc")}
"""Properties that stand first in their element."""


def check(word: DocxFile, root: Element) -> Iterator[Finding]:
    """Look at the properties of paragraphs, runs, tables, cells and sections."""
    for element in root.iter(*_RANKS, *_FIRST):
        rank = _RANKS.get(str(element.tag), {})
        ranks = [_header_rank(rank, child) for child in element if child.tag in rank]
        local = str(element.tag).rpartition("}")[2]
        if ranks != sorted(ranks):
            yield found(rules.ORDER, word, f"The children of “{local}” are out of order.", element)
        parent, before = element.getparent(), element.getprevious()
        if parent is not None and parent.tag == _FIRST.get(str(element.tag)) and before is not None:
            yield found(rules.ORDER, word, f"“{local}” does not stand first in its element.", element)


def _header_rank(rank: dict[str, int], child: Element) -> int:
    # References to headers and footers may stand in any order among themselves.
    return 0 if child.tag == name("footerReference") else rank[str(child.tag)]
