"""Parts of a document that are cached: the file is the same whether its pages are laid out or come from the cache."""

from __future__ import annotations

import base64
import json
import random
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from weasyprint.css.targets import TargetCollector
from weasyprint.layout import page as layout_page

from exporter import model as m
from exporter.contracts import Writer
from exporter.writers import large_print, pdf
from exporter.writers.pdf import font_configuration
from exporter.writers.pdf.options import Notes, PageSize, Standard, When
from exporter.writers.pdf.parts import layout_session
from exporter.writers.pdf.parts.drawing import Drawing, PartConflictError
from exporter.writers.pdf.parts.keys import Keys
from exporter.writers.pdf.parts.omission import KnownItem, KnownPart, Omission
from tests.write_context import STYLES, Memory, Pictures, write_context
from tests.writers import sample

EDITS = (12, pytest.param(50, marks=(pytest.mark.proof, pytest.mark.soak)))
SMALL = pdf.Options(page_size=PageSize.A5, text_size=16)
FROM_THE_TEXT = pdf.Options(page_size=PageSize.A5, cover=When.NEVER, contents=When.NEVER, notes=Notes.END)


def chapter(number: int, paragraphs: int = 6) -> m.Section:
    texts = [
        sample.p(f"{number}.{count} ", sample.PARAGRAPH, *([m.NoteReference("b")] if count == 3 else []))
        for count in range(paragraphs)
    ]
    arabic = m.Span((m.Text("حرمان من العدالة"),), at=m.At(language="ar", direction=m.Direction.RTL))
    link = m.Link((m.Text("the next chapter"),), f"#more-{number + 1}") if number < 2 else "nothing"
    return sample.section(f"more-{number}", f"Chapter {number}", sample.p("See ", link, " and ", arabic), *texts)


def report(pictures: Pictures) -> m.Publication:
    """Return a report with everything in it, and some more chapters."""
    publication = sample.everything(pictures)
    return msgspec.structs.replace(publication, body=(chapter(1), *publication.body, chapter(2)))


def with_style(folder: Path, style: str) -> Path:
    """Return a folder of styles whose theme has some rules of its publisher."""
    shutil.copytree(STYLES, folder)
    with (folder / "themes" / "house.css").open("a", encoding="utf-8") as sheet:
        sheet.write(style)
    return folder


class Written:
    """Files that are written with one cache."""

    def __init__(self, folder: Path, pictures: Pictures, writer: Any = pdf, options: Any = SMALL) -> None:
        self.memory = Memory()
        self.styles = STYLES
        self.folder, self._pictures = folder, pictures
        self._writer: Writer = writer
        self._options = options

    def __call__(self, publication: m.Publication, *, version: str = "1", memory: Memory | None = None) -> Any:
        """Return the bytes of the file and what else the writer returns."""
        memory = self.memory if memory is None else memory
        context = write_context(self.folder, "en", pictures=self._pictures, memory=memory)
        target = self.folder / "made.pdf"
        result = self._writer.write(
            publication,
            msgspec.structs.replace(context, version=version, styles=self.styles),
            self._options,
            target,
        )
        return target.read_bytes(), result.sidecars, result.findings


def changed(publication: m.Publication, number: int, *children: m.Block) -> m.Publication:
    """Return a publication with other children in one of its chapters."""
    body = list(publication.body)
    section = body[number]
    assert isinstance(section, m.Section)
    body[number] = msgspec.structs.replace(section, children=children)
    return msgspec.structs.replace(publication, body=tuple(body))


@pytest.mark.parametrize(
    ("writer", "options"),
    [
        pytest.param(pdf, SMALL, id="ua-1"),
        pytest.param(
            pdf, msgspec.structs.replace(SMALL, pdf_standard=Standard.UA_2), id="ua-2", marks=pytest.mark.proof
        ),
        pytest.param(large_print, large_print.Options(), id="large print", marks=pytest.mark.proof),
    ],
)
def test_a_file_of_pages_from_the_cache_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any, options: Any
) -> None:
    laid_out: list[int] = []
    lay_out = layout_page.remake_page
    pictures = Pictures(tmp_path / "pictures")
    publication = report(pictures)
    write = Written(tmp_path, pictures, writer, options)
    in_one = write(publication, version="")
    images = write.memory.puts
    assert write(publication) == in_one
    cached = write.memory.puts
    assert cached > images
    # As in another process.
    monkeypatch.setattr(font_configuration, "_cache", lambda: SimpleNamespace(name=str(tmp_path / "fonts")))
    write.folder = tmp_path / "again"
    monkeypatch.setattr(
        layout_page, "remake_page", lambda index, *rest: laid_out.append(index) or lay_out(index, *rest)
    )
    assert write(publication) == in_one
    assert write.memory.puts == cached
    assert laid_out == [0], "the cover, which has a pattern"


def test_all_pages_may_come_from_the_cache(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    write = Written(tmp_path, pictures, options=FROM_THE_TEXT)
    publication = m.Publication(m.Metadata(title="A title", language="en"), body=(sample.p("Text."),))
    made = write(publication)
    assert write.memory.puts
    assert write(publication) == made


def test_after_a_changed_sentence_only_its_part_is_laid_out_again(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = report(pictures)
    write = Written(tmp_path, pictures)
    write(publication)
    cached = write.memory.puts
    last = publication.body[-1]
    assert isinstance(last, m.Section)
    edited = changed(publication, -1, *last.children[:-1], sample.p("Changed."))
    data, *others = write(edited)
    assert write.memory.puts == cached + 2, "the part and its items"
    assert [data, *others] == [*write(edited, memory=Memory())]


@pytest.mark.proof
def test_a_long_chapter_is_taken_from_the_cache_wherever_the_one_before_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[int] = []
    lay_out = layout_page.remake_page
    pictures = Pictures(tmp_path / "pictures")
    write = Written(tmp_path, pictures, options=msgspec.structs.replace(FROM_THE_TEXT, cover=When.ALWAYS))
    metadata = m.Metadata(title="T", language="en", kind=m.Kind.REPORT)
    publication = m.Publication(metadata, body=(chapter(0, 1), chapter(1, 12)), notes=report(pictures).notes)
    write(publication)
    monkeypatch.setattr(
        layout_page, "remake_page", lambda index, *rest: laid_out.append(index) or lay_out(index, *rest)
    )
    write(changed(publication, 0, sample.p("Short.")))
    assert max(laid_out) < 3, "the cover, the imprint and the first chapter"


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param("Changed.", id="a sentence"),
        pytest.param("More. " * 200, id="numbers of pages after it", marks=pytest.mark.proof),
    ],
)
def test_of_pages_from_the_cache_no_boxes_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str) -> None:
    seen: list[list[str]] = []

    def omit(self: Omission) -> None:
        omit_contents(self)
        seen.append([element.get("id") for element in self._omitted if (element.get("id") or "").startswith("more")])

    pictures = Pictures(tmp_path / "pictures")
    options = msgspec.structs.replace(FROM_THE_TEXT, cover=When.ALWAYS, text_size=18)
    write = Written(tmp_path, pictures, options=options)
    metadata = m.Metadata(title="T", language="en", kind=m.Kind.REPORT)
    notes = report(pictures).notes
    publication = m.Publication(metadata, body=tuple(chapter(number, 4) for number in range(3)), notes=notes)
    write(publication)
    edited = changed(publication, 1, *chapter(1, 4).children, sample.p(edit))
    in_one = write(edited, memory=Memory())
    omit_contents = Omission.omit
    monkeypatch.setattr(Omission, "omit", omit)
    assert write(edited) == in_one
    assert seen == [["more-0", "more-2"]]


def test_contents_that_are_needed_after_all_are_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def known(self: Omission, first: int) -> KnownPart | None:
        seen.append(self._keys.elements[first].get("id"))
        return KnownPart((KnownItem("", {}),), "") if seen[-1] == "b" else None

    write = Written(tmp_path, Pictures(tmp_path / "pictures"), options=FROM_THE_TEXT)
    chapters = tuple(sample.section(name, name, sample.p("Text.")) for name in ("a", "b"))
    publication = m.Publication(m.Metadata(title="T", language="en"), body=chapters)
    in_one = write(publication, version="")
    monkeypatch.setattr(Omission, "_known", known)
    assert write(publication) == in_one
    assert "b" in seen


@pytest.mark.parametrize(
    ("style", "omitted"),
    [
        pytest.param("@page { counter-increment: leaf; @top-center { counter-reset: x } }", ["a", "b"], id="pages"),
        pytest.param("section:has(em) { color: red }", [], id="styles by contents"),
        pytest.param("h1 { counter-increment: chapter }", [], id="counters"),
        pytest.param("aside::footnote-call { content: counter(footnote) }", [], id="numbers of notes"),
        pytest.param("a::after { content: target-counter(attr(href), page) }", ["a", "b"], id="pages of targets"),
    ],
)
def test_contents_are_left_out_where_they_decide_nothing_else(style: str, omitted: list[str]) -> None:
    root = ElementTree.fromstring(
        "<html><body><main>"
        "<section id='a' class='chapter long-chapter'><h1>A</h1><p id='p'>Text</p></section>"
        "<section id='b' class='chapter long-chapter'>Text</section>"
        "<section id='c' class='chapter'>Text</section></main></body></html>"
    )
    keys = Keys("", [style], root, images={}, page=(0, 0))
    known = Omission(Memory(), keys)
    markup = ElementTree.tostring(root)
    a, b, c = keys.elements
    for elements in ((a, b), (b, c), (c,)):
        known.remember(elements, [{"title": "T"}])
    known.omit()
    assert [element.get("id") for element in keys.elements if not len(element) and not element.text] == omitted
    assert known.strings(a) == ({"title": "T"} if omitted else None)
    collector = TargetCollector()
    known.collect_targets(collector)
    assert list(collector.target_lookup_items) == (["p"] if omitted else [])
    known.restore()
    assert ElementTree.tostring(root) == markup


def test_of_many_short_chapters_a_few_ends_of_each_part_are_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_session, "_MAX_ITEMS", 2)
    chapters = tuple(sample.section(f"c{n}", f"Chapter {n}", sample.p("Text.")) for n in range(20))
    publication = m.Publication(m.Metadata(title="A title", language="en"), body=chapters)
    write = Written(tmp_path, Pictures(tmp_path / "pictures"))
    looked_up: list[str] = []
    monkeypatch.setattr(Memory, "holds", lambda self, key: looked_up.append(key) or key in self)
    data, sidecars, _ = write(publication)
    assert 0 < len(looked_up) <= 2 * len(json.loads(sidecars["pages"])["labels"])
    assert write(publication)[0] == data


@pytest.mark.parametrize(
    ("style", "added"),
    [
        pytest.param("", sample.section("last", "Last", sample.p("Short.")), id="running head above the notes"),
        pytest.param(
            "@page { @bottom-center { content: counter(page) '/' counter(pages) } }",
            chapter(3),
            id="number of all pages",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            "h1::after { content: counter(page) !important }", chapter(3), id="number of the page in the text"
        ),
        pytest.param(
            "@page { @top-center { content: string(chapter, start) } }",
            chapter(3),
            id="string of the first box",
            marks=pytest.mark.proof,
        ),
    ],
)
def test_pages_that_show_something_of_other_parts_are_not_taken_from_the_cache(
    tmp_path: Path, style: str, added: m.Section
) -> None:
    pictures = Pictures(tmp_path / "pictures")
    write = Written(tmp_path, pictures, options=FROM_THE_TEXT)
    write.styles = with_style(tmp_path / "styles", style)
    publication = msgspec.structs.replace(report(pictures), body=(chapter(1, 4),))
    write(publication)
    for body in ((*publication.body, added), (added, *publication.body)):
        edited = msgspec.structs.replace(publication, body=body)
        assert write(edited) == write(edited, memory=Memory())


@pytest.mark.parametrize(
    "style",
    [
        pytest.param("@page :left { margin-left: 40mm !important }", id="sides", marks=pytest.mark.proof),
        pytest.param("@page :nth(2n) { margin-left: 40mm !important }", id="every other page", marks=pytest.mark.proof),
        pytest.param(
            ".chapter { break-before: right !important }", id="chapters begin on the right", marks=pytest.mark.proof
        ),
        pytest.param(":root:root { --chapter-page: recto }", id="as a property says"),
    ],
)
def test_pages_may_depend_on_their_number(tmp_path: Path, style: str) -> None:
    options = msgspec.structs.replace(FROM_THE_TEXT, cover=When.ALWAYS)
    write = Written(tmp_path, Pictures(tmp_path / "pictures"), options=options)
    write.styles = with_style(tmp_path / "styles", style)
    metadata = m.Metadata(title="T", language="en", kind=m.Kind.REPORT)
    for length in (6, 10):
        chapters = (chapter(0, length), chapter(1, 12))
        publication = m.Publication(metadata, body=chapters, notes=report(Pictures(tmp_path / "others")).notes)
        assert write(publication) == write(publication, memory=Memory())


@pytest.mark.proof
@pytest.mark.parametrize(
    "style",
    [
        pytest.param(
            "main { counter-reset: chapter } h1 { counter-increment: chapter }"
            "main h1::before { content: counter(chapter) ' ' !important }",
            id="numbers of chapters",
        ),
        pytest.param("main > section:nth-child(even) { color: red }", id="every other chapter"),
    ],
)
def test_style_sheets_may_count_chapters(tmp_path: Path, style: str) -> None:
    pictures = Pictures(tmp_path / "pictures")
    write = Written(tmp_path, pictures, options=FROM_THE_TEXT)
    write.styles = with_style(tmp_path / "styles", style)
    first, second = chapter(1, 1), chapter(2)
    publication = msgspec.structs.replace(report(pictures), body=(first, second))
    write(publication)
    cached = write.memory.puts
    short = sample.section("short", "Short", sample.p("On the page of the first chapter."))
    edited = msgspec.structs.replace(publication, body=(first, short, second))
    assert write(edited) == write(edited, memory=Memory())
    assert write.memory.puts > cached


def test_parts_that_cannot_be_in_one_file_are_drawn_as_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PartConflictError

    pictures = Pictures(tmp_path / "pictures")
    publication = msgspec.structs.replace(report(pictures), body=(chapter(2, 1),))
    write = Written(tmp_path, pictures)
    in_one = write(publication)
    cached = write.memory.puts
    monkeypatch.setattr(Drawing, "_end", refuse)
    assert write(publication) == in_one, "with parts from the cache"
    assert write(publication, memory=Memory()) == in_one, "without any"
    assert cached == write.memory.puts > 0


def test_letters_that_share_a_glyph_may_be_in_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_passage(number: int, hindi: str) -> m.Section:
        passage = sample.p(m.Span((m.Text(hindi),), at=m.At(language="hi")))
        return sample.section(f"s-{number}", f"Chapter {number}", passage, *chapter(number, 14).children)

    def undo(*_: object) -> bool:
        raise AssertionError("the parts cannot be in one file")

    monkeypatch.setattr(Drawing, "undo", undo)
    pictures = Pictures(tmp_path / "pictures")
    body = with_passage(1, "एक कार्य"), with_passage(2, "ऐसे कर्म")
    Written(tmp_path, pictures)(msgspec.structs.replace(report(pictures), body=body))


@pytest.mark.proof
@pytest.mark.parametrize("edits", EDITS)
def test_random_edits_give_the_bytes_of_a_file_made_at_once(edits: int, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = report(pictures)
    write = Written(tmp_path, pictures)
    write(publication)
    rng = random.Random(17)
    for count in range(edits):
        number = rng.randrange(len(publication.body))
        section = publication.body[number]
        assert isinstance(section, m.Section)
        children = list(section.children)
        place = rng.randrange(len(children))
        match rng.randrange(4):
            case 0:
                children.insert(place, sample.p(f"A new sentence, the {count}th."))
            case 1:
                children.insert(place, sample.p(f"{count}: ", sample.PARAGRAPH, m.NoteReference("a")))
            case 2 if len(children) > 1:
                del children[place]
            case _:
                table = msgspec.structs.replace(sample.table(), at=m.At(id=f"table-{count}"))
                children[place] = sample.p("Shorter.") if rng.random() < 0.5 else table
        publication = changed(publication, number, *children)
        assert write(publication) == write(publication, memory=Memory()), count


@pytest.mark.proof
def test_a_picture_inside_a_drawing_is_the_same_each_time(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    data = base64.b64encode(sample.picture(40, 30)).decode()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
        f'<image width="40" height="30" href="data:image/png;base64,{data}"/></svg>'
    )
    asset = pictures.add("a.svg", drawing.encode(), "image/svg+xml", 40, 30)
    figure = m.Figure((m.Image(asset.name, m.Described("Bars.")),))
    body = (chapter(0), sample.section("a", "Bars", figure), chapter(1))
    publication = m.Publication(m.Metadata(title="Bars", language="en"), body=body, assets=(asset,))
    write = Written(tmp_path, pictures)
    first = write(publication)
    assert not first[2]
    assert b"/Subtype /Image" in first[0]
    assert write(publication) == first
    assert write(publication, version="", memory=Memory())[0] == first[0]
