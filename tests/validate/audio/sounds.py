"""Recordings made by rule: a tone as loud as speech, silence, and what a file says of them."""

from __future__ import annotations

import array
import json
import math
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import av

RATE = 16_000
PERIOD = RATE // 40
"""Samples after which a tone of 440 Hz repeats."""
SPEECH = 0.16
"""Amplitude of a tone that is about -19 LUFS loud."""
Part = tuple[float, float]
"""Seconds and amplitude."""
TAGS = {"title": "A report"}
CHAPTERS = (("Opening", 0.0, 3.0), ("The courts", 3.0, 8.0))


def tone(parts: Sequence[Part]) -> bytes:
    """Return samples of 16 bits."""
    samples = array.array("h")
    for seconds, amplitude in parts:
        length = round(seconds * RATE)
        period = array.array(
            "h",
            (
                max(-32768, min(32767, round(32767 * amplitude * math.sin(2 * math.pi * 440 * n / RATE))))
                for n in range(PERIOD)
            ),
        )
        samples.extend((period * (length // PERIOD + 1))[:length])
    return samples.tobytes()


def record(
    path: Path,
    parts: Sequence[Part] = ((8.0, SPEECH),),
    chapters: Sequence[tuple[str, float, float]] = CHAPTERS,
    tags: Mapping[str, str] = TAGS,
    language: str = "eng",
) -> Path:
    """Write a recording in the format that the end of its name says."""
    pcm = tone(parts)
    forms = {
        ".m4b": ("ipod", "aac"),
        ".mp3": ("mp3", "libmp3lame"),
        ".flac": ("flac", "flac"),
        ".opus": ("opus", "libopus"),
    }
    container_format, codec = forms.get(path.suffix, ("wav", "pcm_s16le"))
    with av.open(str(path), "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        if language:
            stream.metadata["language"] = language
        container.metadata.update(tags)
        if chapters:
            container.set_chapters(
                [
                    {
                        "id": number,
                        "start": round(begin * 1000),
                        "end": round(end * 1000),
                        "time_base": Fraction(1, 1000),
                        "metadata": {"title": title} if title else {},
                    }
                    for number, (title, begin, end) in enumerate(chapters)
                ]
            )
        for start in range(0, len(pcm), 2048):
            chunk = pcm[start : start + 2048]
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(chunk) // 2)
            frame.planes[0].update(chunk + bytes(frame.planes[0].buffer_size - len(chunk)))
            frame.sample_rate, frame.pts, frame.time_base = RATE, start // 2, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def pack(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@cache
def mp3(parts: tuple[Part, ...] = ((8.0, SPEECH),)) -> bytes:
    """Return an MP3 of eight seconds."""
    with tempfile.TemporaryDirectory() as folder:
        return record(Path(folder) / "part.mp3", parts, chapters=()).read_bytes()


def manifest(**changes: object) -> dict[str, object]:
    """Return the manifest of an audiobook of two parts of eight seconds."""
    return {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context"],
        "type": "Audiobook",
        "name": "A report",
        "author": "Ana",
        "readBy": "A voice",
        "inLanguage": "en",
        "accessMode": ["auditory"],
        "accessibilityFeature": ["tableOfContents"],
        "duration": "PT16S",
        "readingOrder": [
            {"url": "a.mp3", "name": "Opening", "duration": "PT8S"},
            {"url": "b.mp3", "name": "The courts", "duration": "PT8S"},
        ],
        **changes,
    }


CONTENTS = (
    '<nav role="doc-toc"><ol><li><a href="a.mp3">Opening</a></li><li><a href="b.mp3#t=2">The courts</a></li></ol></nav>'
)


def audiobook(folder: Path, sound: bytes, contents: str = CONTENTS, **changes: object) -> Path:
    files = {
        "publication.json": json.dumps(manifest(**changes)),
        "index.html": contents,
        "a.mp3": sound,
        "b.mp3": sound,
    }
    return pack(folder / "book.lpf", files)


NCC = """<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head><title>A report</title>
<meta name="dc:title" content="A report"/><meta name="dc:format" content="Daisy 2.02"/>
<meta name="dc:language" content="en"/><meta name="dc:identifier" content="x"/>
<meta name="ncc:totalTime" content="0:00:08"/></head>
<body><h1 class="title" id="a"><a href="a.smil#s1">Opening</a></h1></body></html>"""
SMIL = """<smil><body><seq><par id="s1"><text src="a.html#p1"/>
<audio src="a.mp3" clip-begin="npt=0.000s" clip-end="npt=8.000s" id="x"/></par></seq></body></smil>"""
TEXT = '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1 id="p1">Opening</h1></body></html>'


def talking_book(folder: Path, sound: bytes, *, ncc: str = NCC, smil: str = SMIL, text: str = TEXT) -> Path:
    return pack(folder / "book-daisy.zip", {"ncc.html": ncc, "a.smil": smil, "a.html": text, "a.mp3": sound})
