"""Text of the tree that must be spoken, node by node, in the order of the manuscript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.model.pull_quotes import repeated_pull_quotes
from exporter.model.walk import referenced_notes
from exporter.parity.content import joined, letters


class SpokenUnit(msgspec.Struct):
    """A node whose words are heard."""

    node: str
    """Its identifier."""
    kind: str
    """heading, text, alt, caption, code, formula, attribution, cue."""
    words: str
    """Letters; of a formula those of its source, where there is one."""
    parts: tuple[str, ...]
    """Letters between formulas, which a transcript shows in words."""
    runs: tuple[tuple[str, str], ...]
    """Languages, without their regions, and the letters in them; adjacent ones in one language are joined."""
    text: str
    source: m.Source | None
    note: str
    """ID of the note that contains it; empty for the text."""
    speaker: str
    header: bool
    """Whether it may be said again, since it heads cells."""


class Marker(msgspec.Struct):
    """The number spoken before an item of a numbered list."""

    node: str
    words: str
    """The number and what stands around it, as the eye reads it."""
    source: m.Source | None


class ExpectedSpeech(msgspec.Struct):
    """All that has to be heard."""

    units: list[SpokenUnit]
    """Of the text, then those of each note."""
    markers: list[Marker]
    references: dict[str, list[str]]
    """Identifiers of the units that refer to a note, by the node of the note."""
    notes: list[m.Note]
    speakers: list[tuple[str, str]]
    """Who speaks for the first time in a transcript: node of the turn, and name."""


def units(publication: m.Publication) -> ExpectedSpeech:
    """Return what of a publication has to be heard.

    Args:
        publication: With identifiers on all nodes that are not inlines, and on pictures.
    """
    return _Gatherer(publication).gather()


def primary(language: str) -> str:
    """Return a language without its region: no voice changes for that."""
    return language.partition("-")[0].lower()


class _Where(msgspec.Struct, frozen=True):
    language: str
    note: str = ""
    speaker: str = ""
    header: bool = False

    def at(self, at: m.At) -> _Where:
        return msgspec.structs.replace(self, language=at.language) if at.language else self


class _Gatherer:
    def __init__(self, publication: m.Publication) -> None:
        self.publication = publication
        self.found = ExpectedSpeech([], [], {}, [], [])
        self.repeated_pull_quotes = repeated_pull_quotes(publication)
        self.notes: dict[str, m.Note] = {}
        for note in publication.notes:
            self.notes[note.id] = note

    def gather(self) -> ExpectedSpeech:
        where = _Where(self.publication.metadata.language)
        self.blocks((*self.publication.front, *self.publication.body), where)
        for note in self.notes.values():
            self.found.notes.append(note)
            inside = msgspec.structs.replace(where.at(note.at), note=note.at.id or note.id)
            self.blocks(note.children, inside)
        referenced = {note.id for note in referenced_notes(self.publication)}
        for note in self.notes.values():
            if note.id not in referenced:  # they may be read in any order
                self.found.references.pop(note.at.id or note.id, None)
        return self.found

    def blocks(self, blocks: Iterable[m.Block], where: _Where) -> None:
        for block in blocks:
            self.block(block, where.at(block.at))

    def block(self, node: m.Block, where: _Where) -> None:
        match node:
            case m.Section(title=title, children=children):
                self.running(node, title, "heading", where)
                self.blocks(children, where)
            case m.Paragraph(children=inlines):
                self.running(node, inlines, "text", where)
            case m.List(items=items):
                for index, item in enumerate(items):
                    if node.style is m.ListStyle.DECIMAL:
                        words = node.delimiter.around(str(node.start + index))
                        self.found.markers.append(Marker(item.at.id or "", words, item.at.source or node.at.source))
                    self.blocks(item.children, where.at(item.at))
            case m.DefinitionList(items=entries):
                for entry in entries:
                    inside = where.at(entry.at)
                    for term in entry.terms:
                        self.running(term, term.children, "text", inside.at(term.at))
                    for definition in entry.definitions:
                        self.blocks(definition.children, inside.at(definition.at))
            case m.Table():
                self.table(node, where)
            case m.Figure(images=images, caption=caption, description=description):
                for image in images:
                    self.image(image, where)
                self.running(node, caption, "caption", where)
                self.blocks(description, where)
            case m.Quote(children=children, attribution=attribution):
                self.blocks(children, where)
                self.running(node, attribution, "attribution", where)
            case m.Aside() if node in self.repeated_pull_quotes:
                pass
            case m.Aside(children=children, title=title):
                self.running(node, title, "text", where)
                self.blocks(children, where)
            case m.Transcript(turns=turns):
                self.transcript(turns, where)
            case m.CodeBlock(text=text):
                self.unit(node, "code", [(where.language, text)], where)
            case m.MathBlock(tex=tex):
                self.unit(node, "formula", [("", tex)], where, parts=())
            case m.LineBlock(lines=lines):
                for line in lines:
                    self.running(line, line.children, "text", where.at(line.at))
            case m.ThematicBreak() | m.PageBreak():
                pass
            case _:
                assert_never(node)

    def table(self, node: m.Table, where: _Where) -> None:
        self.running(node, node.caption, "caption", where)
        for group in node.groups:
            for row in group:
                for cell in row.cells:
                    inside = where.at(row.at).at(cell.at)
                    header = where.header or group is node.head or cell.scope is not None
                    self.blocks(cell.children, msgspec.structs.replace(inside, header=header))
        self.blocks(node.description, where)

    def transcript(self, turns: Iterable[m.Turn | m.Cue], where: _Where) -> None:
        nodes: set[str] = set()
        for turn in turns:
            inside = where.at(turn.at)
            match turn:
                case m.Turn(speaker=speaker, children=children):
                    if speaker.name not in nodes:
                        nodes.add(speaker.name)
                        self.found.speakers.append((turn.at.id or "", speaker.name))
                    self.blocks(children, msgspec.structs.replace(inside, speaker=speaker.name))
                case m.Cue(children=inlines):
                    self.running(turn, inlines, "cue", inside)

    # Words

    def running(self, node: m.Node, inlines: m.Inlines, kind: str, where: _Where) -> None:
        """Add running text; its images are units of their own."""
        runs: list[tuple[str, str]] = []
        parts = [""]
        # The words come before the pictures that stand among them, and behind those that stand before them.
        index: int | None = None
        for part in self.inlines(inlines, where.language, node.at.id or ""):
            if isinstance(part, tuple):
                image, language = part
                self.image(image, msgspec.structs.replace(where, language=language))
            else:
                runs.append((part.language, part.text))
                parts = [*parts, ""] if part.is_formula else [*parts[:-1], parts[-1] + part.text]
                index = len(self.found.units) if index is None and letters(part.text) else index
        if index is not None:
            self.unit(node, kind, runs, where, index=index, parts=parts)

    def inlines(self, nodes: Iterable[m.Inline], language: str, unit: str) -> Iterator[_Said | tuple[m.Image, str]]:
        for node in nodes:
            own = node.at.language or language
            match node:
                case m.Text(text) | m.Code(text) | m.Abbreviation(text):
                    yield _Said(own, text)
                case m.Math(tex=tex):
                    yield _Said(own, tex, is_formula=True)
                case m.LineBreak():
                    yield _Said(own, " ")
                case m.Image():
                    yield node, own
                case m.NoteReference(note=name):
                    note = self.notes.get(name)
                    if note is not None:
                        self.found.references.setdefault(note.at.id or note.id, []).append(unit)
                case _:
                    yield from self.inlines(node.children, own, unit)

    def image(self, node: m.Image, where: _Where) -> None:
        if isinstance(node.alt, m.Described):
            inside = where.at(node.at)
            self.unit(node, "alt", [(inside.language, node.alt.text)], inside)

    def unit(
        self,
        node: m.Node,
        kind: str,
        runs: list[tuple[str, str]],
        where: _Where,
        *,
        index: int | None = None,
        parts: Iterable[str] | None = None,
    ) -> None:
        text = "".join(words for _, words in runs)
        if kind == "code" and not text.strip():
            return
        unit = SpokenUnit(
            node=node.at.id or "",
            kind=kind,
            words=letters(text),
            parts=tuple(filter(None, map(letters, (text,) if parts is None else parts))),
            runs=joined((primary(language), letters(words)) for language, words in runs),
            text=" ".join(text.split()),
            source=node.at.source,
            note=where.note,
            speaker=where.speaker,
            header=where.header,
        )
        self.found.units.insert(len(self.found.units) if index is None else index, unit)


class _Said(msgspec.Struct):
    language: str
    text: str
    is_formula: bool = False
