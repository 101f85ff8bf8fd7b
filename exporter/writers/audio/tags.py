"""Tags of the M4B: title, authors, narrator, publisher, date, language, description, rights and cover."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from exporter.contracts import WriteContext
from exporter.errors import OutputError
from exporter.model import Described, Publication
from exporter.writers import cover_image
from exporter.writers.cover_image import CoverPicture

_FREE = "----:com.apple.iTunes:"
_AUDIOBOOK = 2
"""Media type in the `stik` tag."""


def write(target: Path, publication: Publication, context: WriteContext, narrator: str) -> CoverPicture:
    """Write the tags into the finished file, and return its cover."""
    from mutagen import MutagenError, mp4

    # mutagen has no annotations.
    open_file: Any = mp4.MP4

    image = cover_image.make(publication, context.assets, context.labels, context.styles)
    try:
        file = open_file(str(target))
        file.delete()
        values = _text_tags(publication, context, narrator)
        for name in sorted(values):
            if values[name]:
                free = name.startswith(_FREE)
                file[name] = [values[name].encode() if free else values[name]]
        file["stik"] = [_AUDIOBOOK]
        file["pgap"] = True
        formats = {"image/jpeg": mp4.MP4Cover.FORMAT_JPEG, "image/png": mp4.MP4Cover.FORMAT_PNG}
        make: Any = mp4.MP4Cover
        file["covr"] = [make(image.data, formats[image.media_type])]
        file.save()
    except MutagenError as error:
        raise OutputError(f"The tags of the recording cannot be written: {error}.") from error
    return image


def _text_tags(publication: Publication, context: WriteContext, narrator: str) -> dict[str, str]:
    metadata = publication.metadata
    authors = context.labels.join(metadata.creators)
    title = metadata.full_title
    description = metadata.description
    if metadata.cover and isinstance(metadata.cover.alt, Described):
        word = context.labels("common.cover")
        description = f"{description} {word}: {metadata.cover.alt.text}".strip()
    return {
        "\u00a9nam": title,
        "\u00a9alb": title,
        "\u00a9ART": authors or metadata.publisher,
        "aART": authors or metadata.publisher,
        "\u00a9nrt": narrator,
        "\u00a9wrt": narrator,
        "\u00a9pub": metadata.publisher,
        "\u00a9gen": "Audiobook",
        "\u00a9day": metadata.date.isoformat() if metadata.date else "",
        "\u00a9cmt": description,
        "desc": description[:255],
        "ldes": description,
        "cprt": metadata.rights,
        f"{_FREE}LANGUAGE": metadata.language,
        f"{_FREE}IDENTIFIER": metadata.identifier,
        f"{_FREE}SERIES": metadata.series,
    }
