"""A publication with one of everything, and what the tests need to write it and to read it back."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
from lxml import etree
from PIL import Image as Pixels

from exporter import model as m
from exporter.contracts import WriteContext, WriteResult
from exporter.writers import epub
from tests.write_context import Memory, Pictures, write_context

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "m": "http://www.w3.org/1998/Math/MathML",
}
MATHML = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>r</mi><mo>=</mo><mfrac><mi>n</mi><mi>N</mi></mfrac></math>'
)


def pixels(form: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **settings: object) -> bytes:
    out = io.BytesIO()
    image = Pixels.new(mode, size, 120)
    image.save(out, form, **settings)
    return out.getvalue()


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" width="40" height="30">
<rect width="40" height="30" fill="#14304a"/></svg>"""


SILENT = epub.Options(epub_audio=epub.Sound.OFF)
"""Where a test is not about the voice."""


class Bench:
    """Writes publications into a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.assets = Pictures(folder / "pictures")
        self.memo = Memory()
        self.png = self.assets.add("img/chart.png", pixels(), "image/png", 40, 30)
        self.svg = self.assets.add("img/drawing.svg", DRAWING, "image/svg+xml", 40, 30)

    def workshop(self, language: str, facts: Mapping[str, bytes] | None = None) -> WriteContext:
        return write_context(self.folder, language, pictures=self.assets, memory=self.memo, facts=facts)

    def write(
        self,
        publication: m.Publication,
        name: str = "book.epub",
        options: epub.Options | None = None,
        facts: Mapping[str, bytes] | None = None,
    ) -> tuple[Path, WriteResult]:
        target = self.folder / name
        shop = self.workshop(publication.metadata.language, facts)
        return target, epub.write(publication, shop, options or SILENT, target)

    def book(self, publication: m.Publication) -> Book:
        return Book(self.write(publication)[0])


class Book:
    """An EPUB read back."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.data = {entry.filename: archive.read(entry) for entry in self.entries}
        self.opf = etree.fromstring(self.data["EPUB/content.opf"])

    def names(self) -> list[str]:
        return [entry.filename for entry in self.entries]

    def document(self, name: str) -> etree._Element:
        return etree.fromstring(self.data[f"EPUB/{name}"])

    def documents(self) -> dict[str, etree._Element]:
        return {
            name.removeprefix("EPUB/"): etree.fromstring(data)
            for name, data in self.data.items()
            if name.endswith(".xhtml")
        }

    def values(self, name: str) -> list[str]:
        """Return the values of a property such as `schema:accessMode`, or of an element such as `dc:title`."""
        path = f"//{name}/text()" if name.startswith("dc:") else f"//o:meta[@property='{name}']/text()"
        return [str(value) for value in self.opf.xpath(path, namespaces=NS)]

    def spine(self) -> list[str]:
        files = {item.get("id"): item.get("href") for item in self.opf.iterfind("o:manifest/o:item", NS)}
        return [files[item.get("idref")] for item in self.opf.iterfind("o:spine/o:itemref", NS)]

    def properties(self) -> dict[str, str | None]:
        return {item.get("href"): item.get("properties") for item in self.opf.iterfind("o:manifest/o:item", NS)}


def words(text: str, **at: object) -> m.Text:
    return m.Text(at=m.At(**at), text=text)


def paragraph(*parts: str | m.Inline, ident: str | None = None) -> m.Paragraph:
    inlines = tuple(m.Text(text=part) if isinstance(part, str) else part for part in parts)
    return m.Paragraph(at=m.At(id=ident), children=inlines)


def section(title: str, *children: m.Block, ident: str, **at: object) -> m.Section:
    return m.Section(at=m.At(id=ident, **at), title=(m.Text(text=title),), children=children)


def cell(text: str, ident: str, scope: m.Scope | None = None, **spans: int) -> m.Cell:
    return m.Cell(at=m.At(id=ident), children=(paragraph(text, ident=f"{ident}p"),), scope=scope, **spans)


def table(ident: str, columns: int, caption: str = "Cases by year", description: m.Blocks = ()) -> m.Table:
    head = tuple(cell(f"Head {n}", f"{ident}-h{n}", m.Scope.COLUMN) for n in range(columns))
    row = (
        cell("Chiapas", f"{ident}-r", m.Scope.ROW),
        *(cell(str(n * 7), f"{ident}-d{n}") for n in range(1, columns)),
    )
    return m.Table(
        at=m.At(id=ident),
        columns=(m.Column(),) * columns,
        head=(m.Row(at=m.At(id=f"{ident}-head"), cells=head),),
        bodies=((m.Row(at=m.At(id=f"{ident}-body"), cells=row),),),
        caption=(m.Text(text=caption),),
        description=description,
    )


def figure(source: str, alt: m.Alt, ident: str, description: m.Blocks = ()) -> m.Figure:
    return m.Figure(
        at=m.At(id=ident),
        images=(m.Image(at=m.At(id=f"{ident}-image"), source=source, alt=alt),),
        caption=(m.Text(text=f"Caption of {ident}"),),
        description=description,
    )


def reference(note: str) -> m.NoteReference:
    return m.NoteReference(note=note)


def note(ident: str, text: str, kind: m.NoteKind = m.NoteKind.FOOTNOTE) -> m.Note:
    return m.Note(
        at=m.At(id=f"note-{ident}"), id=ident, children=(paragraph(text, ident=f"note-{ident}-p"),), kind=kind
    )


def metadata(**changes: object) -> m.Metadata:
    return msgspec.structs.replace(
        m.Metadata(
            title="Justice Denied",
            subtitle="A report",
            kind=m.Kind.REPORT,
            authors=(m.Contributor("Ana López"), m.Contributor("Boris Ivanov", "trl")),
            publisher="Example Rights",
            date=datetime.date(2026, 3, 1),
            language="en-GB",
            identifier="urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100",
            description="What the courts did not do.",
            subjects=("Access to justice", "Mexico"),
            rights="CC BY 4.0",
            series="Country reports",
            contact=m.Contact("Desk", "desk@example.org", "https://example.org/formats", "+52 55 0000 0000"),
            translations=(m.Related("Justicia negada", "https://example.org/es", "es"),),
            related=(m.Related("An earlier brief", "earlier"),),
        ),
        **changes,
    )


def kitchen_sink(bench: Bench) -> m.Publication:
    """One of everything that the tree knows."""
    turn = m.Turn(
        at=m.At(id="turn-1"),
        speaker=m.Speaker("“Elizabeth”", "asylum seeker"),
        children=(paragraph("We left our country.", ident="turn-1-p"),),
    )
    definitions = m.DefinitionItem(
        at=m.At(id="di"),
        terms=(m.Term(at=m.At(id="term"), children=(m.Text(text="amparo"),)),),
        definitions=(m.Definition(at=m.At(id="def"), children=(paragraph("A writ.", ident="def-p"),)),),
    )
    everything = (
        paragraph(
            "Plain, ",
            m.Emphasis(children=(words("stressed"),)),
            m.Strong(children=(words("strong"),)),
            m.Strikethrough(children=(words("gone"),)),
            m.Superscript(children=(words("up"),)),
            m.Subscript(children=(words("down"),)),
            m.Quotation(children=(words("said"),)),
            m.Code(text="a < b && c"),
            m.Span(at=m.At(language="ar", direction=m.Direction.RTL), children=(words("العدالة"),)),
            m.Abbreviation(text="IACHR", expansion="Inter-American Commission on Human Rights"),
            m.Math(mathml=MATHML, tex="r=n/N"),
            m.LineBreak(),
            m.Link(children=(words("the other chapter"),), target="#two-one"),
            m.Link(children=(words("a page"),), target="https://example.org/?a=1&b=2"),
            reference("a"),
            ident="p-1",
        ),
        m.List(
            at=m.At(id="list"),
            items=(m.ListItem(at=m.At(id="item"), children=(paragraph("first", ident="item-p"),)),),
            style=m.ListStyle.LOWER_ROMAN,
            start=3,
        ),
        m.DefinitionList(at=m.At(id="dl"), items=(definitions,)),
        table("narrow", 3),
        table("wide", 6, "Cases by state & year", (paragraph("The table shows a rise.", ident="wide-d"),)),
        figure("img/chart.png", m.Described("Bars rise from 4 to 88."), "fig-1", (paragraph("All.", ident="fig-1-d"),)),
        figure("img/drawing.svg", m.Decorative(), "fig-2"),
        m.Quote(
            at=m.At(id="quote"),
            children=(paragraph("They came at night.", ident="quote-p"),),
            attribution=(words("Witness"),),
        ),
        *(
            m.Aside(
                at=m.At(id=f"aside-{kind.value}"),
                kind=kind,
                title=(words("Title"),) if index % 2 else (),
                children=(paragraph("Beside the text.", ident=f"aside-{kind.value}-p"),),
            )
            for index, kind in enumerate(m.AsideKind)
        ),
        m.Transcript(at=m.At(id="transcript"), turns=(m.Cue(at=m.At(id="cue"), children=(words("Toluca"),)), turn)),
        m.CodeBlock(at=m.At(id="code"), text="for x in y:\n    <b>", syntax="python"),
        m.MathBlock(at=m.At(id="math"), mathml=MATHML.replace("<math", '<math display="block"'), tex="r=n/N"),
        m.LineBlock(
            at=m.At(id="lines"),
            lines=(m.Line(at=m.At(id="line-1"), children=(words("One"),)), m.Line(children=(), indent=4)),
        ),
        m.ThematicBreak(at=m.At(id="hr")),
        m.PageBreak(at=m.At(id="page-12"), label="12"),
    )
    deep: m.Block = paragraph("Bottom.", ident="deep-p")
    for level in range(7, 1, -1):
        deep = section(f"Level {level}", deep, ident=f"deep-{level}")
    return m.Publication(
        metadata=metadata(),
        front=(paragraph("For those who were not heard.", ident="dedication"),),
        body=(
            paragraph("Before the first heading.", ident="before"),
            section("One", *everything, deep, ident="one"),
            section(
                "Two",
                section(
                    "Two point one", paragraph("Again", reference("a"), reference("b"), ident="two-p"), ident="two-one"
                ),
                paragraph(
                    "Back to ", m.Link(children=(words("chapter one"),), target="#one"), reference("z"), ident="q"
                ),
                ident="two",
            ),
            section("Two", paragraph("A second chapter of that name.", ident="three-p"), ident="three"),
        ),
        notes=(note("a", "Interview, 2025."), note("b", "Ibid."), note("z", "At the end.", m.NoteKind.ENDNOTE)),
        assets=(bench.png, bench.svg),
    )
