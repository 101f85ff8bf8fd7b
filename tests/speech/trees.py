"""Trees made by hand, and what a script says of them."""

from __future__ import annotations

from typing import Any

from exporter import model as m
from exporter.labels import Labels
from exporter.lexicon import Lexicons
from exporter.speech.options import SpeechOptions
from exporter.speech.script import build_script
from exporter.speech.utterance import Script, UtteranceKind
from tests.write_context import STYLES

LEXICONS = Lexicons(STYLES)


def text(words: str, language: str | None = None) -> m.Text:
    return m.Text(text=words, at=m.At(language=language))


def para(*parts: str | Any, name: str | None = None) -> m.Paragraph:
    return m.Paragraph(children=tuple(text(p) if isinstance(p, str) else p for p in parts), at=m.At(id=name))


def section(title: str, *blocks: Any, name: str | None = None) -> m.Section:
    return m.Section(title=(text(title),), children=blocks, at=m.At(id=name))


def cell(words: str, scope: m.Scope | None = None, **spans: int) -> m.Cell:
    return m.Cell(children=(para(words),) if words else (), scope=scope, **spans)


def row(*cells: m.Cell) -> m.Row:
    return m.Row(cells=cells)


def publication(*body: Any, language: str = "en", notes: tuple[m.Note, ...] = (), **metadata: Any) -> m.Publication:
    metadata = {"title": "Waiting", "language": language, **metadata}
    return m.Publication(metadata=m.Metadata(**metadata), body=body, notes=notes)


def told(made: m.Publication, options: SpeechOptions | None = None) -> Script:
    return build_script(made, Labels.load(STYLES, made.metadata.language), LEXICONS, options)


def said(*body: Any, options: SpeechOptions | None = None, **more: Any) -> list[str]:
    """What is said of blocks, between the opening and the closing."""
    frame = (UtteranceKind.OPENING, UtteranceKind.CLOSING)
    return [each.text for each in told(publication(*body, **more), options).utterances if each.kind not in frame]
