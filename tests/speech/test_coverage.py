"""No word of the tree is missing from the script."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter.model.walk import headings, plain_text, walk
from exporter.speech.options import NotePlacement, SpeechOptions
from exporter.speech.utterance import UtteranceKind as K
from exporter.transforms import apply
from tests.speech.trees import told
from tests.trees import PUBLICATIONS, examples

# A tree takes long to make smaller: what fails is shown as it was found.
UNHURRIED = settings(
    max_examples=examples(25),
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)

_OURS = {K.ANNOUNCEMENT, K.OPENING, K.CLOSING, K.MARKER, K.NOTE_REFERENCE, K.SPEAKER}


def bare(text: str) -> str:
    """Letters and digits alone: what a word is made of."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def texts(publication: m.Publication) -> list[str]:
    """What each leaf of the tree says."""
    found: list[str] = []
    for node in walk(publication):
        match node:
            case m.Text(text) | m.Code(text) | m.Abbreviation(text) | m.CodeBlock(text):
                found.append(text)
            case m.MathBlock(_, tex) | m.Math(_, tex):
                found.append(tex)
            case m.Image(_, m.Described(text)):
                found.append(text)
            case _:
                pass
    return found


@UNHURRIED
@given(PUBLICATIONS)
def test_every_word_of_the_tree_is_said_and_every_chapter_is_a_heading(raw: m.Publication) -> None:
    publication = apply(raw, "slug")
    for place in NotePlacement:
        script = told(publication, SpeechOptions(notes=place))
        everything = bare("".join(each.text for each in script.utterances if each.kind not in _OURS))
        for words in texts(publication):
            # No comparison of long texts by pytest: it would take minutes.
            if bare(words) not in everything:
                raise AssertionError(f"missing: {words!r}")
        titled = [each for each in script.chapters if each.level]
        expected = [(each.level, plain_text(each.section.title)) for each in headings(publication)]
        if [(each.level, each.title) for each in titled] != expected:
            raise AssertionError(f"{len(titled)} chapters for {len(expected)} headings, or others")


@UNHURRIED
@given(PUBLICATIONS)
def test_utterances_stand_in_chapters_that_exist_and_never_go_back(raw: m.Publication) -> None:
    script = told(apply(raw, "slug"))
    places = [each.chapter for each in script.utterances]
    assert places == sorted(places)
    assert not places or places[-1] == len(script.chapters) - 1
    assert all(each.language and each.after >= 0 and each.before >= 0 for each in script.utterances)
