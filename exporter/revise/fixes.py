"""A fix of a manuscript, as it is carried over into a newer version."""

from __future__ import annotations

import msgspec

from exporter.revise import changes as c
from exporter.revise.changes import Change

_KINDS: dict[type[Change], str] = {
    **dict.fromkeys((c.AltText, c.DecorativeImage, c.LongDescription), "picture"),
    **dict.fromkeys((c.TableCaption, c.FigureCaption, c.CaptionParagraph), "caption"),
    c.HeaderRows: "table",
    c.HeadingLevel: "heading",
    c.TypedList: "list",
    c.PassageLanguage: "language",
    c.SpeakerName: "speaker",
}


def kind_of(change: Change) -> str:
    """Return the kind of the fix that a change makes, as in `Fix`; `details` for metadata."""
    return _KINDS.get(type(change), "details")


class Fix(msgspec.Struct, frozen=True):
    """A fix, and the change of the newer version that repeats it."""

    kind: str
    """`picture`, `caption`, `table`, `heading`, `list`, `language`, `speaker` or `details`."""
    subject: str
    """What it is about: words of the manuscript, a description that was written, or the name of a field."""
    change: Change


class LostFix(msgspec.Struct, frozen=True):
    """A fix that a newer version does not have."""

    kind: str
    subject: str
    reason: str = ""
    """Why it could not be written, in sentences; empty if what it is about is not in the newer version, or is there
    more or less often, so that nothing says which of them it is about."""
