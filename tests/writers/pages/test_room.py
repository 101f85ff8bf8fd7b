"""Whatever a table, an address, a word or a picture is like: nothing runs off the page, on any paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import model as m
from exporter.writers.pdf.options import PageSize
from tests.write_context import Pictures
from tests.writers import sample
from tests.writers.pages.laid import DESIGNS, lay_out, seen

ADDRESS = "https://www.example.org/a/long/address/" + "0123456789" * 12 + "/index.html"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
POINT = 96 / 72
LEAST = 15
"""Points of white at each side; printers cannot print nearer to the edge."""


def table(columns: int, rows: int, value: str, head: str) -> m.Table:
    heads = m.Row(tuple(sample.cell(f"{head} {n}" if n else "Country", m.Scope.COLUMN) for n in range(columns)))
    lines = tuple(
        m.Row(
            (
                sample.cell("Bosnia and Herzegovina", m.Scope.ROW),
                *(sample.cell(value) for _ in range(columns - 1)),
            )
        )
        for _ in range(rows)
    )
    caption = (m.Text(f"{columns} columns of {value[:20]}"),)
    return m.Table(tuple(m.Column() for _ in range(columns)), head=(heads,), bodies=(lines,), caption=caption)


def hard(pictures: Pictures) -> m.Publication:
    """Everything that might not fit."""
    assets = (
        pictures.add("tall.png", sample.picture(300, 3000), "image/png", 300, 3000),
        pictures.add("wide.png", sample.picture(4000, 200), "image/png", 4000, 200),
    )
    figures = [m.Figure((m.Image(asset.name, m.Described("A picture.")),), (m.Text("A picture"),)) for asset in assets]
    link = m.Link((m.Text(ADDRESS),), ADDRESS)
    quote = m.Quote((sample.p(WORD), table(5, 2, "not met so far", "Year")))
    blocks: tuple[m.Block, ...] = (
        sample.p("See ", link, " and ", m.Emphasis((m.Text(WORD),)), " and ", m.Code(ADDRESS), m.NoteReference("n")),
        table(4, 10, "a sentence that is long enough for two lines", "A head"),
        table(9, 3, "12,345", "Year"),
        table(16, 3, "123,456", "Year"),
        table(12, 2, "accommodation", "Measurement"),
        table(5, 2, ADDRESS, "Address"),
        table(3, 2, "3 March 2026", "A head of several words"),
        quote,
        m.List((m.ListItem((sample.p(WORD), table(6, 2, "not met", "Year"))),)),
        m.Aside((sample.p(ADDRESS), table(4, 2, "25 November 2021", "Date")), m.AsideKind.BOX),
        m.CodeBlock("x = " + "1 + " * 60 + "\n" + "y" * 200),
        *figures,
    )
    title = f"The {WORD} and the Right to an Effective Remedy before an Independent Tribunal: Findings, 2015 to 2026"
    metadata = m.Metadata(
        title=title,
        subtitle="A study of procedures, of costs, of delays and of the people who wait, with recommendations",
        language="en",
        kind=m.Kind.REPORT,
        authors=tuple(m.Contributor(f"Aleksandra Hohenstein-Oberlandsberg {n}") for n in range(12)),
        publisher="Open Record and the International Federation of Associations for Access to Justice",
    )
    notes = (m.Note("n", (sample.p("In ", link),)),)
    return m.Publication(
        metadata, body=(sample.section("a", f"A chapter on {WORD}", *blocks),), notes=notes, assets=assets
    )


@pytest.mark.parametrize(
    ("edition", "size"),
    [
        pytest.param(edition, size, marks=() if index % len(DESIGNS) == row else pytest.mark.proof)
        for row, edition in enumerate(DESIGNS)
        for index, size in enumerate(PageSize)
    ],
)
def test_nothing_runs_off_the_page(edition: str, size: PageSize, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    document = lay_out(tmp_path, hard(pictures), edition, pictures, page_size=size)
    found = list(seen(document))
    assert len(found) > 500
    outside = [
        (one.page, one.text[:40], round(one.left), round(one.right - one.width))
        for one in found
        if one.left < LEAST * POINT or one.right > one.width - LEAST * POINT
    ]
    assert outside == []


def test_short_cells_stay_on_one_line(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    rows = tuple(
        m.Row((sample.cell("González et al.", m.Scope.ROW), sample.cell("16 November 2009"), sample.cell(words)))
        for words in ("Investigate killings of women with a gender perspective " * 2, "Not met")
    )
    node = m.Table(tuple(m.Column() for _ in range(3)), bodies=(rows,))
    metadata = m.Metadata(title="T", language="en")
    document = lay_out(tmp_path, m.Publication(metadata, body=(sample.section("a", "A", node),)), "pdf", pictures)
    texts = [one.text for one in seen(document)]
    assert texts.count("16 November 2009") == 2
    assert texts.count("González et al.") == 2


@pytest.mark.parametrize("rows", [4, 7, 11])
def test_a_caption_stands_on_the_page_of_its_table(rows: int, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    long = "People who read with little sight need large type, strong contrast and pages in the same order. "
    lines = tuple(m.Row((sample.cell(f"Row {n}", m.Scope.ROW), sample.cell(long * 2))) for n in range(rows))
    node = m.Table((m.Column(), m.Column()), bodies=(lines,), caption=(m.Text("Who needs what"),))
    body = (sample.section("a", "A", *[sample.p(sample.PARAGRAPH)] * 2, node),)
    publication = m.Publication(m.Metadata(title="T", language="en"), body=body)
    document = lay_out(tmp_path, publication, "large-print", pictures)
    pages = {one.text: one.page for one in seen(document)}
    assert pages["Who needs what"] == pages["Row 0"]


@pytest.mark.parametrize("edition", DESIGNS)
def test_whose_words_a_pull_quote_is_stands_small_below_it(edition: str, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    quote = m.Aside((sample.p("Words worth a second look."), sample.p("— Somebody, 2025")), m.AsideKind.PULL_QUOTE)
    publication = m.Publication(m.Metadata(title="T", language="en"), body=(sample.section("a", "A", quote),))
    document = lay_out(tmp_path, publication, edition, pictures)
    from weasyprint.formatting_structure import boxes

    sizes = {
        box.text: box.style["font_size"]
        for page in document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    }
    assert sizes["— Somebody, 2025"] < sizes["Words worth a second look."]
