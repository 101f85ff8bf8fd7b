"""Positions of the sound of each utterance in the file of a document, with the text that is shown with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exporter.contracts.sidecars import PlacedSound
from exporter.speech.utterance import Utterance
from exporter.writers.xhtml.overlay.audio_assembly import SampleRange, Track
from exporter.writers.xhtml.overlay.sentence_spans import Unit


def in_track(
    file: str,
    track: Track,
    texts: Iterable[tuple[str, Unit]],
    ranges: Sequence[SampleRange],
    utterances: Sequence[Utterance],
) -> Iterator[PlacedSound]:
    """Yield the utterances of a sound file.

    Args:
        file: Its name.
        track: Its packets and clips.
        texts: Address and utterances of the text of each clip.
        ranges: All utterances of the recording.
        utterances: Their texts.
    """
    for (target, unit), (begin, end) in zip(texts, track.clips, strict=True):
        for number in range(unit.first, unit.last + 1):
            sound, position = ranges[number], track.find(ranges[number])
            text = utterances[number].text
            digest = sound.digest if position is not None else ""
            yield PlacedSound(file, text, begin / 1000, end / 1000, position or 0, sound.packets, digest, target)
