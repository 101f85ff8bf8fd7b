"""Pieces of running text, each in one language, with the images and note references between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, assert_never

from exporter import formulas
from exporter import model as m
from exporter.labels import Labels
from exporter.lexicon import Lexicon
from exporter.model.text_positions import size
from exporter.speech.normalisation.numbers.cardinals import TO_RAISED
from exporter.speech.normalisation.short_forms.initialisms import spell_short_form
from exporter.speech.normalisation.symbols import name_symbols
from exporter.speech.sentences import LINE_END, is_speakable


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

    image: m.Image
    language: str


class NoteReferencePosition(NamedTuple):
    """A note reference and its position in the running text."""

    node: m.NoteReference
    begin: int


Segment = TextPiece | InlineImage | NoteReferencePosition


class InlineSegmenter:
    """Converter of inlines to segments, with the abbreviations that have been expanded already."""

    def __init__(self, labels: Labels, lexicon: Callable[[str], Lexicon]) -> None:
        self._labels = labels
        self._lexicon = lexicon
        self._introduced: set[str] = set()

    def segments(self, inlines: Iterable[m.Inline], language: str, listed: tuple[str, ...] = ()) -> Iterator[Segment]:
        """Yield the pieces, images and note references in reading order.

        Args:
            inlines: The running text.
            language: Its language.
            listed: The short forms at the beginning of its lines, if it is in a list of abbreviations: they are spelled
                out.
        """
        preceding = ""
        for segment in self._walk(inlines, language):
            is_entry = bool(listed) and preceding[-1:] in ("", LINE_END)
            match segment:
                case TextPiece(text) | _ShortForm(text) if is_entry and text.startswith(listed[0]):
                    yield from self._spell(segment, listed[0])
                    listed = listed[1:]
                case _ShortForm(text):
                    yield self._expand(segment, preceding)
                case _RaisedNumber(TextPiece(text) as piece):
                    yield from _raised(piece, preceding)
                case TextPiece(text):
                    yield segment
                case _:
                    text = ""
                    yield segment
            preceding += text

    def _walk(
        self, inlines: Iterable[m.Inline], inherited: str, begin: int = 0
    ) -> Iterator[Segment | _ShortForm | _RaisedNumber]:
        for node in inlines:
            language = resolve_language(inherited, node.at.language)
            end = begin + size(node)
            match node:
                case m.Text(text):
                    yield TextPiece(text.replace(LINE_END, " "), language, None, begin, end)
                case m.Emphasis() | m.Strong() | m.Span() | m.Quotation() | m.Link():
                    yield from self._walk(node.children, language, begin)
                case m.Strikethrough():
                    yield TextPiece("", language, f" {self._labels('speech.struck')} ")
                    yield from self._walk(node.children, language, begin)
                    yield TextPiece("", language, f" {self._labels('speech.end_struck')} ")
                case m.Superscript((m.Text(text),)) if re.fullmatch(r"[-−]?\d+", text):
                    yield _RaisedNumber(TextPiece(text, language, None, begin, end))
                case m.Superscript() | m.Subscript():
                    # "m2" and "CO2" are written as one word; a digit next to a digit would become another number.
                    yield TextPiece("", language, " ")
                    yield from self._walk(node.children, language, begin)
                case m.Code(text):
                    spoken = spoken_code(text, self._lexicon(language))
                    yield TextPiece(text.replace(LINE_END, " "), language, spoken, begin, end)
                case m.Abbreviation(text, expansion):
                    yield _ShortForm(text, expansion, language, begin)
                case m.Math(mathml, tex):
                    spoken = f" {formulas.formula_in_words(mathml, tex, self._lexicon(language))} "
                    yield TextPiece(tex, language, spoken, begin, end, transcription=spoken)
                case m.LineBreak():
                    yield TextPiece(LINE_END, language, None, begin, end)
                case m.NoteReference():
                    yield NoteReferencePosition(node, begin)
                case m.Image():
                    yield InlineImage(node, language)
                case _:
                    assert_never(node)
            begin = end

    def _spell(self, segment: TextPiece | _ShortForm, listed: str) -> Iterator[TextPiece]:
        """Yield the short form at the beginning of an entry by its letters, then the rest of its text."""
        spelled = spell_short_form(listed, self._lexicon(segment.language))
        if isinstance(segment, _ShortForm):
            yield TextPiece(segment.text, segment.language, spelled, segment.begin, segment.begin + 1)
            return
        size = len(listed)
        pause = "," if re.match(r"\s\w", segment.text[size:]) else ""
        yield segment.cut(0, size)._replace(spoken_form=spelled + pause)
        if segment.text[size:]:
            yield segment.cut(size, len(segment.text))

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


def _raised(piece: TextPiece, preceding: str) -> Iterator[TextPiece]:
    """Yield a superscript number: after ten as an exponent, otherwise apart from the word before it."""
    piece = piece._replace(transcription=piece.text.translate(TO_RAISED))
    if re.search(r"(?<![\w.,])10$", preceding):
        yield piece._replace(spoken_form=piece.transcription)
    else:
        yield TextPiece("", piece.language, " ")
        yield piece


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
