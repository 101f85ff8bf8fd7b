"""A publication with one of everything."""

from __future__ import annotations

import datetime
import io

import msgspec
from latex2mathml.converter import convert
from PIL import Image as Raster

from exporter import model as m
from exporter.model.walk import rewrite
from tests.write_context import Pictures

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">'
    b'<rect width="300" height="120" fill="#dde6ec"/><path d="M20 100 L120 40 L280 20" stroke="#16425b" fill="none"/>'
    b"</svg>"
)

FORMULA = (
    r"\sum_{i=1}^{n} x_i^2 = \sqrt{\left(\frac{a+b}{2}\right)} + \overline{y} "
    r"\begin{matrix} a & b \\ c & d \end{matrix}"
)


def raster(
    kind: str, width: int, height: int, colour: tuple[int, int, int] = (70, 110, 140), **options: object
) -> bytes:
    out = io.BytesIO()
    image = Raster.linear_gradient("L").resize((width, height))
    tint = Raster.new("RGB", (width, height), colour)
    Raster.composite(tint, Raster.new("RGB", (width, height), (240, 240, 240)), image).save(out, kind, **options)
    return out.getvalue()


def t(text: str) -> tuple[m.Inline, ...]:
    return (m.Text(text=text),)


def p(*nodes: m.Inline | str) -> m.Paragraph:
    return m.Paragraph(children=tuple(m.Text(text=node) if isinstance(node, str) else node for node in nodes))


def link(target: str, text: str) -> m.Link:
    return m.Link(children=t(text), target=target)


def cell(text: str, scope: m.Scope | None = None, **spans: int) -> m.Cell:
    return m.Cell(children=(p(text),) if text else (), scope=scope, **spans)


def row(*cells: m.Cell) -> m.Row:
    return m.Row(cells=cells)


def item(*blocks: m.Block | str) -> m.ListItem:
    return m.ListItem(children=tuple(p(block) if isinstance(block, str) else block for block in blocks))


def section(title: str, *blocks: m.Block, name: str | None = None) -> m.Section:
    return m.Section(title=t(title), children=blocks, at=m.At(id=name))


def foreign(text: str, language: str, direction: m.Direction = m.Direction.LTR) -> m.Span:
    return m.Span(children=t(text), at=m.At(language=language, direction=direction))


def note(name: str, *blocks: m.Block, kind: m.NoteKind = m.NoteKind.FOOTNOTE) -> m.Note:
    return m.Note(id=name, children=blocks, kind=kind, at=m.At(id=f"note-{name}"))


METADATA = m.Metadata(
    title="Double Injustice",
    subtitle="How the courts fail victims and the accused",
    kind=m.Kind.REPORT,
    authors=(m.Contributor("Ana Torres"), m.Contributor("Ben Okri")),
    publisher="Example Rights Organisation",
    date=datetime.date(2026, 3, 1),
    language="en-GB",
    identifier="urn:uuid:6e1b2c1e-0b1d-5a37-9d19-0a6f2f1d7c11",
    description="What 60 case files show.",
    subjects=("access to justice", "Mexico"),
    rights="CC BY 4.0",
    translations=(m.Related("Doble injusticia", "https://example.org/es", "es"),),
    contact=m.Contact(name="Publications desk", email="formats@example.org", phone="+44 20 0000 0000"),
)

TABLE = m.Table(
    columns=(m.Column(), m.Column(m.Alignment.END), m.Column(m.Alignment.END), m.Column(m.Alignment.CENTER)),
    head=(
        row(
            cell("State", m.Scope.COLUMN, rowspan=2),
            cell("Cases", m.Scope.COLUMN_GROUP, colspan=2),
            cell("Source", m.Scope.COLUMN, rowspan=2),
        ),
        row(cell("2023", m.Scope.COLUMN), cell("2024", m.Scope.COLUMN)),
    ),
    bodies=(
        (
            row(cell("Guanajuato", m.Scope.ROW), cell("3,120"), cell("2,988"), cell("INEGI", rowspan=2)),
            row(cell("México", m.Scope.ROW), cell("2,711"), cell("")),
        ),
    ),
    foot=(row(cell("Total", m.Scope.ROW), cell("5,831"), cell("2,988"), cell("")),),
    caption=t("Intentional homicides by state"),
    description=(p("The number fell in Guanajuato from 3,120 to 2,988."),),
    at=m.At(id="homicides"),
)
SMALL = m.Table(
    columns=(m.Column(width=0.3), m.Column()),
    bodies=((row(cell("One"), cell("Two")), row(cell("Three"), cell("Four"))),),
)


def body() -> m.Blocks:
    numbered = m.List(
        items=(
            item(
                "First",
                m.List(
                    items=(item("nested a"), item("nested b")),
                    style=m.ListStyle.LOWER_ALPHA,
                    delimiter=m.ListDelimiter.PARENTHESES,
                ),
            ),
            item("Second", p("goes on in a further paragraph."), m.List(items=(item("bullet"),))),
        ),
        style=m.ListStyle.DECIMAL,
    )
    transcript = m.Transcript(
        turns=(
            m.Cue(children=t("(Toluca, Mexico)")),
            m.Turn(
                speaker=m.Speaker("“Elizabeth”", "asylum seeker"), children=(p("We left our country."), p("And then."))
            ),
            m.Turn(speaker=m.Speaker("Narrator"), children=(p("Elizabeth is one of many."),)),
        )
    )
    return (
        section(
            "Summary",
            p(
                "Plain, ",
                m.Emphasis(children=t("stressed")),
                ", ",
                m.Strong(children=(m.Text(text="strong "), m.Emphasis(children=t("both")))),
                ", ",
                m.Strikethrough(children=t("gone")),
                ", H",
                m.Subscript(children=t("2")),
                "O, 10",
                m.Superscript(children=t("3")),
                ", ",
                m.Code(text="file.txt"),
                ", ",
                m.Quotation(children=(m.Text(text="said "), m.Quotation(children=t("within")))),
                ".",
            ),
            p(
                "A note",
                m.NoteReference(note="one"),
                ", a long one",
                m.NoteReference(note="two"),
                ", the first again",
                m.NoteReference(note="one"),
                ".",
            ),
            p(
                "See ",
                link("#findings", "the findings"),
                ", ",
                link("#homicides", "the table"),
                " and ",
                link("https://example.org/a?b=1&c=2", "our site"),
                ".",
                m.LineBreak(),
                "A new line.",
            ),
            p(
                "In Spanish ",
                foreign("las autoridades no respondieron", "es"),
                ", in Arabic ",
                foreign("هذا نص عربي 14 ICCPR قصير", "ar", m.Direction.RTL),
                " and unmarked שלום עולם here.",
            ),
            p(
                "The ",
                m.Abbreviation(text="IACHR", expansion="Inter-American Commission on Human Rights"),
                " said so; the ",
                m.Abbreviation(text="IACHR", expansion="Inter-American Commission on Human Rights"),
                " said it again. A picture ",
                m.Image(source="icon.png", alt=m.Described("A pen")),
                " in a line; ",
                m.Math(mathml=convert(r"\frac{a}{b}"), tex=r"\frac{a}{b}"),
                ".",
            ),
            m.MathBlock(mathml=convert(FORMULA, display="block"), tex="s"),
            name="summary",
        ),
        section(
            "Findings",
            m.Aside(
                children=(
                    p("Reform the prosecutors’ offices."),
                    m.List(items=(item("Train them."), item("Pay them."))),
                ),
                kind=m.AsideKind.RECOMMENDATIONS,
            ),
            m.Aside(
                children=(p("Nobody told me why."), p("I waited.")), kind=m.AsideKind.TESTIMONY, title=t("Marta, 43")
            ),
            m.Aside(children=(p("Three in four files held no autopsy."),), kind=m.AsideKind.PULL_QUOTE),
            m.Aside(children=(p("Contains descriptions of violence."),), kind=m.AsideKind.WARNING),
            section(
                "Tables and figures",
                TABLE,
                SMALL,
                SMALL,
                p("After the tables."),
                m.Figure(
                    images=(m.Image(source="chart.png", alt=m.Described("Bar chart: cases rose from 4 to 88.")),),
                    caption=t("Cases by month"),
                    description=(p("January 4, February 12."),),
                ),
                m.Figure(images=(m.Image(source="rule.png", alt=m.Decorative()),)),
                m.Figure(
                    images=(m.Image(source="photo.jpg", alt=m.Described("A courthouse.")),),
                    caption=t("The court in Toluca"),
                ),
                m.Figure(
                    images=(m.Image(source="drawing.svg", alt=m.Described("A rising line.")),), caption=t("A drawing")
                ),
            ),
            section(
                "Lists",
                numbered,
                m.List(items=(item("Para five"), item("Para six")), style=m.ListStyle.DECIMAL, start=5, tight=False),
                m.List(
                    items=(item("one"), item("two", m.List(items=(item("deep", m.List(items=(item("deeper"),))),))))
                ),
                m.DefinitionList(
                    items=(
                        m.DefinitionItem(
                            terms=(m.Term(children=t("Amparo")),),
                            definitions=(
                                m.Definition(children=(p("A constitutional remedy."), p("Against acts of authority."))),
                            ),
                        ),
                    )
                ),
            ),
            section(
                "Voices",
                m.Quote(
                    children=(p("They came at night."), p("All of them.")), attribution=t("Witness, name withheld")
                ),
                transcript,
                m.LineBlock(lines=(m.Line(children=t("No, no basta")), m.Line(children=t("rezar"), indent=4))),
                m.ThematicBreak(),
                m.CodeBlock(text="make export\n\tindented <tag>\n", syntax="sh"),
                m.PageBreak(label="12"),
                p("On a new page. An endnote", m.NoteReference(note="end"), "."),
            ),
            name="findings",
        ),
    )


NOTES = (
    note("one", p("See ", m.Emphasis(children=t("Case of X")), ", ", link("https://example.org/x", "judgment"), ".")),
    note("two", p("First paragraph."), m.List(items=(item("a list"), item("in a note"))), p("Last paragraph.")),
    note("end", p("At the end."), kind=m.NoteKind.ENDNOTE),
)


def publication(folder: Pictures) -> m.Publication:
    pictures = (
        folder.add("icon.png", raster("PNG", 20, 20), "image/png", 20, 20),
        folder.add("chart.png", raster("PNG", 2400, 1200), "image/png", 2400, 1200),
        folder.add("rule.png", raster("PNG", 600, 12), "image/png", 600, 12),
        folder.add("photo.jpg", raster("JPEG", 900, 600, (120, 90, 60)), "image/jpeg", 900, 600),
        folder.add("drawing.svg", SVG, "image/svg+xml", 300, 120),
    )
    return m.Publication(
        metadata=METADATA,
        front=(p(m.Emphasis(children=t("For those who are still waiting."))),),
        body=body(),
        notes=NOTES,
        assets=pictures,
    )


def tidy(publication: m.Publication) -> m.Publication:
    """Return the publication as its author would once every finding is mended: tables with titles and whole cells."""

    def mend(node: m.Node) -> m.Node:
        if not isinstance(node, m.Table):
            return node
        head = node.head or (row(*(cell(f"Column {number}", m.Scope.COLUMN) for number, _ in enumerate(node.columns))),)
        cells = [row(*(msgspec.structs.replace(each, rowspan=1) for each in line.cells)) for line in node.bodies[0]]
        full = tuple(
            row(*line.cells, *(cell("-") for _ in range(len(node.columns) - len(line.cells)))) for line in cells
        )
        return msgspec.structs.replace(node, head=head, bodies=(full,), caption=node.caption or t("Numbers"))

    return rewrite(publication, mend)


AR_METADATA = m.Metadata(
    title="ظلم مزدوج: تقرير عن العدالة في المكسيك",
    subtitle="ملخص",
    kind=m.Kind.BRIEF,
    publisher="منظمة حقوق الإنسان",
    date=datetime.date(2026, 3, 1),
    language="ar",
    direction=m.Direction.RTL,
    identifier="urn:x",
)


def arabic() -> m.Publication:
    """A short brief in Arabic with a Latin name, a list, a table, a quote and a note."""
    table = m.Table(
        columns=(m.Column(), m.Column(m.Alignment.END)),
        head=(row(cell("الولاية", m.Scope.COLUMN), cell("2024", m.Scope.COLUMN)),),
        bodies=((row(cell("تولوكا", m.Scope.ROW), cell("2,711")),),),
        caption=t("القضايا حسب الولاية"),
    )
    return m.Publication(
        metadata=AR_METADATA,
        body=(
            section(
                "مقدمة",
                p(
                    "تنص المادة 14 من ICCPR على الحق في محاكمة عادلة",
                    m.NoteReference(note="one"),
                    ". قالت ",
                    foreign("Human Rights Watch", "en"),
                    " إن السلطات لم ترد.",
                ),
                m.List(items=(item("أولا"), item("ثانيا")), style=m.ListStyle.DECIMAL),
                m.Quote(children=(p("جاؤوا ليلا."),), attribution=t("شاهدة")),
                m.Aside(
                    children=(p("على الحكومة أن تحقق."), m.List(items=(item("فورا"), item("بنزاهة")))),
                    kind=m.AsideKind.RECOMMENDATIONS,
                ),
                table,
            ),
            section("الخلاصة", p("انتهى.")),
            section("المنهج", p("قابلنا ستين شخصا.")),
        ),
        notes=(note("one", p("العهد الدولي، ", foreign("ICCPR", "en"), ".")),),
    )
