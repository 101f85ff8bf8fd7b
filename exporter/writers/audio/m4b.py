"""M4B container: an MPEG-4 file with a chapter list and a chapter track (ISO/IEC 14496-14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from exporter.inspect import mp4
from exporter.speech.codec import AAC
from exporter.speech.iso639 import alpha3_code
from exporter.writers.audio.timing import TimedChapter

MAX_TITLE = 255
"""Bytes of a title in the chapter list of the format; libav cuts longer ones, even inside a character."""


def write(
    target: Path, packets: Iterable[bytes], chapters: Sequence[TimedChapter], *, rate: int, bitrate: int, language: str
) -> None:
    """Write the file, its index before the sound so that web players can start at once.

    Players skip the first packet, the encoder delay, as the edit list of the file states. The chapter list of the
    format is limited to 255 entries; the chapter track, which players prefer, contains all of them.
    """
    import av

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(target), "w", format="ipod", options=options) as container:
        if chapters:
            container.set_chapters([_chapter(number, chapter) for number, chapter in enumerate(chapters)])
        stream: Any = container.add_stream("aac", rate=rate)
        stream.codec_context.layout = "mono"
        stream.codec_context.bit_rate = bitrate
        stream.codec_context.options = {"flags": "+bitexact", "aac_coder": "fast"}
        stream.time_base = Fraction(1, rate)
        stream.metadata["language"] = alpha3_code(language)
        container.start_encoding()
        for number, data in enumerate(packets):
            packet = av.Packet(data)
            packet.stream = stream
            packet.time_base = Fraction(1, rate)
            packet.pts = packet.dts = (number - 1) * AAC.frame
            packet.duration = AAC.frame
            packet.is_keyframe = True
            container.mux(packet)
    # FFmpeg states English for the chapter track, whatever the language.
    with target.open("r+b") as file:
        mp4.set_chapter_language(file, alpha3_code(language))


def _chapter(number: int, timed: TimedChapter) -> Any:
    return {
        "id": number,
        "start": round(timed.begin * 1000),
        "end": round(timed.end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": _shorten(timed.chapter.title)},
    }


def _shorten(title: str) -> str:
    """Return a title that fits in the chapter list, cut at a word where it has one; the recording has all of it."""
    data = title.encode()
    if len(data) <= MAX_TITLE:
        return title
    cut = data[: MAX_TITLE - len("…".encode())].decode(errors="ignore")
    words = cut.rpartition(" ")[0]
    return f"{words if 2 * len(words) > len(cut) else cut}…"
