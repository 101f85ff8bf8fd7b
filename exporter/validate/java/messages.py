"""Messages between the exporter and the JVM process: one JSON document per line."""

from __future__ import annotations

import msgspec


class VeraPdfJob(msgspec.Struct, frozen=True, tag="verapdf"):
    """Job for veraPDF: check one PDF against one profile."""

    path: str
    profile: str
    """veraPDF's name of the profile, such as `PDFUA-1`."""
    max_repeats: int = 20
    """Maximum number of failures of one rule in the report."""


class EpubCheckJob(msgspec.Struct, frozen=True, tag="epubcheck"):
    """Job for EPUBCheck: check one EPUB."""

    path: str


Job = VeraPdfJob | EpubCheckJob


class Failure(msgspec.Struct, frozen=True):
    """One failure of a rule."""

    standard: str
    """Such as "ISO 14289-1:2014"."""
    clause: str
    test: int
    """Number of the test within its clause."""
    message: str
    context: str
    """Path of the object in the file, as veraPDF writes it."""


class VeraPdfReport(msgspec.Struct, frozen=True, tag="verdict"):
    """The failures found by veraPDF."""

    failures: tuple[Failure, ...]


class EpubCheckReport(msgspec.Struct, frozen=True, tag="report"):
    """The report of EPUBCheck."""

    code: int
    """Exit code of EPUBCheck."""
    text: str
    """The report, JSON."""


class JobError(msgspec.Struct, frozen=True, tag="trouble"):
    """The reason why a job failed."""

    reason: str
    """One sentence."""


Answer = VeraPdfReport | EpubCheckReport | JobError
