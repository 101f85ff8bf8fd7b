"""The transcript: what is heard, and when, as WebVTT."""

from __future__ import annotations

from exporter.writers.audio.timing import TimedUtterance


def webvtt(heard: list[TimedUtterance], language: str) -> str:
    """Return the transcript as WebVTT: one cue an utterance, its speaker and its language marked (W3C WebVTT 3)."""
    cues = ["WEBVTT\n"]
    for each in heard:
        said = _escape(each.utterance.text or each.utterance.spoken)
        if each.utterance.language != language and each.utterance.language:
            said = f"<lang {each.utterance.language}>{said}</lang>"
        if each.utterance.speaker:
            said = f"<v {_escape(each.utterance.speaker)}>{said}"
        cues.append(f"{_clock(each.begin)} --> {_clock(max(each.end, each.begin + 0.001))}\n{said}\n")
    return "\n".join(cues)


def _escape(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
