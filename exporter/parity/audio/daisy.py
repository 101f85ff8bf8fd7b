"""The sound of a talking book: what is played with each text, inside its file and without a gap (DAISY 2.02, 2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.findings import Finding
from exporter.inspect.archive import Archive, resolve
from exporter.inspect.xml import parse
from exporter.parity.audio import daisy_navigation, mp3
from exporter.parity.audio.timing import NEAR, ROUNDED, SAID
from exporter.parity.rules import CHAPTERS, CLIPS

MASTER, INDEX = "master.smil", "ncc.html"
_HOURS = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")


def diff(path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the times of a talking book."""
    with Archive(path) as archive:
        master = parse(archive.read(MASTER))
        references = list(master.iter("ref"))
        titles = {resolve(MASTER, reference.get("src")): reference.get("title") or "" for reference in references}
        parts = {name: parse(archive.read(name)) for name in titles}
        index = parse(archive.read(INDEX))
        metadata_of_index = _metadata(index)
        yield from daisy_navigation.check(index, metadata_of_index, len(archive.names))
        yield from daisy_navigation.check_order(INDEX, index, parts)
        yield from daisy_navigation.check_titles(titles, parts)
        metadata_of_master = _metadata(master)
        yield from daisy_navigation.check_part(MASTER, metadata_of_master, metadata_of_index)
        played: set[str] = set()
        total = 0.0
        for name, root in parts.items():
            metadata = _metadata(root)
            yield from daisy_navigation.check_part(name, metadata, metadata_of_index)
            yield from _elapsed(name, metadata, total)
            yield from _clips(archive, name, root, played)
            total += clock(metadata.get("ncc:timeInThisSmil", ""))
        wholes = (metadata_of_index.get("ncc:totalTime", ""), metadata_of_master.get("ncc:timeInThisSmil", ""))
        for whole in wholes:
            if abs(clock(whole) - total) > SAID:
                yield CLIPS.finding(f"The book is said to last {whole}; its parts last {total:.1f} seconds.")
        for name in sorted(member for member in archive.names if member.endswith(".mp3") and member not in played):
            yield CLIPS.finding(f"Nothing plays {name}.")


def clock(value: str) -> float:
    """Return the seconds of a clock value, such as 0:01:02.003 or npt=62.003s (SMIL 1.0, 4.2.3).

    Raises:
        ValueError: It is none.
    """
    value = value.removeprefix("npt=").strip()
    match = _HOURS.fullmatch(value)
    if match is not None:
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + float(match[3])
    return float(value.removesuffix("s"))


def _metadata(root: Any) -> dict[str, str]:
    elements = (element for element in root.iter() if isinstance(element.tag, str) and element.tag.endswith("meta"))
    return {element.get("name"): element.get("content") or "" for element in elements if element.get("name")}


def _elapsed(name: str, metadata: dict[str, str], total: float) -> Iterator[Finding]:
    if abs(clock(metadata.get("ncc:totalElapsedTime", "")) - total) > SAID:
        message = f"{name} begins after {total:.1f} seconds and says {metadata['ncc:totalElapsedTime']}."
        yield CHAPTERS.finding(message)


def _clips(archive: Archive, name: str, root: Any, played: set[str]) -> Iterator[Finding]:
    """Yield what is wrong with the clips of a part, each of which plays one file from its beginning to its end."""
    ends: dict[str, float] = {}
    lengths: dict[str, float] = {}
    for clip in root.iter("audio"):
        file = resolve(name, clip.get("src") or "")
        if file not in lengths:
            with archive.open_sound(file) as sound:
                track, _ = mp3.track(sound, file)
            lengths[file] = track.length or 0.0
        begin, end = clock(clip.get("clip-begin") or ""), clock(clip.get("clip-end") or "")
        shown = f"The clip {clip.get('id') or ''} of {name}"
        if end <= begin:
            yield CLIPS.finding(f"{shown} lasts no time ({begin:.3f} to {end:.3f}).")
        if begin < ends.get(file, 0.0) - ROUNDED:
            yield CLIPS.finding(f"{shown} begins at {begin:.3f}, before the one before it has ended.")
        if end > lengths[file] + NEAR:
            yield CLIPS.finding(f"{shown} ends at {end:.3f}, behind the end of {file} at {lengths[file]:.3f}.")
        ends[file] = max(end, ends.get(file, 0.0))
    played.update(lengths)
    spoken = sum(ends.values())
    stated = clock(_metadata(root).get("ncc:timeInThisSmil", ""))
    for sequence in root.iter("seq"):
        duration = clock(sequence.get("dur") or f"{spoken}s")
        if abs(spoken - duration) > SAID:
            yield CLIPS.finding(f"The sequence of {name} is said to last {duration:.1f} seconds.")
    if abs(spoken - stated) > SAID:
        yield CLIPS.finding(f"{name} is said to last {stated:.1f} seconds; its clips last {spoken:.1f}.")
