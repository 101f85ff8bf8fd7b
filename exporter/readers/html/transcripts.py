"""Transcripts: a list of speakers and what they say, or paragraphs that begin with who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter.model import (
    At,
    Block,
    Cue,
    Emphasis,
    Inlines,
    LineBreak,
    Paragraph,
    Section,
    Speaker,
    Strong,
    Text,
    Transcript,
    Turn,
)
from exporter.model.walk import plain_text
from exporter.readers.html.dom import Element
from exporter.readers.html.lists import entries
from exporter.readers.sections import Flat, spread
from exporter.readers.transcripts import read_transcript

if TYPE_CHECKING:
    from exporter.readers.html.blocks import Reader

_NAMED = re.compile(
    r"(?:.*[-_])?(?:transcript|dialogue|dialog-script|interview-text|script-text)s?(?:[-_](?:text|body|content))?"
)
_ROLE = re.compile(r"\s*[,(،、]\s*")
_LONGEST = 100
"""Characters of a name and role."""


def is_transcript(element: Element) -> bool:
    """Return whether a class says that an element is a transcript."""
    return element.tag in ("dl", "div", "section", "article", "details") and any(
        _NAMED.fullmatch(name) for name in element.classes
    )


def read(reader: Reader, element: Element, at: At, depth: int) -> Sequence[Flat]:
    """Return a transcript, and what stands in its element before it; nothing when nobody speaks."""
    if element.tag == "dl":
        return _from_list(reader, element, at, depth)
    own = [one for one in element.elements() if {"turn", "cue"} & set(one.classes)]
    if own and len(own) == len(list(element.elements())):
        return (Transcript(at=at, turns=tuple(_own(reader, one, depth) for one in own)),)
    listed = next((one for one in element.elements() if one.tag == "dl"), None)
    if listed is not None:
        listed.attributes["class"] = f"{listed.get('class')} transcript"
        return ()
    inside = reader.flow(element, depth)
    blocks = [_lead(block) for block in reader.nest(inside)]
    before = 0
    while before < len(blocks) and isinstance(blocks[before], Section):
        before += 1
    if any(isinstance(block, Section) for block in blocks[before:]) or not _anybody_speaks(blocks):
        return spread(at, inside, reader.report)
    return (read_transcript(at, tuple(blocks), {}, reader.report),)


def _own(reader: Reader, element: Element, depth: int) -> Turn | Cue:
    """Return a turn or cue as the exporter itself writes it."""
    if "cue" in element.classes:
        return Cue(at=reader.at(element), children=reader.words(element, depth + 1))
    spoken = next((one for one in element.elements() if "speaker" in one.classes), None)
    speaker = Speaker("")
    if spoken is not None:
        parts = {name: node.text() for node in spoken.walk() for name in ("name", "role") if name in node.classes}
        name, *role = _ROLE.split(spoken.text().rstrip(" :："), maxsplit=1)
        speaker = Speaker(parts.get("name", name), parts.get("role", "".join(role).rstrip(")")))
        spoken.swap()
    return Turn(at=reader.at(element), speaker=speaker, children=reader.blocks(element, depth + 1))


def _from_list(reader: Reader, element: Element, at: At, depth: int) -> Sequence[Flat]:
    """Return the transcript that a `dl` is: each term a speaker, each definition what was said."""
    turns: list[Turn | Cue] = []
    speaker: Speaker | None = None
    where = at
    for child in entries(element):
        if child.tag == "dt":
            speaker, where = _speaker(reader.words(child, depth + 1)), reader.at(child)
            continue
        said = reader.blocks(child, depth + 1)
        if speaker is None:
            turns.append(Cue(at=reader.at(child), children=(Text(at=reader.at(child), text=plain_text(said)),)))
        else:
            turns.append(Turn(at=where, speaker=speaker, children=said))
            where = At(source=reader.at(child).source)
    return (Transcript(at=at, turns=tuple(turns)),) if turns else ()


def _speaker(words: Inlines) -> Speaker:
    parts = [part.strip() for part in _lines(words) if part.strip()]
    name, *role = _ROLE.split((parts or [""])[0].rstrip(" :："), maxsplit=1)
    said = "".join(role).rstrip(")） ") or " ".join(parts[1:]).rstrip(" :：")
    return Speaker(name.strip() or "?", said)


def _lines(words: Inlines) -> list[str]:
    parts: list[list[str]] = [[]]
    for node in words:
        if isinstance(node, LineBreak):
            parts.append([])
        elif isinstance(node, Strong | Emphasis):
            inner = _lines(node.children)
            parts[-1].append(inner[0])
            parts.extend([line] for line in inner[1:])
        else:
            parts[-1].append(plain_text(node) if not isinstance(node, Text) else node.text)
    return ["".join(part) for part in parts]


def _lead(block: Block) -> Block:
    """Return a paragraph that is nothing but a name in bold as the lead-in that begins a turn."""
    if not isinstance(block, Paragraph) or not block.children or not isinstance(block.children[0], Strong):
        return block
    words, rest = block.children[0], block.children[1:]
    shown = plain_text(words)
    if not shown or len(shown) > _LONGEST or shown.rstrip()[-1:] in ":：":
        return block
    if rest and not isinstance(rest[0], LineBreak):
        return block
    lines = _lines((words, *rest))
    after = plain_text(rest)
    if rest and (len(after) > _LONGEST or after[-1:] in '.?!…"”»'):
        name, behind = shown, rest[1:]
    else:
        speaker = _speaker((words, *rest)) if len(lines) > 1 else _speaker((words,))
        name, behind = speaker.name + (f", {speaker.role}" if speaker.role else ""), ()
    lead = Strong(at=words.at, children=(Text(at=words.at, text=f"{name}:"),))
    return Paragraph(at=block.at, children=(lead, *behind))


def _anybody_speaks(blocks: Sequence[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Paragraph) and block.children and isinstance(block.children[0], Strong):
            after = block.children[1] if len(block.children) > 1 else None
            colon = isinstance(after, Text) and after.text.lstrip()[:1] in (":", "：")
            if plain_text(block.children[0]).rstrip()[-1:] in (":", "：") or colon:
                return True
    return False
