"""The recording of a book: the script and the further utterances, spoken into a spool."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from exporter.contracts import WriteContext
from exporter.findings import Finding
from exporter.speech.mix import RecordedSegment
from exporter.speech.session import SpeechSession
from exporter.writers.audio.rules import CLIP, clip_issue_message
from exporter.writers.audio.spool import Spool, digest
from exporter.writers.xhtml.overlay.audio_assembly import SampleRange
from exporter.writers.xhtml.overlay.reading_order import Spoken

SIDECAR = "audio.clips"
"""Sidecar of the audio edition; with it, that edition has reported the issues of the recording."""


def record(
    session: SpeechSession, context: WriteContext, spoken: Spoken, spool: Spool, edition: str
) -> tuple[list[SampleRange], list[Finding]]:
    """Speak all utterances; return their samples and the clip issues as findings.

    Args:
        session: The session with the script.
        context: Its progress goes from 0.1 to 0.9.
        spoken: The further utterances.
        spool: Receives the packets.
        edition: Name of the edition, for the findings.

    Raises:
        EngineError: An engine gave no sound for an utterance.
    """
    reports_all = SIDECAR not in context.sidecars
    mixer, lead, frame = session.mixer, session.codec.lead, session.codec.frame
    utterances = [*session.script.utterances, *spoken.further]
    ranges: list[SampleRange] = []
    findings: list[Finding] = []
    segments: Iterator[RecordedSegment] = chain(
        mixer.record(utterances[: spoken.first], lambda share: context.progress(0.1 + 0.8 * share)),
        mixer.record_more(spoken.further),
    )
    for recorded in segments:
        start, count = spool.samples + lead, spool.count
        spool.add(recorded.segment.packets)
        begins = [start + clip.begin for clip in recorded.clips]
        for clip, begin, end in zip(recorded.clips, begins, (*begins[1:], spool.samples + lead), strict=True):
            utterance = utterances[len(ranges)]
            if clip.issue is not None and (reports_all or len(ranges) >= spoken.first):
                seconds = (clip.end - clip.begin) / session.rate
                message = clip_issue_message(clip.issue, utterance.text, seconds)
                findings.append(CLIP.finding(message, utterance.source, edition=edition))
            first = (clip.begin + lead) // frame
            sound = recorded.segment.packets[first : -(-(clip.end + lead) // frame)]
            ranges.append(SampleRange(begin, end, count + first, len(sound), digest(sound)))
    if ranges:
        ranges[-1] = ranges[-1]._replace(end=min(ranges[-1].end, spool.samples))
    return ranges, [*(session.voice_selection.findings if reports_all else ()), *findings]
