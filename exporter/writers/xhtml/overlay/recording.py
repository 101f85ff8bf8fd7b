"""The script and what is said besides, spoken into a spool: when everything is heard, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from exporter.contracts import WriteContext
from exporter.findings import Finding
from exporter.speech.mix import RecordedSegment
from exporter.speech.session import SpeechSession
from exporter.writers.audio.rules import CLIP, clip_issue_message
from exporter.writers.audio.spool import Spool
from exporter.writers.xhtml.overlay.audio_assembly import SampleRange
from exporter.writers.xhtml.overlay.reading_order import Spoken

FACT = "audio.clips"
"""Side fact of the audio edition, which has reported then what is wrong with the recording."""


def record(
    performance: SpeechSession, context: WriteContext, spoken: Spoken, spool: Spool, edition: str
) -> tuple[list[SampleRange], list[Finding]]:
    """Speak all utterances.

    Args:
        performance: Whose script is spoken.
        context: Whose progress goes from 0.4 to 0.9.
        spoken: What is said besides.
        spool: Receives the packets.
        edition: Who asks, for the findings.

    Raises:
        EngineError: An engine gave no sound for an utterance.
    """
    alone = FACT not in context.sidecars
    mixer, lead = performance.mixer, performance.codec.lead
    every = [*performance.script.utterances, *spoken.further]
    heard: list[SampleRange] = []
    findings: list[Finding] = []
    stretches: Iterator[RecordedSegment] = chain(mixer.record(every[: spoken.first]), mixer.record_more(spoken.further))
    for recorded in stretches:
        start = spool.samples + lead
        spool.add(recorded.segment.packets)
        begins = [start + clip.begin for clip in recorded.clips]
        for clip, begin, end in zip(recorded.clips, begins, (*begins[1:], spool.samples + lead), strict=True):
            utterance = every[len(heard)]
            if clip.issue is not None and (alone or len(heard) >= spoken.first):
                seconds = (clip.end - clip.begin) / performance.rate
                message = clip_issue_message(clip.issue, utterance.text, seconds)
                findings.append(CLIP.finding(message, utterance.source, edition=edition))
            heard.append(SampleRange(begin, end))
        context.progress(0.4 + 0.5 * len(heard) / len(every))
    if heard:
        heard[-1] = heard[-1]._replace(end=min(heard[-1].end, spool.samples))
    return heard, [*(performance.voice_selection.findings if alone else ()), *findings]
