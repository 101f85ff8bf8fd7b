"""Transcripts against the recording that they belong to, or where that is not at hand, against the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from exporter.findings import Finding
from exporter.model import Publication
from exporter.model.east_asian import join_lines
from exporter.parity import rules
from exporter.parity.audio.expected import units
from exporter.parity.audio.recording import TimedText
from exporter.parity.content import letters

QUOTED = 60
SHOWN = 20
"""Differences that are named; a transcript of another recording differs everywhere."""
NEAR = 0.06


def against_script(
    cues: Sequence[TimedText], clips: Sequence[TimedText], language: str, *, timed: bool
) -> Iterator[Finding]:
    """Compare cues with utterances, one by one.

    Args:
        cues: Of the transcript.
        clips: Of the recording; one without text of its own reads a formula, whose words the transcript has.
        language: Of the whole, which cues do not name.
        timed: Whether both are in seconds from the same start.
    """
    left, right = [_key(clip) for clip in clips], [_key(clip) for clip in cues]
    count = 0
    for tag, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            for clip, cue in zip(clips[start:end], cues[first:last], strict=True):
                yield from _cue(clip, cue, language, timed=timed)
            continue
        for index in range(max(end - start, last - first)):
            expected = clips[start + index] if start + index < end else None
            actual = cues[first + index] if first + index < last else None
            if expected is not None and actual is not None and not left[start + index]:
                continue
            count += 1
            if count <= SHOWN:
                yield rules.TRANSCRIPT.finding(_differing(expected, actual))


def against_tree(publication: Publication, cues: Sequence[TimedText]) -> Iterator[Finding]:
    """Look for the words of the tree in the transcript, in any place."""
    whole = "".join(letters(cue.text) for cue in cues)
    # What is said between the sentences of a paragraph, such as the mark of a note, parts its words.
    cue_texts = {letters(cue.text) for cue in cues}
    for unit in units(publication).units:
        if any(part not in whole and not _in_parts(part, cue_texts) for part in unit.parts):
            shown = unit.text[:QUOTED]
            yield rules.TRANSCRIPT.finding(f"The {unit.kind} “{shown}” is not in the transcript.", unit.source)


def _in_parts(words: str, cues: set[str]) -> bool:
    """Return whether words are made of cues, whole but for what is before the first word and after the last one."""
    ends = {0} | {length for length in range(1, len(words)) if any(cue.endswith(words[:length]) for cue in cues)}
    for begin in range(len(words)):
        if begin in ends:
            ends.update(begin + len(cue) for cue in cues if cue and words.startswith(cue, begin))
    return any(cue.startswith(words[end:]) for end in ends for cue in cues)


def _key(clip: TimedText) -> str:
    return join_lines(clip.transcription or clip.text)


def _differing(expected: TimedText | None, actual: TimedText | None) -> str:
    if expected is None:
        assert actual is not None
        return f"“{actual.text[:QUOTED]}” is in the transcript, and nobody says it."
    if actual is None:
        return f"“{expected.text[:QUOTED]}” is said, and is not in the transcript."
    return f"“{expected.text[:QUOTED]}” is “{actual.text[:QUOTED]}” in the transcript."


def _cue(clip: TimedText, cue: TimedText, language: str, *, timed: bool) -> Iterator[Finding]:
    shown = f"“{clip.text[:QUOTED]}”"
    if timed and abs(clip.begin - cue.begin) > NEAR:
        yield rules.TRANSCRIPT.finding(f"{shown} is heard at {clip.begin:.3f}, and stands at {cue.begin:.3f}.")
    if timed and abs(clip.end - cue.end) > NEAR:
        yield rules.TRANSCRIPT.finding(f"{shown} is heard until {clip.end:.3f}, and stands until {cue.end:.3f}.")
    if (cue.language or language).lower() != (clip.language or language).lower():
        actual, expected = cue.language or language, clip.language
        yield rules.PASSAGES.finding(f"{shown} is in {actual} in the transcript, and spoken in {expected}.")
    if " ".join(cue.speaker.split()) != " ".join(clip.speaker.split()):
        actual, expected = cue.speaker or "nobody", clip.speaker or "nobody"
        yield rules.SPEAKERS.finding(f"{shown} is said by {expected}, in the transcript by {actual}.")
