"""From the tree to the file: recording, container, tags, and what others need to know of it."""

from __future__ import annotations

from pathlib import Path

from exporter.contracts import WriteContext, WriteResult
from exporter.model import Publication
from exporter.writers.audio import Options, m4b, tags
from exporter.writers.audio.recording import tape
from exporter.writers.audio.sidecars import facts


def record(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Make the recording and write it to `target`."""
    language = publication.metadata.language
    with tape(publication, context, options, options.bitrate) as made:
        told = made.performance
        m4b.write(target, made.spool.packets(), made.marks, rate=told.rate, bitrate=told.bitrate, language=language)
        cover_findings = tags.write(target, publication, context, told.cast.credits())
    findings = (*made.findings("audio"), *cover_findings)
    return WriteResult(findings, facts(made.heard, made.marks, language))
