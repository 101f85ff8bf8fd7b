"""What passes between us and the process in which veraPDF runs."""

from __future__ import annotations

import msgspec


class Job(msgspec.Struct, frozen=True):
    """One file against one profile."""

    path: str
    profile: str
    """veraPDF's name of it, such as `PDFUA-1`."""


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


class Verdict(msgspec.Struct, frozen=True):
    """What was found for a job."""

    path: str
    profile: str
    failures: tuple[Failure, ...]
