"""Speech options of a publication."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from exporter.speech.utterance import Pauses


class NotePlacement(StrEnum):
    """Position of notes in the recording; never inside a sentence."""

    PARAGRAPH = "paragraph"
    """After the paragraph, item, table or figure that refers to them."""
    CHAPTER = "chapter"
    """At the end of the section that refers to them, before the next heading."""
    END = "end"
    """In a chapter of their own before the closing, which a listener can skip."""


class SpeechOptions(msgspec.Struct, frozen=True):
    """Options that decide the script."""

    notes: NotePlacement = NotePlacement.CHAPTER
    announce_references: bool = True
    """Whether "Note 3" is announced after a sentence that refers to a note that is read later."""
    list_from: Annotated[int, msgspec.Meta(ge=1)] = 3
    """Number of items from which a list is announced with its length."""
    shared_voices: frozenset[str] = frozenset()
    """Speakers who share a voice: each of their turns begins with their name."""
    read_by: str = ""
    """The voice, for the closing credits."""
    pauses: Pauses = Pauses()
