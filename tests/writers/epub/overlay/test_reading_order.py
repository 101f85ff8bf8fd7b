"""Every word of a book is heard, once and in order, and can be skipped or left where that is wanted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.speech.mix import RecordedSegment
from exporter.speech.options import NotePlacement
from exporter.speech.utterance import Utterance
from exporter.validate.epub import check_overlays
from exporter.writers import audio
from exporter.writers.xhtml import documents
from tests.counting import Counting
from tests.parity.compared import compare
from tests.trees import PUBLICATIONS, examples
from tests.writers.epub.books import (
    Bench,
    Book,
    figure,
    kitchen_sink,
    metadata,
    note,
    paragraph,
    reference,
    section,
    table,
    words,
)
from tests.writers.epub.overlay.books import SMIL, Overlay, counted

RATE = 22_050
SPEAKERS = (("Ana", "lawyer"), ("Leo", ""), ("Ana", "lawyer"))


@given(PUBLICATIONS)
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_every_word_of_any_tree_is_heard_once_and_in_order(publication: m.Publication) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        assets = (
            msgspec.structs.replace(bench.png, name="img/a.png"),
            msgspec.structs.replace(bench.svg, name="img/b.svg"),
        )
        tree = msgspec.structs.replace(publication, assets=assets)
        target = counted(bench, tree)
        assert [str(finding) for finding in check_overlays(target)] == []
        assert [str(finding) for finding in compare(transforms.apply(tree, "book"), {"epub": target})] == []


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Book:
    bench = Bench(tmp_path_factory.mktemp("sink"))
    target = counted(bench, kitchen_sink(bench))
    assert [str(finding) for finding in check_overlays(target)] == []
    return Book(target)


def test_every_document_but_the_contents_is_read(sink: Book) -> None:
    overlays = {item.get("href"): item.get("media-overlay") for item in sink.opf.iterfind(".//{*}item")}
    read = {name for name, overlay in overlays.items() if overlay}
    assert read == {name for name in sink.spine() if name != "nav.xhtml"}


def _add(monkeypatch: pytest.MonkeyPatch, markup: bytes) -> None:
    """Put markup at the end of the title page."""
    render = documents.render

    def more(template: str, **values: object) -> bytes:
        made = render(template, **values)
        return made.replace(b"</body>", markup + b"</body>") if template == "title.xhtml" else made

    monkeypatch.setattr(documents, "render", more)


def pars(bench: Bench, *blocks: m.Block, notes: tuple[m.Note, ...] = ()) -> list[tuple[str, str]]:
    tree = m.Publication(metadata(), body=(section("One", *blocks, ident="one"),), notes=notes, assets=(bench.png,))
    return Overlay(Book(counted(bench, tree)), "text-01").pars()


def test_each_sentence_is_read_for_itself(bench: Bench) -> None:
    line = paragraph("She came. ", m.Emphasis(children=(words("They left."),)), " He stayed, ", "waiting.")
    assert pars(bench, line) == [(text, "") for text in ("One", "She came.", "They left.", "He stayed, waiting.")]


def test_a_link_that_holds_parts_of_two_sentences_stays_whole(bench: Bench) -> None:
    link = m.Link(children=(words("the file. Later"),), target="https://example.org/")
    line = paragraph("Read ", link, " they wrote. Then?")
    assert pars(bench, line)[1:] == [("Read the file. Later they wrote.", ""), ("Then?", "")]


def test_sentences_inside_a_link_are_read_for_themselves(bench: Bench) -> None:
    line = paragraph(m.Link(children=(words("One. Two."),), target="https://example.org/"), " Three.")
    assert [text for text, _ in pars(bench, line)[1:]] == ["One.", "Two.", "Three."]


def test_marks_of_notes_and_notes_can_be_skipped(bench: Bench) -> None:
    line = paragraph("He said", reference("a"), " so. She did not.", reference("b"))
    found = pars(bench, line, notes=(note("a", "Interview."), note("b", "Ibid.")))
    assert found == [
        *(("One", ""), ("He said1 so.", ""), ("1", "noteref"), ("She did not.", ""), ("2", "noteref")),
        *(("1", ""), ("Interview.", ""), ("2", ""), ("Ibid.", "")),
    ]


def test_notes_are_footnotes_to_a_listener(sink: Book) -> None:
    overlay = Overlay(sink, "text-01")
    assert overlay.find("//s:seq[@e:type='footnotes']/s:seq[@e:type='footnote']/s:par")
    assert Overlay(sink, "notes").find("//s:seq[@e:type='endnote']/s:par")


@pytest.mark.parametrize("place", NotePlacement)
@pytest.mark.parametrize("announced", [True, False])
def test_every_word_is_heard_wherever_the_recording_reads_the_notes(
    bench: Bench, place: NotePlacement, announced: bool
) -> None:
    wishes = audio.Options(notes=place, note_references=announced)
    target = counted(bench, kitchen_sink(bench), wishes)
    assert [str(finding) for finding in check_overlays(target)] == []
    marks = [text for text, kind in Overlay(Book(target), "text-01").pars() if kind == "noteref"]
    assert marks == ["1"]


def test_words_in_two_languages_are_heard_in_both_voices(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(monkeypatch, b'<p><span lang="es" xml:lang="es">Justicia</span> (Spanish)</p>')
    heard: list[tuple[str, str]] = []

    class Listening(Counting):
        def record(self, utterances: Iterable[Utterance], *_: object) -> Iterator[RecordedSegment]:
            every = list(utterances)
            heard.extend((each.text, each.language) for each in every)
            return super().record(every)

        record_more = record

    monkeypatch.setattr("tests.writers.epub.overlay.books.Counting", Listening)
    target = counted(bench, m.Publication(metadata(), body=(section("One", paragraph("Text."), ident="one"),)))
    assert Overlay(Book(target), "title").pars()[-1] == ("Justicia (Spanish)", "")
    assert ("Justicia", "es") in heard
    assert ("(Spanish)", "en-GB") in heard


def test_what_is_hidden_is_not_heard(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    added = b'<p hidden="hidden">Not seen.</p>'
    _add(monkeypatch, added)
    target = counted(bench, m.Publication(metadata(), body=(section("One", paragraph("Text."), ident="one"),)))
    assert added in Book(target).data["EPUB/title.xhtml"]
    assert "Not seen." not in [text for text, _ in Overlay(Book(target), "title").pars()]
    assert check_overlays(target) == ()


def test_tables_rows_and_cells_can_be_left(bench: Bench) -> None:
    tree = m.Publication(metadata(), body=(section("One", table("t", 2), ident="one"),))
    overlay = Overlay(Book(counted(bench, tree)), "text-01")
    rows = overlay.find("//s:seq[@e:type='table']/s:seq[@e:type='table-row']")
    cells = [[overlay.words(par) for par in row.xpath("s:par[@e:type='table-cell']", namespaces=SMIL)] for row in rows]
    assert cells == [["Head 0", "Head 1"], ["Chiapas", "7"]]


def test_an_alt_text_is_read_at_its_picture(bench: Bench) -> None:
    shown = figure("img/chart.png", m.Described("Bars rise. They fall."), "fig")
    assert pars(bench, shown)[1:] == [("Bars rise. They fall.", ""), ("Caption of fig", "")]


def test_a_page_of_the_print_can_be_skipped(bench: Bench) -> None:
    found = pars(bench, paragraph("Before."), m.PageBreak(label="12"), paragraph("After."))
    assert found[1:] == [("Before.", ""), ("Page 12", "pagebreak"), ("After.", "")]


def test_a_speaker_is_named_at_each_turn_that_names_one(bench: Bench) -> None:
    turns = [m.Turn(speaker=m.Speaker(name, role), children=(paragraph("Yes."),)) for name, role in SPEAKERS]
    found = pars(bench, m.Transcript(turns=tuple(turns)))
    assert [text for text, _ in found[1:]] == ["Ana, lawyer", "Yes.", "Leo", "Yes.", "Ana, lawyer", "Yes."]


def test_announcements_are_heard_with_what_they_announce_and_close(bench: Bench) -> None:
    tree = m.Publication(metadata(), body=(section("One", table("t", 2), ident="one"),))
    overlay = Overlay(Book(counted(bench, tree)), "text-01")
    lasts = [round((end - begin) * RATE / 1024) for begin, end in overlay.clips()]
    heard = dict(zip((text for text, _ in overlay.pars()), lasts, strict=True))

    def packets(*said: str) -> int:
        return sum(len(each) + 5 for each in said)

    assert heard["Cases by year"] == packets("Table:", "Cases by year")
    assert heard["Head 0"] == packets("Rows, 1; columns, 2.", "Columns:", "Head 0")
    assert heard["7"] == pytest.approx(packets("Head 1", "7", "End of table."), abs=1)


def test_right_to_left_text_is_cut_at_its_sentences_alone(bench: Bench) -> None:
    about = metadata(language="ar", direction=m.Direction.RTL)
    line = paragraph("جاءت ليلا. ثم ذهبت؟ نعم.")
    tree = m.Publication(about, body=(section("واحد", line, ident="one"),))
    overlay = Overlay(Book(counted(bench, tree)), "text-01")
    assert [text for text, _ in overlay.pars()] == ["واحد", "جاءت ليلا.", "ثم ذهبت؟", "نعم."]


def test_words_that_somebody_adds_to_a_template_are_read_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(monkeypatch, b"<p>New words. <b>More</b>.</p>")
    tree = m.Publication(metadata(), body=(section("One", paragraph("Text."), ident="one"),))
    target = counted(bench, tree)
    assert Overlay(Book(target), "title").pars()[-1] == ("New words. More.", "")
    assert check_overlays(target) == ()
