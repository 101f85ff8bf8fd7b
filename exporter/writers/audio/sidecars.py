"""Sidecars of the audio edition: times of utterances and chapters, and the transcript."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from exporter.contracts import WriteContext
from exporter.contracts.sidecars import Chapter
from exporter.findings import Finding
from exporter.model import Publication
from exporter.writers.audio import Options
from exporter.writers.audio.recording import open_recording
from exporter.writers.audio.timing import TimedChapter, TimedUtterance
from exporter.writers.audio.webvtt import format_webvtt

EDITION = "audio"
NAMES = ("clips", "chapters", "transcript.vtt")


class ClipEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An utterance with its times, for the read-along of the web and for parity checks."""

    node: str
    """`At.id` of the nearest node that has one; empty for text that is not in the tree."""
    begin: float
    """Seconds from the start of the recording."""
    end: float
    text: str
    language: str
    kind: str
    chapter: int
    """Index in `chapters`."""
    speaker: str = ""
    section: str = ""
    transcription: str = ""
    """What the transcript shows instead of `text`; empty if it is the same."""
    language_runs: tuple[tuple[str, str], ...] = ()
    """Text by language, if its voice reads words in other languages; otherwise empty."""
    packet: int = 0
    """Index of the first packet of its sound in the recording."""
    packets: int = 0
    """Number of packets."""
    digest: str = ""
    """Of its packets as they were encoded, for parity checks."""


def build_sidecars(
    utterances: list[TimedUtterance], timed_chapters: list[TimedChapter], language: str, context: WriteContext
) -> dict[str, bytes]:
    """Return the sidecars: `clips` and `chapters` as JSON lists, `transcript.vtt` as WebVTT in UTF-8."""
    clips = [
        ClipEntry(
            node=timed.utterance.node,
            begin=round(timed.begin, 3),
            end=round(timed.end, 3),
            text=timed.utterance.text,
            language=timed.utterance.language,
            kind=timed.utterance.kind.value,
            chapter=timed.utterance.chapter,
            speaker=timed.utterance.speaker,
            section=timed.utterance.section,
            transcription=timed.utterance.transcription,
            language_runs=timed.utterance.language_runs,
            packet=timed.packet,
            packets=timed.packets,
            digest=timed.digest,
        )
        for timed in utterances
    ]
    chapters = [
        Chapter(
            timed.chapter.title, round(timed.begin, 3), round(timed.end, 3), timed.chapter.level, timed.chapter.section
        )
        for timed in timed_chapters
    ]
    return {
        "clips": msgspec.json.encode(clips),
        "chapters": msgspec.json.encode(chapters),
        "transcript.vtt": format_webvtt(utterances, language, context).encode(),
    }


def audio_sidecars(
    publication: Publication, context: WriteContext, edition: str
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Return the sidecars of the audio edition; if it is not exported, those of a separate recording and its findings.

    Args:
        publication: With IDs on its nodes.
        context: With the settings of the audio edition.
        edition: The edition to name in the findings.
    """
    given = {name: context.sidecars[f"{EDITION}.{name}"] for name in NAMES if f"{EDITION}.{name}" in context.sidecars}
    if len(given) == len(NAMES):
        return given, ()
    settings = context.settings.get(EDITION) or Options()
    with open_recording(publication, context, settings, settings.bitrate) as recording:
        sidecars = build_sidecars(recording.utterances, recording.chapters, publication.metadata.language, context)
        return sidecars, tuple(recording.findings(edition))
