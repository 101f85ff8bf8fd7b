"""What others need to know of the recording: when each utterance is heard, and where the chapters begin."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exporter.contracts import WriteContext
from exporter.findings import Finding
from exporter.model import Publication
from exporter.writers.audio import Options
from exporter.writers.audio.recording import tape
from exporter.writers.audio.timing import TimedChapter, TimedUtterance
from exporter.writers.audio.webvtt import webvtt

EDITION = "audio"
NAMES = ("clips", "chapters", "transcript.vtt")


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


def facts(heard: list[TimedUtterance], marks: list[TimedChapter], language: str) -> dict[str, bytes]:
    """Return the side facts: `clips` and `chapters` as JSON lists, `transcript.vtt` as WebVTT in UTF-8."""
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


def facts_of(
    publication: Publication, context: WriteContext, edition: str
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Return the facts that the audio edition handed on; where it is not made, those of a recording of its own.

    Args:
        publication: With ids on its nodes.
        context: With the settings of the audio edition.
        edition: Who asks, for the findings of a recording of its own.
    """
    handed = {name: context.sidecars[f"{EDITION}.{name}"] for name in NAMES if f"{EDITION}.{name}" in context.sidecars}
    if len(handed) == len(NAMES):
        return handed, ()
    wishes = context.settings.get(EDITION) or Options()
    with tape(publication, context, wishes, wishes.bitrate) as made:
        found = facts(made.heard, made.marks, publication.metadata.language)
        return found, tuple(made.findings(edition))
