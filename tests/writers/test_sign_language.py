"""The sign language edition: the video as it is, and what others need to follow it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from exporter import model as m
from exporter.errors import SettingsError
from exporter.pipeline.registry import discover
from exporter.writers import sign_language
from exporter.writers.sign_language import Options
from tests.write_context import write_context
from tests.writers.sample import picture

WHOLE = Options(
    video="sign.mp4",
    language="bfi",
    language_name="British Sign Language",
    poster="poster.png",
    poster_alt="A woman signs.",
    captions="sign.vtt",
    transcript="sign.txt",
)
FILES = {
    "sign.mp4": b"\0\0\0\x18ftypisom" + bytes(100),
    "poster.png": picture(40, 30),
    "sign.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nYou can go.\n",
    "sign.txt": "\ufeffYou can go.\n".encode(),
}


def write(folder: Path, options: Options, **files: bytes) -> tuple[Path, Any]:
    context = msgspec.structs.replace(write_context(folder, "en"), files=FILES | files)
    target = folder / "made.mp4"
    return target, sign_language.write(m.Publication(m.Metadata(language="en")), context, options, target)


def test_the_video_is_published_as_it_is_with_all_that_the_page_needs(tmp_path: Path) -> None:
    target, written = write(tmp_path, WHOLE)
    assert target.read_bytes() == FILES["sign.mp4"]
    assert written.findings == ()
    video = json.loads(written.sidecars["video"])
    assert (video["language"], video["poster_alt"], video["transcript"]) == ("bfi", "A woman signs.", "You can go.")
    assert video["poster"].startswith("data:image/png;base64,")
    assert video["captions"].startswith("data:text/vtt;base64,")


@pytest.mark.parametrize(
    ("missing", "rules"),
    [
        ({"language": ""}, ["sign-language-unnamed"]),
        ({"poster": ""}, ["sign-language-poster"]),
        ({"poster_alt": ""}, ["sign-language-poster"]),
        ({"captions": ""}, ["sign-language-captions"]),
        ({"transcript": ""}, ["sign-language-transcript"]),
        ({"transcript": "", "same_text": True}, []),
    ],
)
def test_what_others_need_to_follow_it_is_asked_for(tmp_path: Path, missing: dict[str, Any], rules: list[str]) -> None:
    _, written = write(tmp_path, msgspec.structs.replace(WHOLE, **missing))
    assert [finding.rule for finding in written.findings] == rules


@pytest.mark.parametrize(
    ("options", "files", "message"),
    [
        ({"video": ""}, {}, "no video"),
        ({}, {"sign.mp4": b"RIFF1234AVI "}, "not an MP4"),
        ({}, {"poster.png": b"GIF89a"}, "not a JPEG"),
        ({}, {"sign.vtt": b"1\n00:00"}, "not a WebVTT"),
        ({}, {"sign.txt": b"\xff\xfe\xfa"}, "not text"),
        ({"language": "british"}, {}, "not a language tag"),
    ],
)
def test_files_that_are_something_else_are_refused(
    tmp_path: Path, options: dict[str, Any], files: dict[str, bytes], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        write(tmp_path, msgspec.structs.replace(WHOLE, **options), **files)


def test_a_publication_without_a_video_has_no_such_edition_unless_it_is_named() -> None:
    (edition,) = discover().select(["sign-language"])
    assert not edition.has_required(lambda _: Options())
    assert edition.has_required(lambda _: WHOLE)
    (pdf,) = discover().select(["pdf"])
    assert pdf.has_required(lambda _: SimpleNamespace())
