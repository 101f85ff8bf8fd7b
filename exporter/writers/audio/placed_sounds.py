"""Positions of the sound of each utterance in the files of an edition, for the parity check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.contracts.sidecars import PlacedSound, PlacedSounds
from exporter.writers.audio import spool

if TYPE_CHECKING:
    from exporter.writers.audio.recording import Recording
    from exporter.writers.cover_image import CoverPicture


def in_tracks(recording: Recording, names: Sequence[str], cover: CoverPicture) -> PlacedSounds:
    """Return the utterances of a recording in the files of its tracks.

    Args:
        recording: The recording.
        names: Names of the files, by track.
        cover: That of the edition.
    """
    seconds = recording.session.codec.frame / recording.session.rate
    sounds = tuple(
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
    )
    files = {
        name: spool.digest(recording.spool.packets(track.first, track.last))
        for track, name in zip(recording.tracks(), names, strict=True)
    }
    return PlacedSounds(recording.session.voice_selection.narrator_credit(), sounds, files, cover.digest)
