"""Any transcript in WebVTT: whether players can read it, and people follow it (WebVTT, 4; WCAG 1.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from exporter.findings import Finding, Rule, Severity

UNREADABLE = Rule(
    "vtt-unreadable",
    Severity.ERROR,
    "The transcript is WebVTT in UTF-8.",
    "Write WEBVTT into its first line, and save it as UTF-8.",
    "WebVTT, 4.1",
)
TIME = Rule(
    "vtt-time",
    Severity.ERROR,
    "Every passage has a beginning and, behind it, an end.",
    "Mend the times.",
    "WebVTT, 4.1",
)
ORDER = Rule(
    "vtt-order",
    Severity.ERROR,
    "Passages follow each other in the order in which they are heard.",
    "Mend the times.",
    "WebVTT, 4.1",
)
EMPTY = Rule("vtt-empty", Severity.ERROR, "Every passage has words.", "Write what is heard.", "WCAG 1.2.1")
FAST = Rule(
    "vtt-fast",
    Severity.WARNING,
    "A passage is shown as long as it takes to say it.",
    "Mend the times.",
    "WCAG 1.2.1",
)
RULES = (UNREADABLE, TIME, ORDER, EMPTY, FAST)
MOST_BYTES = 50_000_000
LETTERS = 60.0
"""Letters that nobody says in a second."""
_STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_LINE = re.compile(rf"{_STAMP}\s+-->\s+{_STAMP}(?:\s+.*)?")
_TAG = re.compile(r"<[^>]*>")
MOST = 20
"""Places that are told for one rule."""


def check(path: Path) -> tuple[Finding, ...]:
    """Check a transcript."""
    if path.stat().st_size > MOST_BYTES:
        return (UNREADABLE.finding(f"It has more than {MOST_BYTES // 1_000_000} MB, which no transcript needs."),)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return (UNREADABLE.finding("It is not in UTF-8."),)
    blocks = re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", blocks[0]):
        return (UNREADABLE.finding("Its first line is not WEBVTT."),)
    told: dict[str, int] = {}
    found = []
    for finding in _cues(blocks):
        told[finding.rule] = told.get(finding.rule, 0) + 1
        if told[finding.rule] <= MOST:
            found.append(finding)
    return tuple(found)


def _cues(blocks: list[str]) -> Iterator[Finding]:
    before = 0.0
    number = 0
    for block in blocks:
        lines = block.strip("\n").split("\n")
        place = next((index for index, line in enumerate(lines) if "-->" in line), None)
        if place is None or lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        number += 1
        where = f"passage {number}"
        match = _LINE.fullmatch(lines[place].strip())
        if match is None:
            yield TIME.finding(f"“{lines[place].strip()[:60]}” are no times.", place=where)
            continue
        begin, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        words = " ".join(_TAG.sub("", " ".join(lines[place + 1 :])).split())
        if end <= begin:
            yield TIME.finding(f"The passage ends at {end:.3f} seconds, and begins at {begin:.3f}.", place=where)
        elif begin < before:
            yield ORDER.finding(f"The passage begins at {begin:.3f} seconds, before the one above it.", place=where)
        elif len(words) / (end - begin) > LETTERS:
            yield FAST.finding(f"{len(words)} letters are shown for {end - begin:.1f} seconds.", place=where)
        if not words:
            yield EMPTY.finding("The passage has no words.", place=where)
        before = max(before, begin)
    if not number:
        yield EMPTY.finding("The transcript has no passage.")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
