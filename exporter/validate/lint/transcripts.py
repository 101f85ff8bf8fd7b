"""Scripts and interviews in which every voice is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Cue, Inlines, Paragraph, Strong, Text, Transcript, Turn
from exporter.model.walk import images, plain_text
from exporter.validate.lint.document_index import DocumentIndex

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


_LEAD = re.compile(r"\s*([^(\[（:：.!?][^:：.!?]{0,59})[:：]\s")
_ROLE = re.compile(r"\s*[,،，、]\s*")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Look at the transcripts."""
    spellings: dict[str, str] = {}
    for turn, met in index.of(Turn):
        name = turn.speaker.name
        words = plain_text(turn.children)
        if not name.strip():
            yield UNNAMED.finding(f"Nobody is named as the speaker of {quoted(words)}.", met.source)
        elif (usual := spellings.setdefault(_alike(name), name)) != name:
            yield SPELLING.finding(f"The speaker is called {quoted(name)} here and {quoted(usual)} before.", met.source)
        if not words and next(images(turn.children), None) is None:
            yield EMPTY.finding(f"The turn of {quoted(name)} has no words.", met.source)
    for transcript, met in index.of(Transcript):
        if not transcript.turns:
            yield EMPTY.finding("The transcript has no turns.", met.source)
        elif not any(isinstance(part, Turn) for part in transcript.turns):
            yield UNNAMED.finding("Nobody speaks in this transcript: no paragraph begins with a name.", met.source)
        else:
            yield from _unmarked(transcript)


def _unmarked(transcript: Transcript) -> Iterator[Finding]:
    """Point at paragraphs that begin with a speaker's name and are no turn: they would be somebody else's words."""
    names = {_alike(turn.speaker.name) for turn in transcript.turns if isinstance(turn, Turn)} - {""}
    # Nobody else begins in bold before the first turn, or twice with the same words and a colon.
    before = Counter(_alike(_opening(part.children)) for part in transcript.turns if isinstance(part, Cue))
    names |= {name for name, count in before.items() if name and count > 1}
    for part in transcript.turns:
        inside = part.children[1:] if isinstance(part, Turn) else (part,)
        for paragraph in inside:
            if not isinstance(paragraph, Paragraph | Cue):
                continue
            bold = (
                isinstance(paragraph, Cue) and len(paragraph.children) > 1 and isinstance(paragraph.children[0], Strong)
            )
            if bold or _alike(_opening(paragraph.children)) in names:
                words = quoted(plain_text(paragraph.children))
                yield UNNAMED.finding(f"{words} begins with a name as a turn does, but is none.", paragraph.at.source)


def _opening(children: Inlines) -> str:
    """Return what stands where a name would: words in bold that begin it, or those before a colon, without the role."""
    match children:
        case (Strong() as bold, *_):
            words = plain_text(bold)
        case (Text(text=text), *_) if lead := _LEAD.match(text):
            words = lead[1]
        case _:
            return ""
    return _ROLE.split(words.rstrip(" :："), maxsplit=1)[0]


def _alike(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
