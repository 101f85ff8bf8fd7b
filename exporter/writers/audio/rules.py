"""Rules of the audio edition."""

from __future__ import annotations

from exporter.findings import Rule, Severity
from exporter.speech import loudness
from exporter.speech.synthesiser import ClipIssue

CLIP = Rule(
    id="audio-clip",
    severity=Severity.WARNING,
    sentence="Every clip of the recording is as long as its text needs, and contains speech.",
    advice="Listen to this clip; write the words out, add them to the lexicon, or choose another voice.",
)
LOUDNESS = Rule(
    id="audio-loudness",
    severity=Severity.WARNING,
    sentence=f"The recording is at {loudness.TARGET:g} LUFS, one more or less (EBU R 128).",
    advice="Choose another voice, and report which voice is too loud or too quiet.",
    clause="EBU R 128",
)
RULES = (CLIP, LOUDNESS)

_MESSAGES = {
    ClipIssue.SILENT: "Silence instead of “{text}”.",
    ClipIssue.SHORT: "The clip is too short ({seconds:.1f} seconds) for its text, “{text}”.",
    ClipIssue.LONG: "The clip is too long ({seconds:.1f} seconds) for its text, “{text}”.",
    ClipIssue.NOISE: "Noise instead of speech: “{text}”.",
}


def clip_issue_message(issue: ClipIssue, text: str, seconds: float) -> str:
    """Return the message about a defective clip."""
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    return _MESSAGES[issue].format(text=shown, seconds=seconds)
