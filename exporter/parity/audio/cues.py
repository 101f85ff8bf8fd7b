"""Transcripts, beside a recording or in an audiobook (W3C WebVTT, 4)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from exporter.findings import Finding
from exporter.parity.audio.recording import Recording, TimedText, Track
from exporter.parity.rules import TRANSCRIPT, unexpected

_TIMES = re.compile(r"((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_LANGUAGE = re.compile(r"<lang(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_CUE = re.compile(
    rf"(?:[\d.]+\n)?{_TIMES.pattern}\n(?:<v [^>]*>)?(?:<lang [^>]*>[^<]*</lang>|[^<]*)",
)
"""A cue as editions have it: of one speaker, in one language, without style and place."""
_TAG = re.compile(r"<[^>]*>")
_QUOTED = 60


def read(path: Path) -> Recording:
    """Read a transcript."""
    clips, odd = parse(path.read_bytes())
    return Recording(tracks=(Track(path.name, None, clips=clips),), listed=False, contradictions=odd)


def parse(data: bytes) -> tuple[tuple[TimedText, ...], tuple[Finding, ...]]:
    """Return the cues of a transcript, and what editions never have: comments, styles, places, parts of cues.

    Raises:
        ValueError: It is none, or a cue has no times.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return _read_cues(text), tuple(_unusual(text))


def _unusual(text: str) -> Iterator[Finding]:
    header, *blocks = re.split(r"\n{2,}", text.strip("\n"))
    for block in blocks:
        if not _CUE.fullmatch(block) and not _is_comment(block):
            yield TRANSCRIPT.finding(
                f"The transcript has a style or a place of a cue: “{' '.join(block.split())[-_QUOTED:]}”."
            )
            return
    comment = header if header != "WEBVTT" else next(filter(_is_comment, blocks), "")
    if comment:
        yield unexpected(TRANSCRIPT.finding(f"The transcript has a comment: “{comment[:_QUOTED]}”."))


def _is_comment(block: str) -> bool:
    return re.match(r"NOTE(?:[ \t\n]|$)", block) is not None


def _read_cues(text: str) -> tuple[TimedText, ...]:
    """Return the cues of a transcript; a passage in the language of the whole names none."""
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise ValueError("the transcript does not begin with WEBVTT")
    return tuple(_join_cues(_parse_cues(text)))


def _join_cues(cues: Iterable[tuple[str, TimedText]]) -> Iterator[TimedText]:
    """Yield the utterances that cues are parts of: the identifiers of these begin with the same number."""
    for _, group in groupby(enumerate(cues), key=lambda entry: entry[1][0].partition(".")[0] or f"cue {entry[0]}"):
        first, *others = [cue for _, (_, cue) in group]
        words = " ".join(cue.text for cue in (first, *others))
        yield msgspec.structs.replace(first, text=words, end=others[-1].end) if others else first


def _parse_cues(text: str) -> Iterator[tuple[str, TimedText]]:
    """Yield cues with their identifiers."""
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        index = next((number for number, line in enumerate(lines) if "-->" in line), None)
        times = _TIMES.match(lines[index].strip()) if index is not None else None
        if _is_comment(block.strip("\n")):
            continue
        if index is None or times is None:
            if index is not None:
                raise ValueError(f"a cue of the transcript has no times: {lines[index][:60]}")
            continue
        content = "\n".join(lines[index + 1 :])
        voice, language = _VOICE.search(content), _LANGUAGE.search(content)
        cue = TimedText(
            text=html.unescape(_TAG.sub("", content)),
            begin=_clock_seconds(times[1]),
            end=_clock_seconds(times[2]),
            language=language[1].strip() if language else "",
            speaker=html.unescape(voice[1]).strip() if voice else "",
        )
        yield "\n".join(lines[:index]), cue


def _clock_seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
