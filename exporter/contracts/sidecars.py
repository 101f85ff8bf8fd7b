"""Sidecars that a writer makes for other packages, which read them by the same struct."""

from __future__ import annotations

import msgspec

SOUNDS, VIDEO = "sounds", "video"
"""Names of the sidecars."""


class PlacedSound(msgspec.Struct, frozen=True, omit_defaults=True):
    """An utterance in a sound file, as the writer placed it."""

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
    """The sidecar `sounds` of an edition with a recording, for the parity check."""

    narrator: str
    """Who spoke, as the edition has to state it."""
    sounds: tuple[PlacedSound, ...] = ()
    """Empty if the times of its utterances are in another sidecar (`audio.clips`)."""

    def sidecars(self) -> dict[str, bytes]:
        """Return the sidecar by its name."""
        return {SOUNDS: msgspec.json.encode(self)}


class Video(msgspec.Struct, frozen=True):
    """The sidecar `video` of the sign language edition: contents of the page besides the file."""

    language: str
    """BCP 47 tag; empty if it is not stated."""
    language_name: str
    poster: str
    """As a data URL; empty without one."""
    poster_alt: str
    captions: str
    """As a data URL; empty without them."""
    transcript: str

    def sidecars(self) -> dict[str, bytes]:
        """Return the sidecar by its name."""
        return {VIDEO: msgspec.json.encode(self)}
