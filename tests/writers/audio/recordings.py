"""A publication with chapters, a transcript and a cover, and its recording in the editions that share it."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from exporter import model as m
from exporter.contracts import WriteResult
from exporter.speech import ffmpeg, pcm
from tests.speech.trees import para, publication, section, text
from tests.write_context import Memory, Pictures, write_context

FILLER = " ".join(["Thousands of people wait for months before a judge hears them, and few of them know why."] * 2)


def sample(cover: m.Asset | None = None) -> m.Publication:
    turns = (
        m.Turn(speaker=m.Speaker(name="Ana"), children=(para("I waited."),)),
        m.Turn(speaker=m.Speaker(name="Leo"), children=(para("So did I."),)),
    )
    made = publication(
        section("One: a/b?", para(FILLER, name="p1"), section("Deeper: “quoted” & more", para("Short."))),
        section("Two", para("She said ", text("no pasarán", "es"), "."), m.Transcript(turns=turns)),
        authors=(m.Contributor(name="Ana Paz"),),
        description="On waiting.",
        publisher="Open Record",
        cover=m.Cover(source="c.jpg", alt=m.Described(text="A queue at dawn")) if cover else None,
    )
    return m.Publication(metadata=made.metadata, body=made.body, assets=(cover,) if cover else ())


def make(writer: Any, folder: Path, memory: Memory | None = None) -> tuple[Path, WriteResult]:
    """Write the sample with its cover."""
    pictures = Pictures(folder / "pictures")
    jpeg = io.BytesIO()
    Image.new("RGB", (60, 80), "navy").save(jpeg, "JPEG")
    cover = pictures.add("c.jpg", jpeg.getvalue(), "image/jpeg", 60, 80)
    context = write_context(folder, pictures=pictures, memory=memory)
    target = folder / f"a{writer.SUFFIX}"
    written = writer.write(sample(cover), context, writer.Options(), target)
    return target, written


def loudness_of(path: Path) -> tuple[list[float], float]:
    """Return the loudest sample of every hundredth of a second, 0-1, and the length in seconds, as played."""
    rate = 24_000
    heard = ffmpeg.decode(path.read_bytes(), rate)
    step = 2 * rate // 100
    peaks = [pcm.peak(heard.pcm[at : at + step], 1) / 32768 for at in range(0, len(heard.pcm), step)]
    return peaks, heard.seconds


def onsets(peaks: list[float], begins: list[float]) -> Iterator[float]:
    """Yield how far from where it is said to begin each utterance is heard, in seconds; each follows a silence."""
    for begin in begins:
        place = math.floor(begin * 100)
        start = max(0, place - 20)
        heard = next(at for at in range(start, len(peaks)) if peaks[at] > 0.02)
        yield heard / 100 - begin
