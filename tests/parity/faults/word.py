"""Faults of Word files."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from exporter.inspect.docx.xml import VAL, name
from tests.parity.docx.planted import CORE, DOCUMENT, FOOTNOTES, RELATIONS, STYLES, drop, paragraph, run

EXTENDED = "docProps/app.xml"


class Fault(NamedTuple):
    """A fault of a part of a Word file."""

    kind: str
    part: str
    plant: Callable[[Any], object]
    rule: str


def _property(words: str, tag: str) -> Callable[[Any], None]:
    """Return a change that removes a property of a run."""
    return lambda root: drop(run(root, words).find(f"{name('rPr')}/{name(tag)}"))


def _raised(root: Any, words: str, value: str) -> None:
    next(each for each in root.iter(name("vertAlign")) if words == _words(each)).set(VAL, value)


def _words(element: Any) -> str:
    holder = element.getparent().getparent()
    return "".join(text.text or "" for text in holder.iter(name("t")))


def _unraised(root: Any) -> None:
    drop(next(each for each in root.iter(name("vertAlign")) if _words(each) == "6"))


def _look(root: Any, key: str, value: str) -> None:
    next(root.iter(name("tblLook"))).set(name(key), value)


def _captions(root: Any) -> None:
    first, second, *_ = root.iter(name("tblCaption"))
    one, two = first.get(VAL), second.get(VAL)
    first.set(VAL, two)
    second.set(VAL, one)


def _describe(root: Any) -> None:
    next(root.iter(name("tblDescription"))).set(VAL, "Something else.")


def _set(root: Any, tag: str, value: str) -> None:
    next(each for each in root.iter() if isinstance(each.tag, str) and each.tag.endswith("}" + tag)).text = value


def _bidi_lost(root: Any) -> None:
    drop(next(paragraph(root, "هذه").iter(name("bidi"))))


def _bidi_added(root: Any) -> None:
    element = paragraph(root, "I waited").find(name("pPr"))
    etree.SubElement(element, name("bidi"))


def _hide(root: Any, words: str) -> None:
    element = run(root, words)
    properties = element.find(name("rPr"))
    if properties is None:
        properties = etree.Element(name("rPr"))
        element.insert(0, properties)
    etree.SubElement(properties, name("vanish"))


def _hide_style(root: Any) -> None:
    style = next(each for each in root.iter(name("style")) if each.get(name("styleId")) == "AsideTestimony")
    properties = style.find(name("rPr"))
    if properties is None:
        properties = etree.SubElement(style, name("rPr"))
    etree.SubElement(properties, name("vanish"))


def _formula(root: Any, number: int = 0) -> None:
    fraction = list(root.iter(name("m:f")))[number]
    numerator, denominator = fraction.find(name("m:num")), fraction.find(name("m:den"))
    numerator.tag, denominator.tag = denominator.tag, numerator.tag


def _fraction(root: Any) -> None:
    fraction = next(root.iter(name("m:f")))
    for part in (fraction.find(name("m:num")), fraction.find(name("m:den"))):
        for child in list(part):
            fraction.addprevious(child)
    drop(fraction)


def _sign(root: Any) -> None:
    next(root.iter(name("m:t"))).text = "z"


def _bookmark(root: Any) -> None:
    start = next(each for each in root.iter(name("bookmarkStart")) if each.get(name("name")) == "other")
    target = paragraph(root, "I waited")
    drop(start)
    target.insert(1, start)


def _break(root: Any) -> None:
    drop(next(each for each in root.iter(name("p")) if "ThematicBreak" in etree.tostring(each).decode()))


def _picture(root: Any) -> None:
    blips = list(root.iter(name("a:blip")))
    first, second = (next(each for each in blips if _described(each, words)) for words in ("courthouse", "Bar chart"))
    one, two = first.get(name("r:embed")), second.get(name("r:embed"))
    first.set(name("r:embed"), two)
    second.set(name("r:embed"), one)


def _described(blip: Any, words: str) -> bool:
    drawing = next(each for each in blip.iterancestors() if each.tag in {name("wp:inline"), name("wp:anchor")})
    return words in (drawing.find(name("wp:docPr")).get("descr") or "")


def _code(root: Any) -> None:
    for each in list(paragraph(root, "make export").iter(name("br"))):
        drop(each)


def _strike(root: Any) -> None:
    element = run(root, "I waited")
    properties = etree.Element(name("rPr"))
    etree.SubElement(properties, name("strike"))
    element.insert(0, properties)


def _note_twice(root: Any) -> None:
    first = next(root.iter(name("footnote")))
    first.addnext(deepcopy(first))


def _format(root: Any, tag: str, **values: str) -> None:
    """Set a property of the run “I waited”."""
    element = run(root, "I waited")
    properties = element.find(name("rPr"))
    if properties is None:
        properties = etree.Element(name("rPr"))
        element.insert(0, properties)
    etree.SubElement(properties, name(tag), {name(key): value for key, value in values.items()})


def _note_moved(root: Any) -> None:
    reference = next(root.iter(name("footnoteReference"))).getparent()
    next(reference.getparent().iter(name("r"))).addprevious(reference)


def _text_box(root: Any) -> None:
    holder = etree.SubElement(etree.SubElement(paragraph(root, "I waited"), name("r")), name("pict"))
    words = etree.SubElement(holder, name("txbxContent"))
    etree.SubElement(etree.SubElement(etree.SubElement(words, name("p")), name("r")), name("t")).text = "Not true."


def _symbol(root: Any) -> None:
    etree.SubElement(run(root, "I waited"), name("sym"), {name("font"): "Symbol", name("char"): "F0D0"})


def _twice(root: Any) -> None:
    waited = paragraph(root, "I waited")
    waited.addnext(deepcopy(waited))


def _cut(root: Any) -> None:
    next(root.iter(name("a:blip"))).addnext(etree.Element(name("a:srcRect"), {"l": "50000", "r": "50000"}))


def _no_size(root: Any) -> None:
    next(root.iter(name("wp:extent"))).set("cx", "1")


def _upright(root: Any) -> None:
    drop(
        next(each for each in root.iter(name("style")) if each.get(name("styleId")) == "Emphasis").find(
            f".//{name('i')}"
        )
    )


def _unchanged(root: Any) -> None:
    """Let the style of emphasis state the values that change nothing (17.3.2.6, 17.3.2.32), and its base another."""
    _upright(root)
    emphasis = next(each for each in root.iter(name("style")) if each.get(name("styleId")) == "Emphasis")
    properties = next(emphasis.iter(name("rPr")))
    etree.SubElement(properties, name("color"), {VAL: "auto"})
    etree.SubElement(properties, name("shd"), {VAL: "clear", name("color"): "auto", name("fill"): "auto"})
    base = etree.SubElement(root, name("style"), {name("type"): "character", name("styleId"): "Red"})
    etree.SubElement(etree.SubElement(base, name("rPr")), name("color"), {VAL: "FF0000"})
    based = emphasis.find(name("basedOn"))
    if based is None:
        based = etree.SubElement(emphasis, name("basedOn"))
    based.set(VAL, "Red")


def _turned(root: Any) -> None:
    element = run(root, "I waited")
    around = etree.Element(name("bdo"), {VAL: "rtl"})
    element.addprevious(around)
    around.append(element)


def _imprint(root: Any) -> None:
    next(each for each in root if each.get("Target") == "mailto:formats@example.org").set("Target", "mailto:a@b.org")


def _imprint_unlinked(root: Any) -> None:
    link = next(link for link in root.iter(name("hyperlink")) if "formats@example.org" in "".join(link.itertext()))
    for run_ in link:
        link.addprevious(run_)
    link.getparent().remove(link)


def _second_head(root: Any) -> None:
    heads = [mark.getparent().getparent() for mark in root.iter(name("tblHeader"))]
    row = next(head.getnext() for head in heads if head.getnext() not in heads)
    properties = row.find(name("trPr"))
    etree.SubElement(properties if properties is not None else etree.SubElement(row, name("trPr")), name("tblHeader"))


def _lay_out(root: Any, tag: str, **values: str) -> None:
    properties = paragraph(root, "I waited").find(name("pPr"))
    etree.SubElement(properties, name(tag), {name(key): value for key, value in values.items()})


def _row(root: Any, tag: str, **values: str) -> None:
    properties = next(root.iter(name("trPr")))
    etree.SubElement(properties, name(tag), {name(key): value for key, value in values.items()})


def _wrap(element: Any, around: Any) -> None:
    element.addprevious(around)
    around.append(element)


def _renewed(root: Any) -> None:
    _wrap(run(root, "I waited"), etree.Element(name("fldSimple"), {name("instr"): " DATE "}))


def _placeholder(root: Any) -> None:
    control = etree.Element(name("sdt"))
    etree.SubElement(etree.SubElement(control, name("sdtPr")), name("showingPlcHdr"))
    element = run(root, "I waited")
    element.addprevious(control)
    etree.SubElement(control, name("sdtContent")).append(element)


FAULTS = (
    Fault("emphasis upright by its style", STYLES, _upright, "marks"),
    Fault("emphasis in the colour of the text around it", STYLES, _unchanged, "marks"),
    Fault("text in capitals", DOCUMENT, lambda r: _format(r, "caps"), "marks"),
    Fault("text without width", DOCUMENT, lambda r: _format(r, "w", val="1"), "text"),
    Fault("letters turned", DOCUMENT, _turned, "directions"),
    Fault("a link of the imprint leads elsewhere", RELATIONS, _imprint, "links"),
    Fault("a link of the imprint is gone", DOCUMENT, _imprint_unlinked, "links"),
    Fault("a row moved into the head", DOCUMENT, _second_head, "tables"),
    Fault("a note reference among other words", DOCUMENT, _note_moved, "notes"),
    Fault("letters upon each other", DOCUMENT, lambda r: _format(r, "spacing", val="-400"), "text"),
    Fault("a run of no width", DOCUMENT, lambda r: _format(r, "fitText", val="1"), "text"),
    Fault("a paragraph in a frame", DOCUMENT, lambda r: _lay_out(r, "framePr", x="-9000"), "text"),
    Fault("a paragraph off the page", DOCUMENT, lambda r: _lay_out(r, "ind", left="-20000"), "text"),
    Fault("a first line off the page", DOCUMENT, lambda r: _lay_out(r, "ind", left="900", hanging="9000"), "text"),
    Fault("a paragraph of no height", DOCUMENT, lambda r: _lay_out(r, "spacing", line="1", lineRule="exact"), "text"),
    Fault("a row hidden", DOCUMENT, lambda r: _row(r, "hidden"), "text"),
    Fault("a row of no height", DOCUMENT, lambda r: _row(r, "trHeight", val="1", hRule="exact"), "text"),
    Fault("text that Word renews", DOCUMENT, _renewed, "text"),
    Fault("text as a placeholder", DOCUMENT, _placeholder, "text"),
    Fault("text of no size", DOCUMENT, lambda r: _format(r, "sz", val="2"), "text"),
    Fault("text always hidden", DOCUMENT, lambda r: _format(r, "specVanish"), "text"),
    Fault("text struck out twice", DOCUMENT, lambda r: _format(r, "dstrike"), "marks"),
    Fault("a text box", DOCUMENT, _text_box, "text"),
    Fault("a symbol", DOCUMENT, _symbol, "text"),
    Fault("a paragraph twice", DOCUMENT, _twice, "text"),
    Fault("a picture cut away", DOCUMENT, _cut, "pictures"),
    Fault("a picture of no size", DOCUMENT, _no_size, "pictures"),
    Fault("superscript lost", DOCUMENT, _unraised, "marks"),
    Fault("superscript is subscript", DOCUMENT, lambda r: _raised(r, "6", "subscript"), "marks"),
    Fault("emphasis lost", DOCUMENT, _property("stressed", "rStyle"), "marks"),
    Fault("strong lost", DOCUMENT, _property("strong ", "rStyle"), "marks"),
    Fault("strikethrough lost", DOCUMENT, _property("gone", "strike"), "marks"),
    Fault("a paragraph struck out", DOCUMENT, _strike, "marks"),
    Fault("formula turned", DOCUMENT, _formula, "marks"),
    Fault("formula without its fraction", DOCUMENT, _fraction, "marks"),
    Fault("sign of a formula changed", DOCUMENT, _sign, "marks"),
    Fault("first row not marked in tblLook", DOCUMENT, lambda r: _look(r, "firstRow", "0"), "tables"),
    Fault("first column not marked in tblLook", DOCUMENT, lambda r: _look(r, "firstColumn", "0"), "tables"),
    Fault("titles of tables exchanged", DOCUMENT, _captions, "tables"),
    Fault("description of a table changed", DOCUMENT, _describe, "tables"),
    Fault("language of the properties", CORE, lambda r: _set(r, "language", "fr"), "language"),
    Fault("subtitle of the properties", CORE, lambda r: _set(r, "subject", "All is well"), "metadata"),
    Fault("company changed", EXTENDED, lambda r: _set(r, "Company", "Somebody"), "metadata"),
    Fault("direction lost", DOCUMENT, _bidi_lost, "directions"),
    Fault("direction turned", DOCUMENT, _bidi_added, "directions"),
    Fault("text hidden", DOCUMENT, lambda r: _hide(r, "I waited"), "text"),
    Fault("text of a note hidden", FOOTNOTES, lambda r: _hide(r, "Last paragraph"), "text"),
    Fault("text hidden by its style", STYLES, _hide_style, "text"),
    Fault("bookmark moved", DOCUMENT, _bookmark, "links"),
    Fault("scene break lost", DOCUMENT, _break, "kinds"),
    Fault("pictures exchanged", DOCUMENT, _picture, "pictures"),
    Fault("code in one line", DOCUMENT, _code, "marks"),
)
