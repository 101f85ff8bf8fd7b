"""Checks of the contrast between text and background (WCAG 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding
from exporter.inspect.docx import DocxFile, RunStyle
from exporter.inspect.docx.xml import VAL, Element, child_value, name, value
from exporter.oklch import contrast
from exporter.validate.docx import rules
from exporter.validate.docx.locations import finding_at

LEAST = 4.5
_WHITE, _BLACK = "FFFFFF", "000000"


def check(word: DocxFile) -> Iterator[Finding]:
    """Check every run that has text; report each pair of colours once."""
    reported: set[tuple[str, str]] = set()
    page = value(word.document.find(name("background")), name("color")) or _WHITE
    for story in word.stories(headers=True):
        for paragraph in story.root.iter(name("p")):
            inherited = _inherited(word, paragraph)
            for run in paragraph.iter(name("r")):
                words = "".join(text.text or "" for text in run.iterchildren(name("t"))).strip()
                if not words:
                    continue
                style = _run_style(word, run).over(inherited)
                background = style.background or page
                colour = style.colour if style.colour not in {None, "auto"} else _automatic(background)
                assert colour is not None
                ratio = contrast(colour, background)
                if (colour, background) not in reported and ratio < LEAST and not style.hidden:
                    reported.add((colour, background))
                    colours = f"text #{colour} on background #{background}"
                    message = f"Low contrast ({ratio:.1f}:1): “{words[:40]}”, {colours}."
                    yield finding_at(rules.CONTRAST, word, message, run)


def _inherited(word: DocxFile, paragraph: Element) -> RunStyle:
    """Return the style that runs inherit from their paragraph, its style, its cell, its table and the document."""
    styles = word.styles
    style = RunStyle(background=styles.background(paragraph.find(name("pPr")))).over(styles.of(word.style(paragraph)))
    for cell in paragraph.iterancestors(name("tc")):
        style = style.over(RunStyle(background=styles.background(cell.find(name("tcPr")))))
        table = next(cell.iterancestors(name("tbl")), None)
        if table is not None:
            style = style.over(_table_style(word, table, cell))
    return style.over(styles.defaults)


def _table_style(word: DocxFile, table: Element, cell: Element) -> RunStyle:
    """Return the style that a table style defines for a cell, which may be in the first row (17.7.6)."""
    row = cell.getparent()
    first = row is not None and row.getparent() is table and row is table.find(name("tr"))
    result = RunStyle()
    for style in word.styles.chain(child_value(table, f"{name('tblPr')}/{name('tblStyle')}")):
        conditional = [part for part in style.iterchildren(name("tblStylePr")) if part.get(name("type")) == "firstRow"]
        for part in (*(conditional if first else ()), style):
            result = result.over(word.styles.run_style(part.find(name("rPr"))))
            result = result.over(RunStyle(background=word.styles.background(part.find(name("tcPr")))))
    return result


def _run_style(word: DocxFile, run: Element) -> RunStyle:
    properties = run.find(name("rPr"))
    style = properties.find(name("rStyle")) if properties is not None else None
    own = word.styles.run_style(properties)
    return own.over(word.styles.of(style.get(VAL) or "")) if style is not None else own


def _automatic(background: str) -> str:
    """Return black or white, whichever contrasts more."""
    return _BLACK if contrast(_BLACK, background) >= contrast(_WHITE, background) else _WHITE
