"""Running text as it is spoken: inlines to pieces, pieces to sentences, sentences to phrases of one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
from exporter.speech.normalisation.symbols import signs
from exporter.speech.sentences import LINE_END, sentences, speakable


class Piece(NamedTuple):
    """Characters of one language."""

    text: str
    """As the eye reads it."""
    language: str
    say: str | None = None
    """As the ear needs it; None when that is `text`. A piece that has one is never cut."""
    begin: int = 0
    end: int = 0
    """Places in the running text (`model.text_positions`); both the same for what does not stand in it."""

    def cut(self, start: int, stop: int) -> Piece:
        """Return a part of it; what takes one place as a whole keeps that."""
        whole = self.end - self.begin != len(self.text)
        begin, end = (self.begin, self.end) if whole else (self.begin + start, self.begin + stop)
        return self._replace(text=self.text[start:stop], begin=begin, end=end)


class Picture(NamedTuple):
    """A picture in the middle of the text."""

    image: Image
    language: str


class Reference(NamedTuple):
    """The mark of a note."""

    node: NoteReference
    begin: int
    """Place in the running text."""


Segment = Piece | Picture | Reference

_CLOSING = re.compile(r"\s*[,.;:!?…)\]}»”’،؛؟]+")


class Phrase(NamedTuple):
    """What is spoken in one breath and one language."""

    text: str
    say: str
    """Empty when it is `text`."""
    language: str
    ends_sentence: bool
    begin: int = 0
    end: int = 0
    """Places in the running text; both the same when it reads nothing that stands there."""


class InlineSegmenter:
    """Turns inlines into segments; remembers which short forms the listener has met."""

    def __init__(self, labels: Labels, lexicon: Callable[[str], Lexicon]) -> None:
        self._labels = labels
        self._lexicon = lexicon
        self._met: set[str] = set()

    def segments(self, inlines: Iterable[Inline], language: str) -> Iterator[Segment]:
        """Yield the pieces, pictures and note marks in reading order."""
        before = ""
        for segment in self._walk(inlines, language):
            if isinstance(segment, _Short):
                piece = self._short_form(segment, before)
                before += piece.text
                yield piece
                continue
            if isinstance(segment, _Raised):
                piece = segment.piece
                if re.search(r"(?<![\w.,])10$", before):
                    yield piece._replace(say=piece.text.translate(TO_RAISED))
                else:
                    yield Piece("", piece.language, " ")
                    yield piece
                before += piece.text
                continue
            if isinstance(segment, Piece):
                before += segment.text
            yield segment

    def _walk(self, inlines: Iterable[Inline], inherited: str, begin: int = 0) -> Iterator[Segment | _Short | _Raised]:
        for node in inlines:
            language = same_or(inherited, node.at.language)
            end = begin + size(node)
            match node:
                case Text(text):
                    yield Piece(text.replace(LINE_END, " "), language, None, begin, end)
                case Emphasis() | Strong() | Span() | Quotation() | Link():
                    yield from self._walk(node.children, language, begin)
                case Strikethrough():
                    yield Piece("", language, f" {self._labels('speech.struck')} ")
                    yield from self._walk(node.children, language, begin)
                    yield Piece("", language, f" {self._labels('speech.end_struck')} ")
                case Superscript((Text(text),)) if re.fullmatch(r"[-−]?\d+", text):
                    yield _Raised(Piece(text, language, None, begin, end))
                case Superscript() | Subscript():
                    # "m2" and "CO2" are one word to the eye; a digit that touches a digit would become another number.
                    yield Piece("", language, " ")
                    yield from self._walk(node.children, language, begin)
                case Code(text):
                    said = code_said(text, self._lexicon(language))
                    yield Piece(text.replace(LINE_END, " "), language, said, begin, end)
                case Abbreviation(text, expansion):
                    yield _Short(text, expansion, language, begin)
                case Math(mathml, tex):
                    said = f" {formulas.spoken(mathml, tex, self._lexicon(language))} "
                    yield Piece(tex, language, said, begin, end)
                case LineBreak():
                    yield Piece(LINE_END, language, None, begin, end)
                case NoteReference():
                    yield Reference(node, begin)
                case Image():
                    yield Picture(node, language)
                case _:
                    assert_never(node)
            begin = end

    def _short_form(self, short: _Short, before: str) -> Piece:
        """Say in full what is no row of capitals; a row of capitals once, then leave it to the lexicon."""
        piece = Piece(short.text, short.language, None, short.begin, short.begin + 1)
        if not speakable(short.expansion):
            return piece
        if not re.fullmatch(r"[^\W\d_a-zà-ÿ]{2,}(?:[-\d]\w*)?", short.text):
            return piece._replace(say=short.expansion)
        first = short.text not in self._met
        self._met.add(short.text)
        just_said = before.rstrip(' (“«"[').casefold().endswith(short.expansion.casefold())
        if not first or just_said:
            return piece
        return piece._replace(say=f"{short.expansion}, {short.text},")


class _Raised(NamedTuple):
    """A raised number: a power after ten, or else the mark of something."""

    piece: Piece


class _Short(NamedTuple):
    text: str
    expansion: str
    language: str
    begin: int


def same_or(inherited: str, own: str | None) -> str:
    """Return the language of a passage: its own, unless that only names a region of the inherited one."""
    if not own or own.split("-")[0].lower() == inherited.split("-", maxsplit=1)[0].lower():
        return inherited
    return own


def code_said(text: str, lexicon: Lexicon) -> str:
    """Return code with its signs named, since a voice skips most of them."""
    named = "".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text)
    if not any(map(str.isalnum, named)):
        return signs(text, lexicon) or text
    return " ".join(named.split())


def phrases(pieces: list[Piece], language: str, lexicon: Lexicon) -> list[Phrase]:
    """Cut pieces that stand together into what is spoken in one breath.

    Args:
        pieces: Without pictures and note marks.
        language: The language of the paragraph, whose rules cut it.
        lexicon: The rules of that language.
    """
    text = "".join(piece.text for piece in pieces)
    stops = [end for _, end in sentences(text, lexicon)][:-1]
    return [phrase for sentence in _cut(pieces, stops) for phrase in _by_language(sentence, language)]


def _cut(pieces: list[Piece], stops: list[int]) -> Iterator[list[Piece]]:
    """Yield the pieces of each sentence. A full stop inside or at the end of a short form ends none."""
    sentence: list[Piece] = []
    position = 0
    for piece in pieces:
        begin, position = position, position + len(piece.text)
        start = 0
        for stop in (stop - begin for stop in stops if begin < stop <= position and piece.say is None):
            yield [*sentence, piece.cut(start, stop)]
            sentence, start = [], stop
        if start < len(piece.text) or piece.say is not None:
            sentence.append(piece.cut(start, len(piece.text)))
    if sentence:
        yield sentence


def _by_language(sentence: list[Piece], language: str) -> Iterator[Phrase]:
    """Join neighbours of one language; what makes no sound goes with the words beside it."""
    groups: list[list[Piece]] = []
    for piece in (part for whole in sentence for part in _parted(whole)):
        # A comma that went with a foreign passage must not draw the words behind it into that passage's voice.
        heard = [before.language for before in groups[-1] if _sounds([before])] if groups else []
        if groups and (not heard or heard[-1] == piece.language or not _sounds([piece])):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    kept = [group for group in groups if any(piece.text.strip() or (piece.say or "").strip() for piece in group)]
    for place, group in enumerate(kept):
        own = next((piece.language for piece in group if _sounds([piece])), language)
        text = " ".join("".join(piece.text for piece in group).split())
        say = " ".join("".join(piece.text if piece.say is None else piece.say for piece in group).split())
        standing = [piece for piece in group if piece.begin < piece.end] or [Piece("", own)]
        yield Phrase(
            text,
            "" if say == text else say,
            own,
            ends_sentence=place == len(kept) - 1,
            begin=standing[0].begin,
            end=standing[-1].end,
        )


def _parted(piece: Piece) -> list[Piece]:
    """Part the marks that close what stands before them from the words behind them."""
    marks = _CLOSING.match(piece.text) if piece.say is None else None
    if marks is None or marks.end() == len(piece.text):
        return [piece]
    return [piece.cut(0, marks.end()), piece.cut(marks.end(), len(piece.text))]


def _sounds(pieces: list[Piece]) -> bool:
    return any(speakable(piece.text) or speakable(piece.say or "") for piece in pieces)
