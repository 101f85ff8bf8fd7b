"""Editions as people call them, and what kind of thing each is for the standards."""

from __future__ import annotations

from exporter.report.model import EditionReport

_KNOWN = {
    "html": ("web", "Web page"),
    "pdf": ("pdf", "PDF"),
    "large-print": ("pdf", "Large print"),
    "print": ("print", "Print"),
    "epub": ("epub", "EPUB"),
    "docx": ("word", "Word"),
    "audio": ("sound", "Audio"),
    "mp3": ("sound", "MP3"),
    "audiobook": ("sound", "Audiobook"),
    "daisy": ("daisy", "DAISY"),
    "transcript": ("captions", "Transcript"),
    "chapters": ("data", "Chapter marks"),
}
_BY_MEDIA = {
    "text/html": "web",
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "text/vtt": "captions",
}
"""Kinds of editions that other packages bring."""

WHY_NOT = {
    "print": "It is for the printing house, and nobody reads it on a screen.",
    "sound": "A recording has nothing to be seen or operated; what plays it is a program of its own.",
    "captions": "It holds words and times alone.",
    "data": "It holds the beginnings of chapters alone.",
}
"""Why a criterion is about nothing in an edition of a kind."""
WHY_NOT_AT_ALL = "Nothing in it is about this; what is operated belongs to the program that opens it."


def kind_of(edition: EditionReport) -> str:
    """Return the kind of an edition: web, pdf, print, epub, word, sound, daisy, captions, data; empty: not known."""
    if edition.name in _KNOWN:
        return _KNOWN[edition.name][0]
    return "sound" if edition.media_type.startswith("audio/") else _BY_MEDIA.get(edition.media_type, "")


def title_of(name: str) -> str:
    """Return what people call an edition; its name where we know no better one."""
    return _KNOWN[name][1] if name in _KNOWN else name
