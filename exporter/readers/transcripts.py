"""Who says what in a transcript: a bold lead-in up to a colon begins a turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from exporter.model import (
    At,
    Block,
    Blocks,
    Cue,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    NoteReference,
    Paragraph,
    Span,
    Speaker,
    Strong,
    Text,
    Transcript,
    Turn,
)
from exporter.model.walk import plain_text, walk
from exporter.readers.rules import TRANSCRIPT_UNREADABLE, FindingCollector

_COLON = re.compile(r"\s*[:：]\s*")
_COMMA = re.compile(r"\s*[,،，、]\s*")
_IN_PARENTHESES = re.compile(r"[(\[（].*[)\]）][.。]?", re.DOTALL)


class _Lead(NamedTuple):
    label: str
    words: Inlines


def read_transcript(at: At, blocks: Blocks, voices: Mapping[str, str], report: FindingCollector) -> Transcript:
    """Return the turns and cues of a transcript.

    A bold lead-in up to a colon begins a turn: speaker, and behind the first comma the role. A paragraph wholly in
    italics and parentheses, or one before the first turn, is a cue. Everything else goes on with the turn.

    Args:
        at: Place of the transcript.
        blocks: What stands inside it.
        voices: Voice asked for, by the label before the colon.
        report: Told about what belongs to no turn.
    """
    writer = _Turns(voices, report)
    for block in blocks:
        writer.take(block)
    return Transcript(at=at, turns=writer.finish())


class _Turns:
    def __init__(self, voices: Mapping[str, str], report: FindingCollector) -> None:
        self._voices = voices
        self._report = report
        self._done: list[Turn | Cue] = []
        self._speaker: Speaker | None = None
        self._at = At()
        self._said: list[Block] = []
        self._silent = False
        """Whether a speaker was named and has said nothing yet."""

    def take(self, block: Block) -> None:
        lead = _lead_in(block) if isinstance(block, Paragraph) else None
        if isinstance(block, Paragraph) and lead:
            self._end_turn(for_good=True)
            self._speaker, self._at, self._silent = self._named(lead.label), block.at, True
            if lead.words:
                self._said.append(Paragraph(at=block.at, children=lead.words))
        elif isinstance(block, Paragraph) and (self._speaker is None or _is_cue(block.children)):
            self._end_turn(for_good=False)
            self._done.append(Cue(at=block.at, children=_cue_words(block.children)))
        elif self._speaker is not None:
            if not self._said and not self._silent:
                self._at = block.at
            self._said.append(block)
        else:
            self._report.add(TRANSCRIPT_UNREADABLE, _line(block.at), "Nobody has begun to speak here.")
            self._done.append(Cue(at=block.at, children=(Text(at=block.at, text=plain_text(block)),)))

    def finish(self) -> tuple[Turn | Cue, ...]:
        self._end_turn(for_good=True)
        return tuple(self._done)

    def _end_turn(self, *, for_good: bool) -> None:
        if self._speaker is not None and self._said:
            self._done.append(Turn(at=self._at, speaker=self._speaker, children=tuple(self._said)))
            self._silent = False
        elif self._speaker is not None and self._silent and for_good:
            self._report.add(TRANSCRIPT_UNREADABLE, _line(self._at), f"{self._speaker.name} says nothing here.")
            self._done.append(Turn(at=self._at, speaker=self._speaker, children=()))
        self._said = []

    def _named(self, label: str) -> Speaker:
        name, *role = _COMMA.split(label, maxsplit=1)
        return Speaker(name=name or label, role="".join(role), voice=self._voices.get(label, ""))


def label_of(words: str) -> str:
    """Return what stands before the colon of a lead-in."""
    return words.strip().rstrip(":：").strip()


def _line(at: At) -> int:
    return at.source.line if at.source else 0


def _lead_in(paragraph: Paragraph) -> _Lead | None:
    """Return the label and the words after it; the colon may stand inside the bold or behind it."""
    if not paragraph.children:
        return None
    bold, *rest = paragraph.children
    if isinstance(bold, Span) and len(bold.children) == 1 and isinstance(bold.children[0], Strong):
        bold = bold.children[0]
    if not isinstance(bold, Strong):
        return None
    words = plain_text(bold)
    label = label_of(words)
    behind = rest[0] if rest else None
    if label and words.rstrip() != label and words.rstrip()[-1] in ":：":
        after = _stripped(rest)
    elif label and isinstance(behind, Text) and (colon := _COLON.match(behind.text)):
        text = behind.text[colon.end() :]
        after = [msgspec.structs.replace(behind, text=text), *rest[1:]] if text else _stripped(rest[1:])
    else:
        return None
    notes = [node for node in walk(bold) if isinstance(node, NoteReference)]
    return _Lead(label, (*notes, *after))


def _stripped(nodes: list[Inline]) -> list[Inline]:
    while nodes and (isinstance(nodes[0], LineBreak) or (isinstance(nodes[0], Text) and not nodes[0].text.strip())):
        nodes = nodes[1:]
    if nodes and isinstance(nodes[0], Text):
        nodes = [msgspec.structs.replace(nodes[0], text=nodes[0].text.lstrip()), *nodes[1:]]
    return nodes


def _is_cue(children: Inlines) -> bool:
    match children:
        case (Emphasis(children=inside),):
            return _IN_PARENTHESES.fullmatch(plain_text(inside)) is not None
        case (Text(text=before), Emphasis(), Text(text=after)):
            return before.strip() in ("(", "[") and after.strip() in (")", "]", ").", "].")
        case _:
            return False


def _cue_words(children: Inlines) -> Inlines:
    """Italics were the way to say that it is a cue; the parentheses stay, being words."""
    match children:
        case (Emphasis(children=inside),):
            return inside
        case _:
            return children
