"""Ids for all that bookmarks, links, page lists and overlays point at, and links that point at them."""

from __future__ import annotations

from collections import Counter
from typing import get_args
from urllib.parse import unquote

import msgspec

from exporter.model import Image, Inline, Link, Node, Note, NoteReference, Publication, Section
from exporter.model.walk import plain_text, rewrite, walk
from exporter.transforms.slugs import LONGEST, is_id, mended_id, shortened, slug, spellings
from exporter.transforms.traversal import descend

_PREFIXES = {
    "Paragraph": "p",
    "List": "list",
    "ListItem": "item",
    "DefinitionList": "dl",
    "DefinitionItem": "entry",
    "Term": "term",
    "Definition": "def",
    "Table": "tbl",
    "Row": "row",
    "Cell": "cell",
    "Figure": "fig",
    "Quote": "quote",
    "Aside": "aside",
    "Transcript": "transcript",
    "Turn": "turn",
    "Cue": "cue",
    "CodeBlock": "code",
    "MathBlock": "math",
    "LineBlock": "verse",
    "Line": "line",
    "ThematicBreak": "break",
    "PageBreak": "page",
    "Image": "img",
}
_INLINES = get_args(Inline)


def apply(publication: Publication) -> Publication:
    """Return an id to every node that is not an inline, to every picture and to every note reference.

    Ids of the manuscript stay where XML and Word take them; of two alike the first stays. A section is called after
    its title (`section-3` where the title has no Latin letters), a note `note-4` after its number, the second
    reference to it `ref-4-2`, everything else by its kind and number, such as `p12`, `fig3`, `tbl2`. Ids that differ
    only in case, or in `-`, `_` and `.`, count as alike, since Word does not tell them apart.

    Links to an id of the manuscript that had to change, to `Note.id`, or to a heading under the name that another tool
    gives it, point at the new id.
    """
    naming = _Naming(publication)
    publication = descend(publication, naming.visit, None)
    return naming.relink(publication)


def _key(name: str) -> str:
    """Return what Word tells bookmarks apart by."""
    return name.casefold().translate(str.maketrans("-.", "__"))


class _Naming:
    def __init__(self, publication: Publication) -> None:
        # Ids of the manuscript come first, wherever they stand: a made id never takes one of them.
        self.given: dict[str, str] = {}
        self.taken: set[str] = set()
        for node in walk(publication):
            if node.at.id and is_id(node.at.id):
                self.taken.add(_key(node.at.id))
        self.placed: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()
        self.references: Counter[str] = Counter()
        self.numbers: dict[str, int] = {}
        for number, note in enumerate(publication.notes, 1):
            self.numbers.setdefault(note.id, number)

    def visit(self, node: Node, _: None) -> tuple[Node, None]:
        self.counts[type(node).__name__] += 1
        name = self._own(node)
        if name is None and (not isinstance(node, _INLINES) or isinstance(node, Image | NoteReference)):
            name = self._made(node)
        elif name is None and node.at.id:
            name = self._free(mended_id(node.at.id) or "anchor")
        if name != node.at.id:
            node = msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, id=name))
        return node, None

    def _own(self, node: Node) -> str | None:
        """Return the id that the manuscript gives the node, mended if need be; None for none and for a second one."""
        wanted = node.at.id
        if not wanted or wanted in self.given:
            return None
        if is_id(wanted) and _key(wanted) not in self.placed:
            name = wanted
        elif mended := mended_id(wanted):
            name = self._free(mended)
        else:
            return None
        self.given[wanted] = name
        self.placed.add(_key(name))
        return name

    def _made(self, node: Node) -> str:
        kind = type(node).__name__
        number = self.counts[kind]
        match node:
            case Section():
                return self._free(slug(plain_text(node.title)) or f"section-{number}")
            case Note():
                return self._free(f"note-{number}")
            case NoteReference():
                self.references[node.note] += 1
                return self._free(f"ref-{self.numbers.get(node.note, 0)}-{self.references[node.note]}")
            case _:
                return self._free(f"{_PREFIXES[kind]}{number}")

    def _free(self, name: str) -> str:
        """Return `name`, with a number behind it when it is taken, and take it."""
        free = name
        while _key(free) in self.taken:
            self.alike[name] += 1  # goes on where the last search ended: thousands of sections may be called alike
            tail = f"-{self.alike[name] + 1}"
            free = shortened(name, LONGEST - len(tail)) + tail
        self.taken.add(_key(free))
        self.placed.add(_key(free))
        return free

    def relink(self, publication: Publication) -> Publication:
        ids = {node.at.id for node in walk(publication) if node.at.id}
        others: dict[str, str] = {}
        for node in walk(publication):
            if isinstance(node, Section):
                title = plain_text(node.title)
                assert node.at.id is not None
                for spelling in (slug(title), *spellings(title)):
                    others.setdefault(spelling, node.at.id)
        for note in publication.notes:
            assert note.at.id is not None
            others.setdefault(note.id, note.at.id)

        def change(node: Node) -> Node:
            if not isinstance(node, Link) or not node.target.startswith("#"):
                return node
            wanted = node.target[1:]
            for name in (wanted, unquote(wanted)):
                found = self.given.get(name) or (name if name in ids else others.get(name) or others.get(slug(name)))
                if found:
                    return node if found == wanted else msgspec.structs.replace(node, target=f"#{found}")
            return node

        return rewrite(publication, change)
