"""Run content: text, breaks, symbols, note references, drawings (ISO/IEC 29500-1, 17.3.3)."""

from __future__ import annotations

import re

from exporter.inspect.docx.xml import Element, name
from exporter.model import At, LineBreak, NoteKind, NoteReference
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics import vml
from exporter.readers.docx.graphics.drawings import Drawings, DrawnItem
from exporter.readers.docx.inlines import symbols
from exporter.readers.docx.inlines.fields import Fields
from exporter.readers.docx.inlines.inline_collector import SYMBOL_ADVICE, InlineCollector
from exporter.readers.docx.notes import NoteKey
from exporter.readers.rules import NOTE_MISSING

_SPACE = re.compile(r"\s")
_LONGEST_MARK = 10
"""Characters of the own mark of a note."""
_NOTE_ADVICE = "Delete the note reference in Word and insert the note again."


class RunContentReader(InlineCollector):
    """Reader of the content of runs in one story."""

    def __init__(self, context: ReadContext, part: str, fields: Fields) -> None:
        super().__init__(context, fields)
        self._part = part
        self._drawings = Drawings(context)
        self._begin_tabs(())

    def _begin_tabs(self, leaders: tuple[str, ...]) -> None:
        """Begin a paragraph whose tab stops have these leaders."""
        self._stops = leaders
        self._next_leader = leaders[0] if len(set(leaders)) == 1 else ""
        """Leader of the tabs behind the last stop."""
        self._tabs_of_line = 0
        self._leaders: dict[int, str] = {}
        """Leaders of the tabs, by the index of their run."""

    def _text(self, element: Element) -> None:
        self._fields.code(element.text or "")
        self._add_text_or_mark(element.text or "")

    def _add_text_or_mark(self, text: str) -> None:
        """Add text, unless it is the own mark of a note: every edition makes one."""
        if self._marked_note is not None:
            text = self._take_mark(self._marked_note, text)
        if text:
            self._add_text(text)

    def _take_mark(self, note: NoteKey, text: str) -> str:
        """Register the first word of a run as the mark of a note; return the rest of its text."""
        marks = self._context.notes.marks
        before = marks.get(note, "")
        text = text if before else text.lstrip()
        word = _SPACE.split(text, maxsplit=1)[0]
        rest = text[len(word) :]
        if len(before + word) > _LONGEST_MARK:
            word, rest = "", text
        if word:
            marks[note] = before + word
        if rest:
            self._marked_note = None
        return rest

    def _tab(self, element: Element) -> None:
        if self.has_content:
            self.tabs += 1
        first = len(self.text_runs)
        self._add_text("\t")
        stop = self._tabs_of_line
        leader = element.get(name("leader")) or (self._stops[stop] if stop < len(self._stops) else self._next_leader)
        self._tabs_of_line += 1
        if leader not in ("", "none") and len(self.text_runs) > first:
            self._leaders[first] = leader

    def _line_end(self, _: Element) -> None:
        self._tabs_of_line = 0
        self._add_node(LineBreak())

    def _break(self, element: Element) -> None:
        match element.get(name("type")):
            case "page":
                if self.has_content:
                    self.break_after = True
                else:
                    self.break_before = True
            case "column":
                self._add_text(" ")
            case _:
                self._line_end(element)

    def _symbol(self, element: Element) -> None:
        font = element.get(name("font"))
        try:
            code = int(element.get(name("char")) or "", 16)
        except ValueError:
            return
        character = symbols.character(code, font)
        if character is None:
            self._context.report_unsupported(f"Unknown symbol ignored: {code:04X} in the font “{font}”.", SYMBOL_ADVICE)
        else:
            self._add_text_or_mark(character)

    def _note(self, element: Element, kind: NoteKind) -> None:
        if self._fields.hidden or self._skip_hidden():
            return
        key = NoteKey(kind, element.get(name("id")) or "")
        if self._context.notes.element(key) is None:
            self._context.report_here(
                NOTE_MISSING, f"Missing {kind.value}: the text refers to number {key.identifier}.", advice=_NOTE_ADVICE
            )
            return
        if _is_on_attribute(element.get(name("customMarkFollows"))):
            self._marked_note = key
            self._context.notes.marks.pop(key, None)
        self._context.notes.refer(key, (group.name for group in self._bookmarks.values()))
        self._add_node(NoteReference(at=At(source=self._context.locations.here()), note=key.node_id))

    def _comment(self, element: Element) -> None:
        if element.get(name("id")) not in self._context.own_comments:
            self._context.count("comments")

    def _own_mark(self, _: Element) -> None:
        """Ignore the number at the start of a note: every edition generates it."""

    def _drawing(self, element: Element) -> None:
        if not self._fields.hidden and not self._skip_hidden():
            with self._context.locations.drawing(element, self._words):
                for item in self._drawings.read(element, self._part):
                    self._show(item)

    def _vml(self, element: Element) -> None:
        if not self._fields.hidden and not self._skip_hidden():
            with self._context.locations.drawing(element, self._words):
                for item in vml.read(self._drawings, element, self._part):
                    self._show(item)

    @property
    def _words(self) -> str:
        """The text of the paragraph so far."""
        return "".join(run.text for run in self.text_runs)

    def _show(self, item: DrawnItem) -> None:
        if item.image is not None and not item.floats:
            self._add_node(item.image)
        elif item.words:
            self._add_text(item.words)
        else:
            self.block_items.append(item)

    def _ink(self, _: Element) -> None:
        self._context.report_unsupported("Handwritten ink was ignored.", "Type its text, or insert it as an image.")


def _is_on_attribute(text: str | None) -> bool:
    """Return whether a toggle attribute is on."""
    return text in ("1", "true", "on")
