"""Tables on screens: which break out of the text, and where they are a Tab stop because they scroll."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers.web import scrolling_tables
from tests.writers.web.pages import make, rules


def table(*words: str, child: m.Block | None = None) -> m.Table:
    cells = tuple(m.Cell((child or m.Paragraph((m.Text(word),)),)) for word in words)
    return m.Table(columns=tuple(m.Column() for _ in words), bodies=((m.Row(cells),),))


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        (("10", "20", "30"), 5, 8),
        (("a long text of short words",) * 3, 6, 14),
        (("Representatives",) * 6, 40, 62),
        (("1 234 567 890",) * 3, 17, 28),
        (("https://example.org/" + "a" * 300,) * 3, 40, 62),
        (("何も書かれていない表の長い文章",) * 3, 3, 8),
    ],
)
def test_a_table_fits_where_its_longest_words_do(words: tuple[str, ...], least: int, most: int) -> None:
    *wide, fits = scrolling_tables.classes(table(*words))
    width = int(fits.removeprefix("fits-"))
    assert least <= width <= most
    assert wide == (["wide"] if width > scrolling_tables.COLUMN else [])


def test_a_table_that_no_screen_holds_is_always_a_tab_stop() -> None:
    assert scrolling_tables.classes(table(*["Representatives"] * 16)) == ("wide",)
    picture = m.Figure((m.Image("a.png", m.Decorative()),))
    assert scrolling_tables.classes(table("a", "b", "c", child=picture)) == ("wide",)


def test_where_a_table_fits_the_style_sheet_hides_its_wrapper(tmp_path: Path) -> None:
    narrow, broad = table("10", "20", "30"), table(*["Representatives"] * 6)
    page = make(tmp_path, m.Publication(m.Metadata(title="Tables", language="en"), body=(narrow, broad, narrow)))
    wrappers = [element for element in page.all("div") if "table-scroll" in element.get("class", "")]
    assert [wrapper.get("tabindex") for wrapper in wrappers] == ["0"] * 3
    frames = [wrapper.getparent().get("class") for wrapper in wrappers]
    assert frames == ["table-frame", "table-frame wide", "table-frame"]
    widths = [re.findall(r"fits-(\d+)", wrapper.get("class"))[0] for wrapper in wrappers]
    hidden = re.findall(r"@container \(min-width:(\d+)rem\)\{\.fits-(\d+)\{visibility:hidden\}\}", rules(page.css()))
    assert hidden == [(width, width) for width in sorted(set(widths), key=int)]
    assert ".table-scroll > table { visibility: visible }" in page.css()
    # As wide as the frame, whose rule is below: the caption of a table that scrolls is read without scrolling.
    caption = ".table-scroll caption { position: sticky; inset-inline-start: 0; max-inline-size: 100cqi"
    assert ".table-frame { container-type: inline-size" in page.css()
    assert caption in page.css()


def test_the_contents_are_no_tab_stop_of_their_own(tmp_path: Path) -> None:
    assert [nav.get("tabindex") for nav in make(tmp_path).all("nav")] == [None]
