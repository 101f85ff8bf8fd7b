"""Paper, sheets and markup of the print edition."""

from __future__ import annotations

from exporter.writers.pdf.design import PARTS, Design, Paper
from exporter.writers.pdf.options import PageSize
from exporter.writers.print import ChapterStart, Options
from exporter.writers.print.links import PrintMarkup

# As given here the pages after a spine: the wider margin, where lines begin, is at the spine.
PAPERS = {
    PageSize.A4: Paper(width=210, height=297, top=30, end=26, bottom=28, start=62, hang=28, text=11, gutter=8),
    PageSize.LETTER: Paper(width=215.9, height=279.4, top=28, end=28, bottom=26, start=66, hang=30, text=11, gutter=8),
    PageSize.A5: Paper(width=148, height=210, top=22, end=16, bottom=20, start=22, hang=0, text=10, gutter=6),
}


def design(options: Options) -> Design:
    """Return the design for the paper and the bleed that the options say."""
    sheet = PAPERS[options.page_size]._replace(bleed=options.bleed)
    chapter_page = "recto" if options.chapters == ChapterStart.ODD_PAGE else "page"
    return Design("print", sheet, (*PARTS, "print"), markup=PrintMarkup, chapter_page=chapter_page)
