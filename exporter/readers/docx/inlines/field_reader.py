"""Fields in the text: their results, and what Word shows where they have none (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from contextlib import suppress

from exporter.inspect.docx.xml import Element, is_on, name, number, value
from exporter.model import At, Math, NoteReference
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.inlines import equation_fields, symbols
from exporter.readers.docx.inlines.fields import Field, parse
from exporter.readers.docx.inlines.inline_collector import SYMBOL_ADVICE
from exporter.readers.docx.inlines.run_content_reader import RunContentReader
from exporter.readers.docx.inlines.text_runs import Target
from exporter.readers.links import is_safe
from exporter.readers.rules import LINK_UNSAFE

_LOCAL = re.compile(r"[A-Za-z]:[\\/]|\\\\|//|file:", re.IGNORECASE)
_TOP = frozenset({"#_top", "#_Top", "#"})
CHECKED, UNCHECKED = "☒", "☐"
_OF_CAPTIONS = frozenset({"c", "a"})
"""Switches of a TOC field that lists figures or tables instead of headings."""


def target(link: Target, context: ReadContext) -> Target | None:
    """Return the target of a link for the tree, or None if it is empty or unsafe."""
    url = link.url.strip()
    if not url or url in _TOP:
        return None
    if url.startswith("#"):
        context.targets.add(url[1:])
        return Target(url, link.title)
    if _LOCAL.match(url) or not is_safe(url):
        context.report_here(LINK_UNSAFE, f"Unsafe link: “{url[:80]}” is only valid on this computer, or is a script.")
        return None
    return Target(url, link.title)


class FieldReader(RunContentReader):
    """Reader of fields in the runs of one story."""

    def _field_mark(self, element: Element) -> None:
        field = self._fields.take(element)
        if field is not None:
            self._field(field, ended=element.get(name("fldCharType")) == "end")

    def _field(self, field: Field, *, ended: bool) -> None:
        if not ended:
            field.first_run = len(self.text_runs)
        match field.kind:
            case "SEQ" if not ended or not field.has_result:
                self.sequence = self.sequence or (field.words[0] if field.words else "")
            case "NOTEREF" | "FTNREF" if field.words:
                key = self._context.notes.by_bookmark.get(field.words[0])
                if key is not None and field.has_result and not ended:
                    self._add_node(NoteReference(at=At(source=self._context.locations.here()), note=key.node_id))
                    field.is_ignored = True
            case "SYMBOL" if not field.has_result and field.words:
                self._symbol_of_field(field.words[0], parse(field.code)[2].get("f", ""))
            case "FORMCHECKBOX" | "FORMDROPDOWN" if not ended or not field.has_result:
                self._add_text(_choice_of(field))
                field.is_ignored = True
            case "EQ" if not field.has_result:
                self._equation(field.code)
            case "MACROBUTTON" | "GOTOBUTTON" if not field.has_result:
                self._add_text(" ".join(field.words[1:]))
            case "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "LISTNUM" if not field.has_result:
                self._context.count("numbers")
            case "MERGEFIELD" if ended and any("«" in run.text for run in self.text_runs[field.first_run :]):
                self._context.count(f"merge {' '.join(field.words[:1])}")
            case "INDEX" if not ended:
                self._context.count("index")
            case "TOC" if not ended and _OF_CAPTIONS & parse(field.code)[2].keys():
                self._context.count("figures")
            case "TOA" if not ended:
                self._context.count("authorities")
            case "HYPERLINK" if not ended and field.link is not None:
                field.link = target(field.link, self._context)
            case "REF" | "PAGEREF" if not ended:
                if field.kind == "PAGEREF" and not self._fields.hidden:
                    self.page_references += 1
                if field.link is not None:
                    self._context.targets.add(field.link.url[1:])
            case "REF" if field.has_result and not self._fields.hidden:
                shown = "".join(run.text for run in self.text_runs[field.first_run :])
                self._context.cross_references.add(field, shown, self._context.locations.here())
            case _:
                pass
        if field.kind in ("INDEX", "TOC", "TOA"):
            self.is_generated = True

    def _symbol_of_field(self, code: str, font: str) -> None:
        """Add the character of a SYMBOL field, whose code is decimal, or hexadecimal after 0x (17.16.5.61)."""
        character = None
        with suppress(ValueError):
            character = symbols.character(int(code, 16 if code[:2].lower() == "0x" else 10), font)
        if character is not None:
            self._add_text(character)
        elif not self._fields.hidden:
            message = f"Unknown symbol ignored: {code[:20]} in the font “{font[:60]}”."
            self._context.report_unsupported(message, SYMBOL_ADVICE)

    def _equation(self, code: str) -> None:
        """Add the formula or the text of an EQ field, which has no result (17.16.5.22)."""
        equation = equation_fields.read(code)
        if equation.mathml:
            self._add_node(Math(at=At(source=self._context.locations.here()), mathml=equation.mathml))
        else:
            self._add_text(equation.text)
        if not equation.is_complete:
            self._context.report_unsupported(
                f"The formula of an EQ field was read without its layout: “{' '.join(code.split())[:80]}”.",
                "Write it again with Insert, Equation.",
            )


def _choice_of(field: Field) -> str:
    """Return the tick or the choice of a legacy form field (17.16.7 checkBox, 17.16.9 ddList)."""
    form = field.form
    if field.kind == "FORMCHECKBOX":
        box = form.find(name("checkBox")) if form is not None else None
        checked = box.find(name("checked")) if box is not None else None
        default = box.find(name("default")) if box is not None else None
        return CHECKED if is_on(checked if checked is not None else default) else UNCHECKED
    choices = form.find(name("ddList")) if form is not None else None
    if choices is None:
        return ""
    selected = choices.find(name("result"))
    entries = [value(entry) for entry in choices.iterchildren(name("listEntry"))]
    index = number(value(selected if selected is not None else choices.find(name("default"))))
    return entries[index] if 0 <= index < len(entries) else ""
