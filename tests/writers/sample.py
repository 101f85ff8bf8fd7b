"""A small publication with everything in it."""

from __future__ import annotations

import datetime
import io

import msgspec
from PIL import Image, ImageDraw

from exporter import model as m
from tests.write_context import Pictures

PARAGRAPH = (
    "The committee heard forty-one people between March and October. Most had waited longer than a year for a first "
    "hearing, and few had spoken to a lawyer before it. Case files show the same delay: in three of the four districts "
    "the median time between arrest and hearing grew, and in none did it fall below the limit that the law sets."
)
MATHML = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>n</mi><mi>N</mi></mfrac><mo>=</mo><mn>0.62</mn></math>'
)


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    image = Image.new("RGB", (width, height), "#dfe6ec")
    draw = ImageDraw.Draw(image)
    for index, share in enumerate((0.35, 0.5, 0.44, 0.7, 0.86)):
        left = width * (0.08 + index * 0.18)
        draw.rectangle((left, height * (1 - share), left + width * 0.1, height * 0.94), fill="#14304a")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def text(words: str, **at: str) -> m.Text:
    return m.Text(words, at=m.At(**at)) if at else m.Text(words)


def p(*parts: m.Inline | str, **at: str) -> m.Paragraph:
    return m.Paragraph(tuple(m.Text(part) if isinstance(part, str) else part for part in parts), at=m.At(**at))


def cell(words: str, scope: m.Scope | None = None, **more: int) -> m.Cell:
    return m.Cell((p(words),), scope, **more)


def section(name: str, title: str, *children: m.Block) -> m.Section:
    return m.Section((m.Text(title),), children, at=m.At(id=name))


def table() -> m.Table:
    col, row = m.Scope.COLUMN, m.Scope.ROW
    lines = (("North", "1,204", "38 %", "–"), ("Coast", "987", "41 %", "12"), ("Capital", "12,450", "7.5 %", "130"))
    return m.Table(
        tuple(m.Column(a) for a in (m.Alignment.START, m.Alignment.END, m.Alignment.END, m.Alignment.END)),
        head=(
            m.Row(
                (
                    cell("District", col, rowspan=2),
                    cell("Arrests", m.Scope.COLUMN_GROUP, colspan=2),
                    cell("Died", col, rowspan=2),
                )
            ),
            m.Row((cell("Number", col), cell("Share", col))),
        ),
        bodies=(tuple(m.Row((cell(a, row), cell(b), cell(c), cell(d))) for a, b, c, d in lines),),
        foot=(m.Row((cell("All", row), cell("14,641"), cell("–"), cell("142"))),),
        caption=(m.Text("Table 1: Arrests and deaths in custody by district, 2025"),),
        description=(p("The capital accounts for most arrests; the coast has the highest share."),),
        at=m.At(id="t1"),
    )


def everything(pictures: Pictures) -> m.Publication:
    """Return a report that holds every node of the tree."""
    assets = (
        pictures.add("img/chart.png", picture(2400, 1100), "image/png", 2400, 1100),
        pictures.add("img/photo.jpg", picture(900, 600, "JPEG"), "image/jpeg", 900, 600),
    )
    chart = m.Image("img/chart.png", m.Described("Bar chart: waiting time rose from 90 to 310 days."), at=m.At(id="i1"))
    photo = m.Image("img/photo.jpg", m.Decorative(), at=m.At(id="i2"))
    chapters = (
        section(
            "summary",
            "Executive summary",
            m.Paragraph(
                (
                    m.Text("Two people in three wait "),
                    m.Emphasis((m.Text("longer than a year"),)),
                    m.Text(" for a hearing."),
                    m.NoteReference("a"),
                    m.Text(" The "),
                    m.Abbreviation("IACHR", "Inter-American Commission on Human Rights"),
                    m.Text(" has called this a "),
                    m.Span((m.Text("denegación de justicia"),), at=m.At(language="es")),
                    m.Text(", and the Arabic press "),
                    m.Span((m.Text("حرمان من العدالة"),), at=m.At(language="ar", direction=m.Direction.RTL)),
                    m.Text("; see "),
                    m.Link((m.Text("the figures"),), "#t1"),
                    m.Text(" and "),
                    m.Link((m.Text("the report of the committee"),), "https://example.org/report?a=1&b=2"),
                    m.Text("."),
                ),
                at=m.At(id="p1"),
            ),
            p(PARAGRAPH, id="p2"),
            m.Aside(
                (
                    m.List(
                        (
                            m.ListItem((p("Bring every detained person before a judge within 48 hours."),)),
                            m.ListItem((p("Publish the number of hearings each month."),)),
                        ),
                        m.ListStyle.DECIMAL,
                    ),
                ),
                m.AsideKind.RECOMMENDATIONS,
                (m.Text("Recommendations"),),
                at=m.At(id="a1"),
            ),
            section("method", "Method", p(PARAGRAPH, m.NoteReference("b"), id="p3"), p("Again.", m.NoteReference("a"))),
        ),
        section(
            "findings",
            "Findings",
            p(PARAGRAPH, id="p4"),
            section(
                "waiting",
                "How long people wait",
                p(PARAGRAPH),
                m.Figure(
                    (chart,),
                    (m.Text("Figure 1: Days between arrest and first hearing, 2021 to 2025."),),
                    (p("Waiting time rose every year but 2023."),),
                    at=m.At(id="f1"),
                ),
                p(PARAGRAPH),
                table(),
                section("deep", "Women in custody", p(PARAGRAPH), section("deeper", "Children", p(PARAGRAPH))),
            ),
            section(
                "voices",
                "What people told us",
                m.Quote(
                    (p("They came at night. Nobody told us where they took him."),),
                    (m.Text("Mother of a detained man, April 2025"),),
                    at=m.At(id="q1"),
                ),
                m.Aside((p("Nobody has ever read me my rights."),), m.AsideKind.PULL_QUOTE, at=m.At(id="a2")),
                m.Aside((p(PARAGRAPH),), m.AsideKind.TESTIMONY, at=m.At(id="a3")),
                m.Aside((p("Names were changed."),), m.AsideKind.WARNING, at=m.At(id="a4")),
                m.Transcript(
                    (
                        m.Cue((m.Text("A courtyard. Rain."),)),
                        m.Turn(m.Speaker("Ana", "reporter"), (p("How long did you wait?"),), at=m.At(id="u1")),
                        m.Turn(m.Speaker("“Esperanza”", "asylum seeker"), (p(PARAGRAPH),), at=m.At(id="u2")),
                        m.Turn(m.Speaker("Ana"), (p("And then?"),), at=m.At(id="u3")),
                    ),
                    at=m.At(id="tr"),
                ),
            ),
        ),
        section(
            "annex",
            "Annex",
            m.DefinitionList(
                (
                    m.DefinitionItem((m.Term((m.Text("Remand"),)),), (m.Definition((p("Custody before trial."),)),)),
                    m.DefinitionItem(
                        (m.Term((m.Text("Amparo"),)),), (m.Definition((p("A writ that protects rights."),)),)
                    ),
                )
            ),
            m.List(
                (
                    m.ListItem((p("First, with a list:"), m.List((m.ListItem((p("one"),)), m.ListItem((p("two"),)))))),
                    m.ListItem((p("Second."),)),
                ),
                m.ListStyle.LOWER_ALPHA,
                start=3,
                delimiter=m.ListDelimiter.PARENTHESES,
                tight=False,
            ),
            p("The share is ", m.Math(MATHML, "n/N = 0.62"), ", or ", m.Code("n / N"), " in code."),
            m.MathBlock(MATHML, "n/N = 0.62"),
            m.CodeBlock("for case in cases:\n    print(case.days)", "python"),
            m.LineBlock((m.Line((m.Text("Office of the Ombudsman"),)), m.Line((m.Text("12 Main Street"),), 4))),
            m.ThematicBreak(),
            m.Figure((photo,), at=m.At(id="f2")),
            m.PageBreak("17", at=m.At(id="page-17")),
            p(
                m.Strong((m.Text("Strong"),)),
                m.Strikethrough((m.Text("gone"),)),
                " H",
                m.Subscript((m.Text("2"),)),
                "O x",
                m.Superscript((m.Text("2"),)),
                " ",
                m.Quotation((m.Text("quoted"),)),
                m.LineBreak(),
                "next line",
            ),
        ),
    )
    notes = (
        m.Note(
            id="a",
            children=(p("Ministry of Justice, ", m.Emphasis((m.Text("Annual report"),)), ", p. 14."),),
            at=m.At(id="n1"),
        ),
        m.Note(
            id="b",
            children=(p("Forty-one interviews, all recorded."), p("Second paragraph of the note.")),
            at=m.At(id="n2"),
        ),
    )
    return m.Publication(
        metadata=m.Metadata(
            title="Waiting for a Judge",
            subtitle="Remand and the right to a hearing in four districts",
            kind=m.Kind.REPORT,
            authors=(m.Contributor("Lucía Ortega"), m.Contributor("Samuel Adeyemi")),
            publisher="Example Rights Organisation",
            date=datetime.date(2026, 3, 1),
            language="en",
            identifier="urn:example:waiting",
            description="How long people wait for a first hearing, and what four district courts could change.",
            subjects=("human rights", "remand"),
            rights="CC BY 4.0",
            series="Justice Series 7",
            contact=m.Contact("Publications", "formats@example.org"),
            related=(m.Related("Esperando a un juez", "", "es"),),
        ),
        body=chapters,
        notes=notes,
        assets=assets,
    )


def with_metadata(publication: m.Publication, **changes: object) -> m.Publication:
    return msgspec.structs.replace(publication, metadata=msgspec.structs.replace(publication.metadata, **changes))
