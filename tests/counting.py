"""A voice that costs nothing: mixers that only count letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

from exporter.speech import session
from exporter.speech.encode import AudioSegment
from exporter.speech.mix import Clip, RecordedSegment
from exporter.speech.utterance import Utterance


class Counting:
    """Stands where `performance.Mixer` does; stretches hold seven utterances, and a letter lasts a packet of AAC."""

    PACKET: ClassVar = 1024
    LETTER: ClassVar = 1024

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def record(self, utterances: Iterable[Utterance], *_: object) -> Iterator[RecordedSegment]:
        every = list(utterances)
        for start in range(0, len(every), 7):
            clips: list[Clip] = []
            position = 0
            for each in every[start : start + 7]:
                length = len(each.text) * self.LETTER
                clips.append(Clip(position, position + length))
                position += length + 5 * self.PACKET
            packets = (b"\x01\x18\x20\x07",) * (position // self.PACKET + 1)
            yield RecordedSegment(AudioSegment(packets, {}), tuple(clips))

    record_more = record


class CountingMp3(Counting):
    """The same in packets of MP3."""

    PACKET = 576
    LETTER = 2 * 576


@contextmanager
def spoken_by(mixer: Any) -> Iterator[None]:
    """Let a mixer stand where that of every recording does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "Mixer", mixer)
        yield
