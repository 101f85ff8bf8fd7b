"""Expected content: the items of the tree that every edition must contain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.model.list_numbers import item_number
from exporter.model.table_grid import Headings, PlacedCell, place_cells
from exporter.model.walk import count_references, referenced_notes
from exporter.parity.content import (
    IN_HEAD,
    ContentItem,
    ExtractedContent,
    ExtractedNote,
    InlineItem,
    in_note,
    letters,
    lines_of,
    list_step,
    words_of,
)
from exporter.parity.item_builder import ItemBuilder
from exporter.parity.tree_inlines import FormulaNames, TreeInlines


def extract_content(
    publication: m.Publication, name_formula: FormulaNames = lambda _: None, *, one_position: bool = False
) -> ExtractedContent:
    """Return the content of a publication that its editions must contain.

    Args:
        publication: The tree.
        name_formula: Returns formulas in words.
        one_position: Whether a run is either raised or lowered, as by the innermost of two nodes.
    """
    extractor = _ContentExtractor(publication, name_formula)
    extractor.one_position = one_position
    language = publication.metadata.language
    extractor.blocks(publication.front, (), language)
    extractor.additions[len(extractor.items)] += 1  # the title of the table of contents
    extractor.blocks(publication.body, (), language)
    notes = extractor.notes(language)
    items, targets = tuple(extractor.items), dict(extractor.targets)
    additions, speakers = dict(extractor.additions), tuple(extractor.speakers)
    return ExtractedContent(
        items,
        tuple(notes),
        targets,
        additions,
        speakers=speakers,
        optional_speakers=extractor.optional_speakers,
    )


class _ContentExtractor(TreeInlines):
    def __init__(self, publication: m.Publication, name_formula: FormulaNames) -> None:
        super().__init__(publication, name_formula)
        self.publication = publication
        self.additions: dict[int, int] = defaultdict(int)
        self.reference_counts = count_references(publication)
        """Number of references to each note."""
        self.optional_counts: Counter[str] = Counter()
        """Number of those in notes to which the text does not refer."""
        self.speakers: list[str] = []
        self.optional_speakers = 0
        """Number of those in notes to which the text does not refer."""

    def notes(self, language: str) -> list[ExtractedNote]:
        """Return the content of the notes referenced in the text, those referenced in these notes, and the rest."""
        referenced = {note.id: note for note in referenced_notes(self.publication)}
        rest = [note for note in self.publication.notes if note.id not in referenced]
        self.optional_counts = count_references(rest)
        notes = (*referenced.values(), *rest)
        extracted: list[ExtractedNote] = []
        for note in notes:
            count, is_optional = len(self.speakers), note.id not in referenced
            extracted.append(self._note(note, language, unreferenced=is_optional))
            self.optional_speakers += is_optional * (len(self.speakers) - count)
        return extracted

    def _note(self, note: m.Note, language: str, *, unreferenced: bool) -> ExtractedNote:
        outer, targets, additions = self.items, self.targets, self.additions
        self.items, self.targets, self.additions = [], {}, defaultdict(int)
        self._begin(note)
        self.blocks(note.children, (), note.at.language or language)
        extracted = ExtractedNote(
            tuple(self.items),
            self.reference_counts[note.id],
            note.at.source,
            allowed_additions=dict(self.additions),
            optional_backlinks=0 if unreferenced else self.optional_counts[note.id],
            unreferenced=unreferenced,
        )
        for name in self.targets:
            targets.setdefault(name, in_note(self.numbers[note.id]))
        self.items, self.targets, self.additions = outer, targets, additions
        return extracted

    def blocks(self, nodes: Iterable[m.Block], path: tuple[str, ...], language: str, depth: int = 0) -> None:
        for node in nodes:
            self._block(node, path, node.at.language or language, depth)

    def _block(self, node: m.Block, path: tuple[str, ...], language: str, depth: int) -> None:
        self._begin(node)
        match node:
            case m.Section():
                self.add_item("heading", node.title, path, language, node)
                self.blocks(node.children, path, language, depth + 1)
            case m.Paragraph():
                self.add_item("paragraph", node.children, path, language, node)
            case m.List():
                style = list_step(node.style.value, node.delimiter.around("1"))
                for number, item in enumerate(node.items, 1):
                    self._begin(item)
                    self.labels.clear()  # an item that begins with a list has the number of that list's item
                    if node.style is not m.ListStyle.BULLET:
                        self.labels.append(item_number(node, number - 1))
                    inside = (*path, style, f"item {number}")
                    self.blocks(item.children, inside, item.at.language or language, depth)
                    self.labels.clear()
            case m.DefinitionList():
                self._definitions(node, path, language, depth)
            case m.Table():
                self.add_item("caption", node.caption, path, language, node)
                self._table(node, (*path, "table"), language, depth)
                self._description(node.description, path, language, depth)
            case m.Figure():
                for image in node.images:
                    self.add_item("picture", (image,), path, language, image if image.at.source else node)
                self.add_item("caption", node.caption, path, language, node)
                self._description(node.description, path, language, depth)
            case m.Quote():
                self.blocks(node.children, (*path, "quote"), language, depth)
                self.add_item("paragraph", node.attribution, (*path, "quote"), language, node, framed=True)
            case m.Aside():
                self._aside(node, path, language, depth)
            case m.Transcript():
                self._transcript(node, path, language, depth)
            case m.CodeBlock():
                builder = ItemBuilder("paragraph", path)
                self._text(node, node.text, builder, language)
                builder.marks.append(InlineItem("code", letters(node.text), structure=lines_of(node.text)))
                self._close(builder, node)
            case m.MathBlock():
                formula = self._formula(node)
                self._add(ContentItem("formula", "", path, marks=(formula,), source=node.at.source))
            case m.LineBlock():
                for line in node.lines:
                    self._begin(line)
                    self.add_item(
                        "paragraph", line.children, path, line.at.language or language, line, source=node.at.source
                    )
            case m.PageBreak():
                self.additions[len(self.items)] += bool(node.label)
            case m.ThematicBreak():
                pass
            case _:
                assert_never(node)

    def _description(self, nodes: m.Blocks, path: tuple[str, ...], language: str, depth: int) -> None:
        if nodes:
            self.additions[len(self.items)] += 1  # "Long description"
            self.blocks(nodes, path, language, depth)

    def _definitions(self, node: m.DefinitionList, path: tuple[str, ...], language: str, depth: int) -> None:
        inner_path = (*path, "terms")
        builder = ItemBuilder("term", inner_path)
        for item in node.items:
            self._begin(item)
            item_language = item.at.language or language
            # Terms with one definition are one label (ISO 14289-1, 7.6); terms without one are joined with the next.
            for term in item.terms:
                self._begin(term)
                self._inlines(term.children, builder, term.at.language or item_language, in_link=False)
                builder.parts.append(" ")
            if not item.definitions:
                continue
            self._close(builder, node)
            builder = ItemBuilder("term", inner_path)
            for definition in item.definitions:
                self._begin(definition)
                self.blocks(definition.children, inner_path, definition.at.language or item_language, depth)
        self._close(builder, node)

    def _aside(self, node: m.Aside, path: tuple[str, ...], language: str, depth: int) -> None:
        # A nested aside is compared by its text only: not every format may nest them (ISO 32005, table 5).
        inner_path = path if "aside" in path else (*path, "aside")
        if node.title:
            self.add_item("paragraph", node.title, inner_path, language, node)
        elif node.kind.is_named:
            self.additions[len(self.items)] += 1
        self.blocks(node.children, inner_path, language, depth)

    def _transcript(self, node: m.Transcript, path: tuple[str, ...], language: str, depth: int) -> None:
        for turn in node.turns:
            self._begin(turn)
            turn_language = turn.at.language or language
            match turn:
                case m.Turn(speaker=speaker):
                    inner_path = (*path, "turn")
                    builder = ItemBuilder("paragraph", inner_path)
                    self._text(turn, f"{speaker.name} {speaker.role}", builder, turn_language)
                    self.speakers.append(letters(speaker.name) + letters(speaker.role))
                    parts = tuple(filter(None, (letters(speaker.name), letters(speaker.role))))
                    self._close(builder, turn, parts, turn.at.source or node.at.source)
                    self.blocks(turn.children, inner_path, turn_language, depth)
                case m.Cue():
                    source = turn.at.source or node.at.source
                    self.add_item("paragraph", turn.children, (*path, "cue"), turn_language, turn, source=source)

    def _table(self, node: m.Table, path: tuple[str, ...], language: str, depth: int) -> None:
        lines = place_cells(node.groups)
        headers = _headers_by_cell(lines)
        indices: dict[int, int] = {}
        number, start = 0, len(self.items)
        for row, line in zip(chain.from_iterable(node.groups), lines, strict=True):
            number += bool(row.cells)
            self._begin(row)
            for position, placed in enumerate(line, 1):
                cell = placed.cell
                inside = (*path, f"row {number}", f"cell {position}")
                self._begin(cell)
                index = len(self.items)
                indices[id(cell)] = index
                detail = _describe_cell(placed) + IN_HEAD * (node.has_body and placed.row < len(node.head))
                self._add(ContentItem("cell", "", inside, detail=detail))
                self.blocks(cell.children, inside, cell.at.language or row.at.language or language, depth)
                text = words_of(self.items[index + 1 :])
                source = cell.at.source or node.at.source
                self.items[index] = msgspec.structs.replace(self.items[index], text=text, source=source)
        if all(item.kind == "cell" and not item.text for item in self.items[start:]):
            self._allow_empty_table(start)
            del self.items[start:]  # nothing is printed
            self.targets.update({name: start for name, target in self.targets.items() if target > start})
            return
        for cell_id, names in headers.items():
            texts = sorted(letters(self.items[indices[name]].text) for name in names)
            index = indices[cell_id]
            self.items[index] = msgspec.structs.replace(self.items[index], headers=tuple(texts))

    def _allow_empty_table(self, start: int) -> None:
        """Allow the cells from an index on if an edition may add something to one of them, such as a title of a box."""
        added = sum(self.additions.pop(index) for index in list(self.additions) if index > start)
        if added:
            self.additions[start] += added + len(self.items) - start


def _describe_cell(placed: PlacedCell) -> str:
    """Return the scope of a cell and its row and column span."""
    scope = placed.cell.scope
    kind = "data" if scope is None else "heads its row" if scope.value.startswith("row") else "heads its column"
    return f"{kind}, {placed.rows} by {placed.columns}"


def _headers_by_cell(lines: Iterable[Iterable[PlacedCell]]) -> dict[int, list[int]]:
    """Return the header cells of each cell of a table with spans, all by `id`; nothing for a table without spans."""
    placed_cells = [placed for line in lines for placed in line]
    if not any(placed.has_span for placed in placed_cells):
        return {}
    headings = Headings([placed_cells])
    return {id(placed.cell): [id(heading.cell) for heading in headings.of(placed)] for placed in placed_cells}
