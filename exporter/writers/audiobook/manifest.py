"""What a reading system needs to know of the book: the manifest (W3C Publication Manifest; W3C Audiobooks)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from exporter.labels import Labels
from exporter.model import Metadata, Publication
from exporter.writers.audio.cover import CoverImage
from exporter.writers.audio.recording import Track

CONTEXT = ("https://schema.org", "https://www.w3.org/ns/pub-context")
PROFILE = "https://www.w3.org/TR/audiobooks/"
SOUND = "audio/mp4"


class AudiobookPart(msgspec.Struct, frozen=True):
    """A track with the names of its files inside the package."""

    track: Track
    sound: str
    transcript: str


def manifest(
    publication: Publication,
    labels: Labels,
    chapters: Sequence[AudiobookPart],
    narrator: str,
    picture: CoverImage | None,
) -> dict[str, Any]:
    """Return the manifest; every claim is about something that is there (Publication Manifest, 2.7; Audiobooks, 4)."""
    metadata = publication.metadata
    language = metadata.language or labels.language
    found = {
        "@context": [*CONTEXT, {"language": language, "direction": metadata.direction.value}],
        "conformsTo": PROFILE,
        "type": "Audiobook",
        "id": metadata.identifier,
        "name": ": ".join(filter(None, (metadata.title, metadata.subtitle))),
        "author": [{"type": "Person", "name": name} for name in metadata.creators],
        "readBy": [{"type": "Person", "name": narrator}],
        "publisher": [{"type": "Organization", "name": metadata.publisher}] if metadata.publisher else [],
        "inLanguage": [language],
        "datePublished": metadata.date.isoformat() if metadata.date else "",
        "duration": duration(sum(chapter.track.length for chapter in chapters)),
        "abridged": False,
        "description": metadata.description,
        **_accessibility(labels),
        "readingOrder": [_resource(chapter) for chapter in chapters],
        "resources": list(_resources(labels, picture)),
        "links": list(_links(metadata)),
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _accessibility(labels: Labels) -> dict[str, Any]:
    return {
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": ["auditory"]}],
        "accessibilityFeature": ["tableOfContents", "structuralNavigation", "alternativeText", "transcript"],
        "accessibilityHazard": ["none"],
        "accessibilitySummary": labels("speech.summary"),
    }


def _resource(chapter: AudiobookPart) -> dict[str, Any]:
    return {
        "type": "LinkedResource",
        "url": chapter.sound,
        "encodingFormat": SOUND,
        "name": chapter.track.title,
        "duration": duration(chapter.track.length),
        "alternate": [{"type": "LinkedResource", "url": chapter.transcript, "encodingFormat": "text/vtt"}],
    }


def _resources(labels: Labels, picture: CoverImage | None) -> Iterator[dict[str, Any]]:
    yield {
        "type": "LinkedResource",
        "url": "index.html",
        "encodingFormat": "text/html",
        "rel": "contents",
        "name": labels("common.contents"),
    }
    if picture:
        yield {
            "type": "LinkedResource",
            "url": picture.name,
            "encodingFormat": picture.media_type,
            "rel": "cover",
            "name": picture.alt or labels("common.cover"),
        }


def _links(metadata: Metadata) -> Iterator[dict[str, Any]]:
    for other in metadata.translations:
        if other.target.startswith(("https://", "http://")):
            yield {"type": "LinkedResource", "url": other.target, "rel": "alternate", "name": other.title}


def duration(seconds: float) -> str:
    """Return a duration as ISO 8601 writes it."""
    return f"PT{seconds:.3f}S"
