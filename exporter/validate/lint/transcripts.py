"""Scripts and interviews in which every voice is known."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.model import Transcript, Turn
from exporter.model.walk import images, plain_text
from exporter.validate.lint.survey import Survey
from exporter.validate.lint.words import quoted

UNNAMED = Rule(
    id="turn-speaker-missing",
    severity=Severity.WARNING,
    sentence="Each turn of a transcript says who speaks.",
    advice="Begin it with the name in bold, such as **Narrator:** or **Ana, witness:**.",
    clause="WCAG 1.2.1, 1.2.3",
)
EMPTY = Rule(
    id="turn-empty",
    severity=Severity.WARNING,
    sentence="Each turn of a transcript has words.",
    advice="Write what the speaker says, or delete the turn.",
    clause="WCAG 1.2.1",
)
SPELLING = Rule(
    id="speaker-spelling",
    severity=Severity.WARNING,
    sentence="A speaker is spelled the same throughout.",
    advice="Spell the name the same everywhere: the audio edition gives each spelling a voice of its own.",
)

RULES = (UNNAMED, EMPTY, SPELLING)


def check(survey: Survey) -> Iterator[Finding]:
    """Look at the transcripts."""
    spellings: dict[str, str] = {}
    for turn, met in survey.of(Turn):
        name = turn.speaker.name
        words = plain_text(turn.children)
        if not name.strip():
            yield UNNAMED.finding(f"Nobody is named as the speaker of {quoted(words)}.", met.source)
        elif (usual := spellings.setdefault(_alike(name), name)) != name:
            yield SPELLING.finding(f"The speaker is called {quoted(name)} here and {quoted(usual)} before.", met.source)
        if not words and next(images(turn.children), None) is None:
            yield EMPTY.finding(f"The turn of {quoted(name)} has no words.", met.source)
    for transcript, met in survey.of(Transcript):
        if not transcript.turns:
            yield EMPTY.finding("The transcript has no turns.", met.source)


def _alike(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
