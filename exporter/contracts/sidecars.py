"""Sidecars that a writer makes for other packages, which read them by the same struct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

SOUNDS, PICTURES, VIDEO = "sounds", "pictures", "video"
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
    files: Mapping[str, str] = {}
    """Digests of all packets of the sound files, with the pauses; the name of an edition that is one file is empty."""
    cover: str = ""
    """Digest (SHA-256) of the cover in the file or in each of them; empty if the edition has its cover elsewhere."""

    def sidecars(self) -> dict[str, bytes]:
        """Return the sidecar by its name."""
        return {SOUNDS: msgspec.json.encode(self)}


class PlacedPictures(msgspec.Struct, frozen=True):
    """The sidecar `pictures` of an edition: what it contains of each picture of the tree, for the parity check."""

    files: Mapping[str, tuple[str, ...]] = {}
    """Digests (SHA-256) of the files that were made of a picture, by the digest of the picture; of a PDF, those of the
    streams of image objects. Pictures of which that is not known are missing."""

    def sidecars(self) -> dict[str, bytes]:
        """Return the sidecar by its name."""
        return {PICTURES: msgspec.json.encode(self)}


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


class PageParts(msgspec.Struct, frozen=True):
    """The sidecar `page` of the HTML edition, for other pages that show the text; all HTML is well-formed XML too."""

    title: str
    language: str
    """BCP 47 tag; `und` if it is unknown."""
    direction: str
    css: str
    """The whole style sheet."""
    opening: str
    """HTML: kind, title as the heading of level 1, people and date."""
    contents: str
    """HTML: a list of links to the headings; empty if there are none."""
    body: str
    """HTML: the text, from its first block to the last note, with all images embedded."""
    about: str
    """HTML: the imprint under a heading of level 2, without contact and translations, which the publication page
    has itself."""
    schema: dict[str, Any] = {}
    """JSON-LD of schema.org."""


class Chapter(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chapter of the recording: an element of the sidecar `chapters` of the audio edition."""

    title: str
    begin: float
    """Seconds."""
    end: float = 0.0
    level: int = 0
    """0 for the opening, else the level of its heading."""
    section: str = ""
    """ID of its section."""
