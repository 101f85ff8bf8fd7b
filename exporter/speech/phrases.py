"""Segmentation of running text: inlines to pieces, pieces to sentences, sentences to phrases of one language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, assert_never

from exporter import formulas
from exporter.labels import Labels
from exporter.lexicon import Lexicon
from exporter.model import (
    Abbreviation,
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    NoteReference,
    Quotation,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.text_positions import size
from exporter.speech.normalisation.numbers import TO_RAISED
from exporter.speech.normalisation.symbols import name_symbols
from exporter.speech.sentences import LINE_END, is_speakable, split_sentences


class TextPiece(NamedTuple):
    """Text in one language."""

    text: str
    """Written form."""
    language: str
    spoken_form: str | None = None
    """What is spoken instead; None if it is `text`. A piece that has one is never cut."""
    begin: int = 0
    end: int = 0
    """Positions in the running text (`model.text_positions`); equal for what is not part of it."""
    transcription: str | None = None
    """What a transcript shows instead; None if it is `text`."""
    own_language: str = ""
    """The language of words that are read by the voice of their sentence; `language` is that of the voice."""

    def cut(self, start: int, stop: int) -> TextPiece:
        """Return a part of it; what has one position as a whole keeps that."""
        whole = self.end - self.begin != len(self.text)
        begin, end = (self.begin, self.end) if whole else (self.begin + start, self.begin + stop)
        return self._replace(text=self.text[start:stop], begin=begin, end=end)


class InlineImage(NamedTuple):
    """An image in the running text."""

    image: Image
    language: str


class NoteReferencePosition(NamedTuple):
    """A note reference and its position in the running text."""

    node: NoteReference
    begin: int


Segment = TextPiece | InlineImage | NoteReferencePosition

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


class InlineSegmenter:
    """Converter of inlines to segments, with the abbreviations that have been expanded already."""

    def __init__(self, labels: Labels, lexicon: Callable[[str], Lexicon]) -> None:
        self._labels = labels
        self._lexicon = lexicon
        self._introduced: set[str] = set()

    def segments(self, inlines: Iterable[Inline], language: str) -> Iterator[Segment]:
        """Yield the pieces, images and note references in reading order."""
        preceding = ""
        for segment in self._walk(inlines, language):
            if isinstance(segment, _ShortForm):
                piece = self._expand(segment, preceding)
                preceding += piece.text
                yield piece
                continue
            if isinstance(segment, _RaisedNumber):
                piece = segment.piece
                if re.search(r"(?<![\w.,])10$", preceding):
                    yield piece._replace(spoken_form=piece.text.translate(TO_RAISED))
                else:
                    yield TextPiece("", piece.language, " ")
                    yield piece
                preceding += piece.text
                continue
            if isinstance(segment, TextPiece):
                preceding += segment.text
            yield segment

    def _walk(
        self, inlines: Iterable[Inline], inherited: str, begin: int = 0
    ) -> Iterator[Segment | _ShortForm | _RaisedNumber]:
        for node in inlines:
            language = resolve_language(inherited, node.at.language)
            end = begin + size(node)
            match node:
                case Text(text):
                    yield TextPiece(text.replace(LINE_END, " "), language, None, begin, end)
                case Emphasis() | Strong() | Span() | Quotation() | Link():
                    yield from self._walk(node.children, language, begin)
                case Strikethrough():
                    yield TextPiece("", language, f" {self._labels('speech.struck')} ")
                    yield from self._walk(node.children, language, begin)
                    yield TextPiece("", language, f" {self._labels('speech.end_struck')} ")
                case Superscript((Text(text),)) if re.fullmatch(r"[-−]?\d+", text):
                    yield _RaisedNumber(TextPiece(text, language, None, begin, end))
                case Superscript() | Subscript():
                    # "m2" and "CO2" are written as one word; a digit next to a digit would become another number.
                    yield TextPiece("", language, " ")
                    yield from self._walk(node.children, language, begin)
                case Code(text):
                    spoken = spoken_code(text, self._lexicon(language))
                    yield TextPiece(text.replace(LINE_END, " "), language, spoken, begin, end)
                case Abbreviation(text, expansion):
                    yield _ShortForm(text, expansion, language, begin)
                case Math(mathml, tex):
                    spoken = f" {formulas.formula_in_words(mathml, tex, self._lexicon(language))} "
                    yield TextPiece(tex, language, spoken, begin, end, transcription=spoken)
                case LineBreak():
                    yield TextPiece(LINE_END, language, None, begin, end)
                case NoteReference():
                    yield NoteReferencePosition(node, begin)
                case Image():
                    yield InlineImage(node, language)
                case _:
                    assert_never(node)
            begin = end

    def _expand(self, short_form: _ShortForm, preceding: str) -> TextPiece:
        """Return an abbreviation in full; an initialism only the first time, since the lexicon has rules for it."""
        piece = TextPiece(short_form.text, short_form.language, None, short_form.begin, short_form.begin + 1)
        if not is_speakable(short_form.expansion):
            return piece
        if not re.fullmatch(r"[^\W\d_a-zà-ÿ]{2,}(?:[-\d]\w*)?", short_form.text):
            return piece._replace(spoken_form=short_form.expansion)
        is_first = short_form.text not in self._introduced
        self._introduced.add(short_form.text)
        is_just_read = preceding.rstrip(' (“«"[').casefold().endswith(short_form.expansion.casefold())
        if not is_first or is_just_read:
            return piece
        return piece._replace(spoken_form=f"{short_form.expansion}, {short_form.text},")


class _RaisedNumber(NamedTuple):
    """A superscript number: an exponent after ten, otherwise a reference mark."""

    piece: TextPiece


class _ShortForm(NamedTuple):
    text: str
    expansion: str
    language: str
    begin: int


def resolve_language(inherited: str, own: str | None) -> str:
    """Return a node's own language, unless it only names a region of the inherited one."""
    if not own or own.split("-")[0].lower() == inherited.split("-", maxsplit=1)[0].lower():
        return inherited
    return own


def spoken_code(text: str, lexicon: Lexicon) -> str:
    """Return code with its symbols named, since voices skip most of them."""
    named = "".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text)
    if not any(map(str.isalnum, named)):
        return name_symbols(text, lexicon) or text
    return " ".join(named.split())


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
