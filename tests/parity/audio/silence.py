"""Recordings in which nothing is heard, and which cost nothing: whole files with chapters, tags and clips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter.contracts import WriteResult
from exporter.model import Publication
from exporter.pipeline.registry import discover
from exporter.speech import session
from exporter.speech.codec import Codec
from exporter.speech.encode import AudioSegment
from exporter.speech.mix import Clip, RecordedSegment
from exporter.speech.utterance import Utterance
from tests.write_context import Pictures, write_context

EDITIONS = ("audio", "mp3", "audiobook", "transcript", "chapters", "daisy")
AAC_FRAME = 1024
PAUSE = 5
"""Packets between two utterances."""


class Silent:
    """A mixer that lets each letter last a packet; stretches hold at most seven utterances, of one chapter."""

    def __init__(self, _studio: object, _memo: object, codec: Codec, *, rate: int, bitrate: int, **_: object) -> None:
        self.codec = codec
        self.packet = _silence(codec, rate, bitrate)

    def record(self, utterances: Iterable[Utterance], *_: object) -> Iterator[RecordedSegment]:
        stretch: list[tuple[int, Utterance]] = []
        for number, each in enumerate(utterances):
            if stretch and (len(stretch) == 7 or stretch[-1][1].chapter != each.chapter):
                yield self._segment(stretch)
                stretch = []
            stretch.append((number, each))
        if stretch:
            yield self._segment(stretch)

    def _segment(self, stretch: list[tuple[int, Utterance]]) -> RecordedSegment:
        clips: list[Clip] = []
        packets: list[bytes] = []
        for number, each in stretch:
            length = max(1, len(each.text))
            begin = len(packets) * self.codec.frame
            clips.append(Clip(begin, begin + length * self.codec.frame))
            packets += [self.packet + self._mark(number)] * length + [self.packet] * PAUSE
        return RecordedSegment(AudioSegment(tuple(packets), {}), tuple(clips))

    def _mark(self, number: int) -> bytes:
        """Return bytes behind a packet of AAC, which decoders pass over, by which utterances differ."""
        return sound_mark(number) if self.codec.frame == AAC_FRAME else b""

    record_more = record


def sound_mark(number: int) -> bytes:
    """Return the end of the packets of an utterance, by its position."""
    return f"utterance {number:05}".encode()


def _silence(codec: Codec, rate: int, bitrate: int) -> bytes:
    """Return a packet of silence, as the encoder makes it when it has made some."""
    import av

    encoder: Any = codec.open_encoder(rate, bitrate)
    packet = b""
    for _ in range(8):
        frame: Any = av.AudioFrame(format="fltp", layout="mono", samples=codec.frame)
        frame.sample_rate = rate
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for each in encoder.encode(frame):
            packet = bytes(each)
    return packet


def record(
    folder: Path, publication: Publication, edition: str, pictures: Pictures | None = None, **wishes: Any
) -> tuple[Path, WriteResult]:
    """Write an edition that is heard, in silence; `wishes` are settings of the audio edition."""
    (found,) = discover().select([edition])
    (audio,) = discover().select(["audio"])
    context = write_context(folder, publication.metadata.language or "en", pictures=pictures)
    asked = audio.writer.Options(**wishes)
    context = msgspec.structs.replace(context, settings={"audio": asked})
    path = folder / f"book{found.writer.SUFFIX}"
    options = asked if edition == "audio" else found.writer.Options()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "Mixer", Silent)
        return path, found.writer.write(publication, context, options, path)
