"""Lines put together by their characters alone give the words of the text, wherever they were broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter import model as m
from exporter import programs, transforms
from exporter.writers.pdf.options import PageSize, When
from tests.writers.pdf.made import make
from tests.writers.sample import p, text

pytestmark = pytest.mark.usefixtures("poppler")

SENTENCE = "The Court ordered the State to abolish well-known and long-criticised forms of detention before trial."


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
        tuple(part for word in SENTENCE.split() for part in (m.Strong((text(word),)), text(" "))),
        tuple(
            m.Link((text(word),), target="https://example.org/") if place % 2 else text(f" {word} ")
            for place, word in enumerate(SENTENCE.split())
        ),
    ],
    ids=["words", "one link", "spaces between", "spaces around"],
)
def test_words_on_two_lines_stay_two(inlines: tuple[m.Inline, ...], tmp_path: Path) -> None:
    assert " ".join(broken(tmp_path, *inlines).split()).count(SENTENCE) == 13


def test_a_word_that_breaks_at_its_hyphen_gets_no_space(tmp_path: Path) -> None:
    found = broken(tmp_path, *(text("one-two-three-four-five-six-seven-eight-nine-ten ") for _ in range(3)))
    assert "- " not in found
    assert found.count("one-two-three-four-five-six-seven-eight-nine-ten") == 39


def test_lines_of_code_and_of_an_address_are_parted(tmp_path: Path) -> None:
    blocks = (
        m.CodeBlock("for case in cases:\n    print(case)\ndone"),
        m.Paragraph((text("First street"), m.LineBreak(), text("Second town"))),
    )
    found = " ".join(told(make(tmp_path, publication(*blocks)).path).split())
    assert "for case in cases: print(case) done" in found
    assert "First street Second town" in found


def test_an_entry_of_the_contents_is_parted_from_its_page(tmp_path: Path) -> None:
    sections = [m.Section((text(f"Chapter {place}"),), (p("Text."),)) for place in "abc"]
    made = make(tmp_path, publication(*sections), contents=When.ALWAYS)
    assert re.search(r"Chapter a \d+Chapter b \d+Chapter c \d+", told(made.path))


def test_the_number_of_a_note_is_parted_from_the_note(tmp_path: Path) -> None:
    note = m.Note("n", (m.Paragraph((m.Emphasis((text("Hallazgos"),)), text(", 2024."))),))
    marks = m.Paragraph((text("Once"), m.NoteReference("n"), text(" and twice"), m.NoteReference("n")))
    made = m.Publication(m.Metadata(title="T", language="en"), body=(marks,), notes=(note,))
    assert "1 b Hallazgos, 2024." in told(make(tmp_path, transforms.apply(made, "made")).path)
