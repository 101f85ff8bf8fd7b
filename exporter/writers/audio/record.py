"""From the tree to the file: cast, script, recording, container, tags, and what others need to know of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from exporter.contracts import Workshop, Written
from exporter.errors import OutputError
from exporter.findings import Finding
from exporter.model import Publication
from exporter.speech import loudness
from exporter.speech.mix import Recorded
from exporter.speech.performance import Performance
from exporter.speech.utterance import Script
from exporter.writers.audio import Options, m4b, rules, tags, transcript
from exporter.writers.audio.spool import Spool
from exporter.writers.audio.timing import Heard, chapter_marks


def record(publication: Publication, workshop: Workshop, options: Options, target: Path) -> Written:
    """Make the recording and write it to `target`."""
    performance = Performance(publication, workshop, options, options.bitrate)
    cast, told, rate, bitrate = performance.cast, performance.script, performance.rate, performance.bitrate
    try:
        with Spool(workshop.scratch / "packets") as spool:
            heard, loud = _spooled(performance.mixer.record(told.utterances), told, spool, rate, workshop)
            marks = chapter_marks(told.chapters, heard, spool.samples / rate)
            language = publication.metadata.language
            m4b.write(target, spool.packets(), marks, rate=rate, bitrate=bitrate, language=language)
        cover_findings = tags.write(target, publication, workshop, cast.credits())
    except OSError as error:
        raise OutputError(f"The recording cannot be written: {error.strerror or error}.") from error
    findings = [*cast.findings, *_doubts(heard), *_loudness(loud), *cover_findings]
    return Written(tuple(findings), transcript.facts(heard, marks, publication.metadata.language))


def _spooled(
    stretches: Iterator[Recorded], told: Script, spool: Spool, rate: int, workshop: Workshop
) -> tuple[list[Heard], float]:
    """Write the packets away as they come; give when each utterance is heard, and the loudness of the whole."""
    heard: list[Heard] = []
    blocks: dict[int, int] = {}
    for recorded in stretches:
        start = spool.samples
        for clip in recorded.clips:
            utterance = told.utterances[len(heard)]
            begin, end = (start + clip.begin) / rate, (start + clip.end) / rate
            heard.append(Heard(utterance, begin, end, clip.doubt))
        spool.add(recorded.stretch.packets)
        blocks = loudness.add((blocks, recorded.stretch.blocks))
        workshop.progress(0.95 * len(heard) / len(told.utterances))
    return heard, loudness.integrated(blocks)


def _doubts(heard: list[Heard]) -> Iterator[Finding]:
    for each in heard:
        if each.doubt is not None:
            message = rules.doubtful(each.doubt, each.utterance.text, each.end - each.begin)
            yield rules.CLIP.finding(message, each.utterance.source, edition="audio")


def _loudness(loud: float) -> Iterator[Finding]:
    if not math.isfinite(loud) or abs(loud - loudness.TARGET) > loudness.TOLERANCE:
        yield rules.LOUDNESS.finding(f"The recording is at {loud:.1f} LUFS.", edition="audio")
