"""Positions of the sound of each utterance in the files of an edition, for the parity check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from exporter.writers.audio.recording import Recording

SIDECAR = "sounds"


class PlacedSound(msgspec.Struct, frozen=True, omit_defaults=True):
    """An utterance in a sound file."""

    file: str
    """Name of the sound file, from the folder of the package."""
    text: str
    begin: float
    """Start of its clip, in seconds from the start of the file."""
    end: float
    packet: int
    """Index of the first packet of its sound in the file."""
    packets: int
    """Number of packets."""
    digest: str
    """Of its packets as they were encoded."""
    target: str = ""
    """Address of the text that is shown with it, from the same folder; empty if there is none."""
    chapter: int = -1
    """Index of its chapter; -1 if it has none."""


class PlacedSounds(msgspec.Struct, frozen=True):
    """The sounds of an edition."""

    narrator: str
    """Who reads, as the edition states it."""
    sounds: Sequence[PlacedSound]

    def sidecars(self) -> dict[str, bytes]:
        """Return the sidecar."""
        return {SIDECAR: msgspec.json.encode(self)}


def in_tracks(recording: Recording, names: Sequence[str]) -> PlacedSounds:
    """Return the utterances of a recording in the files of its tracks.

    Args:
        recording: The recording.
        names: Names of the files, by track.
    """
    seconds = recording.session.codec.frame / recording.session.rate
    sounds = [
        PlacedSound(
            name,
            timed.utterance.text,
            max(0.0, timed.begin - track.first * seconds),
            timed.end - track.first * seconds,
            timed.packet - track.first,
            timed.packets,
            timed.digest,
            chapter=timed.utterance.chapter,
        )
        for track, name in zip(recording.tracks(), names, strict=True)
        for timed in recording.utterances
        if track.first <= timed.packet < track.last
    ]
    return PlacedSounds(recording.session.voice_selection.narrator_credit(), sounds)
