"""What passes between us and the process in which Java runs: one JSON document a line."""

from __future__ import annotations

import msgspec


class VeraPdfJob(msgspec.Struct, frozen=True, tag="verapdf"):
    """One PDF against one profile."""

    path: str
    profile: str
    """veraPDF's name of it, such as `PDFUA-1`."""
    most: int = 20
    """How many failures of one rule are told."""


class EpubCheckJob(msgspec.Struct, frozen=True, tag="epubcheck"):
    """One EPUB."""

    path: str


Job = VeraPdfJob | EpubCheckJob


class Failure(msgspec.Struct, frozen=True):
    """A rule that is broken in one place."""

    standard: str
    """Such as "ISO 14289-1:2014"."""
    clause: str
    test: int
    """Number of the test within its clause."""
    message: str
    place: str
    """The way to the object in the file, in veraPDF's words."""


class Verdict(msgspec.Struct, frozen=True, tag="verdict"):
    """What veraPDF found."""

    failures: tuple[Failure, ...]


class Report(msgspec.Struct, frozen=True, tag="report"):
    """What EPUBCheck wrote."""

    code: int
    """Its exit code."""
    text: str
    """Its report, JSON."""


class JobError(msgspec.Struct, frozen=True, tag="trouble"):
    """The job could not be done."""

    reason: str
    """A sentence."""


Answer = Verdict | Report | JobError
