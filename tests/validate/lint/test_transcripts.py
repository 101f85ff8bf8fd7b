"""Words of one speaker that would be read as another's."""

from __future__ import annotations

import pytest

from exporter.readers import markdown
from exporter.transforms import apply
from exporter.validate.lint import lint

HEAD = "---\ntitle: T\nlang: en-GB\nkind: dispatch\ndate: 2026-03-01\npublisher: P\ndescription: D.\n---\n\n"


def found(*paragraphs: str) -> list[tuple[int, str]]:
    """Return the lines, counted inside the transcript, at which nobody is named."""
    text = "\n\n".join(paragraphs)
    read = markdown.read(f"{HEAD}::: transcript\n{text}\n:::\n".encode(), "manuscript.md")
    findings = lint(apply(read.publication, "slug"))
    return [
        ((one.source.line if one.source else 0) - HEAD.count("\n") - 1, one.message)
        for one in findings
        if one.rule == "turn-speaker-missing"
    ]


NARRATOR = "**Narrator:** People wait."
MARISOL = "**“Marisol”, asylum seeker:** I wait too."


@pytest.mark.parametrize(
    "lost",
    [
        "**Narrator** The gate opens.",
        "Narrator: The gate opens.",
        "**Narrator, off** The gate opens.",
        "Marisol: The gate opens.",
        "“Marisol”, asylum seeker: The gate opens.",
    ],
)
def test_a_name_without_bold_or_colon_is_pointed_at(lost: str) -> None:
    assert [line for line, _ in found(NARRATOR, MARISOL, lost)] == [5]
    assert [line for line, _ in found(lost, NARRATOR, MARISOL)] == [1]


def test_a_speaker_who_is_never_written_rightly_is_pointed_at_too() -> None:
    assert [line for line, _ in found("**Ana** The gate opens.", NARRATOR)] == [1]
    assert [line for line, _ in found("Ana: The gate opens.", "Ana: And closes.", NARRATOR)] == [1, 3]


def test_a_transcript_in_which_nobody_speaks_says_so() -> None:
    assert found("Narrator: People wait.", "Ana: I wait too.") == [
        (0, "The transcript has no speakers: no paragraph begins with a name.")
    ]


@pytest.mark.parametrize(
    "kept",
    [
        "She has waited for three days.",
        "One thing is certain: the gate is closed.",
        "*(Narrator: a car passes.)*",
        "Place: Tapachula.",
        "The narrator said: People wait.",
    ],
)
def test_what_goes_on_with_a_turn_is_left_in_peace(kept: str) -> None:
    assert found(NARRATOR, MARISOL, kept) == []
    assert found(kept, NARRATOR, MARISOL) == []


def test_words_in_bold_are_taken_for_a_name_before_the_first_turn_alone() -> None:
    assert found(NARRATOR, MARISOL, "**Nobody** came to the gate.") == []
    assert [line for line, _ in found("**Nobody** came to the gate.", NARRATOR, MARISOL)] == [1]
