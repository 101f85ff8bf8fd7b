"""Rules for a transcript in WebVTT (WebVTT, 4; WCAG 1.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding, Rule, Severity
from exporter.validate.validators import limit_repeats

UNREADABLE = Rule(
    "vtt-unreadable",
    Severity.ERROR,
    "The transcript is WebVTT in UTF-8.",
    "Write WEBVTT in the first line, and save the file as UTF-8.",
    "WebVTT, 4.1",
)
TIME = Rule(
    "vtt-time",
    Severity.ERROR,
    "Every cue has a start time and a later end time.",
    "Fix the times.",
    "WebVTT, 4.1",
)
ORDER = Rule(
    "vtt-order",
    Severity.ERROR,
    "Cues are in the order in which they are heard.",
    "Fix the times.",
    "WebVTT, 4.1",
)
EMPTY = Rule("vtt-empty", Severity.ERROR, "Every cue has text.", "Write what is heard.", "WCAG 1.2.1")
FAST = Rule(
    "vtt-fast",
    Severity.WARNING,
    "A cue is shown as long as it takes to say its text.",
    "Fix the times.",
    "WCAG 1.2.1",
)
RULES = (UNREADABLE, TIME, ORDER, EMPTY, FAST)
MAX_BYTES = 50_000_000
MAX_CHARACTERS_PER_SECOND = 60.0
"""Speed beyond that of any speaker."""
_TIMESTAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMINGS = re.compile(rf"{_TIMESTAMP}\s+-->\s+{_TIMESTAMP}(?:\s+.*)?")
_TAG = re.compile(r"<[^>]*>")


def check(path: Path) -> tuple[Finding, ...]:
    """Check a transcript."""
    if path.stat().st_size > MAX_BYTES:
        return (UNREADABLE.finding(f"The file is too large: the limit is {MAX_BYTES // 1_000_000} MB."),)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return (UNREADABLE.finding("The file is not in UTF-8."),)
    blocks = re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", blocks[0]):
        return (UNREADABLE.finding("The first line is not WEBVTT."),)
    return tuple(limit_repeats(_check_cues(blocks)))


def _check_cues(blocks: list[str]) -> Iterator[Finding]:
    latest_begin = 0.0
    number = 0
    for block in blocks:
        lines = block.strip("\n").split("\n")
        index = next((index for index, line in enumerate(lines) if "-->" in line), None)
        if index is None or lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        number += 1
        location = f"cue {number}"
        timings = lines[index].strip()
        match = _TIMINGS.fullmatch(timings)
        if match is None:
            yield TIME.finding(f"Invalid times: “{timings[:60]}”.", place=location)
            continue
        begin, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        text = " ".join(_TAG.sub("", " ".join(lines[index + 1 :])).split())
        if end <= begin:
            message = f"The cue ends at {end:.3f} seconds, but starts at {begin:.3f} seconds."
            yield TIME.finding(message, place=location)
        elif begin < latest_begin:
            yield ORDER.finding(f"The cue starts at {begin:.3f} seconds, before the previous cue.", place=location)
        elif len(text) / (end - begin) > MAX_CHARACTERS_PER_SECOND:
            yield FAST.finding(f"{len(text)} characters are shown for {end - begin:.1f} seconds.", place=location)
        if not text:
            yield EMPTY.finding("The cue is empty.", place=location)
        latest_begin = max(latest_begin, begin)
    if not number:
        yield EMPTY.finding("The transcript has no cues.")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
