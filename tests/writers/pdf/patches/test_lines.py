"""Words break only where they must, and lines joined by their characters alone give the words of the text."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path

import pytest

from exporter import model as m
from exporter import programs, transforms
from exporter.writers.pdf.options import PageSize, When
from exporter.writers.pdf.patches import lines
from tests.writers.pdf.made import make
from tests.writers.pdf.patches.pages import render, words
from tests.writers.sample import p, text

MARKUP = (
    "as the Court ordered in <em>Tzompaxtle Tecpile</em> and <em>García Rodríguez</em> and <b><i>elsewhere</i></b>."
)
WORDS = {"as", "the", "Court", "ordered", "in", "Tzompaxtle", "Tecpile", "and", "García", "Rodríguez", "elsewhere."}
SENTENCE = "The Court ordered the State to abolish well-known and long-criticised forms of detention before trial."


def lines_of(folder: Path, body: str, width: float) -> list[str]:
    from weasyprint.formatting_structure import boxes

    css = f"p {{ width: {width}pt; overflow-wrap: anywhere; font: 11pt 'Source Serif 4' }}"
    return [
        words(box)
        for page in render(folder, body, css).pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.LineBox)
    ]


def torn_words(folder: Path, around: str) -> set[str]:
    """Return the parts of words that lines of some widths hold."""
    torn: set[str] = set()
    for width in range(70, 200, 10):
        found = lines_of(folder, f"<p>{around.format(MARKUP)}</p>", width)
        assert len(found) > 2
        torn |= {word for line in found for word in line.split()} ^ WORDS
    return torn


@pytest.mark.parametrize("around", ["{}", "<span>{}</span>", "<a><span>{}</span></a>"])
def test_no_word_is_torn_that_fits_on_a_line(around: str, tmp_path: Path) -> None:
    assert torn_words(tmp_path, around) == set()


def test_weasyprint_still_tears_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the patches of `split_inline_box` and `split_inline_level` can be deleted."""
    monkeypatch.setattr(lines, "patched_layout", nullcontext)
    assert torn_words(tmp_path, "<span>{}</span>")


@pytest.mark.parametrize("around", ["{}", "<span>{}</span>", "<a><span>see <em>{}</em></span></a>"])
def test_a_word_longer_than_the_line_still_breaks(around: str, tmp_path: Path) -> None:
    word = "Rechtsschutzversicherungsgesellschaften" * 2
    found = lines_of(tmp_path, f"<p>{around.format(word)}</p>", 100)
    assert len(found) > 3
    assert "".join(found).removeprefix("see ").replace("see", "").strip() == word


def publication(*blocks: m.Block) -> m.Publication:
    made = m.Publication(m.Metadata(title="T", language="en"), body=blocks)
    return transforms.apply(made, "made")


def told(path: Path) -> str:
    """Return the characters of the text in the order of the structure tree, with nothing put between them."""
    listed = programs.run(["pdfinfo", "-struct-text", str(path)], seconds=60).stdout.decode()
    return "".join(re.findall(r'^ *"(.*)"$', listed, re.MULTILINE))


def broken(folder: Path, *inlines: m.Inline) -> str:
    """Return what is told of a paragraph that begins a little further to the right with each repetition."""
    repeated = [m.Paragraph((text("i" * place + ": "), *inlines)) for place in range(1, 40, 3)]
    made = make(folder, publication(m.Section((text("One"),), tuple(repeated))), page_size=PageSize.A5)
    return told(made.path)


@pytest.mark.parametrize(
    "inlines",
    [
        (text(SENTENCE),),
        (text("The Court "), m.Emphasis((text("ordered"),)), *(text(f" {word}") for word in SENTENCE.split()[3:])),
        pytest.param(
            tuple(part for word in SENTENCE.split() for part in (m.Strong((text(word),)), text(" "))),
            marks=pytest.mark.proof,
        ),
        pytest.param(
            tuple(
                m.Link((text(word),), target="https://example.org/") if place % 2 else text(f" {word} ")
                for place, word in enumerate(SENTENCE.split())
            ),
            marks=pytest.mark.proof,
        ),
    ],
    ids=["words", "one link", "spaces between", "spaces around"],
)
@pytest.mark.usefixtures("poppler")
def test_words_on_two_lines_stay_two(inlines: tuple[m.Inline, ...], tmp_path: Path) -> None:
    assert " ".join(broken(tmp_path, *inlines).split()).count(SENTENCE) == 13


@pytest.mark.usefixtures("poppler")
def test_a_word_that_breaks_at_its_hyphen_gets_no_space(tmp_path: Path) -> None:
    found = broken(tmp_path, *(text("one-two-three-four-five-six-seven-eight-nine-ten ") for _ in range(3)))
    assert "- " not in found
    assert found.count("one-two-three-four-five-six-seven-eight-nine-ten") == 39


@pytest.mark.usefixtures("poppler")
def test_lines_of_code_and_of_an_address_are_parted(tmp_path: Path) -> None:
    blocks = (
        m.CodeBlock("for case in cases:\n    print(case)\ndone"),
        m.Paragraph((text("First street"), m.LineBreak(), text("Second town"))),
    )
    found = " ".join(told(make(tmp_path, publication(*blocks)).path).split())
    assert "for case in cases: print(case) done" in found
    assert "First street Second town" in found


@pytest.mark.usefixtures("poppler")
def test_an_entry_of_the_contents_is_parted_from_its_page(tmp_path: Path) -> None:
    sections = [m.Section((text(f"Chapter {place}"),), (p("Text."),)) for place in "abc"]
    made = make(tmp_path, publication(*sections), contents=When.ALWAYS)
    assert re.search(r"Chapter a \d+Chapter b \d+Chapter c \d+", told(made.path))


@pytest.mark.usefixtures("poppler")
def test_the_number_of_a_note_is_parted_from_the_note(tmp_path: Path) -> None:
    note = m.Note("n", (m.Paragraph((m.Emphasis((text("Hallazgos"),)), text(", 2024."))),))
    marks = m.Paragraph((text("Once"), m.NoteReference("n"), text(" and twice"), m.NoteReference("n")))
    made = m.Publication(m.Metadata(title="T", language="en"), body=(marks,), notes=(note,))
    assert "1 b Hallazgos, 2024." in told(make(tmp_path, transforms.apply(made, "made")).path)


@pytest.mark.usefixtures("poppler")
def test_weasyprint_still_drops_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, `remove_last_whitespace` and `draw_text` need no patches."""
    monkeypatch.setattr(lines, "patched_layout", nullcontext)
    assert " ".join(broken(tmp_path, text(SENTENCE)).split()).count(SENTENCE) < 13
