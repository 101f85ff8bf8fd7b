"""Transcripts: turns that begin with the speaker, in bold or in capitals, and a colon, and cues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from exporter import model as m
from exporter.model.walk import plain_text, walk
from exporter.readers.rules import TRANSCRIPT_UNREADABLE, FindingCollector

_COLON = re.compile(r"\s*[:：]\s*")
_COMMA = re.compile(r"\s*[,،，、]\s*")
_CAPITALS = re.compile(r"\s*([^\W\d_][^\d:：.!?,]{1,59}?)\s*[:：](?:\s+|$)")
"""A name in capitals before the words of a turn: NARRATOR: At five."""
_LEAST_IN_CAPITALS = 2
"""Turns that begin in capitals, in a transcript where they may: a single one may be a warning."""
_IN_PARENTHESES = re.compile(r"[(\[（].*[)\]）][.。]?", re.DOTALL)


class LeadIn(NamedTuple):
    """The label of a speaker and the text after it."""

    label: str
    rest: m.Inlines


def read_transcript(at: m.At, blocks: m.Blocks, voices: Mapping[str, str], report: FindingCollector) -> m.Transcript:
    """Return the turns and cues of a transcript.

    A bold lead-in up to a colon begins a turn: the speaker and, after the first comma, the role. Where none is bold, it
    may be in capitals. A paragraph in italics and parentheses, or one before the first turn, is a cue. All other blocks
    continue the turn.

    Args:
        at: Attributes of the transcript.
        blocks: Blocks of the transcript.
        voices: Requested voices, by the label before the colon.
        report: Collector of findings about blocks outside of turns.
    """
    collector = _TurnCollector(voices, report)
    leads = lead_ins({id(block): block for block in blocks if isinstance(block, m.Paragraph)})
    for block in blocks:
        collector.add(block, leads.get(id(block)))
    return m.Transcript(at=at, turns=collector.finish())


class _TurnCollector:
    """Collector of turns and cues."""

    def __init__(self, voices: Mapping[str, str], report: FindingCollector) -> None:
        self._voices = voices
        self._report = report
        self._turns: list[m.Turn | m.Cue] = []
        self._speaker: m.Speaker | None = None
        self._at = m.At()
        self._content: list[m.Block] = []
        self._is_new = False
        """Whether the speaker has a lead-in but no content yet."""

    def add(self, block: m.Block, lead: LeadIn | None) -> None:
        if lead:
            self._end_turn(is_final=True)
            self._speaker, self._at, self._is_new = self._speaker_of(lead.label), block.at, True
            if lead.rest:
                self._content.append(m.Paragraph(at=block.at, children=lead.rest))
        elif isinstance(block, m.Paragraph) and (self._speaker is None or _is_cue(block.children)):
            self._end_turn(is_final=False)
            self._turns.append(m.Cue(at=block.at, children=_cue_content(block.children)))
        elif self._speaker is not None:
            if not self._content and not self._is_new:
                self._at = block.at
            self._content.append(block)
        else:
            self._report.add(TRANSCRIPT_UNREADABLE, _line(block.at), "This text has no speaker.")
            self._turns.append(m.Cue(at=block.at, children=(m.Text(at=block.at, text=plain_text(block)),)))

    def finish(self) -> tuple[m.Turn | m.Cue, ...]:
        self._end_turn(is_final=True)
        return tuple(self._turns)

    def _end_turn(self, *, is_final: bool) -> None:
        if self._speaker is not None and self._content:
            self._turns.append(m.Turn(at=self._at, speaker=self._speaker, children=tuple(self._content)))
            self._is_new = False
        elif self._speaker is not None and self._is_new and is_final:
            self._report.add(TRANSCRIPT_UNREADABLE, _line(self._at), f"The turn of {self._speaker.name} is empty.")
            self._turns.append(m.Turn(at=self._at, speaker=self._speaker, children=()))
        self._content = []

    def _speaker_of(self, label: str) -> m.Speaker:
        name, *role = _COMMA.split(label, maxsplit=1)
        return m.Speaker(name=name or label, role="".join(role), voice=self._voices.get(label, ""))


def label_of(text: str) -> str:
    """Return the label before the colon of a lead-in."""
    return text.strip().rstrip(":：").strip()


def _line(at: m.At) -> int:
    return at.source.line if at.source else 0


def lead_ins(paragraphs: Mapping[int, m.Paragraph]) -> dict[int, LeadIn]:
    """Return the lead-ins of the paragraphs of a transcript that have one, by the keys of the paragraphs."""
    bold = {key: lead for key, paragraph in paragraphs.items() if (lead := _bold_lead_in(paragraph))}
    if bold:
        return bold
    plain = {key: lead for key, paragraph in paragraphs.items() if (lead := _lead_in_capitals(paragraph))}
    return plain if len(plain) >= _LEAST_IN_CAPITALS else {}


def _lead_in_capitals(paragraph: m.Paragraph) -> LeadIn | None:
    """Return the lead-in of a paragraph in capitals, also if it has a language of its own or is in italics, or None."""
    match paragraph.children:
        case (m.Text() as first, *rest) if name := _CAPITALS.match(first.text):
            label, text = name[1], first.text[name.end() :]
            after = (msgspec.structs.replace(first, text=text), *rest) if text else tuple(_strip(rest))
        case (m.Span() | m.Emphasis() as first, *rest) if lead := _bold_lead_in(
            m.Paragraph(children=(m.Strong(children=first.children), *rest))
        ):
            label, after = lead
        case _:
            return None
    is_name = _CAPITALS.fullmatch(f"{label}:") and label.upper() == label != label.lower()
    return LeadIn(label, after) if is_name else None


def _bold_lead_in(paragraph: m.Paragraph) -> LeadIn | None:
    """Return the lead-in of a paragraph, with the colon inside or after the bold text, or None."""
    if not paragraph.children:
        return None
    bold, *rest = paragraph.children
    if isinstance(bold, m.Span) and len(bold.children) == 1 and isinstance(bold.children[0], m.Strong):
        bold = bold.children[0]
    if not isinstance(bold, m.Strong):
        return None
    written = plain_text(bold).rstrip()
    label = label_of(written)
    following = rest[0] if rest else None
    if label and written != label and written[-1] in ":：":
        after = _strip(rest)
    elif label and isinstance(following, m.Text) and (colon := _COLON.match(following.text)):
        text = following.text[colon.end() :]
        after = [msgspec.structs.replace(following, text=text), *rest[1:]] if text else _strip(rest[1:])
    else:
        return None
    notes = [node for node in walk(bold) if isinstance(node, m.NoteReference)]
    return LeadIn(label, (*notes, *after))


def _strip(nodes: list[m.Inline]) -> list[m.Inline]:
    while nodes and (isinstance(nodes[0], m.LineBreak) or (isinstance(nodes[0], m.Text) and not nodes[0].text.strip())):
        nodes = nodes[1:]
    if nodes and isinstance(nodes[0], m.Text):
        nodes = [msgspec.structs.replace(nodes[0], text=nodes[0].text.lstrip()), *nodes[1:]]
    return nodes


def _is_cue(children: m.Inlines) -> bool:
    match children:
        case (m.Emphasis(children=inside),):
            return _IN_PARENTHESES.fullmatch(plain_text(inside)) is not None
        case (m.Text(text=before), m.Emphasis(), m.Text(text=after)):
            return before.strip() in ("(", "[") and after.strip() in (")", "]", ").", "].")
        case _:
            return False


def _cue_content(children: m.Inlines) -> m.Inlines:
    """Return the content of a cue without the italics that marked it; the parentheses are text."""
    match children:
        case (m.Emphasis(children=inside),):
            return inside
        case _:
            return children
