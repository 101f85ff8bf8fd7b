"""Words that nothing on the page shows: each goes with what it announces, closes or leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter.speech.utterance import Utterance, UtteranceKind
from exporter.writers.xhtml.overlay.reading_order import Par
from exporter.writers.xhtml.overlay.sentence_spans import Unit

FRAME = frozenset({UtteranceKind.OPENING, UtteranceKind.CLOSING})
"""What is said around the text; the title page of the book has words of its own."""


def attach(pars: Iterable[Par], utterances: Sequence[Utterance]) -> None:
    """Let pars read the announcements beside their utterances too, in the same chapter of the recording.

    Args:
        pars: All of the book.
        utterances: The script, without what is said for the book alone.
    """
    ending: dict[int, Par] = {}
    beginning: dict[int, Par] = {}
    owned: set[int] = set()
    for par in pars:
        if par.unit.last < len(utterances):
            ending[par.unit.last] = par
            beginning[par.unit.first] = par
            owned.update(range(par.unit.first, par.unit.last + 1))
    free = [number for number, each in enumerate(utterances) if number not in owned and each.kind not in FRAME]
    for run in _runs(free, utterances):
        before, after = ending.get(run[0] - 1), beginning.get(run[-1] + 1)
        if before and utterances[run[0] - 1].chapter != utterances[run[0]].chapter:
            before = None
        if after and utterances[run[-1] + 1].chapter != utterances[run[0]].chapter:
            after = None
        closing = max((place for place, number in enumerate(run, 1) if utterances[number].closing), default=0)
        split = closing if before and after else len(run) if before else 0
        if before and split:
            before.unit = Unit(before.unit.first, run[split - 1])
        if after and split < len(run):
            after.unit = Unit(run[split], after.unit.last)


def _runs(numbers: Iterable[int], utterances: Sequence[Utterance]) -> list[list[int]]:
    """Return numbers that follow each other in one chapter together."""
    runs: list[list[int]] = []
    for number in numbers:
        chapter = utterances[number].chapter
        if runs and runs[-1][-1] == number - 1 and utterances[number - 1].chapter == chapter:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
