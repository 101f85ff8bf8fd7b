"""Alignment of the notes of the tree with those of an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from exporter.parity.content import ExtractedNote, letters

NoteMatches = tuple[list[tuple[int, int]], Sequence[int], Sequence[int]]
"""Pairs of matching notes, missing notes and extra notes, by index."""


def align_notes(expected: Sequence[ExtractedNote], actual: Sequence[ExtractedNote]) -> NoteMatches:
    """Return the pairs of notes: referenced ones in order, the others by their text."""
    pairs, missing, extra = _align_referenced(expected, actual)
    remaining = {index: note for index, note in enumerate(actual) if note.unreferenced}
    for index, note in enumerate(expected):
        if note.unreferenced:
            match = _most_similar(note, remaining)
            if match is None:
                missing.append(index)
            else:
                del remaining[match]
                pairs.append((index, match))
    return pairs, missing, [*extra, *remaining]


def _most_similar(note: ExtractedNote, candidates: Mapping[int, ExtractedNote]) -> int | None:
    """Return the index of the note with the same text and as many references, or else the most similar one, or None."""
    key, texts = _note_key(note), {letters(item.text) for item in note.items}
    kinds = _kinds(note)

    def similarity(index: int) -> tuple[bool, bool, bool, int]:
        candidate = candidates[index]
        shared = len(texts & {letters(item.text) for item in candidate.items})
        is_same = _note_key(candidate) == key
        return is_same, candidate.backlinks == note.backlinks, _kinds(candidate) == kinds, shared

    return max(candidates, key=similarity, default=None)


def _align_referenced(
    expected: Sequence[ExtractedNote], actual: Sequence[ExtractedNote]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    in_tree, in_edition = (
        [index for index, note in enumerate(side) if not note.unreferenced] for side in (expected, actual)
    )
    if len(in_tree) == len(in_edition):
        return list(zip(in_tree, in_edition, strict=True)), [], []
    left, right = [_note_key(expected[index]) for index in in_tree], [_note_key(actual[index]) for index in in_edition]
    pairs: list[tuple[int, int]] = []
    missing: list[int] = []
    extra: list[int] = []
    for _, start, end, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        common = min(end - start, last - first)
        pairs += ((in_tree[start + step], in_edition[first + step]) for step in range(common))
        missing += in_tree[start + common : end]
        extra += in_edition[first + common : last]
    return pairs, missing, extra


def _note_key(note: ExtractedNote) -> str:
    return " ".join(letters(item.text) for item in note.items)


def _kinds(note: ExtractedNote) -> list[tuple[str, int]]:
    """Return the kinds of the items of a note, since formulas and pictures have no letters."""
    return [(item.kind, len(item.marks)) for item in note.items]
