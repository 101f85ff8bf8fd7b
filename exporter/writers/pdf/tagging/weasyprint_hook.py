"""Where our tags take the place of WeasyPrint's.

The function is private to WeasyPrint, so that its version is pinned and checked. WeasyPrint 70.0 makes one structure
element for each piece of an element on a page (its issues 2903, 2902, 2482, 2508, 1836). Whoever upgrades: compare
`weasyprint/pdf/__init__.py` (the call of `add_tags`), `weasyprint/pdf/stream.py` (`marked`, `_tags`) and the boxes that
`marked_content` walks with those of 70.0, run the tests of this folder, and change `VERSION`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from exporter.errors import MissingToolError

VERSION = "70.0"


@contextmanager
def our_tags() -> Iterator[None]:
    """Let WeasyPrint call our `add_tags` while a file is written.

    Raises:
        MissingToolError: Another version of WeasyPrint is installed than the one whose seam we know.
    """
    import weasyprint
    from weasyprint import pdf

    from exporter.writers.pdf.tagging import add_tags

    if weasyprint.__version__ != VERSION:
        raise MissingToolError(
            f"WeasyPrint {weasyprint.__version__} is installed; the tags of the PDF edition need {VERSION}.",
            advice=f"Install it with: pip install weasyprint=={VERSION}",
        )
    theirs = pdf.add_tags
    pdf.add_tags = add_tags
    try:
        yield
    finally:
        pdf.add_tags = theirs
