"""Transcripts: definition lists of speakers, or paragraphs that begin with the speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exporter import model as m
from exporter.model.walk import plain_text
from exporter.readers.html.blocks.lists import terms_and_definitions
from exporter.readers.html.markup.dom import Element
from exporter.readers.sections import Flat, inherit_attributes
from exporter.readers.transcripts import read_transcript

if TYPE_CHECKING:
    from exporter.readers.html.blocks.block_reader import Reader

_TRANSCRIPT_CLASS = re.compile(
    r"(?:.*[-_])?(?:transcript|dialogue|dialog-script|interview-text|script-text)s?(?:[-_](?:text|body|content))?"
)
_ROLE = re.compile(r"\s*[,(،、]\s*")
_MAX_SPEAKER = 100
"""Characters of a name and role."""


def is_transcript(element: Element) -> bool:
    """Return whether a class declares an element as a transcript."""
    return element.tag in ("dl", "div", "section", "article", "details") and any(
        _TRANSCRIPT_CLASS.fullmatch(name) for name in element.classes
    )


def read_element(reader: Reader, element: Element, at: m.At, depth: int) -> Sequence[Flat]:
    """Return a transcript and the blocks before it in its element, or nothing if it has no speakers."""
    if element.tag == "dl":
        return _from_list(reader, element, at, depth)
    turns = [child for child in element.elements() if {"turn", "cue"} & set(child.classes)]
    if turns and len(turns) == len(list(element.elements())):
        return (m.Transcript(at=at, turns=tuple(_read_own_turn(reader, child, depth) for child in turns)),)
    definitions = next((child for child in element.elements() if child.tag == "dl"), None)
    if definitions is not None:
        definitions.attributes["class"] = f"{definitions.get('class')} transcript"
        return ()
    content = reader.flow(element, depth)
    blocks = [_as_lead_in(block) for block in reader.nest(content)]
    first = 0
    while first < len(blocks) and isinstance(blocks[first], m.Section):
        first += 1
    if any(isinstance(block, m.Section) for block in blocks[first:]) or not _has_speakers(blocks):
        return inherit_attributes(at, content, reader.report)
    return (read_transcript(at, tuple(blocks), {}, reader.report),)


def _read_own_turn(reader: Reader, element: Element, depth: int) -> m.Turn | m.Cue:
    """Return a turn or cue in the markup that the exporter writes."""
    if "cue" in element.classes:
        return m.Cue(at=reader.at(element), children=reader.inlines(element, depth + 1))
    label = next((child for child in element.elements() if "speaker" in child.classes), None)
    speaker = m.Speaker("")
    if label is not None:
        parts = {name: node.text() for node in label.walk() for name in ("name", "role") if name in node.classes}
        name, *role = _ROLE.split(label.text().rstrip(" :："), maxsplit=1)
        speaker = m.Speaker(parts.get("name", name), parts.get("role", "".join(role).rstrip(")")))
        label.replace_with()
    return m.Turn(at=reader.at(element), speaker=speaker, children=reader.blocks(element, depth + 1))


def _from_list(reader: Reader, element: Element, at: m.At, depth: int) -> Sequence[Flat]:
    """Return a `dl` as transcript: terms are speakers, definitions their turns."""
    turns: list[m.Turn | m.Cue] = []
    speaker: m.Speaker | None = None
    turn_at = at
    for child in terms_and_definitions(element):
        if child.tag == "dt":
            speaker, turn_at = _speaker(reader.inlines(child, depth + 1)), reader.at(child)
            continue
        content = reader.blocks(child, depth + 1)
        if speaker is None:
            turns.append(m.Cue(at=reader.at(child), children=(m.Text(at=reader.at(child), text=plain_text(content)),)))
        else:
            turns.append(m.Turn(at=turn_at, speaker=speaker, children=content))
            turn_at = m.At(source=reader.at(child).source)
    return (m.Transcript(at=at, turns=tuple(turns)),) if turns else ()


def _speaker(inlines: m.Inlines) -> m.Speaker:
    parts = [part.strip() for part in _lines(inlines) if part.strip()]
    name, *role = _ROLE.split((parts or [""])[0].rstrip(" :："), maxsplit=1)
    role_text = "".join(role).rstrip(")） ") or " ".join(parts[1:]).rstrip(" :：")
    return m.Speaker(name.strip() or "?", role_text)


def _lines(inlines: m.Inlines) -> list[str]:
    parts: list[list[str]] = [[]]
    for node in inlines:
        if isinstance(node, m.LineBreak):
            parts.append([])
        elif isinstance(node, m.Strong | m.Emphasis):
            inner = _lines(node.children)
            parts[-1].append(inner[0])
            parts.extend([line] for line in inner[1:])
        else:
            parts[-1].append(plain_text(node) if not isinstance(node, m.Text) else node.text)
    return ["".join(part) for part in parts]


def _as_lead_in(block: m.Block) -> m.Block:
    """Return a paragraph of only a name in bold as the lead-in of a turn."""
    if not isinstance(block, m.Paragraph) or not block.children or not isinstance(block.children[0], m.Strong):
        return block
    bold, rest = block.children[0], block.children[1:]
    label = plain_text(bold)
    if not label or len(label) > _MAX_SPEAKER or label.rstrip()[-1:] in ":：":
        return block
    if rest and not isinstance(rest[0], m.LineBreak):
        return block
    lines = _lines((bold, *rest))
    after = plain_text(rest)
    if rest and (len(after) > _MAX_SPEAKER or after[-1:] in '.?!…"”»'):
        name, following = label, rest[1:]
    else:
        speaker = _speaker((bold, *rest)) if len(lines) > 1 else _speaker((bold,))
        name, following = speaker.name + (f", {speaker.role}" if speaker.role else ""), ()
    lead = m.Strong(at=bold.at, children=(m.Text(at=bold.at, text=f"{name}:"),))
    return m.Paragraph(at=block.at, children=(lead, *following))


def _has_speakers(blocks: Sequence[m.Block]) -> bool:
    for block in blocks:
        if isinstance(block, m.Paragraph) and block.children and isinstance(block.children[0], m.Strong):
            after = block.children[1] if len(block.children) > 1 else None
            colon = isinstance(after, m.Text) and after.text.lstrip()[:1] in (":", "：")
            if plain_text(block.children[0]).rstrip()[-1:] in (":", "：") or colon:
                return True
    return False
