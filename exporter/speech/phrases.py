"""Phrases: segments of running text by sentence and by language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from exporter.lexicon import Lexicon
from exporter.speech.sentences import is_speakable, split_sentences
from exporter.speech.text_pieces import TextPiece

_CLOSING_MARKS = re.compile(r"\s*[,.;:!?…)\]}»”’،؛؟]+")


class Phrase(NamedTuple):
    """Text that is spoken without a pause, in one language."""

    text: str
    spoken_form: str
    """Empty if it is `text`."""
    language: str
    ends_sentence: bool
    begin: int = 0
    end: int = 0
    """Positions in the running text; equal if it reads nothing of it."""
    transcription: str = ""
    """What a transcript shows; empty if it is `text`."""
    language_runs: tuple[tuple[str, str], ...] = ()
    """Text by language, if its voice reads words in other languages; otherwise empty."""


def split_phrases(
    pieces: list[TextPiece], language: str, lexicon: Lexicon, voice_change_words: int = 1
) -> list[Phrase]:
    """Return the phrases of adjacent pieces.

    Args:
        pieces: Without images and note references.
        language: The language of the paragraph.
        lexicon: The rules of that language.
        voice_change_words: Number of words from which a passage in another language is a phrase of its own.
    """
    text = "".join(piece.text for piece in pieces)
    stops = [end for _, end in split_sentences(text, lexicon)][:-1]
    return [
        phrase
        for sentence in _split_sentences(pieces, stops)
        for phrase in _group_by_language(list(_keep_voice(sentence, language, voice_change_words)), language)
    ]


def _keep_voice(sentence: list[TextPiece], language: str, voice_change_words: int) -> Iterator[TextPiece]:
    """Yield the pieces of a sentence, short passages in its own script with its language: that of the voice."""
    scripts = _scripts(piece for piece in sentence if piece.language == language)
    for passage_language, group in groupby(sentence, key=lambda piece: piece.language):
        passage = list(group)
        words = sum(map(is_speakable, "".join(piece.text for piece in passage).split()))
        is_short = passage_language != language and words < voice_change_words
        if is_short and _is_audible(passage) and _scripts(passage) <= scripts:
            passage = [piece._replace(language=language, own_language=passage_language) for piece in passage]
        yield from passage


def _scripts(pieces: Iterable[TextPiece]) -> set[str]:
    """Return the scripts of the letters of pieces: the first words of their Unicode names."""
    letters = {character for piece in pieces for character in piece.text if character.isalpha()}
    return {unicodedata.name(character, "").partition(" ")[0] for character in letters}


def _split_sentences(pieces: list[TextPiece], stops: list[int]) -> Iterator[list[TextPiece]]:
    """Yield the pieces of each sentence. A full stop in or after a piece with a spoken form does not end one."""
    sentence: list[TextPiece] = []
    position = 0
    for piece in pieces:
        begin, position = position, position + len(piece.text)
        start = 0
        for stop in (stop - begin for stop in stops if begin < stop <= position and piece.spoken_form is None):
            yield [*sentence, piece.cut(start, stop)]
            sentence, start = [], stop
        if start < len(piece.text) or piece.spoken_form is not None:
            sentence.append(piece.cut(start, len(piece.text)))
    if sentence:
        yield sentence


def _group_by_language(sentence: list[TextPiece], language: str) -> Iterator[Phrase]:
    """Yield a phrase for adjacent pieces of one language; pieces without sound join the piece next to them."""
    groups: list[list[TextPiece]] = []
    for piece in (part for whole in sentence for part in _split_closing_marks(whole)):
        # A comma that joined a phrase in another language must not pull the words after it into that phrase.
        languages = [before.language for before in groups[-1] if _is_audible([before])] if groups else []
        if groups and (not languages or languages[-1] == piece.language or not _is_audible([piece])):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    audible = [
        group for group in groups if any(piece.text.strip() or (piece.spoken_form or "").strip() for piece in group)
    ]
    for index, group in enumerate(audible):
        phrase_language = next((piece.language for piece in group if _is_audible([piece])), language)
        text = " ".join("".join(piece.text for piece in group).split())
        spoken_form = " ".join(
            "".join(piece.text if piece.spoken_form is None else piece.spoken_form for piece in group).split()
        )
        transcription = " ".join(
            "".join(piece.text if piece.transcription is None else piece.transcription for piece in group).split()
        )
        written = [piece for piece in group if piece.begin < piece.end] or [TextPiece("", phrase_language)]
        yield Phrase(
            text,
            "" if spoken_form == text else spoken_form,
            phrase_language,
            ends_sentence=index == len(audible) - 1,
            begin=written[0].begin,
            end=written[-1].end,
            transcription="" if transcription == text else transcription,
            language_runs=tuple((piece.own_language or piece.language, piece.text) for piece in group)
            if any(piece.own_language for piece in group)
            else (),
        )


def _split_closing_marks(piece: TextPiece) -> list[TextPiece]:
    """Return closing punctuation at the start of a piece, and the rest, as two pieces."""
    marks = _CLOSING_MARKS.match(piece.text) if piece.spoken_form is None else None
    if marks is None or marks.end() == len(piece.text):
        return [piece]
    return [piece.cut(0, marks.end()), piece.cut(marks.end(), len(piece.text))]


def _is_audible(pieces: list[TextPiece]) -> bool:
    return any(is_speakable(piece.text) or is_speakable(piece.spoken_form or "") for piece in pieces)
