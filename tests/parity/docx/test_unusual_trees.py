"""Nothing is found in good Word files of unusual trees, and what is changed in them is: as random trees have shown."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter import model as m
from exporter import transforms
from exporter.parity.docx import expected
from exporter.writers import docx
from tests.parity.compared import compare
from tests.trees import MATHML, pictures_of_trees
from tests.write_context import write_context

FORMULA = m.Math(MATHML, "x")
ABOUT = m.Metadata(title="T", language="en")


def _paragraph(*inlines: m.Inline) -> m.Paragraph:
    return m.Paragraph(inlines)


def _section(*title: m.Inline, children: m.Blocks = ()) -> m.Section:
    return m.Section(title, children)


def _link(target: str) -> m.Paragraph:
    return _paragraph(m.Link((m.Text("there"),), f"#{target}"))


def _notes(*children: m.Blocks) -> tuple[m.Note, ...]:
    return tuple(m.Note(name, blocks) for name, blocks in zip("abc", children, strict=False))


RAISED = m.Superscript(
    (m.Quotation((m.NoteReference("b"), m.Text("ten"), m.NoteReference("a")), at=m.At(language="fr")),),
    at=m.At(language="es"),
)
"""A quotation with a note in brackets, whose language is not that of what is around it."""
EMPTY_CELL = m.Cell((_paragraph(m.Span((), at=m.At(id="inside"))),), at=m.At(id="empty"))
SOUND = {
    "a note in brackets in a raised quotation": m.Publication(
        ABOUT,
        body=(_paragraph(m.Text("One"), m.NoteReference("a")),),
        notes=_notes((_paragraph(RAISED),), (_paragraph(m.Text("Deux")),)),
    ),
    "a link to an empty cell": m.Publication(
        ABOUT,
        body=(
            m.Table((m.Column(),), bodies=((m.Row((m.Cell((_paragraph(m.Text("1")),)), EMPTY_CELL)),),)),
            _link("empty"),
            _link("inside"),
        ),
    ),
    "a link to the end of what is before the contents": m.Publication(
        ABOUT,
        front=(m.PageBreak("", at=m.At(id="end")),),
        body=(_section(m.Text("One"), children=(_link("end"),)), _section(m.Text("Two")), _section(m.Text("Three"))),
    ),
    "a caption with a formula and the number of a note": m.Publication(
        ABOUT,
        body=(
            _paragraph(m.NoteReference("a")),
            m.Table(
                (m.Column(),),
                bodies=((m.Row((m.Cell((_paragraph(m.Text("1")),)),)),),),
                caption=(FORMULA, m.NoteReference("a")),
            ),
        ),
        notes=_notes((_paragraph(m.Text("A note.")),)),
    ),
    "contents with a heading that differs by a formula": m.Publication(
        ABOUT,
        body=(
            _section(
                m.Text("Rate"),
                children=(
                    _section(FORMULA, m.Text("rate")),
                    _section(m.Text("Rate"), children=(_section(m.Text("Later")),)),
                ),
            ),
        ),
    ),
}


def _findings(tree: m.Publication, path: Path, of: m.Publication) -> list[str]:
    """Return what is found in the file of a publication when it is compared with a tree."""
    _, assets = pictures_of_trees(path.parent)
    tree, of = (transforms.apply(msgspec.structs.replace(each, assets=assets), "t") for each in (tree, of))
    docx.write(of, write_context(path.parent), docx.Options(page_numbers=docx.PageNumbers.NEVER), path)
    return [finding.message for finding in compare(tree, {"docx": path})]


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found(name: str, tmp_path: Path) -> None:
    assert _findings(SOUND[name], tmp_path / "sound.docx", SOUND[name]) == []


def test_a_picture_behind_the_formula_after_it_is_found_without_words_around_them(tmp_path: Path) -> None:
    badge = m.Link((m.Image("img/a.png", m.Described("Badge")),), "https://example.org/")
    good, bad = (m.Publication(ABOUT, body=(_paragraph(*inlines),)) for inlines in ((badge, FORMULA), (FORMULA, badge)))
    assert _findings(good, tmp_path / "good.docx", good) == []
    assert _findings(good, tmp_path / "bad.docx", bad) != []


def test_line_breaks_between_formulas_alone_are_not_compared() -> None:
    bodies = ((m.LineBreak(), FORMULA, FORMULA), (FORMULA, m.LineBreak(), FORMULA))
    first, second = (expected.extract(m.Publication(ABOUT, body=(_paragraph(*inlines),))) for inlines in bodies)
    assert first == second


@pytest.mark.parametrize("text", [m.Text("right to know"), FORMULA], ids=["words", "formula"])
def test_quotation_marks_that_are_gone_in_a_link_or_around_a_formula_are_found(text: m.Inline, tmp_path: Path) -> None:
    def link(inline: m.Inline) -> m.Inline:
        return m.Link((inline,), "https://example.org/")

    for number, around in enumerate((link, lambda inline: inline)):
        bodies = (m.Quotation((text,)), m.Span((text,), at=m.At(id="span")))
        good, bad = (m.Publication(ABOUT, body=(_paragraph(m.Text("A "), around(inline)),)) for inline in bodies)
        assert _findings(good, tmp_path / f"good{number}.docx", good) == []
        assert _findings(good, tmp_path / f"bad{number}.docx", bad) != []


@pytest.mark.parametrize("title", ["Others", "sources", ""])
def test_another_heading_in_a_note_is_found(title: str, tmp_path: Path) -> None:
    body = (_paragraph(m.Text("One"), m.NoteReference("a")),)
    titles = ((m.Text("Sources"),), (m.Text(title),) if title else ())
    good, bad = (m.Publication(ABOUT, body=body, notes=_notes((_section(*words),))) for words in titles)
    assert _findings(good, tmp_path / "good.docx", good) == []
    assert _findings(good, tmp_path / "bad.docx", bad) != []


def test_a_link_around_the_last_of_some_formulas_is_not_around_the_first(tmp_path: Path) -> None:
    def text(*inlines: m.Inline) -> m.Publication:
        return m.Publication(ABOUT, body=(_paragraph(*inlines),))

    link = m.Link((FORMULA,), "https://example.org/")
    assert _findings(text(FORMULA, link), tmp_path / "good.docx", text(FORMULA, link)) == []
    assert _findings(text(FORMULA, link), tmp_path / "bad.docx", text(link, FORMULA)) != []
