"""A document of hard cases: what tears tags apart, all in one publication."""

from __future__ import annotations

import datetime
from pathlib import Path

from exporter import model as m
from exporter import transforms
from exporter.writers import pdf
from exporter.writers.pdf import design
from exporter.writers.pdf.options import Standard
from tests.write_context import STYLES, Pictures, write_context
from tests.writers.pdf.made import Made
from tests.writers.sample import MATHML, PARAGRAPH, cell, p, picture, section

ARABIC = "قال الشاهد إنه انتظر عاماً كاملاً قبل أن يمثل أمام القاضي، ولم يُسمح له بمقابلة محامٍ."
HEBREW = "העד אמר שהמתין שנה שלמה לפני שהובא בפני שופט."
COLUMN, ROW = m.Scope.COLUMN, m.Scope.ROW

LAYOUT = """
#lists { columns: 2; column-gap: 6mm }
.details { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm }
aside:not(.footnote) { float: right; width: 45% }
aside.footnote { margin: 0; line-height: 1.2 }
"""
"""Columns, a grid and floats, of which the house style has few."""


def write(folder: Path, direction: m.Direction, standard: Standard) -> Made:
    """Write the publication in a layout that is as hard as what is in it."""
    pictures = Pictures(folder / "pictures")
    publication = transforms.apply(stress(pictures, direction), "hard")
    context = write_context(folder, publication.metadata.language, pictures=pictures)
    options = pdf.Options(pdf_standard=standard, text_size=8)  # forty notes find room on a page
    theme = (STYLES / "themes" / "house.css").read_text("utf-8") + LAYOUT
    target = folder / "hard.pdf"
    written = pdf.write_as(design.screen(options)._replace(theme=theme), publication, context, options, target)
    assert written.findings == ()
    return Made(publication, target, written)


def stress(pictures: Pictures, direction: m.Direction = m.Direction.LTR) -> m.Publication:
    """Return the publication, in English or, from right to left, in Arabic."""
    assets = (
        pictures.add("img/chart.png", picture(800, 400), "image/png", 800, 400),
        pictures.add("img/tall.png", picture(300, 1400), "image/png", 300, 1400),
    )
    chart = m.Image("img/chart.png", m.Described("Bar chart: five bars that rise."))
    tall = m.Image("img/tall.png", m.Described("A very tall chart."))
    nothing = m.Image("img/chart.png", m.Decorative())
    notes = [m.Note(f"n{i}", (p(f"Note {i}: case file {i}."),), at=m.At(id=f"n{i}")) for i in range(1, 41)]
    long_note = tuple(p(f"Part {i}. {PARAGRAPH}") for i in range(20))
    notes.append(m.Note("long", (*long_note, m.List((m.ListItem((p("in a note"),)),))), at=m.At(id="long")))
    crowd: list[m.Inline] = []
    for i in range(1, 41):
        crowd += [m.Text(f"Claim {i} "), m.NoteReference(f"n{i}"), m.Text(" ")]
    body = (
        section("tables", "Tables", _long_table(), _grid(), _pictured(chart, nothing)),
        # Long enough to begin on a page of its own, so that there is room for all its notes.
        section(
            "notes",
            "Notes",
            m.Paragraph(tuple(crowd)),
            p(PARAGRAPH, m.NoteReference("long")),
            *(p(PARAGRAPH) for _ in range(6)),
        ),
        section("lists", "Lists", _lists(chart), _terms()),
        section(
            "directions",
            "Directions",
            p(
                "He said: ",
                m.Span((m.Text(ARABIC),), at=_at("ar")),
                " and then ",
                m.Span((m.Text(HEBREW),), at=_at("he")),
            ),
            p(ARABIC, " – ", m.Span((m.Text("Human Rights Act 1998"),), at=m.At(language="en")), language="ar"),
            m.Quote((p(ARABIC), m.List((m.ListItem((p(HEBREW),)),))), at=_at("ar")),
            m.Transcript(
                (
                    m.Turn(m.Speaker("ليلى", "شاهدة"), (p(ARABIC), p(ARABIC)), at=_at("ar")),
                    m.Cue((m.Text("Silence."),)),
                    m.Turn(
                        m.Speaker("Ana"), (p(PARAGRAPH), m.List((m.ListItem((p("a point"),)),))), at=m.At(language="en")
                    ),
                )
            ),
        ),
        section(
            "pictures",
            "Pictures and formulas",
            m.Figure((chart, tall, nothing), (m.Text("Three in one"),), (p(PARAGRAPH), _grid())),
            m.Figure((nothing,), (m.Text("Nothing to describe"),)),
            p("In a line ", chart, " and a formula ", m.Math(MATHML, "n/N = 0.62"), " and ", m.Code("x"), "."),
            m.MathBlock(MATHML, "n/N = 0.62"),
            m.Aside((m.Aside((p("inner"), _grid()), m.AsideKind.WARNING), m.MathBlock(MATHML, "n/N")), m.AsideKind.BOX),
            p(m.Link((m.Emphasis((m.Text("all"),)), m.Text(" of it "), m.Strong((m.Code("here"),))), "#tables")),
            p(m.Link((chart,), "https://example.org/")),
            p(m.Emphasis((m.Link((m.Text("over a line " * 30),), "https://example.org/long"),))),
        ),
        section("deep", "One", section("d2", "Two", section("d3", "Three", section("d4", "Four", p(PARAGRAPH))))),
    )
    language = "ar" if direction is m.Direction.RTL else "en"
    return m.Publication(
        metadata=m.Metadata(
            title="Hard cases & <more>",
            kind=m.Kind.REPORT,
            authors=(m.Contributor("A & B"),),
            date=datetime.date(2026, 3, 1),
            language=language,
            direction=direction,
            identifier="urn:example:stress",
        ),
        body=body,
        notes=tuple(notes),
        assets=assets,
    )


def _at(language: str) -> m.At:
    return m.At(language=language, direction=m.Direction.RTL)


def _long_table() -> m.Table:
    """Return a table over several pages, with a foot, long cells and empty ones."""
    head = m.Row((cell("Case", COLUMN), cell("Court", COLUMN), cell("What was said", COLUMN)))
    rows = tuple(
        m.Row(
            (
                cell(f"Case {i}", ROW),
                m.Cell(()) if i % 7 == 0 else cell(f"Court {i % 4}"),
                cell(PARAGRAPH if i % 9 == 0 else "Adjourned"),
            )
        )
        for i in range(1, 61)
    )
    foot = m.Row((cell("All", ROW), cell("4"), cell("60")))
    return m.Table(
        (m.Column(),) * 3,
        (head,),
        (rows[:30], rows[30:]),
        (foot,),
        (m.Text("Sixty cases"),),
        (p("Most were adjourned."),),
    )


def _grid() -> m.Table:
    """Return a table with spans both ways and an empty corner."""
    head = (
        m.Row((m.Cell((), None, rowspan=2), cell("2024", COLUMN, colspan=2), cell("2025", COLUMN, colspan=2))),
        m.Row(tuple(cell(word, COLUMN) for word in ("men", "women", "men", "women"))),
    )
    body = (
        m.Row((cell("North", ROW, rowspan=2), *(cell(str(i)) for i in range(4)))),
        m.Row((cell("joined", None, colspan=3), m.Cell(()))),
    )
    return m.Table((m.Column(),) * 5, head, (body,), caption=(m.Text("Spans"),))


def _pictured(chart: m.Image, nothing: m.Image) -> m.Table:
    """Return a table whose cells hold pictures, lists, several paragraphs and another table."""
    head = (m.Row((cell("What", COLUMN), cell("How", COLUMN))),)
    body = (
        m.Row((cell("picture", ROW), m.Cell((m.Paragraph((chart,)), m.Paragraph((nothing,)))))),
        m.Row((cell("list", ROW), m.Cell((m.List((m.ListItem((p("one"), p("more"))), m.ListItem((p("two"),)))),)))),
        m.Row((cell("paragraphs", ROW), m.Cell((p(PARAGRAPH), p(PARAGRAPH))))),
        m.Row((cell("table", ROW), m.Cell((_grid(),)))),
    )
    return m.Table((m.Column(),) * 2, head, (body,), caption=(m.Text("Cells with more in them"),))


def _lists(chart: m.Image) -> m.List:
    inner = m.List((m.ListItem((p("third level"), _grid())), m.ListItem((m.Figure((chart,), (m.Text("In a list"),)),))))
    middle = m.List((m.ListItem((p("second level"), inner, p("after it"))),), m.ListStyle.LOWER_ROMAN)
    return m.List((m.ListItem((p("first level"), p(PARAGRAPH), middle)), m.ListItem((middle,))), m.ListStyle.DECIMAL)


def _terms() -> m.DefinitionList:
    term = m.Term((m.Text("amparo"),), at=m.At(language="es"))
    two = (m.Definition((p("A writ."), m.List((m.ListItem((p("a kind"),)),)))), m.Definition((p("A protection."),)))
    return m.DefinitionList(
        (m.DefinitionItem((term, m.Term((m.Text("writ"),))), two), m.DefinitionItem((term,), two[:1]))
    )
