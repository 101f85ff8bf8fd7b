"""Notes as markup, with backlinks to their references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from exporter.model import Metadata, Node, Note, Paragraph, Publication
from exporter.model.walk import referenced_notes, walk
from exporter.writers.markup.element import element
from exporter.writers.markup.options import NoteStyle

if TYPE_CHECKING:
    from exporter.writers.markup.block import Markup


def written_nodes(publication: Publication, style: NoteStyle) -> Iterator[Node]:
    """Yield all nodes that are written: at the foot of a page, only notes that the text refers to."""
    if style is NoteStyle.DOCUMENT:
        return walk(publication)
    return walk((*publication.front, *publication.body, *referenced_notes(publication)))


def with_own_language(note: Note, metadata: Metadata) -> Note:
    """Return a note with its language and direction, which are not those of the text that refers to it."""
    at = note.at
    language, direction = at.language or metadata.language or None, at.direction or metadata.direction
    return msgspec.structs.replace(note, at=msgspec.structs.replace(at, language=language, direction=direction))


def footnote(markup: Markup, note: Note) -> str:
    """Return a footnote; its number links back to the text (DPUB-ARIA doc-backlink).

    If the text refers to it more than once, a letter for each further reference follows the number.
    """
    values = {**markup.at(note), "id": markup.identifiers.of_note(note), "class": "footnote"}
    values |= markup.semantics("doc-footnote", "footnote")
    return element("aside", _content(markup, note), values)


def endnotes(markup: Markup, notes: Iterable[Note]) -> str:
    """Return endnotes as the list for a section with the role doc-endnotes (DPUB-ARIA 1.1)."""
    items = (
        element("li", _content(markup, note), {**markup.at(note), "id": markup.identifiers.of_note(note)})
        for note in notes
    )
    return element("ol", "\n".join(items), {"class": "endnotes"})


def _content(markup: Markup, note: Note) -> str:
    number = str(markup.identifiers.note_number[note.id])
    references = markup.identifiers.references[note.id]
    links = []
    for index, reference in enumerate(references):
        letter = chr(ord("a") + min(index, 25))
        # Links with different targets have different names (WCAG 2.4.4), which contain what is shown (WCAG 2.5.3).
        key = "common.note_back_place" if len(references) > 1 else "common.note_back"
        name = markup.labels("common.note", number=number)
        values: dict[str, str | None] = {
            "class": "backlink",
            "href": markup.link(f"#{reference}"),
            "aria-label": f"{markup.labels('pdf.head', name=name)} {markup.labels(key, place=letter)}",
            **markup.semantics("doc-backlink", "backlink"),
        }
        links.append(element("a", markup.note_mark(letter if index else number), values))
    lead = element("span", " ".join(links) or markup.note_mark(number), {"class": "note-number"})
    first, *rest = note.children or (Paragraph(children=()),)
    if isinstance(first, Paragraph):
        opening = element("p", f"{lead} {markup.inlines(first.children)}", markup.at(first))
    else:
        opening = f"{element('p', lead)}\n{markup.blocks([first])}"
    return "".join([opening, *(markup.blocks([node]) for node in rest)])
