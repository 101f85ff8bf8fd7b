"""Whether text can be told from its ground (WCAG 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile, RunStyle, contrast
from exporter.inspect.docx.xml import Element, name
from exporter.validate.docx import rules
from exporter.validate.docx.locations import found

LEAST = 4.5
_PAPER, _INK = "FFFFFF", "000000"


def check(word: DocxFile) -> Iterator[Finding]:
    """Look at every run with words, each pair of colours once."""
    told: set[tuple[str, str]] = set()
    background = word.document.find(name("background"))
    page = (background.get(name("color")) or _PAPER) if background is not None else _PAPER
    for story in word.stories(headers=True):
        for paragraph in story.root.iter(name("p")):
            base = _base(word, paragraph)
            for run in paragraph.iter(name("r")):
                words = "".join(each.text or "" for each in run.iterchildren(name("t"))).strip()
                if not words:
                    continue
                looks = _run(word, run).over(base)
                ground = looks.background or page
                colour = looks.colour if looks.colour not in {None, "auto"} else _readable(ground)
                assert colour is not None
                if (colour, ground) not in told and contrast(colour, ground) < LEAST and not looks.hidden:
                    told.add((colour, ground))
                    message = f"The words “{words[:40]}” are #{colour} on #{ground}: {contrast(colour, ground):.1f}:1."
                    yield found(rules.CONTRAST, word, message, run)


def _base(word: DocxFile, paragraph: Element) -> RunStyle:
    """Return the looks of a paragraph: its own, its style's, its cell's, its table's, the document's."""
    styles = word.styles
    looks = RunStyle(background=styles.background(paragraph.find(name("pPr")))).over(styles.of(word.style(paragraph)))
    for cell in paragraph.iterancestors(name("tc")):
        looks = looks.over(RunStyle(background=styles.background(cell.find(name("tcPr")))))
        table = next(cell.iterancestors(name("tbl")), None)
        if table is not None:
            looks = looks.over(_table(word, table, cell))
    return looks.over(styles.defaults)


def _table(word: DocxFile, table: Element, cell: Element) -> RunStyle:
    """Return the looks that a table's style has for the first row, and for all (17.7.6)."""
    element = table.find(f"{name('tblPr')}/{name('tblStyle')}")
    identifier = (element.get(name("val")) or "") if element is not None else ""
    row = cell.getparent()
    first = row is not None and row.getparent() is table and row is table.find(name("tr"))
    looks = RunStyle()
    for style in word.styles.chain(identifier):
        for part in style.iterchildren(name("tblStylePr")) if first else ():
            if part.get(name("type")) == "firstRow":
                looks = looks.over(word.styles.run_style(part.find(name("rPr"))))
                looks = looks.over(RunStyle(background=word.styles.background(part.find(name("tcPr")))))
        looks = looks.over(word.styles.run_style(style.find(name("rPr"))))
        looks = looks.over(RunStyle(background=word.styles.background(style.find(name("tcPr")))))
    return looks


def _run(word: DocxFile, run: Element) -> RunStyle:
    properties = run.find(name("rPr"))
    looks = word.styles.run_style(properties)
    style = properties.find(name("rStyle")) if properties is not None else None
    return looks.over(word.styles.of(style.get(name("val")) or "")) if style is not None else looks


def _readable(ground: str) -> str:
    return _INK if contrast(_INK, ground) >= contrast(_PAPER, ground) else _PAPER
