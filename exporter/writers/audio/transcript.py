"""What others need to know of the recording: when each utterance is heard, as JSON and as WebVTT."""

from __future__ import annotations

import msgspec

from exporter.writers.audio.timing import Heard, Mark


class ClipFact(msgspec.Struct, frozen=True, omit_defaults=True):
    """An utterance for overlays, DAISY and the download page."""

    node: str
    """`At.id` of the nearest node that has one; empty for what is not in the tree."""
    begin: float
    """Seconds from the start of the recording."""
    end: float
    text: str
    language: str
    kind: str
    chapter: int
    """Place in `chapters`."""
    speaker: str = ""
    section: str = ""


class ChapterFact(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chapter of the recording."""

    title: str
    begin: float
    end: float
    level: int = 0
    section: str = ""


def facts(heard: list[Heard], marks: list[Mark], language: str) -> dict[str, bytes]:
    """Give the side facts: `clips` and `chapters` as JSON lists, `transcript.vtt` as WebVTT in UTF-8."""
    clips = [
        ClipFact(
            node=each.utterance.node,
            begin=round(each.begin, 3),
            end=round(each.end, 3),
            text=each.utterance.text,
            language=each.utterance.language,
            kind=each.utterance.kind.value,
            chapter=each.utterance.chapter,
            speaker=each.utterance.speaker,
            section=each.utterance.section,
        )
        for each in heard
    ]
    chapters = [
        ChapterFact(
            mark.chapter.title, round(mark.begin, 3), round(mark.end, 3), mark.chapter.level, mark.chapter.section
        )
        for mark in marks
    ]
    return {
        "clips": msgspec.json.encode(clips),
        "chapters": msgspec.json.encode(chapters),
        "transcript.vtt": webvtt(heard, language).encode(),
    }


def webvtt(heard: list[Heard], language: str) -> str:
    """Give the transcript as WebVTT: one cue an utterance, its speaker and its language marked (W3C WebVTT 3)."""
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
