"""The passages that the tree asks every edition to tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.model.table_grid import place_cells
from exporter.model.walk import walk
from exporter.parity.addresses import is_followed
from exporter.parity.content import (
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    InlineItem,
    in_note,
    letters,
    list_step,
    words_of,
)
from exporter.parity.formulas import signs_of
from exporter.parity.item_builder import ItemBuilder
from exporter.parity.table_cells import detail, headers_by_cell

_NUMBERING = {m.ListStyle.BULLET: "bullet"} | {style: style.value for style in m.ListStyle if style.value != "bullet"}
SILENT = frozenset({m.AsideKind.BOX, m.AsideKind.PULL_QUOTE, m.AsideKind.RECOMMENDATIONS})


def told(publication: m.Publication) -> ExtractedContent:
    """Return what an edition of a publication is to tell."""
    teller = _Teller(publication)
    language = publication.metadata.language
    teller.blocks(publication.front, (), language)
    teller.slots[len(teller.passages)] += 1  # the title of the list of contents
    teller.blocks(publication.body, (), language)
    notes = [teller.note(note, language) for note in teller.in_order()]
    passages, targets, slots = tuple(teller.passages), dict(teller.targets), dict(teller.slots)
    return ExtractedContent(passages, tuple(notes), targets, slots, speakers=tuple(teller.speakers))


class _Teller:
    def __init__(self, publication: m.Publication) -> None:
        self.publication = publication
        self.passages: list[ContentItem] = []
        self.targets: dict[str, int] = {}
        self.slots: dict[int, int] = defaultdict(int)
        self.numbers = {note.id: number for number, note in enumerate(publication.notes, 1)}
        self.ids = {node.at.id for node in walk(publication) if node.at.id and not self._is_lost(node)}
        self.referred = Counter(node.note for node in walk(publication) if isinstance(node, m.NoteReference))
        """How often each note is referred to."""
        self.speakers: list[str] = []
        self.labels: list[str] = []
        """Labels of items whose first passage is still to come."""

    def in_order(self) -> list[m.Note]:
        """Return the notes that the text refers to, those that these refer to, and the rest, in order."""
        notes = {note.id: note for note in reversed(self.publication.notes)}  # of two with one ID, the first
        referred = self._referred(walk((*self.publication.front, *self.publication.body)))
        for name in referred:  # grows while it is gone through
            referred += [each for each in self._referred(walk(notes[name].children)) if each not in referred]
        rest = [note for note in self.publication.notes if note.id not in referred]
        return [*(notes[name] for name in referred), *rest]

    def _referred(self, nodes: Iterable[m.Node]) -> list[str]:
        found = (node.note for node in nodes if isinstance(node, m.NoteReference) and node.note in self.numbers)
        return list(dict.fromkeys(found))

    def _is_lost(self, node: m.Node) -> bool:
        """Return whether a node is the mark of a note that there is not: no edition has it."""
        return isinstance(node, m.NoteReference) and node.note not in self.numbers

    def note(self, note: m.Note, language: str) -> ExtractedNote:
        """Return the passages of a note."""
        before, targets, slots = self.passages, self.targets, self.slots
        self.passages, self.targets, self.slots = [], {}, defaultdict(int)
        self._begin(note)
        self.blocks(note.children, (), note.at.language or language)
        passages, count = tuple(self.passages), self.referred[note.id]
        made = ExtractedNote(passages, count, note.at.source, slots=dict(self.slots), unreferenced=not count)
        for name in self.targets:
            targets.setdefault(name, in_note(self.numbers[note.id]))
        self.passages, self.targets, self.slots = before, targets, slots
        return made

    def blocks(self, nodes: Iterable[m.Block], path: tuple[str, ...], language: str, depth: int = 0) -> None:
        for node in nodes:
            self._block(node, path, node.at.language or language, depth)

    def _begin(self, node: m.Node) -> None:
        if node.at.id:
            self.targets.setdefault(node.at.id, len(self.passages))

    def _block(self, node: m.Block, path: tuple[str, ...], language: str, depth: int) -> None:
        self._begin(node)
        match node:
            case m.Section():
                self.passage("heading", node.title, path, language, node.at.source)
                self.blocks(node.children, path, language, depth + 1)
            case m.Paragraph():
                self.passage("paragraph", node.children, path, language, node.at.source)
            case m.List():
                style = list_step(_NUMBERING[node.style], node.delimiter.around("1"))
                for number, item in enumerate(node.items, 1):
                    self._begin(item)
                    self.labels.clear()  # an item that begins with a list has the number of that
                    if node.style is m.ListStyle.DECIMAL:
                        self.labels.append(str(node.start + number - 1))
                    inside = (*path, style, f"item {number}")
                    self.blocks(item.children, inside, item.at.language or language, depth)
                    self.labels.clear()
            case m.DefinitionList():
                self._definitions(node, path, language, depth)
            case m.Table():
                self.passage("caption", node.caption, path, language, node.at.source)
                self._table(node, (*path, "table"), language, depth)
                self._description(node.description, path, language, depth)
            case m.Figure():
                for image in node.images:
                    self.passage("picture", (image,), path, language, image.at.source or node.at.source)
                self.passage("caption", node.caption, path, language, node.at.source)
                self._description(node.description, path, language, depth)
            case m.Quote():
                self.blocks(node.children, (*path, "quote"), language, depth)
                self.passage("paragraph", node.attribution, (*path, "quote"), language, node.at.source, framed=True)
            case m.Aside():
                self._aside(node, path, language, depth)
            case m.Transcript():
                self._transcript(node, path, language, depth)
            case m.CodeBlock():
                open_ = ItemBuilder("paragraph", path)
                open_.say(node.text, language)
                open_.marks.append(InlineItem("code", letters(node.text)))
                self._close(open_, node.at.source)
            case m.MathBlock():
                formula = InlineItem("formula", signs_of(node.mathml))
                self._add(ContentItem("formula", "", path, marks=(formula,), source=node.at.source))
            case m.LineBlock():
                for line in node.lines:
                    self._begin(line)
                    self.passage("paragraph", line.children, path, line.at.language or language, node.at.source)
            case m.PageBreak():
                self.slots[len(self.passages)] += bool(node.label)
            case m.ThematicBreak():
                pass
            case _:
                assert_never(node)

    def _description(self, nodes: m.Blocks, path: tuple[str, ...], language: str, depth: int) -> None:
        if nodes:
            self.slots[len(self.passages)] += 1  # "Long description"
            self.blocks(nodes, path, language, depth)

    def _definitions(self, node: m.DefinitionList, path: tuple[str, ...], language: str, depth: int) -> None:
        inside = (*path, "terms")
        open_ = ItemBuilder("term", inside)
        for item in node.items:
            self._begin(item)
            spoken = item.at.language or language
            # Terms that share a definition are one label (ISO 14289-1, 7.6). What no definition follows stands with the
            # terms behind it: no format tells these apart.
            for term in item.terms:
                self._begin(term)
                self._inlines(term.children, open_, term.at.language or spoken, in_link=False)
                open_.parts.append(" ")
            if not item.definitions:
                continue
            self._close(open_, node.at.source)
            open_ = ItemBuilder("term", inside)
            for definition in item.definitions:
                self._begin(definition)
                self.blocks(definition.children, inside, definition.at.language or spoken, depth)
        self._close(open_, node.at.source)

    def _aside(self, node: m.Aside, path: tuple[str, ...], language: str, depth: int) -> None:
        # An aside in an aside is told apart by its words: not every edition may nest them (ISO 32005, table 5).
        inside = path if "aside" in path else (*path, "aside")
        if node.title:
            self.passage("paragraph", node.title, inside, language, node.at.source)
        elif node.kind not in SILENT:
            self.slots[len(self.passages)] += 1
        self.blocks(node.children, inside, language, depth)

    def _transcript(self, node: m.Transcript, path: tuple[str, ...], language: str, depth: int) -> None:
        for turn in node.turns:
            self._begin(turn)
            spoken = turn.at.language or language
            match turn:
                case m.Turn(speaker=speaker):
                    inside = (*path, "turn")
                    open_ = ItemBuilder("paragraph", inside)
                    open_.say(f"{speaker.name} {speaker.role}", spoken)
                    self.speakers.append(letters(speaker.name) + letters(speaker.role))
                    parts = tuple(filter(None, (letters(speaker.name), letters(speaker.role))))
                    self._close(open_, turn.at.source or node.at.source, parts)
                    self.blocks(turn.children, inside, spoken, depth)
                case m.Cue():
                    self.passage("paragraph", turn.children, path, spoken, turn.at.source or node.at.source)

    def _table(self, node: m.Table, path: tuple[str, ...], language: str, depth: int) -> None:
        lines = place_cells(node.groups)
        heads = headers_by_cell(lines)
        places: dict[int, int] = {}
        number, start = 0, len(self.passages)
        for row, line in zip(chain.from_iterable(node.groups), lines, strict=True):
            number += bool(row.cells)
            self._begin(row)
            for position, placed in enumerate(line, 1):
                cell = placed.cell
                inside = (*path, f"row {number}", f"cell {position}")
                self._begin(cell)
                here = len(self.passages)
                places[id(cell)] = here
                self._add(ContentItem("cell", "", inside, detail=detail(placed)))
                self.blocks(cell.children, inside, cell.at.language or row.at.language or language, depth)
                words = words_of(self.passages[here + 1 :])
                source = cell.at.source or node.at.source
                self.passages[here] = msgspec.structs.replace(self.passages[here], text=words, source=source)
        if all(each.kind == "cell" and not each.text for each in self.passages[start:]):
            del self.passages[start:]  # nothing stands on a page
            self.targets.update({name: start for name, place in self.targets.items() if place > start})
            return
        for cell_id, names in heads.items():
            words_ = sorted(letters(self.passages[places[name]].text) for name in names)
            here = places[cell_id]
            self.passages[here] = msgspec.structs.replace(self.passages[here], headers=tuple(words_))

    def passage(
        self,
        kind: str,
        nodes: Sequence[m.Inline],
        path: tuple[str, ...],
        language: str,
        source: m.Source | None,
        *,
        framed: bool = False,
    ) -> None:
        """Add the passage that inlines make, if they make one; `framed` when editions set words around it."""
        open_ = ItemBuilder(kind, path)
        self._inlines(nodes, open_, language, in_link=False)
        self._close(open_, source, (letters("".join(open_.parts)),) if framed else ())

    def _close(self, open_: ItemBuilder, source: m.Source | None, parts: tuple[str, ...] = ()) -> None:
        for passage in open_.made(source, parts):
            self._add(passage)

    def _add(self, passage: ContentItem) -> None:
        label = self.labels[-1] if self.labels else ""
        self.labels.clear()
        self.passages.append(msgspec.structs.replace(passage, label=label) if label else passage)

    def _inlines(self, nodes: Iterable[m.Inline], open_: ItemBuilder, language: str, *, in_link: bool) -> None:
        for node in nodes:
            self._inline(node, open_, node.at.language or language, in_link=in_link)

    def _inline(self, node: m.Inline, open_: ItemBuilder, language: str, *, in_link: bool) -> None:
        self._begin(node)
        match node:
            case m.Text(text):
                open_.say(text, language)
            case m.Code(text):
                open_.say(text, language)
                open_.marks.append(InlineItem("code", letters(text)))
            case m.Abbreviation(text, expansion):
                open_.say(text, language)
                open_.marks.append(InlineItem("abbreviation", letters(text), expansion))
            case m.Image():
                if not isinstance(node.alt, m.Decorative):
                    alt = node.alt.text if isinstance(node.alt, m.Described) else None
                    open_.marks.append(InlineItem("picture", "", alt))
            case m.Math():
                open_.marks.append(InlineItem("formula", signs_of(node.mathml)))
            case m.LineBreak():
                open_.say(" ", language)
            case m.NoteReference():
                if node.note in self.numbers:
                    number = InlineItem("note", "", str(self.numbers[node.note]))
                    (open_.marks if open_.behind is None else open_.behind).append(number)
            case m.Link():
                self._link(node, open_, language, in_link=in_link)
            case _:
                self._inlines(node.children, open_, language, in_link=in_link)

    def _link(self, node: m.Link, open_: ItemBuilder, language: str, *, in_link: bool) -> None:
        target = node.target.strip()
        leads = target[1:] in self.ids if target.startswith("#") else is_followed(target)
        if in_link or not leads:
            self._inlines(node.children, open_, language, in_link=in_link)
            return
        before = len(open_.parts)
        open_.behind = []
        self._inlines(node.children, open_, language, in_link=True)
        open_.marks.append(InlineItem("link", open_.since(before), target))
        open_.marks += open_.behind
        open_.behind = None
