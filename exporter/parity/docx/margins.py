"""Headers and footers of a Word file: what every page shows (ISO/IEC 29500-1, 17.10)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.inspect.docx import DocxFile
from exporter.inspect.docx.xml import Element, is_on, name
from exporter.parity.content import letters

_FIRST = "first page"
_EDGE = "737"
"""Distance of header and footer from the edge of the paper, if that is not from a reference document."""
_HOUSE = "house-"
"""Beginning of the names of headers and footers that come from a reference document, which may say anything."""


def read(word: DocxFile) -> dict[str, str]:
    """Return what the headers and footers say, by what it is; nothing if they come from a reference document, or if
    there are none, as in files of others.
    """
    relations = word.package.relations(word.package.main)
    sections = list(word.document.iter(name("sectPr")))
    stated: dict[str, str] = {}
    for section in sections:
        for reference in section.iter(name("headerReference"), name("footerReference")):
            relation = relations[reference.get(name("r:id")) or ""]
            if relation.target.rpartition("/")[2].startswith(_HOUSE):
                return {}
            kind = "header" if reference.tag == name("headerReference") else "footer"
            which = reference.get(name("w:type")) or "default"
            part = kind if which == "default" else f"{kind} of {which} pages"
            stated |= _story(part, word.package.xml(relation.target))
        paper = section.find(name("pgMar"))
        if stated and paper is not None and {paper.get(name(edge)) for edge in ("header", "footer")} == {_EDGE}:
            settings = word.part("settings")
            differs = settings is not None and settings.find(name("evenAndOddHeaders")) is not None
            stated["even pages"] = "others than odd ones" if differs else ""
            title = section.find(name("titlePg"))
            stated[_FIRST] = "" if title is not None and is_on(title) else "the same as the others"
            numbers = section.find(name("pgNumType"))
            stated["numbers of pages"] = " ".join(map(str, numbers.attrib.values())) if numbers is not None else ""
    return stated


def expected(title: str, publisher: str, pages: str, direction: str) -> dict[str, str]:
    """Return what the headers and footers of the edition say.

    Args:
        title: Of the publication.
        publisher: Its name.
        pages: What stands around the number of a page and that of all pages, which are `PAGE` and `NUMPAGES`.
        direction: Of the publication: ltr or rtl.
    """
    header = {"header": letters(title), "direction of the header": direction} if title.strip() else {}
    footer = {"footer": letters(f"{publisher} {pages}"), "direction of the footer": direction}
    return {**header, **footer}


def _story(part: str, root: Element) -> dict[str, str]:
    directions = {_direction(paragraph) for paragraph in root.iter(name("p"))}
    languages = {element.get(name("val")) or "" for element in root.iter(name("lang"))}
    return {
        part: letters("".join(_words(root))),
        f"direction of the {part}": " and ".join(sorted(directions)),
        f"language of the {part}": " and ".join(sorted(languages)),
    }


def _direction(paragraph: Element) -> str:
    mark = paragraph.find(f"{name('pPr')}/{name('bidi')}")
    return "rtl" if mark is not None and is_on(mark) else "ltr"


def _is_hidden(text: Element) -> bool:
    run = text.getparent()
    mark = run.find(f"{name('rPr')}/{name('vanish')}") if run is not None else None
    return mark is not None and is_on(mark)


def _words(root: Element) -> Iterator[str]:
    """Yield the words of a header or footer; of fields their codes, since Word renews their results."""
    in_result = False
    for element in root.iter():
        if element.tag == name("fldChar"):
            in_result = element.get(name("fldCharType")) == "separate"
        elif element.tag == name("instrText"):
            yield f" {element.text or ''} "
        elif element.tag == name("t") and not in_result and not _is_hidden(element):
            yield element.text or ""
        elif element.tag in {name("drawing"), name("pict"), name("object")}:
            yield " [picture] "
