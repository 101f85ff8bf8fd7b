"""What the audio edition has to say about itself."""

from __future__ import annotations

from exporter.findings import Rule, Severity
from exporter.speech import loudness
from exporter.speech.synthesiser import ClipIssue

CLIP = Rule(
    id="audio-clip",
    severity=Severity.WARNING,
    sentence="Each clip of the recording is as long as its text needs, and speech is heard in it.",
    advice="Listen to this place; write the words out, add them to the lexicon, or choose another voice.",
)
LOUDNESS = Rule(
    id="audio-loudness",
    severity=Severity.WARNING,
    sentence=f"The recording is at {loudness.TARGET:g} LUFS, one more or less (EBU R 128).",
    advice="Choose another voice, or tell the house which voice came out too loud or too quiet.",
    clause="EBU R 128",
)
COVER = Rule(
    id="audio-cover",
    severity=Severity.NOTE,
    sentence="The cover of a recording is a JPEG or PNG picture.",
    advice="Give a cover as JPEG or PNG for players to show it.",
)
RULES = (CLIP, LOUDNESS, COVER)

_DOUBTS = {
    ClipIssue.SILENT: "Nothing is heard where the text is “{text}”.",
    ClipIssue.SHORT: "The clip of {seconds:.1f} seconds is too short for its text, “{text}”.",
    ClipIssue.LONG: "The clip of {seconds:.1f} seconds is too long for its text, “{text}”.",
    ClipIssue.NOISE: "Noise and no speech is heard where the text is “{text}”.",
}


def doubtful(doubt: ClipIssue, text: str, seconds: float) -> str:
    """Return the sentence on a clip that cannot be right."""
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    return _DOUBTS[doubt].format(text=shown, seconds=seconds)
