"""Paper and sheets of the large-print edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter.writers.large_print.tables import LargeMarkup
from exporter.writers.pdf.design import PARTS, Design, Paper
from exporter.writers.pdf.options import PageSize

if TYPE_CHECKING:
    from exporter.writers.large_print import Options

# One column as wide as the paper allows: at 18 points even that holds no more than 55 characters.
PAPERS = {
    PageSize.A4: Paper(width=210, height=297, top=26, end=20, bottom=24, start=20, hang=0, text=18),
    PageSize.LETTER: Paper(width=215.9, height=279.4, top=26, end=22, bottom=24, start=22, hang=0, text=18),
    PageSize.A5: Paper(width=148, height=210, top=20, end=13, bottom=19, start=13, hang=0, text=18),
}


def design(options: Options) -> Design:
    """Return the design for the paper that the options say."""
    return Design(
        "large-print", PAPERS[options.page_size], (*PARTS, "large-print"), LargeMarkup, name="pdf.large_print"
    )
