"""Languages of passages that share a line or a paragraph with others: only what was meant is marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.revise import PassageLanguage, TypedList, odt
from tests.readers.docx.files import p, package, part, picture, r, table, zipped
from tests.report.test_word_comments import parts_of
from tests.revise import test_text
from tests.revise.test_odt import FILES, TEXT
from tests.revise.test_word import read_again, revised, source_of

FRENCH = "Les victimes ont droit à réparation."
ENGLISH = "This is what most of the text is written in, so that it is in the language of the publication."
REFERENCE = "<p>Words.<a href='#n' role='doc-noteref'>1</a></p>"
NOTE = "<w:{kind} w:type='separator' w:id='0'>" + p("-") + "</w:{kind}>" + "<w:{kind} w:id='2'>{}{}</w:{kind}>"


def passage_of(publication: m.Publication, words: str) -> m.Paragraph:
    return next(node for node in walk(publication) if isinstance(node, m.Paragraph) and words in plain_text(node))


def with_note(kind: str) -> bytes:
    notes = NOTE.format(p("In English."), p(FRENCH), kind=kind)
    cell = p(f"<w:r><w:t>The text.</w:t><w:{kind}Reference w:id='2'/></w:r>")
    body = p(ENGLISH) + table(f"<w:tr><w:tc>{cell}</w:tc></w:tr>")
    return package(body + p("- One") + p("- Two"), parts={f"{kind}s.xml": part(f"{kind}s", notes)})


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(("words", "marked"), [("", FRENCH), ("victimes ont", "victimes ont")])
def test_a_paragraph_of_a_note_is_marked_and_not_the_one_that_refers_to_it(
    tmp_path: Path, kind: str, words: str, marked: str
) -> None:
    data = with_note(kind)
    source = source_of(passage_of(read_again(data), FRENCH))
    revision, after = revised(tmp_path, data, PassageLanguage(source, "fr", words))
    assert revision.results[0].is_applied, revision.results[0].reason
    assert set(parts_of(after)) == set(parts_of(data))
    changed = {name for name, content in parts_of(after).items() if content != parts_of(data)[name]}
    assert changed == {f"word/{kind}s.xml"}
    assert [plain_text(node) for node in walk(read_again(after)) if node.at.language == "fr"] == [marked]


def test_lines_of_a_note_are_no_list_of_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    note = NOTE.format(p("- One"), p("- Two"), kind="footnote")
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    data = package(p(r("- One") + reference) + p("- Two"), parts={"footnotes.xml": part("footnotes", note)})
    lines = [node for node in read_again(data).notes[0].children if isinstance(node, m.Paragraph)]
    revision, after = revised(tmp_path, data, TypedList(source_of(lines[0]), (source_of(lines[1]),)))
    assert after == data
    assert revision.results[0].reason


def test_a_document_inside_the_file_is_not_taken_for_the_paragraph_above_it(tmp_path: Path) -> None:
    data = package(
        p(ENGLISH) + '<w:altChunk r:id="rIdChunk"/>',
        parts={"chunk.docx": package(p(FRENCH))},
        relations={"rIdChunk": ("aFChunk", "chunk.docx")},
    )
    source = source_of(passage_of(read_again(data), FRENCH))
    revision, after = revised(tmp_path, data, PassageLanguage(source, "fr"))
    assert after == data
    assert revision.results[0].reason.startswith("The passage is in a drawing, a header or another file.")


def test_the_paragraph_around_a_text_box_is_marked_without_it(tmp_path: Path) -> None:
    box = (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('In the box.')}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    data = package(p(ENGLISH) + p(r(FRENCH) + box) + p(picture("")))
    before = read_again(data)
    for words in (FRENCH, "In the box."):
        _, after = revised(tmp_path, data, PassageLanguage(source_of(passage_of(before, words)), "fr"))
        assert [plain_text(node) for node in walk(read_again(after)) if node.at.language == "fr"] == [words]


def test_equal_words_of_the_text_and_of_a_note_above_it_are_told_apart_in_an_open_document() -> None:
    def paragraph(source: m.Source) -> m.Paragraph:
        return m.Paragraph(at=m.At(source=source), children=(m.Text("Sí"),))

    text, note = m.Source("a.odt", anchor=2), m.Source("a.odt", anchor=1, part="footnotes", number=3)
    tree = m.Publication(
        metadata=m.Metadata(),
        body=(m.Paragraph(at=m.At(source=m.Source("a.odt", anchor=1)), children=(m.Text("One."),)), paragraph(text)),
        notes=(m.Note(id="n", children=(paragraph(note),)),),
    )
    content = re.sub(
        "(?s)<t:p t:class.*<x:table>", "<t:p>One.<t:note><t:p>Sí</t:p></t:note></t:p><t:p>Sí</t:p><x:table>", TEXT
    )
    for source, marked in ((text, "</t:note></t:p><t:p><text:span"), (note, "<t:note><t:p><text:span")):
        data, refusals = odt.apply(zipped({**FILES, "content.xml": content}), tree, [PassageLanguage(source, "es")])
        assert refusals == [None]
        assert marked in parts_of(data)["content.xml"].decode()


@pytest.mark.parametrize(
    ("name", "text", "is_marked"),
    [
        (
            "manuscript.html",
            f"{REFERENCE}<aside id='n' role='doc-footnote'><p>{FRENCH}</p></aside>",
            None,
        ),
        (
            "manuscript.html",
            f"{REFERENCE}<aside id='n' role='doc-footnote'>{FRENCH}</aside>",
            False,
        ),
        ("manuscript.html", f"<table><tr><td><p>Words.</p></td><td>{FRENCH}</td></tr></table>", False),
        ("manuscript.html", f"<p>Words.</p>\n<h2>{FRENCH}</h2>\n<p>More words.</p>", True),
        ("manuscript.md", f"Words.[^n]\n\n[^n]: {FRENCH}\n", False),
        ("manuscript.md", f"Words.\n\n| Words | {FRENCH} |\n|---|---|\n| One | Two |\n", False),
    ],
)
def test_a_passage_of_text_is_marked_alone_or_not_at_all(
    tmp_path: Path, name: str, text: str, is_marked: bool | None
) -> None:
    page = f"<!DOCTYPE html><html lang='en'><head><title>A</title></head><body><h1>A</h1>\n{text}</body></html>"
    written = page if name.endswith("html") else f"# A\n\n{text}"
    before = test_text.read_again(written, name)
    nodes = (node for node in walk(before) if isinstance(node, m.Paragraph | m.Section))
    node = next(n for n in nodes if plain_text(n.title if isinstance(n, m.Section) else n) == FRENCH)
    revision, new = test_text.revised(tmp_path, written, PassageLanguage(source_of(node), "fr"), name=name)
    marked = [plain_text(node) for node in walk(test_text.read_again(new, name)) if node.at.language == "fr"]
    if is_marked is not None:
        assert revision.results[0].is_applied == is_marked, new
    assert all(words == FRENCH for words in marked), marked
