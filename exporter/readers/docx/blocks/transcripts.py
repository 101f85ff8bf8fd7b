"""Transcripts of recordings and videos: speakers, turns and cues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.readers.docx import parsed
from exporter.readers.docx.blocks.asides import without_role
from exporter.readers.docx.parsed import Container, ParsedBlock
from exporter.readers.docx.roles import Role
from exporter.readers.rules import TRANSCRIPT_UNREADABLE
from exporter.readers.sections import Flat

if TYPE_CHECKING:
    from exporter.readers.docx.blocks.block_builder import BlockBuilder

_SPACES = re.compile(r"[ \t]+")
_COMMA = re.compile(r"\s*[,،，、]\s*")
_SPEECH = frozenset({Role.SPEAKER, Role.TURN, Role.CUE})
_TURN_ADVICE = "Put a paragraph in the style Speaker before it, with only the speaker in it."


def speech(builder: BlockBuilder, blocks: Sequence[ParsedBlock], index: int) -> tuple[m.Block | Sequence[Flat], int]:
    """Return the transcript that begins at an index, and the index after it."""
    end = index
    while end < len(blocks) and _is_speech(blocks[end]) and (end == index or not parsed.starts_page(blocks[end])):
        end += 1
    if end == index:
        block = blocks[index]
        assert isinstance(block, Container)
        return builder.blocks(block.content), index + 1
    source = blocks[index].source
    return transcript(builder, blocks[index:end], source), end


def _is_speech(block: ParsedBlock) -> bool:
    if isinstance(block, Container):
        return block.tag == "turn"
    return isinstance(block, parsed.ParsedParagraph) and block.meaning.role in _SPEECH


def transcript(builder: BlockBuilder, blocks: Sequence[ParsedBlock], source: m.Source) -> m.Block:
    """Return paragraphs of speakers, turns and cues as a transcript."""
    turns: list[m.Turn | m.Cue] = []
    speaker: m.Speaker | None = None
    at = m.At(source=source)
    turn_blocks: list[ParsedBlock] = []
    named = False

    def close() -> None:
        nonlocal turn_blocks, named
        if speaker is not None and (turn_blocks or named):
            children = builder.nested([without_role(block, Role.TURN) for block in turn_blocks])
            turns.append(m.Turn(at=at, speaker=speaker, children=children))
        turn_blocks, named = [], False

    for block in blocks:
        if isinstance(block, Container) and block.tag == "turn":
            turn_blocks += block.content
        elif isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.SPEAKER:
            close()
            speaker, at, named = _speaker(builder, block), builder.attributes.container_at(block), True
        elif isinstance(block, parsed.ParsedParagraph) and block.meaning.role is Role.CUE:
            close()
            turns.append(m.Cue(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        elif speaker is None and isinstance(block, parsed.ParsedParagraph):
            message = "This turn has no speaker."
            builder.context.report.add(TRANSCRIPT_UNREADABLE, block.source, message, advice=_TURN_ADVICE)
            turns.append(m.Cue(at=builder.attributes.at(block), children=builder.attributes.inlines(block)))
        else:
            if not turn_blocks and not named and isinstance(block, parsed.ParsedParagraph):
                at = builder.attributes.container_at(block)
            turn_blocks.append(block)
    close()
    return m.Transcript(at=m.At(source=source), turns=tuple(turns))


def _speaker(builder: BlockBuilder, block: parsed.ParsedParagraph) -> m.Speaker:
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
        name, *others = _COMMA.split(words, maxsplit=1)
        role = "".join(others)
    return m.Speaker(name=name or words, role=role, voice=builder.voices.get(name or words, ""))


def _strip_label(builder: BlockBuilder, words: str) -> str:
    """Return the role of a speaker without the label text that the Word edition adds."""
    around = builder.labels("docx.speaker_role", name="", role="\0")
    before, _, after = around.partition("\0")
    return words.removeprefix(before).removesuffix(after)
