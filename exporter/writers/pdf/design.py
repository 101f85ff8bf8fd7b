"""Differences between the paged editions: paper, stylesheets, markup."""

from __future__ import annotations

from typing import NamedTuple

from exporter.model import Kind, Metadata
from exporter.writers.pdf.markup import PageMarkup
from exporter.writers.pdf.options import PageOptions, PageSize


class Paper(NamedTuple):
    """A page and its margins, in millimetres; `start` is the side where lines begin."""

    width: float
    height: float
    top: float
    end: float
    bottom: float
    start: float
    hang: float
    """How far headings, figures and tables reach into the margin at the start."""
    text: float
    """Size of the running text in points."""
    gutter: float = 0
    """How much wider the margin at the spine is than the outer one; facing pages mirror each other unless it is 0."""
    bleed: float = 0
    """How far colours reach beyond the edge, to be cut off."""

    @property
    def measure(self) -> float:
        """Width of the running text: 65 to 70 characters."""
        return self.width - self.start - self.end


PAPERS = {
    PageSize.A4: Paper(width=210, height=297, top=30, end=32, bottom=28, start=58, hang=30, text=11),
    PageSize.LETTER: Paper(width=215.9, height=279.4, top=28, end=34, bottom=26, start=61.9, hang=30, text=11),
    PageSize.A5: Paper(width=148, height=210, top=22, end=18, bottom=20, start=20, hang=0, text=10),
}
PARTS = ("page", "text", "tables", "boxes", "frame")
"""Files of `styles/pdf/`, each about one thing."""


EASY_READ_TEXT = 14
"""Points of the running text of easy read, at least (Inclusion Europe, Information for all)."""


def text_size(metadata: Metadata, options: PageOptions, sheet: Paper) -> float:
    """Return the size of the running text in points: that of the settings, or of the paper and the kind."""
    least = EASY_READ_TEXT if metadata.kind is Kind.EASY_READ else 0
    return options.text_size or max(sheet.text, least)


class Design(NamedTuple):
    """The properties of a paged edition, besides its options."""

    edition: str
    """Its name, for findings and for the class of the root element."""
    paper: Paper
    parts: tuple[str, ...] = PARTS
    """Files of `styles/pdf/`, in the order in which they hold."""
    markup: type[PageMarkup] = PageMarkup
    name: str = ""
    """Key of the words that tell readers which edition it is; empty where there is nothing to tell."""
    chapter_page: str = "page"
    """The value of `break-before` of chapters that begin a page."""
    has_spreads: bool = False
    """Whether the text is laid out on two facing pages at once (`@page spread`), which are divided afterwards."""
    theme: str | None = None
    """The text of the theme, where it is not that of the file as it stands."""


def screen(options: PageOptions) -> Design:
    """Return the design of the edition for the screen and for any printer."""
    return Design("pdf", PAPERS[options.page_size])
