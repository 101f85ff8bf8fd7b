"""Manifest of an audiobook (W3C Publication Manifest; W3C Audiobooks)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from exporter.labels import Labels
from exporter.model import Metadata, Publication
from exporter.model.addresses import is_web
from exporter.writers.audio.recording import Track
from exporter.writers.cover_image import CoverPicture

CONTEXT = ("https://schema.org", "https://www.w3.org/ns/pub-context")
PROFILE = "https://www.w3.org/TR/audiobooks/"
SOUND = "audio/mp4"


class AudiobookPart(msgspec.Struct, frozen=True):
    """A track with the names of its files in the package."""

    track: Track
    sound: str
    transcript: str


def build_manifest(
    publication: Publication,
    labels: Labels,
    parts: Sequence[AudiobookPart],
    narrator: str,
    cover: CoverPicture,
) -> dict[str, Any]:
    """Return the manifest without empty properties (Publication Manifest, 2.7; Audiobooks, 4)."""
    metadata = publication.metadata
    language = metadata.language or labels.language
    values = {
        "@context": [*CONTEXT, {"language": language, "direction": metadata.direction.value}],
        "conformsTo": PROFILE,
        "type": "Audiobook",
        "id": metadata.identifier,
        "name": metadata.full_title,
        "author": [{"type": "Person", "name": name} for name in metadata.creators],
        "readBy": [{"type": "Organization", "name": narrator}],
        "publisher": [{"type": "Organization", "name": metadata.publisher}] if metadata.publisher else [],
        "inLanguage": [language],
        "datePublished": metadata.date.isoformat() if metadata.date else "",
        "dateModified": metadata.date.isoformat() if metadata.date else "",
        "duration": duration(sum(part.track.length for part in parts)),
        "abridged": False,
        "description": metadata.description,
        **_accessibility(labels),
        "readingOrder": [_resource(part) for part in parts],
        "resources": list(_resources(labels, cover)),
        "links": list(_links(metadata)),
    }
    return {name: value for name, value in values.items() if value not in ("", [])}


def _accessibility(labels: Labels) -> dict[str, Any]:
    return {
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": ["auditory"]}],
        "accessibilityFeature": ["tableOfContents", "structuralNavigation", "alternativeText", "transcript"],
        "accessibilityHazard": ["none"],
        "accessibilitySummary": labels("speech.summary"),
    }


def _resource(part: AudiobookPart) -> dict[str, Any]:
    return {
        "type": "LinkedResource",
        "url": part.sound,
        "encodingFormat": SOUND,
        "name": part.track.title,
        "duration": duration(part.track.length),
        "alternate": [{"type": "LinkedResource", "url": part.transcript, "encodingFormat": "text/vtt"}],
    }


def _resources(labels: Labels, cover: CoverPicture) -> Iterator[dict[str, Any]]:
    yield {
        "type": "LinkedResource",
        "url": "index.html",
        "encodingFormat": "text/html",
        "rel": "contents",
        "name": labels("common.contents"),
    }
    yield {
        "type": "LinkedResource",
        "url": cover.name,
        "encodingFormat": cover.media_type,
        "rel": "cover",
        "name": cover.description,
    }


def _links(metadata: Metadata) -> Iterator[dict[str, Any]]:
    for other in (*metadata.members, *metadata.translations):
        if is_web(other.target):
            yield {"type": "LinkedResource", "url": other.target, "rel": "alternate", "name": other.title}


def duration(seconds: float) -> str:
    """Return a duration in ISO 8601."""
    return f"PT{seconds:.3f}S"
