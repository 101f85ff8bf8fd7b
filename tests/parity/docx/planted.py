"""A Word file with one of everything, and defects to plant in it: each with the rules that have to find it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from exporter.inspect.docx.xml import name
from exporter.model import Publication
from exporter.transforms import apply
from exporter.writers import docx
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink

DOCUMENT, FOOTNOTES, NUMBERING = "word/document.xml", "word/footnotes.xml", "word/numbering.xml"
STYLES, CORE, RELATIONS, SETTINGS = (
    *("word/styles.xml", "docProps/core.xml", "word/_rels/document.xml.rels", "word/settings.xml"),
)


class Defect(NamedTuple):
    """One thing that is changed."""

    name: str
    part: str
    change: Callable[[Any], None]
    rules: frozenset[str]
    """Those that find it, all of them and no others."""


def make(folder: Path) -> tuple[Publication, Path]:
    """Write the publication."""
    pictures = Pictures(folder / "pictures")
    publication = apply(kitchen_sink.publication(pictures), "sink")
    path = folder / "good.docx"
    options = docx.Options(page_numbers=docx.PageNumbers.NEVER)
    docx.write(publication, write_context(folder, publication.metadata.language, pictures=pictures), options, path)
    return publication, path


def plant(good: Path, bad: Path, changes: Mapping[str, Callable[[Any], None]]) -> Path:
    """Copy a file with changes of its parts."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry in changes:
                root = etree.fromstring(data)
                changes[entry](root)
                data = etree.tostring(root)
            target.writestr(entry, data)
    return bad


# Finding things


def paragraph(root: Any, words: str, number: int = 0) -> Any:
    """Return a paragraph with these words in it, from `number` on among several."""
    found = [each for each in root.iter(name("p")) if words in "".join(each.itertext(name("t")))]
    # The list of contents has the words of headings too.
    found = [each for each in found if not (style(each) or "").startswith("TOC")]
    return found[number]


def style(element: Any) -> str | None:
    found = element.find(f"{name('pPr')}/{name('pStyle')}")
    return found.get(name("val")) if found is not None else None


def set_style(element: Any, value: str) -> None:
    element.find(f"{name('pPr')}/{name('pStyle')}").set(name("val"), value)


def drop(element: Any) -> None:
    element.getparent().remove(element)


def run(root: Any, words: str) -> Any:
    return next(each.getparent() for each in root.iter(name("t")) if words in (each.text or ""))


def row(root: Any, words: str) -> Any:
    return next(paragraph(root, words).iterancestors(name("tr")))


def cell(root: Any, words: str) -> Any:
    return next(paragraph(root, words).iterancestors(name("tc")))


def _say(root: Any, old: str, new: str) -> None:
    text = next(each for each in root.iter(name("t")) if old in (each.text or ""))
    text.text = text.text.replace(old, new)


def _swap(root: Any) -> None:
    first, second = paragraph(root, "Nobody told me why"), paragraph(root, "I waited.")
    second.addnext(first)


def _level(root: Any, words: str, value: str) -> None:
    set_style(paragraph(root, words), value)


def _plain_list(root: Any) -> None:
    for words in ("Para five", "Para six"):
        element = paragraph(root, words)
        drop(element.find(f"{name('pPr')}/{name('numPr')}"))
        set_style(element, "Normal")


def _lower(root: Any) -> None:
    element = paragraph(root, "nested b")
    element.find(f"{name('pPr')}/{name('numPr')}/{name('ilvl')}").set(name("val"), "0")


def _start(root: Any) -> None:
    for each in root.iter(name("startOverride"), name("start")):
        if each.get(name("val")) == "5":
            each.set(name("val"), "6")


def _bare_letters(root: Any) -> None:
    for each in root.iter(name("lvlText")):
        each.set(name("val"), (each.get(name("val")) or "").replace("(", "").replace(")", "."))


def _language(root: Any) -> None:
    drop(run(root, "las autoridades").find(f"{name('rPr')}/{name('lang')}"))


def _anchor(root: Any) -> None:
    link = next(each for each in root.iter(name("hyperlink")) if each.get(name("anchor")) == "findings")
    link.set(name("anchor"), "summary")


def _address(root: Any) -> None:
    for each in root:
        if (each.get("Target") or "").startswith("https://example.org/a"):
            each.set("Target", "https://example.com/")


def _unlink(root: Any) -> None:
    link = run(root, "our site").getparent()
    for child in list(link):
        link.addprevious(child)
    drop(link)


def _toc(root: Any) -> None:
    links = [each for each in root.iter(name("hyperlink")) if (each.get(name("anchor")) or "").startswith("_Toc")]
    links[0].set(name("anchor"), links[1].get(name("anchor")))


def _note(root: Any) -> None:
    marks = list(root.iter(name("footnoteReference")))
    one, two = marks[0].get(name("id")), marks[1].get(name("id"))
    marks[0].set(name("id"), two)
    marks[1].set(name("id"), one)


def _no_note(root: Any) -> None:
    drop(next(root.iter(name("footnoteReference"))).getparent())


def _no_number(root: Any) -> None:
    drop(next(root.iter(name("footnoteRef"))))


def _header(root: Any) -> None:
    for each in root.iter(name("tblHeader")):
        drop(each)
        return


def _data(root: Any) -> None:
    set_style(paragraph(root, "Guanajuato", 0), "TableText")


def _unmerge(root: Any) -> None:
    drop(cell(root, "Cases").find(f"{name('tcPr')}/{name('gridSpan')}"))


def _exchange(root: Any) -> None:
    first, second = cell(root, "3,120"), cell(root, "2,988")
    one, two = first.find(name("p")), second.find(name("p"))
    first.append(two)
    second.append(one)


def _speaker(root: Any) -> None:
    set_style(paragraph(root, "asylum seeker"), "Normal")


def _expansion(root: Any) -> None:
    for each in root.iter(name("docVar")):
        if (each.get(name("name")) or "").startswith("abbreviation:"):
            each.set(name("val"), "Inter-American Court")


def _formula(root: Any) -> None:
    drop(next(root.iter(name("m:oMath"))))


def _quote(root: Any) -> None:
    for words in ("They came at night", "All of them"):
        set_style(paragraph(root, words), "Normal")


def _aside(root: Any) -> None:
    for words in ("Nobody told me why", "I waited", "Marta"):
        set_style(paragraph(root, words), "Normal")


def _alt(root: Any) -> None:
    frame = next(each for each in root.iter(name("wp:docPr")) if "Bar chart" in (each.get("descr") or ""))
    frame.set("descr", "chart.png")


def _not_decorative(root: Any) -> None:
    drop(next(root.iter(name("adec:decorative"))))


def _code(root: Any) -> None:
    properties = run(root, "file.txt").find(name("rPr"))
    for tag in ("rStyle", "noProof"):
        drop(properties.find(name(tag)))


def _default_language(root: Any) -> None:
    next(root.iter(name("lang"))).set(name("val"), "fr")


def _text_of(tag: str, value: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        next(each for each in root if str(each.tag).endswith(tag)).text = value

    return change


def _rules(*names: str) -> frozenset[str]:
    return frozenset(f"parity-{each}" for each in names)


DEFECTS = (
    Defect("a paragraph is lost", DOCUMENT, lambda r: drop(paragraph(r, "After the tables")), _rules("text")),
    Defect("a word is another", DOCUMENT, lambda r: _say(r, "I waited", "I wailed"), _rules("text")),
    Defect("two paragraphs change places", DOCUMENT, _swap, _rules("order")),
    Defect("a paragraph stands there twice", DOCUMENT,
           lambda r: paragraph(r, "Nobody told").addnext(etree.fromstring(etree.tostring(paragraph(r, "January 4")))),
           _rules("text")),
    Defect(
        "a heading is a level deeper", DOCUMENT, lambda r: _level(r, "Voices", "Heading3"), _rules("levels", "contents")
    ),
    Defect("a heading is plain text", DOCUMENT, lambda r: _level(r, "Voices", "Normal"),
           _rules("headings", "kinds")),
    Defect("a list is paragraphs", DOCUMENT, _plain_list, _rules("nesting")),
    Defect("an item of an inner list is one of the outer", DOCUMENT, _lower, _rules("nesting")),
    Defect("the letters of a list lose their parentheses", NUMBERING, _bare_letters, _rules("nesting")),
    Defect("a list begins with another number", NUMBERING, _start, _rules("nesting")),
    Defect("a passage lost its language", DOCUMENT, _language, _rules("languages")),
    Defect("the document is in another language", STYLES, _default_language, _rules("language", "languages")),
    Defect("a link leads to another heading", DOCUMENT, _anchor, _rules("links")),
    Defect("a link leads to another site", RELATIONS, _address, _rules("links")),
    Defect("a link is plain text", DOCUMENT, _unlink, _rules("links")),
    Defect("a line of the contents leads to another heading", DOCUMENT, _toc, _rules("contents")),
    Defect("the marks of two notes are exchanged", DOCUMENT, _note, _rules("text")),
    Defect("a note has no mark in the text", DOCUMENT, _no_note, _rules("notes", "text")),
    Defect("a note has no number to go back by", FOOTNOTES, _no_number, _rules("notes")),
    Defect("a note lost its words", FOOTNOTES, lambda r: drop(paragraph(r, "Last paragraph")), _rules("text")),
    Defect("a row of heads is no longer one", DOCUMENT, _header, _rules("tables")),
    Defect("a head of a row is data", DOCUMENT, _data, _rules("tables")),
    Defect("merged cells are one", DOCUMENT, _unmerge, _rules("tables")),
    Defect("two cells change places", DOCUMENT, _exchange, _rules("order", "nesting")),
    Defect("a row is lost", DOCUMENT, lambda r: drop(row(r, "Total")), _rules("text", "tables")),
    Defect("nobody speaks any more", DOCUMENT, _speaker, _rules("nesting", "speakers")),
    Defect("an abbreviation stands for something else", SETTINGS, _expansion, _rules("marks")),
    Defect("a formula is lost", DOCUMENT, _formula, _rules("marks")),
    Defect("a quotation is plain text", DOCUMENT, _quote, _rules("nesting")),
    Defect("a box is plain text", DOCUMENT, _aside, _rules("nesting")),
    Defect("code is plain text", DOCUMENT, _code, _rules("marks")),
    Defect("an alt text is a file name", DOCUMENT, _alt, _rules("pictures")),
    Defect("a decorative picture is not", DOCUMENT, _not_decorative, _rules("pictures", "decorative")),
    Defect("a caption is plain text", DOCUMENT, lambda r: set_style(paragraph(r, "Cases by month"), "Normal"),
           _rules("kinds")),
    Defect("another title", CORE, _text_of("title", "Justice"), _rules("title")),
    Defect("another author", CORE, _text_of("creator", "Ana Torres"), _rules("metadata")),
    Defect("another date", CORE, _text_of("created", "2025-03-01T00:00:00Z"), _rules("metadata")),
)  # fmt: skip
