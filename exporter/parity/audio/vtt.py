"""Transcripts: WebVTT, cue by cue (W3C WebVTT, 4)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from exporter.parity.audio.recording import TimedText

_TIMES = re.compile(r"((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_LANGUAGE = re.compile(r"<lang(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")


def cues(data: bytes) -> tuple[TimedText, ...]:
    """Return the cues of a transcript; a passage in the language of the whole names none.

    Raises:
        ValueError: It is none.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValueError("the transcript does not begin with WEBVTT")
    return tuple(_cues(text))


def _cues(text: str) -> Iterator[TimedText]:
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        place = next((number for number, line in enumerate(lines) if "-->" in line), None)
        times = _TIMES.match(lines[place].strip()) if place is not None else None
        if place is None or times is None:
            if place is not None:
                raise ValueError(f"a cue of the transcript has no times: {lines[place][:60]}")
            continue
        said = "\n".join(lines[place + 1 :])
        voice, language = _VOICE.search(said), _LANGUAGE.search(said)
        yield TimedText(
            text=html.unescape(_TAG.sub("", said)),
            begin=_seconds(times[1]),
            end=_seconds(times[2]),
            language=language[1].strip() if language else "",
            speaker=html.unescape(voice[1]).strip() if voice else "",
        )


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
