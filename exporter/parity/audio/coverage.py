"""Coverage of the tree by utterances: every word once, in order, in its language and by its speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from exporter.findings import Finding
from exporter.model import Publication
from exporter.parity import rules
from exporter.parity.audio.expected import ExpectedSpeech, SpokenUnit, primary, units
from exporter.parity.audio.recording import TimedText
from exporter.parity.comparison.item_names import quote_difference
from exporter.parity.content import joined, letters

QUOTED = 60
_FRAME = frozenset({"opening", "closing", "announcement", "marker", "note-reference", "speaker"})
"""Kinds of utterances that say what is no text of the manuscript."""

_SIGNS = frozenset({"maths", "code"})
"""Kinds of utterances that are heard even if they have no letter."""


def of_script(publication: Publication, clips: Sequence[TimedText]) -> Iterator[Finding]:
    """Compare the utterances of a recording with the tree.

    Args:
        publication: After the transforms.
        clips: With their nodes and kinds.
    """
    yield from _Script(units(publication), clips).findings()


class _Script:
    def __init__(self, wanted: ExpectedSpeech, clips: Sequence[TimedText]) -> None:
        self.wanted = wanted
        self.clips = clips
        self.by_node: dict[str, list[int]] = defaultdict(list)
        """Places of the utterances that read a node."""
        self.repeated: dict[str, list[TimedText]] = defaultdict(list)
        """Header cells said again before their cells."""
        self.frame: dict[str, list[int]] = defaultdict(list)
        """Places of what is said besides about a node."""
        for index, clip in enumerate(clips):
            if clip.kind == "repeated-header":
                self.repeated[clip.node].append(clip)
            elif clip.kind in _FRAME or letters(clip.text) or clip.kind in _SIGNS:
                (self.frame if clip.kind in _FRAME else self.by_node)[clip.node].append(index)

    def findings(self) -> Iterator[Finding]:
        """Yield every difference."""
        for unit in self.wanted.units:
            yield from self._unit(unit)
        yield from self._extra()
        yield from self._order()
        yield from self._notes()
        yield from self._markers()
        yield from self._speakers()

    def _unit(self, unit: SpokenUnit) -> Iterator[Finding]:
        clips = [self.clips[index] for index in self.by_node.get(unit.node, ())]
        if not clips:
            if unit.kind != "alt":  # these are compared in one list
                yield rules.TEXT.finding(f"{_named(unit)} is not read.", unit.source)
            return
        if unit.kind == "formula" and not unit.words:
            return
        # Code may be all signs, and each of them is read.
        known = letters if unit.words else _signs
        times = _times("".join(known(clip.text) for clip in clips), known(unit.text))
        other_words = next(
            (clip for clip in self.repeated.get(unit.node, ()) if known(clip.text) not in known(unit.text)), None
        )
        if other_words is not None:
            yield rules.TEXT.finding(f"{_named(unit)} is repeated as “{other_words.text[:QUOTED]}”.", unit.source)
        if times > 1 and not unit.header:
            yield rules.TEXT.finding(f"{_named(unit)} is read {times} times.", unit.source)
        elif not times and unit.kind != "alt":
            read = " ".join(" ".join(clip.text for clip in clips).split())
            yield rules.TEXT.finding(f"{_named(unit)} is read {quote_difference(unit.text, read)}.", unit.source)
        if times:
            yield from self._languages(unit, clips, times)
        other = next((clip for clip in clips if clip.speaker != unit.speaker and letters(clip.text)), None)
        if other is not None:
            spoken, wanted = other.speaker or "the narrator", unit.speaker or "the narrator"
            yield rules.SPEAKERS.finding(f"{_named(unit)} is spoken by {spoken}, not by {wanted}.", unit.source)

    def _languages(self, unit: SpokenUnit, clips: Sequence[TimedText], times: int) -> Iterator[Finding]:
        spoken = joined((primary(language), letters(text)) for clip in clips for language, text in clip.runs)
        wanted = joined(unit.runs * times)
        is_known = all(language for language, _ in wanted)
        if unit.kind != "formula" and is_known and spoken != wanted:
            actual, expected = (" › ".join(language or "und" for language, _ in runs) for runs in (spoken, wanted))
            yield rules.PASSAGES.finding(f"{_named(unit)} is spoken in {actual}, not in {expected}.", unit.source)

    def _extra(self) -> Iterator[Finding]:
        known = {unit.node for unit in self.wanted.units}
        for node, indices in self.by_node.items():
            text = " ".join(self.clips[index].text for index in indices if self.clips[index].kind != "alt")
            if node not in known and letters(text):
                yield rules.TEXT.finding(f"“{text[:QUOTED]}” is read, and is not in the manuscript.")

    def _order(self) -> Iterator[Finding]:
        last: dict[str, int] = {}
        for unit in self.wanted.units:
            indices = self.by_node.get(unit.node)
            if not indices:
                continue
            if indices[0] < last.get(unit.note, -1):
                yield rules.ORDER.finding(f"{_named(unit)} is read before what it follows.", unit.source)
            last[unit.note] = max(indices[0], last.get(unit.note, -1))
            if unit.header:
                continue
            between = range(indices[0], indices[-1])
            strange = next((index for index in between if self._breaks(unit, index)), None)
            if strange is not None:
                other = self.clips[strange].text[:QUOTED]
                yield rules.ORDER.finding(
                    f"“{other}” is read in the middle of {_named(unit, small=True)}.", unit.source
                )

    def _breaks(self, unit: SpokenUnit, index: int) -> bool:
        clip = self.clips[index]
        # A picture in a line is told where it stands, and the mark of a note behind its sentence.
        return clip.node != unit.node and clip.kind not in _FRAME and clip.kind != "alt" and bool(letters(clip.text))

    def _notes(self) -> Iterator[Finding]:
        first = {
            unit.note: min(indices)
            for unit in reversed(self.wanted.units)
            if unit.note and (indices := self.by_node.get(unit.node))
        }
        for number, note in enumerate(self.wanted.notes, 1):
            node = note.at.id or note.id
            if node not in first:
                continue
            announced = [index for index in self.frame.get(node, ()) if self.clips[index].kind == "announcement"]
            if not any(index < first[node] and str(number) in self.clips[index].text for index in announced):
                yield rules.NOTES.finding(f"Note {number} is read without being announced.", note.at.source)
            # A note may be read after another note that refers to it, before the text does.
            units = [self.by_node.get(unit) for unit in self.wanted.references.get(node, ())]
            referring = [indices[0] for indices in units if indices]
            # A cell or caption that is a reference alone has no utterance.
            if referring and len(referring) == len(units) and first[node] < min(referring):
                yield rules.NOTES.finding(f"Note {number} is read before the text refers to it.", note.at.source)

    def _markers(self) -> Iterator[Finding]:
        for marker in self.wanted.markers:
            clips = [self.clips[index] for index in self.frame.get(marker.node, ())]
            numbers = [_signs(clip.text) for clip in clips if clip.kind == "marker"]
            if numbers[:1] != [marker.words]:
                read = f"“{numbers[0]}”" if numbers else "nothing"
                message = f"Before the item of the number {marker.words}, {read} is said."
                yield rules.NESTING.finding(message, marker.source)

    def _speakers(self) -> Iterator[Finding]:
        for node, name in self.wanted.speakers:
            clips = [self.clips[index] for index in self.frame.get(node, ())]
            if letters(name) and not any(
                clip.kind == "speaker" and letters(name) in letters(clip.text) for clip in clips
            ):
                yield rules.SPEAKERS.finding(f"It is not said that {name} begins to speak.")


def _signs(text: str) -> str:
    return "".join(text.split())


def _times(words: str, once: str) -> int:
    """Return how many times over words are said; 0 when other words are."""
    if not once:
        return 0
    times = len(words) // len(once)
    return times if once * times == words else 0


def _named(unit: SpokenUnit, *, small: bool = False) -> str:
    text = f"“{unit.text[:QUOTED]}…”" if len(unit.text) > QUOTED else f"“{unit.text}”"
    return f"{'the' if small else 'The'} {unit.kind} {text}"
