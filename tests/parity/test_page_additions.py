"""Actions and places of a PDF when it is opened (ISO 32000-2, 7.7.2)."""

from __future__ import annotations

import pikepdf
import pytest

from exporter.inspect.pdf import PdfFile
from exporter.parity.pdf import additions


@pytest.mark.parametrize(("action", "count"), [("place", 0), ("/GoTo", 0), ("/JavaScript", 1)])
def test_a_document_may_open_at_a_place_and_do_nothing_else(action: str, count: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        place = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name("/Fit")])
        pdf.Root.OpenAction = place if action == "place" else pikepdf.Dictionary(S=pikepdf.Name(action))
        assert len(list(additions(PdfFile(pdf)))) == count
