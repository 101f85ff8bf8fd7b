"""Ids of nodes for bookmarks, links, page lists and media overlays, and the links to them."""

from __future__ import annotations

from collections import Counter
from typing import get_args
from urllib.parse import unquote

import msgspec

from exporter.model import Image, Inline, Link, Node, Note, NoteReference, Publication, Section
from exporter.model.walk import plain_text, rewrite, walk
from exporter.transforms.slugs import MAX_LENGTH, ids_of_other_tools, is_id, shorten, slug, valid_id
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
    """Set the id of every node that is not an inline, of every image and of every note reference.

    Ids of the manuscript stay if they are valid in XML and Word; the first of two equal ones stays. The id of a section
    is a slug of its title (`section-3` for a title without Latin letters), that of a note its number (`note-4`), that
    of the second reference to it `ref-4-2`, all others the type and number, such as `p12`, `fig3`, `tbl2`. Ids that
    differ only in case, or in `-`, `_` and `.`, count as equal, as they do in Word.

    Links to an id of the manuscript that had to change, to `Note.id`, or to a heading by the id that another tool
    generates, refer to the new id.
    """
    assignment = _IdAssignment(publication)
    publication = descend(publication, assignment.visit, None)
    return assignment.relink(publication)


def _key(name: str) -> str:
    """Return the form in which Word compares bookmarks."""
    return name.casefold().translate(str.maketrans("-.", "__"))


class _IdAssignment:
    """Assignment of ids to the nodes of a publication."""

    def __init__(self, publication: Publication) -> None:
        # Ids of the manuscript are collected first, so that generated ids never equal one of them.
        self.given: dict[str, str] = {}
        self.taken: set[str] = set()
        for node in walk(publication):
            if node.at.id and is_id(node.at.id):
                self.taken.add(_key(node.at.id))
        self.assigned: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.suffixes: Counter[str] = Counter()
        self.references: Counter[str] = Counter()
        self.numbers: dict[str, int] = {}
        for number, note in enumerate(publication.notes, 1):
            self.numbers.setdefault(note.id, number)

    def visit(self, node: Node, _: None) -> tuple[Node, None]:
        self.counts[type(node).__name__] += 1
        name = self._own_id(node)
        if name is None and (not isinstance(node, _INLINES) or isinstance(node, Image | NoteReference)):
            name = self._generate(node)
        elif name is None and node.at.id:
            name = self._take_free(valid_id(node.at.id) or "anchor")
        if name != node.at.id:
            node = msgspec.structs.replace(node, at=msgspec.structs.replace(node.at, id=name))
        return node, None

    def _own_id(self, node: Node) -> str | None:
        """Return the id of the node in the manuscript, made valid, or None if it has none or a duplicate."""
        written = node.at.id
        if not written or written in self.given:
            return None
        if is_id(written) and _key(written) not in self.assigned:
            name = written
        elif valid := valid_id(written):
            name = self._take_free(valid)
        else:
            return None
        self.given[written] = name
        self.assigned.add(_key(name))
        return name

    def _generate(self, node: Node) -> str:
        kind = type(node).__name__
        number = self.counts[kind]
        match node:
            case Section():
                return self._take_free(slug(plain_text(node.title)) or f"section-{number}")
            case Note():
                return self._take_free(f"note-{number}")
            case NoteReference():
                self.references[node.note] += 1
                return self._take_free(f"ref-{self.numbers.get(node.note, 0)}-{self.references[node.note]}")
            case _:
                return self._take_free(f"{_PREFIXES[kind]}{number}")

    def _take_free(self, name: str) -> str:
        """Return `name`, with a number if it is taken, and mark it as taken."""
        free = name
        while _key(free) in self.taken:
            self.suffixes[name] += (
                1  # continues where the last search ended, as thousands of sections may have the same title
            )
            suffix = f"-{self.suffixes[name] + 1}"
            free = shorten(name, MAX_LENGTH - len(suffix)) + suffix
        self.taken.add(_key(free))
        self.assigned.add(_key(free))
        return free

    def relink(self, publication: Publication) -> Publication:
        """Return the publication with links to the new ids."""
        ids = {node.at.id for node in walk(publication) if node.at.id}
        others: dict[str, str] = {}
        for node in walk(publication):
            if isinstance(node, Section):
                title = plain_text(node.title)
                assert node.at.id is not None
                for name in (slug(title), *ids_of_other_tools(title)):
                    others.setdefault(name, node.at.id)
        for note in publication.notes:
            assert note.at.id is not None
            others.setdefault(note.id, note.at.id)

        def change(node: Node) -> Node:
            if not isinstance(node, Link) or not node.target.startswith("#"):
                return node
            written = node.target[1:]
            for name in (written, unquote(written)):
                target = self.given.get(name) or (name if name in ids else others.get(name) or others.get(slug(name)))
                if target:
                    return node if target == written else msgspec.structs.replace(node, target=f"#{target}")
            return node

        return rewrite(publication, change)
