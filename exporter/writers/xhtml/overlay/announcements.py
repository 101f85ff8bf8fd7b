"""Announcements, which no text in the documents shows: each is read with the item that it precedes or follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter.speech.utterance import Utterance, UtteranceKind
from exporter.writers.xhtml.overlay.reading_order import Par
from exporter.writers.xhtml.overlay.sentence_spans import Unit

CREDITS = frozenset({UtteranceKind.OPENING, UtteranceKind.CLOSING})
"""Credits of the recording; the title page of the book has its own text."""


def attach(pars: Iterable[Par], utterances: Sequence[Utterance]) -> None:
    """Extend pars to the announcements next to their utterances in the same chapter of the recording.

    Args:
        pars: All pars of the book.
        utterances: The script, without the utterances for the book alone.
    """
    ending: dict[int, Par] = {}
    beginning: dict[int, Par] = {}
    owned: set[int] = set()
    for par in pars:
        if par.unit.last < len(utterances):
            ending[par.unit.last] = par
            beginning[par.unit.first] = par
            owned.update(range(par.unit.first, par.unit.last + 1))
    free = [index for index, item in enumerate(utterances) if index not in owned and item.kind not in CREDITS]
    for run in _runs(free, utterances):
        before, after = ending.get(run[0] - 1), beginning.get(run[-1] + 1)
        if before and utterances[run[0] - 1].chapter != utterances[run[0]].chapter:
            before = None
        if after and utterances[run[-1] + 1].chapter != utterances[run[0]].chapter:
            after = None
        closing = max((count for count, index in enumerate(run, 1) if utterances[index].closing), default=0)
        split = closing if before and after else len(run) if before else 0
        if before and split:
            before.unit = Unit(before.unit.first, run[split - 1])
        if after and split < len(run):
            after.unit = Unit(run[split], after.unit.last)


def _runs(indexes: Iterable[int], utterances: Sequence[Utterance]) -> list[list[int]]:
    """Return consecutive indexes of one chapter as lists."""
    runs: list[list[int]] = []
    for index in indexes:
        chapter = utterances[index].chapter
        if runs and runs[-1][-1] == index - 1 and utterances[index - 1].chapter == chapter:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
