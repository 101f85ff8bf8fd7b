"""Notes as markup: each leads back to every place that refers to it."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model import Note, NoteKind, Paragraph
from exporter.writers.markup.block import BlockMarkup
from exporter.writers.markup.element import element


class Markup(BlockMarkup):
    """Writes all of a publication: blocks, sections and notes; see `Base` for the settings."""

    def note(self, note: Note) -> str:
        """Return a footnote: its number leads back to the text (DPUB-ARIA doc-backlink).

        Where the text refers to it more than once, a letter for each further place stands behind the number.
        """
        values = {**self.at(note), "id": self.note_id(note), "class": "footnote"}
        values |= self.semantics("doc-footnote", "footnote")
        return element("aside", self._note_content(note), values)

    def endnotes(self, notes: Iterable[Note]) -> str:
        """Return notes as the list for a section with the role doc-endnotes (DPUB-ARIA 1.1)."""
        items = (element("li", self._note_content(note), {**self.at(note), "id": self.note_id(note)}) for note in notes)
        return element("ol", "\n".join(items), {"class": "endnotes"})

    def notes(self, nodes: Iterable[Note], *, kind: NoteKind) -> str:
        """Return the notes of one kind."""
        chosen = [note for note in nodes if note.kind is kind]
        return self.endnotes(chosen) if kind is NoteKind.ENDNOTE else "\n".join(map(self.note, chosen))

    def _note_content(self, note: Note) -> str:
        number = str(self.note_number[note.id])
        references = self.references[note.id]
        links = []
        for index, reference in enumerate(references):
            mark = number if index == 0 else chr(ord("a") + min(index, 25))
            # Links that lead to different places have different names (WCAG 2.4.4).
            key = "common.note_back_place" if len(references) > 1 else "common.note_back"
            values: dict[str, str | None] = {
                "class": "backlink",
                "href": self.link(f"#{reference}"),
                "aria-label": f"{self.labels('common.note', number=number)}: {self.labels(key, place=index + 1)}",
                **self.semantics("doc-backlink", "backlink"),
            }
            links.append(element("a", mark, values))
        lead = element("span", " ".join(links) or number, {"class": "note-number"})
        first, *rest = note.children or (Paragraph(children=()),)
        if isinstance(first, Paragraph):
            opening = element("p", f"{lead} {self.inlines(first.children)}", self.at(first))
        else:
            opening = f"{element('p', lead)}\n{self.blocks([first])}"
        return "".join([opening, *(self.blocks([node]) for node in rest)])
