"""The DAISY edition: everything that is seen is heard once, in order, and everything leads where it says."""

from __future__ import annotations

import io
import math
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from exporter import model as m
from exporter import transforms
from exporter.findings import NOT_CARRIED
from exporter.model.walk import headings
from exporter.speech.codec import is_complete_mp3
from exporter.writers import daisy
from tests.counting import CountingMp3, spoken_by
from tests.write_context import Pictures, write_context
from tests.writers.audio.recordings import loudness_of, sample
from tests.writers.daisy.talking import HEADINGS, Talking, milliseconds
from tests.writers.epub.books import Bench, kitchen_sink, paragraph, section, words

PAGES = {
    "labels": ["i", "ii", "1", "2", "3", "A"],
    "starts": [
        {"part": "opening"},
        {"part": "contents"},
        {"node": "one"},
        {"node": "p-1", "characters": 4},
        {"node": "two"},
        {"part": "colophon"},
    ],
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[m.Publication, Talking]:
    """A publication with one of everything."""
    bench = Bench(tmp_path_factory.mktemp("daisy"))
    tree = transforms.apply(kitchen_sink(bench), "book")
    target = bench.folder / "book.zip"
    facts = {"pdf.pages": msgspec.json.encode(PAGES)}
    with spoken_by(CountingMp3):
        written = daisy.write(tree, bench.workshop("en-GB", facts), daisy.Options(), target)
    assert written.findings == ()
    return tree, Talking(target)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talking]:
    """The publication that the editions of the recording share, with a cover."""
    target = with_cover(tmp_path_factory.mktemp("spoken"))
    return target, Talking(target)


def with_cover(folder: Path) -> Path:
    pictures = Pictures(folder / "pictures")
    jpeg = io.BytesIO()
    Image.new("RGB", (60, 80), "navy").save(jpeg, "JPEG")
    tree = transforms.apply(sample(pictures.add("c.jpg", jpeg.getvalue(), "image/jpeg", 60, 80)), "sample")
    assert (
        daisy.write(tree, write_context(folder, pictures=pictures), daisy.Options(), folder / "book.zip").findings == ()
    )
    return folder / "book.zip"


def test_nothing_is_wrong_with_a_book_that_has_one_of_everything(everything: tuple[m.Publication, Talking]) -> None:
    assert everything[1].faults() == []


def test_nothing_is_wrong_with_a_book_that_has_a_cover(spoken: tuple[Path, Talking]) -> None:
    book = spoken[1]
    assert book.faults() == []
    assert any(name.endswith(".jpg") for name in book.files)
    assert "A queue at dawn" in [element.get("alt") for _, _, element in book.pars()]


def test_headings_are_those_of_the_tree_word_for_word(everything: tuple[m.Publication, Talking]) -> None:
    tree, book = everything
    expected = [(min(each.level, 6), each.text) for each in headings(tree)]
    assert book.headings()[0] == (1, tree.metadata.title)
    assert book.headings()[1:-2] == expected
    assert book.lines[0].get("class") == "title"


def test_every_heading_begins_a_smil_file_and_leads_to_its_words(everything: tuple[m.Publication, Talking]) -> None:
    _, book = everything
    lines = [line for line in book.lines if line.tag in HEADINGS]
    assert len(lines) == len(book.smils)
    for line, name in zip(lines, book.smils, strict=True):
        assert line[0].get("href") == f"{name}#t0001"
        text = book.target(line[0].get("href"), "ncc.html")
        assert text is not None
        element = book.target(text.get("src"), name)
        assert element is not None
        assert "".join(line.itertext()).startswith("".join(element.itertext())[:20])


def test_pages_that_the_manuscript_marks_leave_no_room_for_others(everything: tuple[m.Publication, Talking]) -> None:
    assert everything[1].kind("page-normal") == ["12"]
    assert everything[1].kind("page-front") == []


def test_pages_of_the_pdf_can_be_found(tmp_path: Path) -> None:
    book = written(tmp_path, short(), facts={"pdf.pages": msgspec.json.encode(PAGES)})
    assert book.faults() == []
    assert book.kind("page-front") == ["i", "ii"]
    assert book.kind("page-normal") == ["1", "2", "3"]
    assert book.kind("page-special") == ["A"]
    assert book.metadata["ncc:maxPageNormal"] == "3"
    required = {p.get("system-required") for _, p, e in book.pars() if (e.get("class") or "").startswith("page-")}
    assert required == {"pagenumber-on"}


def test_the_page_of_the_contents_comes_before_the_text_wherever_the_next_page_begins(tmp_path: Path) -> None:
    starts = [{"part": "opening"}, {"part": "contents"}, {"node": "p-0", "characters": 5}, {"node": "two"}]
    tree = short()
    tree = msgspec.structs.replace(tree, body=(paragraph("Words before a heading.", ident="p-0"), *tree.body))
    pages = {"labels": ["1", "2", "3", "4"], "starts": starts}
    book = written(tmp_path, tree, facts={"pdf.pages": msgspec.json.encode(pages)})
    assert book.faults() == []
    assert book.kind("page-normal") == ["1", "2", "3", "4"]


def test_what_can_be_skipped_says_so(everything: tuple[m.Publication, Talking]) -> None:
    _, book = everything
    found: dict[str | None, list[str]] = {}
    for _, par, element in book.pars():
        found.setdefault(par.get("system-required"), []).append(" ".join("".join(element.itertext()).split()))
    assert any("The table shows a rise." in each for each in found["prodnote-on"])
    assert "Beside the text." in found["sidebar-on"]
    assert {"1", "2", "3"} <= set(found["footnote-on"])
    assert found["pagenumber-on"] == ["12"]
    assert not any("They came at night." in each for key in found if key for each in found[key])


def test_sound_is_whole_and_as_long_as_it_is_said_to_be(spoken: tuple[Path, Talking], tmp_path: Path) -> None:
    book = spoken[1]
    for name in book.smils:
        data = book.files[name.replace(".smil", ".mp3")]
        assert is_complete_mp3(data)
        path = tmp_path / "sound.mp3"
        path.write_bytes(data)
        said = milliseconds(book.metas(name)["ncc:timeInThisSmil"])
        assert loudness_of(path)[1] * 1000 == pytest.approx(said, abs=60)


def test_every_clip_begins_with_its_words(spoken: tuple[Path, Talking], tmp_path: Path) -> None:
    book = spoken[1]
    seen = 0
    for name in book.smils:
        path = tmp_path / "sound.mp3"
        path.write_bytes(book.files[name.replace(".smil", ".mp3")])
        peaks, _ = loudness_of(path)
        for audio in list(book.roots[name].iter("audio"))[1:]:
            begin = milliseconds(audio.get("clip-begin")) / 1000
            place = math.floor(begin * 100)
            heard = next(at for at in range(place - 5, len(peaks)) if peaks[at] > 0.02)
            assert -0.02 <= heard / 100 - begin < 0.1, (name, begin)
            seen += 1
    assert seen > 5


def test_language_and_direction_are_kept(tmp_path: Path) -> None:
    tree = short("ar", m.Direction.RTL)
    book = written(tmp_path, tree)
    assert book.faults() == []
    for name in book.documents:
        root = book.roots[name]
        assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert book.roots["ncc.html"].get("lang") == "ar"
    assert b'href="rtl.css"' in book.files["ncc.html"]
    assert b"direction: rtl" in book.files["rtl.css"]
    assert book.metadata["dc:language"] == "ar"


def test_what_xhtml_1_has_not_is_said_otherwise(tmp_path: Path) -> None:
    row = m.Row(cells=(m.Cell(children=(paragraph("Total"),)),))
    table = m.Table(columns=(m.Column(),), head=(), bodies=((row,),), foot=(row,))
    lines = paragraph("One", m.LineBreak(at=m.At(language="es")), "two")
    tree = short()
    tree = msgspec.structs.replace(tree, body=(*tree.body, section("More", table, lines, ident="more")))
    book = written(tmp_path, transforms.apply(tree, "short"))
    assert book.faults() == []
    allowed = {"id", "class", "title"}
    for name in book.documents:
        assert not list(
            book.roots[name].iter("{*}tfoot", "{*}section", "{*}aside", "{*}figure", "{*}details", "{*}bdi")
        )
        assert all(set(element.attrib) <= allowed for element in book.roots[name].iter("{*}br"))


def test_rows_without_cells_are_closed_up(tmp_path: Path) -> None:
    def row(*words: str, **spans: int) -> m.Row:
        return m.Row(cells=tuple(m.Cell(children=(paragraph(each),), **spans) for each in words))

    bodies = ((row("A", "B", rowspan=3), m.Row(cells=()), row(), row("C", "D")), (m.Row(cells=()),))
    spanned = m.Table(columns=(m.Column(), m.Column()), bodies=bodies, at=m.At(id="spanned"))
    bare = m.Table(columns=(m.Column(),), bodies=((m.Row(cells=()),),), at=m.At(id="bare"))
    heads = m.Table(columns=(m.Column(),), head=(row("Only"),), at=m.At(id="heads"))
    tree = short()
    tree = msgspec.structs.replace(tree, body=(*tree.body, section("More", spanned, bare, heads, ident="more")))
    book = written(tmp_path, transforms.apply(tree, "short"))
    assert book.faults() == []
    rows = [row for name in book.documents for row in book.roots[name].iter("{*}tr")]
    assert all(len(row) for row in rows)
    assert [["".join(cell.itertext()) for cell in row] for row in rows] == [["A", "B"], ["C", "D"], [""], ["Only"]]
    assert [cell.get("rowspan") for cell in rows[0]] == [None, None]
    assert all(
        table.find("{*}tbody") is not None for name in book.documents for table in book.roots[name].iter("{*}table")
    )


def test_a_title_of_signs_alone_is_a_heading_too(tmp_path: Path) -> None:
    tree = short()
    tree = msgspec.structs.replace(tree, metadata=msgspec.structs.replace(tree.metadata, title="…"))
    book = written(tmp_path, tree)
    assert book.faults() == []
    assert book.headings()[:2] == [(1, "…"), (1, "One")]


def test_headings_of_boxes_and_descriptions_are_in_the_contents(tmp_path: Path) -> None:
    text = m.Paragraph((words("Words."),))
    inside = m.Section(title=(words("In a"), m.LineBreak(), words("box")), children=(text,))
    said = m.Section(title=(words("Said"),), children=(text,))
    table = m.Table((m.Column(),), bodies=((m.Row((m.Cell((text,)),)),),), description=(said,))
    tree = short()
    tree = msgspec.structs.replace(
        tree, body=(*tree.body, section("More", m.Aside((text, inside)), table, ident="more"))
    )
    book = written(tmp_path, transforms.apply(tree, "short"))
    assert book.faults() == []
    names = ["One", "Two", "More", "In a box", "Said"]
    assert [name for _, name in book.headings()[1:6]] == names


def test_a_drawing_becomes_pixels(everything: tuple[m.Publication, Talking]) -> None:
    _, book = everything
    pictures = {name: data for name, data in book.files.items() if name.startswith("p0")}
    assert pictures
    assert all(data.startswith(b"\x89PNG") for name, data in pictures.items() if name.endswith(".png"))


def test_a_picture_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    tree = short()
    figure = m.Figure(images=(m.Image(source="gone.png", alt=m.Described("A courtroom")),), caption=(words("Court"),))
    tree = msgspec.structs.replace(tree, body=(*tree.body, section("More", figure, ident="more")))
    tree = transforms.apply(tree, "short")
    target = tmp_path / "book.zip"
    with spoken_by(CountingMp3):
        found = daisy.write(tree, write_context(tmp_path), daisy.Options(), target)
    assert [(each.rule, each.edition) for each in found.findings] == [(NOT_CARRIED.id, "daisy")]
    assert any("A courtroom" in "".join(element.itertext()) for _, _, element in Talking(target).pars())


def test_same_publication_same_bytes(spoken: tuple[Path, Talking], tmp_path: Path) -> None:
    assert with_cover(tmp_path).read_bytes() == spoken[0].read_bytes()


def test_faults_are_seen(spoken: tuple[Path, Talking]) -> None:
    """The proof of the checks above: each defect is found."""
    book = Talking(spoken[0])
    first = book.roots[book.smils[1]]
    clip = next(first.iter("audio"))
    clip.set("clip-end", "npt=9999.000s")
    span = next(each for each in book.roots["t0003.html"].iter() if each.get("id") == "e2")
    span.set("id", "gone")
    book.ids["t0003.html"].pop("e2")
    found = "\n".join(book._clips()) + "\n".join(book._addresses())
    assert "clip 0-9999000" in found
    assert "no place t0003.html#e2" in found


def short(language: str = "en", direction: m.Direction = m.Direction.LTR) -> m.Publication:
    body = (
        section("One", paragraph("Some words stand here, and more.", ident="p-1"), ident="one"),
        section("Two", paragraph("Others stand here.", ident="p-2"), ident="two"),
    )
    metadata = m.Metadata(title="Short", language=language, direction=direction, publisher="Press")
    return transforms.apply(m.Publication(metadata=metadata, body=body), "short")


def written(folder: Path, tree: m.Publication, facts: dict[str, bytes] | None = None) -> Talking:
    """Write a book with a voice that costs nothing, and read it back."""
    target = folder / "book.zip"
    context = write_context(folder, tree.metadata.language, pictures=Pictures(folder / "pictures"), facts=facts)
    with spoken_by(CountingMp3):
        daisy.write(tree, context, daisy.Options(), target)
    return Talking(target)
