"""Forms and labels: lines to fill in, boxes and ticks, numbers of lists with signs of their own."""

from __future__ import annotations

import pytest

from tests.readers.docx.files import p, r, read
from tests.readers.docx.outlines import blocks, rules

UNDERLINED = '<w:u w:val="single"/>'
TAB = "<w:r><w:tab/></w:r>"
LINE = f"<w:r><w:rPr>{UNDERLINED}</w:rPr><w:tab/></w:r>"


def stops(*leaders: str) -> str:
    """Return tab stops with leaders."""
    made = "".join(f'<w:tab w:val="left" w:leader="{leader}" w:pos="{2000 + n}"/>' for n, leader in enumerate(leaders))
    return f"<w:tabs>{made}</w:tabs>"


@pytest.mark.parametrize(
    ("runs", "properties", "expected"),
    [
        (r("Name:") + LINE + LINE + r("Date: ") + LINE, "", "Name: ________ Date: ________"),
        (r("Name: ") + r("      ", UNDERLINED) + r("(print)"), "", "Name: ________ (print)"),
        (r("Name:") + TAB + r(" Date:") + TAB, stops("underscore", "underscore"), "Name: ________ Date: ________"),
        (r("Name:") + TAB + r("Date:") + TAB, stops("none", "underscore"), "Name: Date: ________"),
        (r("Reason:") + TAB, stops("dot"), "Reason: ________"),
        (r("Rent") + TAB + r("500"), stops("dot"), "Rent 500"),
        (r("A.", UNDERLINED) + LINE + r("Aims", UNDERLINED), "", "*A. Aims*"),
        (r("two ") + r(" ", UNDERLINED) + r("words"), "", "two  words"),
        (r("Name:") + '<w:r><w:ptab w:leader="underscore"/></w:r>', "", "Name: ________"),
        (LINE + r(" (signature)"), "", "________ (signature)"),
    ],
)
def test_a_line_to_fill_in_is_there(runs: str, properties: str, expected: str) -> None:
    read_ = read(p(runs, properties=properties) + p(runs, properties=properties))
    assert blocks(read_)[0] == expected
    assert rules(read_) == (["word-tabs"] if expected in ("Rent 500", "Name: Date: ________") else [])
