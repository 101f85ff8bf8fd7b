"""Structured data of the page of a publication: JSON-LD of schema.org, with its editions as encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from exporter.model.addresses import is_web
from exporter.site import alternates
from exporter.site.entry import EPUB_TYPE, EditionFile

if TYPE_CHECKING:
    from exporter.site.publication import Page

_TYPES = {"video/mp4": "VideoObject"}
_FEATURES = {
    "sign-language": ("signLanguage",),
    "pdf": ("taggedPDF",),
    "large-print": ("largePrint", "taggedPDF"),
    "braille": ("braille",),
    "ebraille": ("braille",),
}
"""What editions are made for, in the vocabulary of schema.org (`accessibilityFeature`)."""


def schema(page: Page, recording: EditionFile | None, spoken: str) -> dict[str, Any]:
    """Return the publication as JSON-LD with each edition as an encoding of it (schema.org/encoding).

    Args:
        page: Contents of the page.
        recording: The recording, if there is one.
        spoken: A sentence about it in the language of the page.
    """
    values = dict(page.text.schema)
    if is_web(page.links.page):
        values["@id"] = values["url"] = page.links.page
    values["encoding"] = [_encoding(file, page) for file in page.files]
    if recording:
        values["audio"] = {
            "@type": "AudioObject",
            "contentUrl": quote(recording.file),
            "encodingFormat": recording.media_type,
        }
        # The recording has all of the text, with its images described.
        values["accessMode"] = list(dict.fromkeys([*values.get("accessMode", ()), "auditory"]))
        values["accessModeSufficient"] = [
            *values.get("accessModeSufficient", ()),
            {"@type": "ItemList", "itemListElement": ["auditory"]},
        ]
        values["accessibilitySummary"] = f"{values.get('accessibilitySummary', '')} {spoken}".strip()
    values |= alternates.structured_data(page.translations)
    return values


def _encoding(file: EditionFile, page: Page) -> dict[str, Any]:
    """Return an edition as an encoding; the EPUB with what its own metadata state."""
    is_video = file.media_type.startswith("video/")
    language = page.video.language if is_video and page.video else "" if is_video else page.metadata.language
    values: dict[str, Any] = {
        "@type": "AudioObject" if file.seconds else _TYPES.get(file.media_type, "MediaObject"),
        "contentUrl": quote(file.file),
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
        "duration": f"PT{round(file.seconds)}S" if file.seconds else "",
        "inLanguage": language,
        "accessibilityFeature": list(_FEATURES.get(file.name, ())),
    }
    claims = page.accessibility if file.media_type == EPUB_TYPE else None
    if claims is not None:
        values |= {
            "accessMode": list(claims.modes),
            "accessModeSufficient": [{"@type": "ItemList", "itemListElement": list(way)} for way in claims.sufficient],
            "accessibilityFeature": list(claims.features),
            "accessibilityHazard": list(claims.hazards),
            "accessibilitySummary": claims.summary,
        }
    return {name: value for name, value in values.items() if value}
