"""Transcript as WebVTT."""

from __future__ import annotations

from exporter.writers.audio.timing import TimedUtterance


def format_webvtt(utterances: list[TimedUtterance], language: str) -> str:
    """Return the transcript as WebVTT: one cue for each utterance, with its speaker and language (W3C WebVTT 3)."""
    cues = ["WEBVTT\n"]
    for timed in utterances:
        cue_text = _escape(timed.utterance.text or timed.utterance.spoken)
        if timed.utterance.language != language and timed.utterance.language:
            cue_text = f"<lang {timed.utterance.language}>{cue_text}</lang>"
        if timed.utterance.speaker:
            cue_text = f"<v {_escape(timed.utterance.speaker)}>{cue_text}"
        cues.append(f"{_clock(timed.begin)} --> {_clock(max(timed.end, timed.begin + 0.001))}\n{cue_text}\n")
    return "\n".join(cues)


def _escape(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
