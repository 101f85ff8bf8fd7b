from __future__ import annotations

import pytest

from exporter.model import Cue, Speaker, Transcript, Turn
from exporter.model.walk import plain_text
from tests.readers.markdown.reading import body, line, rules

SCRIPT = """::: transcript
*(Toluca, Mexico)*

**“Elizabeth”, asylum seeker:** We left our country.

**Narrator:** Elizabeth is one of many.

A paragraph that names no speaker goes on.

*(Music)*

And on.

[**Ana**]{voice=es-2}: Sí.

**Ben** : Oui.
:::
"""


def _script(text):
    (transcript,) = body(text)
    assert isinstance(transcript, Transcript)
    return transcript.turns


def test_turns_speakers_roles_and_cues():
    turns = _script(SCRIPT)
    assert [type(turn) for turn in turns] == [Cue, Turn, Turn, Cue, Turn, Turn, Turn]
    assert [turn.speaker for turn in turns if isinstance(turn, Turn)] == [
        Speaker("“Elizabeth”", "asylum seeker"),
        Speaker("Narrator"),
        Speaker("Narrator"),
        Speaker("Ana", voice="es-2"),
        Speaker("Ben"),
    ]
    assert [plain_text(turn) for turn in turns] == [
        "(Toluca, Mexico)",
        "We left our country.",
        "Elizabeth is one of many. A paragraph that names no speaker goes on.",
        "(Music)",
        "And on.",
        "Sí.",
        "Oui.",
    ]
    assert [line(turn) for turn in turns] == [2, 4, 6, 10, 12, 14, 16]


@pytest.mark.parametrize("lead", ["**A, b:** x", "**A, b**: x", "**A, b：** x", "**A، b:** x", "**A, b:**\nx"])
def test_the_lead_in_takes_several_forms(lead):
    (turn,) = _script(f"::: transcript\n{lead}\n:::")
    assert isinstance(turn, Turn)
    assert (turn.speaker, plain_text(turn)) == (Speaker("A", "b"), "x")


def test_bold_words_without_a_colon_begin_no_turn():
    (turn,) = _script("::: transcript\n**A:** x\n\n**Bold** words\n:::")
    assert isinstance(turn, Turn)
    assert len(turn.children) == 2


@pytest.mark.parametrize("text", ["::: transcript\n- a\n:::", "::: transcript\n**A:**\n:::"])
def test_a_transcript_that_names_nobody_or_says_nothing_is_a_finding(text):
    assert rules(text) == [("transcript-unreadable", 2)]
