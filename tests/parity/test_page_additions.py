"""Actions and places of a PDF when it is opened (ISO 32000-2, 7.7.2), and areas of links."""

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


@pytest.mark.parametrize(("height", "count"), [(0, 1), (6, 0)])
def test_a_link_whose_area_has_no_height_cannot_be_clicked(height: int, count: int) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 90, 14, 90 + height])
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        assert len([found for found in additions(PdfFile(pdf)) if found.rule == "parity-links"]) == count
