"""The sign language edition: a video that people have made, published beside the other editions.

The page of the publication shows it with its poster, captions and transcript, for which the rules ask.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from exporter.contracts import EditionKind, WriteContext, WriteResult
from exporter.contracts.sidecars import Video
from exporter.errors import OutputError, SettingsError
from exporter.findings import Finding, Rule, Severity
from exporter.model import Publication
from exporter.model.language_tags import problem

NAME = "sign-language"
SUFFIX = "-sign-language.mp4"
MEDIA_TYPE = "video/mp4"
TITLE = "Sign language video"
KIND = EditionKind.VIDEO
ORDER = 45
SHOWN_FIRST = True
REQUIRED_OPTION = "video"

LANGUAGE = Rule(
    id="sign-language-unnamed",
    severity=Severity.WARNING,
    sentence="The sign language of a video is stated.",
    advice="Write its code as language under [sign-language], such as bfi, mfs or gsg, and its name as language_name.",
    clause="WCAG 3.1.2",
)
POSTER = Rule(
    id="sign-language-poster",
    severity=Severity.WARNING,
    sentence="A sign language video has a still picture, which is described.",
    advice="Name a picture from the video as poster under [sign-language], and describe it as poster_alt.",
    clause="WCAG 1.1.1",
)
CAPTIONS = Rule(
    id="sign-language-captions",
    severity=Severity.WARNING,
    sentence="A sign language video has captions, for people who do not know the language.",
    advice="Name a WebVTT file as captions under [sign-language].",
    clause="WCAG 1.2.2",
)
TRANSCRIPT = Rule(
    id="sign-language-transcript",
    severity=Severity.WARNING,
    sentence="A sign language video has a transcript.",
    advice="Name a text file as transcript under [sign-language], or set same_text = true if it signs this text.",
    clause="WCAG 1.2.1, 1.2.8",
)

_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the sign language edition; without a video there is none."""

    video: str = ""
    """A file (.mp4) beside the manuscript."""
    language: str = ""
    """BCP 47 tag of the sign language, such as `bfi`."""
    language_name: str = ""
    """Its name in the language of the publication."""
    poster: str = ""
    """A still picture (.jpg, .png), shown before the video plays."""
    poster_alt: str = ""
    captions: str = ""
    """A file (.vtt)."""
    transcript: str = ""
    """A text file (.txt): what is signed, in words."""
    same_text: bool = False
    """Whether the video signs the text of the publication, which then is its transcript."""


def option_files(options: Options) -> Mapping[str, str]:
    """Return the files that the options name."""
    names = {key: getattr(options, key) for key in ("video", "poster", "captions", "transcript")}
    return {key: name for key, name in names.items() if name}


def write(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Copy the video, and hand its poster, captions and transcript to the page."""
    del publication
    files = context.files
    if not options.video:
        raise SettingsError("There is no video.", advice='Name it under [sign-language]: video = "sign.mp4".')
    if files[options.video][4:8] != b"ftyp":
        raise _error("video", options.video, "an MP4 video", "Save it as MP4 (H.264).")
    poster = files.get(options.poster, b"")
    media_type = next((name for start, name in _PICTURES.items() if poster.startswith(start)), "")
    if poster and not media_type:
        raise _error("poster", options.poster, "a JPEG or PNG picture", "Save it as JPEG or PNG.")
    captions = files.get(options.captions, b"")
    if captions and not captions.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        raise _error("captions", options.captions, "a WebVTT file", "Save the captions as WebVTT (.vtt).")
    if options.language and problem(options.language):
        raise _error("language", options.language, "a language tag", "Write a BCP 47 tag, such as bfi.")
    video = Video(
        language=options.language,
        language_name=options.language_name,
        poster=_data_url(media_type, poster),
        poster_alt=options.poster_alt,
        captions=_data_url("text/vtt", captions),
        transcript=_text(files.get(options.transcript, b""), options.transcript),
    )
    try:
        target.write_bytes(files[options.video])
    except OSError as error:
        raise OutputError(f"The video cannot be written: {error.strerror or error}.") from error
    return WriteResult(tuple(_missing(options)), video.sidecars())


def _missing(options: Options) -> Iterator[Finding]:
    """Yield what people who cannot see, or do not know the language, would miss."""
    if not options.language:
        yield LANGUAGE.finding("The sign language of the video is not stated.", edition=NAME)
    if not options.poster or not options.poster_alt:
        what = "no description" if options.poster else "no still picture"
        yield POSTER.finding(f"The sign language video has {what}.", edition=NAME)
    if not options.captions:
        yield CAPTIONS.finding("The sign language video has no captions.", edition=NAME)
    if not options.transcript and not options.same_text:
        yield TRANSCRIPT.finding("The sign language video has no transcript.", edition=NAME)


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}" if data else ""


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise _error("transcript", name, "text in UTF-8", "Save it as plain text in UTF-8.") from error


def _error(key: str, value: str, expected: str, advice: str) -> SettingsError:
    return SettingsError(f"Invalid value for “{key}” in [{NAME}]: “{value}” is not {expected}.", advice=advice)
