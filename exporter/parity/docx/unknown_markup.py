"""Markup that changes what readers meet, and that the writer of the Word edition is not known to write.

Formulas are compared by their parts, and the last section may be that of a reference document.
"""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule
from exporter.inspect.docx.xml import NAMESPACES, Element, name
from exporter.parity import rules
from exporter.parity.comparison.item_names import QUOTED

_KNOWN = """
a:avLst|a:blip embed|a:ext cx cy uri|a:extLst|a:fillRect|a:graphic|a:graphicData uri|a:graphicFrameLocks noChangeAspect
a:off x y|a:prstGeom prst|a:stretch|a:xfrm|adec:decorative val|asvg:svgBlip embed
pic:blipFill|pic:cNvPicPr|pic:cNvPr id name|pic:nvPicPr|pic:pic|pic:spPr
wp:cNvGraphicFramePr|wp:docPr descr id name|wp:extent cx cy|wp:inline distB distL distR distT
b val|bCs|bidi val|bidiVisual|body|bookmarkEnd id|bookmarkStart id name|bottom color space sz val|br|cantSplit
cnfStyle val|continuationSeparator|docPartGallery val|docPartObj|docPartUnique|document Ignorable|drawing
endnote id type|endnoteRef|endnoteReference id|endnotes Ignorable|fldChar fldCharType|footnote id type|footnoteRef
footnoteReference id|footnotes Ignorable|gridCol w|gridSpan val|hyperlink anchor history id tooltip|i val|iCs|id val
ilvl val|ind hanging left right|instrText space|jc val|keepNext val|lang bidi eastAsia val
left color space sz type val w
noProof|numId val|numPr|p|pBdr|pPr|pStyle val|pageBreakBefore|r|rFonts ascii hAnsi|rPr|rStyle val
right color space sz type val w|rtl|sdt|sdtContent|sdtPr|separator|shd color fill val
spacing after before line lineRule|strike|sz val|szCs val|t space|tab|tag val|tbl|tblCaption val|tblCellMar
tblDescription val|tblGrid|tblHeader|tblInd type w|tblLayout type
tblLook firstColumn firstRow lastColumn lastRow noHBand noVBand val|tblPr|tblStyle val|tblW type w|tc|tcBorders|tcPr
tcW type w|top color space sz val|tr|trPr|vMerge val|vanish|vertAlign val|w15:appearance val
"""
"""Elements of the text and of notes with their attributes."""
_NAMESPACES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_LOCAL = {
    key: frozenset(keys) for key, *keys in (entry.split() for entry in _KNOWN.replace("\n", "|").split("|") if entry)
}
_RULES: dict[str, Rule] = {"hyperlink": rules.LINKS, "altChunk": rules.TEXT, "sym": rules.TEXT}
_PASSED = frozenset(map(name, ("sectPr", "m:oMath", "m:oMathPara", "pBdr", "shd")))
"""Elements that are not looked into; borders and shading may be those of a reference document."""
_PICTURES = frozenset({"a", "pic", "wp", "asvg", "adec"})


def check(story: Element) -> Iterator[Finding]:
    """Yield what a story has and the writer is not known to write, each kind once."""
    seen: set[str] = set()
    remaining = [story]
    while remaining:
        element = remaining.pop()
        if element.tag in _PASSED or not isinstance(element.tag, str):
            continue
        remaining += reversed(element)
        for what, rule in _unknown(element):
            if what not in seen:
                seen.add(what)
                words = "".join(text.text or "" for text in _paragraph(element).iter(name("t")))
                yield rule.finding(f"{what} is not of the manuscript (“{words[:QUOTED]}”).")


def _unknown(element: Element) -> Iterator[tuple[str, Rule]]:
    prefix, local = _split(str(element.tag))
    tag = local if prefix == "w" else f"{prefix}:{local}"
    rule = rules.PICTURES if prefix in _PICTURES else rules.TABLES if tag.startswith("t") else rules.KINDS
    rule = _RULES.get(tag, rule)
    known = _LOCAL.get(tag)
    if known is None:
        yield f"The element “{tag}”", rule
        return
    for key in map(str, element.attrib):
        _, attribute = _split(key)
        if attribute not in known:
            yield f"“{attribute}” of “{tag}”", rule
    if tag == "hyperlink" and element.get(name("anchor")) is not None and element.get(name("r:id")) is not None:
        yield "The second target of a link", rules.LINKS


def _split(tag: str) -> tuple[str, str]:
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return _NAMESPACES.get(uri, uri), local


def _paragraph(element: Element) -> Element:
    return element if element.tag == name("p") else next(element.iterancestors(name("p")), element)


def note_numbers(settings: Element, *, only_endnotes: bool) -> Iterator[Finding]:
    """Yield settings by which notes are numbered otherwise (17.11.11 footnotePr, 17.11.5 endnotePr)."""
    for kind in ("footnote", "endnote"):
        for child in settings.iterfind(f"{name(kind + 'Pr')}/*"):
            is_decimal = child.tag == name("numFmt") and child.get(name("val")) == "decimal" and only_endnotes
            if child.tag != name(kind) and not is_decimal:
                yield rules.NOTES.finding(f"The settings number {kind}s otherwise than the edition does.")
