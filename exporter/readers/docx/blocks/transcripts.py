"""Transcripts of recordings and videos: speakers, turns and cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.readers.docx.blocks.asides import without_role
from exporter.readers.docx.blocks.cursor import Cursor
from exporter.readers.docx.parsed import Container, ParsedBlock, ParsedParagraph, role_of, starts_page
from exporter.readers.docx.roles import Role
from exporter.readers.rules import TRANSCRIPT_UNREADABLE
from exporter.readers.transcripts import LeadIn, lead_ins

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SPACES = re.compile(r"[ \t]+")
_COMMA = re.compile(r"\s*[,،，、]\s*")
_SPEECH = frozenset({Role.SPEAKER, Role.TURN, Role.CUE})
_TURN_ADVICE = "Begin it with the name in bold and a colon, or put the name before it, in the style Speaker."


def speech(builder: BlockBuilder, first: ParsedBlock, cursor: Cursor) -> m.Block:
    """Return the transcript that begins with a speaker, a turn or a cue."""
    return transcript(builder, [first, *cursor.take_while(_continues)], first.source)


def _continues(block: ParsedBlock) -> bool:
    is_turn = isinstance(block, Container) and block.tag == "turn"
    return (is_turn or role_of(block) in _SPEECH) and not starts_page(block)


def transcript(builder: BlockBuilder, parsed: Sequence[ParsedBlock], source: m.Source) -> m.Block:
    """Return paragraphs of speakers, turns and cues as a transcript."""
    turns: list[m.Turn | m.Cue] = []
    speaker: m.Speaker | None = None
    at = m.At(source=source)
    beginning: m.Blocks = ()
    """What the paragraph with the name of the speaker goes on with."""
    turn_blocks: list[ParsedBlock] = []
    named = False

    def close() -> None:
        nonlocal beginning, turn_blocks, named
        if speaker is not None and (turn_blocks or named):
            children = builder.nested([without_role(block, Role.TURN) for block in turn_blocks])
            turns.append(m.Turn(at=at, speaker=speaker, children=(*beginning, *children)))
        beginning, turn_blocks, named = (), [], False

    leads = _lead_ins(builder, parsed)
    for block in parsed:
        if isinstance(block, Container) and block.tag == "turn":
            turn_blocks += block.content
        elif isinstance(block, ParsedParagraph) and block.meaning.role is Role.SPEAKER:
            close()
            speaker, at, named = _speaker(builder, block), builder.attributes.container_at(block), True
        elif isinstance(block, ParsedParagraph) and block.meaning.role is Role.CUE:
            close()
            turns.append(m.Cue(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        elif isinstance(block, ParsedParagraph) and (lead := leads.get(id(block))):
            close()
            label, rest = lead
            speaker, at, named = _named(builder, label), builder.attributes.container_at(block), True
            beginning = (m.Paragraph(at=builder.attributes.at(block), children=rest),) if rest else ()
        elif speaker is None and isinstance(block, ParsedParagraph):
            message = "This turn has no speaker."
            builder.context.report.add(TRANSCRIPT_UNREADABLE, block.source, message, advice=_TURN_ADVICE)
            turns.append(m.Cue(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        else:
            if not turn_blocks and not named and isinstance(block, ParsedParagraph):
                at = builder.attributes.container_at(block)
            turn_blocks.append(block)
    close()
    return m.Transcript(at=m.At(source=source), turns=tuple(turns))


def _lead_ins(builder: BlockBuilder, parsed: Sequence[ParsedBlock]) -> dict[int, LeadIn]:
    """Return the names at the beginning of turns; none where names have a style of their own, as in our own edition."""
    paragraphs = [block for block in parsed if isinstance(block, ParsedParagraph)]
    if builder.context.is_word_edition or any(block.meaning.role is Role.SPEAKER for block in paragraphs):
        return {}
    turns = (block for block in paragraphs if block.meaning.role is Role.TURN)
    return lead_ins({id(block): m.Paragraph(children=builder.attributes.inlines(block)) for block in turns})


def _speaker(builder: BlockBuilder, block: ParsedParagraph) -> m.Speaker:
    words = plain_text(builder.attributes.inlines(block)).rstrip(":：").strip()
    if builder.context.is_word_edition:
        words = _SPACES.sub(" ", block.text).strip()
    role = "".join(run.text for run in block.text_runs if run.run_format.part == "role")
    if role:
        name = "".join(run.text for run in block.text_runs if run.run_format.part != "role").strip()
        name = name if builder.context.is_word_edition else name.rstrip(":：").strip()
        role = (
            _strip_label(builder, role)
            if builder.context.is_word_edition
            else role.strip().strip(",،，、()（）:： ").strip()
        )
    elif builder.context.is_word_edition:
        name = words
    else:
        return _named(builder, words)
    return m.Speaker(name=name or words, role=role, voice=builder.voices.get(name or words, ""))


def _named(builder: BlockBuilder, label: str) -> m.Speaker:
    """Return a speaker by the name and, after a comma, the role."""
    name, *role = _COMMA.split(label, maxsplit=1)
    return m.Speaker(name=name or label, role="".join(role), voice=builder.voices.get(name or label, ""))


def _strip_label(builder: BlockBuilder, words: str) -> str:
    """Return the role of a speaker without the label text that the Word edition adds."""
    around = builder.labels("docx.speaker_role", name="", role="\0")
    before, _, after = around.partition("\0")
    return words.removeprefix(before).removesuffix(after)
