"""Faults of Word files in what styles, lists, tables and settings say, and in markup that no manuscript asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from exporter.inspect.docx.xml import VAL, name
from tests.parity.docx.planted import CORE, DOCUMENT, NUMBERING, SETTINGS, STYLES, drop, paragraph, run
from tests.parity.faults.word import Fault


def _first(root: Any, tag: str, value: str = "") -> Any:
    return next(each for each in root.iter(name(tag)) if not value or each.get(VAL) == value)


def _set(tag: str, key: str, value: str, old: str = "") -> Callable[[Any], None]:
    """Return a change of an attribute of the first element, with a value if one is given."""
    return lambda root: _first(root, tag, old).set(name(key), value)


def _drop(tag: str, value: str = "") -> Callable[[Any], None]:
    return lambda root: drop(_first(root, tag, value))


def _add(tag: str, child: str, **values: str) -> Callable[[Any], None]:
    """Return a change that begins the first element with another."""
    return lambda root: _first(root, tag).insert(0, _element(child, values))


def _element(tag: str, values: dict[str, str]) -> Any:
    return etree.Element(name(tag), {name(key): value for key, value in values.items()})


def _style(part: str, tag: str, **values: str) -> Callable[[Any], None]:
    """Return a change that adds a property to the style of quotations."""

    def change(root: Any) -> None:
        style = next(each for each in root.iter(name("style")) if each.get(name("styleId")) == "Quote")
        properties = style.find(name(part))
        if properties is None:
            properties = etree.SubElement(style, name(part))
        properties.append(_element(tag, values))

    return change


def _level(tag: str, value: str, style: str = "decimal") -> Callable[[Any], None]:
    """Return a change of the first level of all definitions of numbered lists."""

    def change(root: Any) -> None:
        for definition in root.iter(name("abstractNum")):
            level = definition.find(name("lvl"))
            if level.find(name("numFmt")).get(VAL) == style:
                level.find(name(tag)).set(VAL, value)

    return change


def _hyperlink(root: Any, words: str) -> Any:
    return next(each for each in root.iter(name("hyperlink")) if words in "".join(each.itertext()))


def _two_targets(root: Any) -> None:
    _hyperlink(root, "our site").set(name("anchor"), "findings")


def _picture(root: Any, key: str, value: str) -> None:
    next(each for each in root.iter(name("wp:docPr")) if each.get("descr") == "A courthouse.").set(key, value)


def _other_shape(root: Any) -> None:
    """Show the file of a decorative picture where another is described."""
    described, decorative = (
        next(
            drawing.find(f".//{name('a:blip')}")
            for drawing in root.iter(name("wp:inline"))
            if drawing.find(name("wp:docPr")).get("descr") == alt
        )
        for alt in ("A courthouse.", "")
    )
    described.set(name("r:embed"), decorative.get(name("r:embed")))


def _with_character(character: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        next(run(root, "I waited").iter(name("t"))).text = f"I wa{character}ited."

    return change


def _formula(change: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a change of the large formula."""
    return lambda root: change(
        next(each for each in root.iter(name("m:oMath")) if each.find(name("m:nary")) is not None)
    )


def _exchange_scripts(formula: Any) -> None:
    script = next(formula.iter(name("m:sSubSup")))
    low, high = script.find(name("m:sub")), script.find(name("m:sup"))
    low.tag, high.tag = high.tag, low.tag


def _exchange_cells(formula: Any) -> None:
    line = next(formula.iter(name("m:mr")))
    line.append(line[0])


def _no_root(formula: Any) -> None:
    next(formula.iter(name("m:rad"))).tag = name("m:box")


def _no_script(formula: Any) -> None:
    script = next(formula.iter(name("m:sSubSup")))
    for part in list(script):
        script.addprevious(part)
    drop(script)


def _operator(formula: Any) -> None:
    next(each for each in formula.iter(name("m:t")) if each.text == "+").text = "−"


def _title(root: Any) -> None:
    title = next(each for each in root.iter(name("pStyle")) if each.get(VAL) == "Title").getparent().getparent()
    next(title.iter(name("t"))).text = "Another title"


def _shown(words: str, others: str) -> Callable[[Any], None]:
    """Return a change of the first run with these words."""
    return lambda root: next(_replaced(each, words, others) for each in root.iter(name("t")) if words in each.text)


def _replaced(text: Any, words: str, others: str) -> None:
    text.text = text.text.replace(words, others)


def _of_core(root: Any, tag: str, value: str) -> None:
    next(each for each in root if each.tag.endswith("}" + tag)).text = value


def _status(root: Any) -> None:
    etree.SubElement(root, name("cp:contentStatus")).text = "Draft"


FAULTS = (
    Fault("merged cells no longer begin", DOCUMENT, _drop("vMerge", "restart"), "tables"),
    Fault("last row not marked in tblLook", DOCUMENT, _set("tblLook", "lastRow", "0"), "tables"),
    Fault("value of tblLook changed", DOCUMENT, _set("tblLook", "val", "0600"), "tables"),
    Fault("tblLook lost", DOCUMENT, _drop("tblLook"), "tables"),
    Fault("description of a table lost", DOCUMENT, _drop("tblDescription"), "tables"),
    Fault("title of a table lost", DOCUMENT, _drop("tblCaption"), "tables"),
    Fault("columns in the other direction", DOCUMENT, _add("tblPr", "bidiVisual"), "tables"),
    Fault("a list is defined to begin elsewhere", NUMBERING, _level("start", "4"), "nesting"),
    Fault("a list is defined with other numbers", NUMBERING, _level("numFmt", "upperRoman"), "nesting"),
    Fault("a list with words before its items", NUMBERING, _level("lvlText", "Article %1."), "nesting"),
    Fault("bullets are words", NUMBERING, _level("lvlText", "NOT", "bullet"), "nesting"),
    Fault("numbers of a list hidden", NUMBERING, _add("lvl", "isLgl"), "nesting"),
    Fault("a list begins with two numbers", NUMBERING, _set("startOverride", "val", "9"), "nesting"),
    Fault("notes numbered otherwise", SETTINGS, _add("footnotePr", "numFmt", val="upperRoman"), "notes"),
    Fault("language of the theme", SETTINGS, _set("themeFontLang", "val", "fr-FR"), "language"),
    Fault("a style in a font of symbols", STYLES, _style("rPr", "rFonts", ascii="Wingdings"), "text"),
    Fault("a style strikes out", STYLES, _style("rPr", "strike"), "marks"),
    Fault("a style raises", STYLES, _style("rPr", "vertAlign", val="superscript"), "marks"),
    Fault("a style in another language", STYLES, _style("rPr", "lang", val="fr-FR"), "languages"),
    Fault("a style in the other direction", STYLES, _style("pPr", "bidi"), "directions"),
    Fault("all text hidden by the defaults", STYLES, lambda r: _first(r, "rPr").append(_element("vanish", {})), "text"),
    Fault("title of a link", DOCUMENT, lambda r: _hyperlink(r, "our site").set(name("tooltip"), "Buy now"), "links"),
    Fault("a link with two targets", DOCUMENT, _two_targets, "links"),
    Fault("another title of a picture", DOCUMENT, lambda r: _picture(r, "title", "A prison"), "pictures"),
    Fault("a picture hidden from software", DOCUMENT, lambda r: _picture(r, "hidden", "1"), "pictures"),
    Fault("text raised by points", DOCUMENT, lambda r: _property(r, "position"), "kinds"),
    Fault("a page break", DOCUMENT, lambda r: run(r, "I waited").insert(0, _element("br", {"type": "page"})), "kinds"),
    Fault("a comment", DOCUMENT, lambda r: paragraph(r, "I waited").append(_element("commentRangeStart", {})), "kinds"),
    Fault("another document inside", DOCUMENT, _add("body", "altChunk"), "text"),
    Fault("an entry of the contents on another level", DOCUMENT, _set("pStyle", "val", "TOC1", "TOC2"), "contents"),
    Fault("title on the title page", DOCUMENT, _title, "metadata"),
    Fault("phone number of the imprint", DOCUMENT, _shown("+44 20", "+44 21"), "metadata"),
    Fault("words added to the title page", DOCUMENT, _shown("Report", "Confidential report"), "metadata"),
    Fault("category other than the kind", CORE, lambda r: _of_core(r, "category", "Novel"), "metadata"),
    Fault("date of the last change", CORE, lambda r: _of_core(r, "modified", "1999-01-01T00:00:00Z"), "metadata"),
    Fault("status of a draft", CORE, _status, "metadata"),
    Fault("a template elsewhere", SETTINGS, _add("settings", "attachedTemplate"), "kinds"),
    Fault("notes of a section numbered otherwise", DOCUMENT, _add("sectPr", "footnotePr"), "notes"),
    Fault("letters are signs", STYLES, _set("rFonts", "ascii", "Wingdings 2"), "text"),
    Fault("identifier of the imprint", DOCUMENT, _shown("6e1b2c1e", "6e1b2c1f"), "metadata"),
    Fault("kind on the title page", DOCUMENT, _shown("Report", "Brief"), "metadata"),
    Fault("direction between turns is speech", DOCUMENT, _set("pStyle", "val", "Normal", "Cue"), "nesting"),
    Fault("scripts of a formula exchanged", DOCUMENT, _formula(_exchange_scripts), "marks"),
    Fault("a formula without its scripts", DOCUMENT, _formula(_no_script), "marks"),
    Fault("a formula without its root", DOCUMENT, _formula(_no_root), "marks"),
    Fault("cells of a formula exchanged", DOCUMENT, _formula(_exchange_cells), "marks"),
    Fault("a picture of another shape", DOCUMENT, _other_shape, "pictures"),
    Fault("text in the other order", DOCUMENT, _with_character("\u202e"), "text"),
    Fault("a word divided by no visible space", DOCUMENT, _with_character("\u200b"), "text"),
    Fault("operator of a formula", DOCUMENT, _formula(_operator), "marks"),
)


def _property(root: Any, tag: str) -> None:
    element = run(root, "I waited")
    properties = element.find(name("rPr"))
    if properties is None:
        properties = etree.Element(name("rPr"))
        element.insert(0, properties)
    properties.append(_element(tag, {"val": "12"}))
