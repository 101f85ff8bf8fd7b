"""Turns and speakers of transcripts (WCAG 1.2.1)."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from exporter.findings import Finding, Rule, Severity, quoted
from exporter.model import Cue, Inlines, Paragraph, Strong, Text, Transcript, Turn
from exporter.model.text_keys import letters_key
from exporter.model.walk import images, plain_text
from exporter.validate.lint.document_index import DocumentIndex

UNNAMED = Rule(
    id="turn-speaker-missing",
    severity=Severity.WARNING,
    sentence="Each turn of a transcript has a speaker.",
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
    sentence="The name of a speaker has the same spelling throughout.",
    advice="Spell the name the same everywhere: the audio edition gives each spelling its own voice.",
)
UNMARKED = Rule(
    id="interview-unmarked",
    severity=Severity.NOTE,
    sentence="Interviews and scripts are transcripts, with a speaker for each turn.",
    advice="If people speak in turn here, put ::: transcript before the first line, ::: after the last, and the names "
    "in bold: each speaker has a voice in the audio edition.",
    clause="WCAG 1.3.1",
)

RULES = (UNNAMED, EMPTY, SPELLING, UNMARKED)

_LEAST_TURNS = 4
_WORDS = 5
"""Words that a person says once at least, and that an entry of a form seldom has; most words of a name."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟][»”’\"')\]]*\s*$")
_NUMBER = re.compile(r"\d")
_BEFORE_COLON = re.compile(r"\s*([^(\[（:：.!?][^:：.!?]{0,59})[:：]\s")
_ROLE = re.compile(r"\s*[,،，、]\s*")


def check(index: DocumentIndex) -> Iterator[Finding]:
    """Check the transcripts."""
    first_spellings: dict[str, str] = {}
    for turn, indexed in index.of_type(Turn):
        name = turn.speaker.name
        words = plain_text(turn.children)
        if not name.strip():
            yield UNNAMED.finding(f"The turn {quoted(words)} has no speaker.", indexed.source)
        elif (first := first_spellings.setdefault(letters_key(name), name)) != name:
            message = f"The name of the speaker is {quoted(name)} here and {quoted(first)} before."
            yield SPELLING.finding(message, indexed.source)
        if not words and next(images(turn.children), None) is None:
            yield EMPTY.finding(f"The turn of {quoted(name)} has no words.", indexed.source)
    for transcript, indexed in index.of_type(Transcript):
        if not transcript.turns:
            yield EMPTY.finding("The transcript has no turns.", indexed.source)
        elif not any(isinstance(part, Turn) for part in transcript.turns):
            yield UNNAMED.finding("The transcript has no speakers: no paragraph begins with a name.", indexed.source)
        else:
            yield from _unmarked_turns(transcript)
    for blocks in index.sibling_blocks():
        for is_text, texts in itertools.groupby(blocks, lambda block: isinstance(block, Paragraph)):
            if is_text:
                yield from _unmarked_transcript([block for block in texts if isinstance(block, Paragraph)])


def _unmarked_transcript(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Find paragraphs one below the other that begin with the names of at least two people in turn, and a colon."""
    turns = [
        (paragraph, match[1], text[match.end() :])
        for paragraph in paragraphs
        if (match := _BEFORE_COLON.match(text := plain_text(paragraph))) and _may_be_name(match[1])
    ]
    lengths: dict[str, list[int]] = defaultdict(list)
    for _, label, words in turns:
        lengths[letters_key(_ROLE.split(label, maxsplit=1)[0])].append(len(words.split()))
    speakers = [own for own in lengths.values() if len(own) > 1 and max(own) >= _WORDS]
    sentences = sum(_SENTENCE_END.search(words) is not None for *_, words in turns)
    is_dense = len(turns) >= _LEAST_TURNS and len(turns) * 2 > len(paragraphs)
    if is_dense and len(speakers) > 1 and sentences * 3 >= len(turns) * 2:
        first = turns[0][0]
        from_ = f"The {len(turns)} paragraphs from {quoted(plain_text(first))} on"
        message = f"{from_} begin with a word or a name and a colon, as in an interview or a script."
        yield UNMARKED.finding(message, first.at.source)


def _may_be_name(words: str) -> bool:
    return words[0].isalpha() and not words[0].islower() and not _NUMBER.search(words) and len(words.split()) <= _WORDS


def _unmarked_turns(transcript: Transcript) -> Iterator[Finding]:
    """Find paragraphs that begin with a speaker's name but are no turn: they would be read as another's words."""
    names = {letters_key(turn.speaker.name) for turn in transcript.turns if isinstance(turn, Turn)} - {""}
    # Only names begin in bold before the first turn, or twice with the same words and a colon.
    openings = Counter(letters_key(_opening(part.children)) for part in transcript.turns if isinstance(part, Cue))
    names |= {name for name, count in openings.items() if name and count > 1}
    for part in transcript.turns:
        paragraphs = part.children[1:] if isinstance(part, Turn) else (part,)
        for paragraph in paragraphs:
            if not isinstance(paragraph, Paragraph | Cue):
                continue
            begins_bold = (
                isinstance(paragraph, Cue) and len(paragraph.children) > 1 and isinstance(paragraph.children[0], Strong)
            )
            if begins_bold or letters_key(_opening(paragraph.children)) in names:
                words = quoted(plain_text(paragraph.children))
                yield UNNAMED.finding(f"The paragraph {words} begins with a name, but is no turn.", paragraph.at.source)


def _opening(children: Inlines) -> str:
    """Return the words in the position of a name: words in bold at the start, or before a colon, without the role."""
    match children:
        case (Strong() as bold, *_):
            words = plain_text(bold)
        case (Text(text=text), *_) if match := _BEFORE_COLON.match(text):
            words = match[1]
        case _:
            return ""
    return _ROLE.split(words.rstrip(" :："), maxsplit=1)[0]
