"""Numbers of notes that Word shows and the editions do not (ISO/IEC 29500-1, 17.11)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exporter.inspect.docx.number_formats import format_number
from exporter.inspect.docx.xml import Element, child_value, first_choices, name, number
from exporter.model import Note, NoteKind, NoteReference, Paragraph, Publication
from exporter.model.walk import plain_text, walk
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.notes import NoteKey
from exporter.readers.docx.rules import NUMBERING, RENUMBERED_NOTE

_MENTION = re.compile(
    r"\b(?:(?:foot|end)?notes?(?: de bas de page| de fin)?|fn\.?|(?:supra|infra),? n\.|notas?(?: al pie| de rodapé)?"
    r"|Fußnoten?|Fn\.|Anm\.|сноск[аеиу]|виноск[аиоую]|виносці|примітк[аиоую]|примітці|dipnot)\s+(\d{1,3})\b"
    r"|(?:الحاشية|الهامش)\s+(?:رقم\s+)?(\d{1,3})\b|(?:脚注|尾注)\s*(\d{1,3})(?!\d)",
    re.IGNORECASE,
)
"""A note that a text names by its number, as in “supra note 5”."""
_TITLE_BEFORE = re.compile(r"(?<!\w)(?!See |Cf )[A-ZÀ-Þ]\w+ $")
"""A word with a capital before “Note”, as in the title of a document."""
_SHOWN = 3
"""Notes that the message names."""
_FORMATS = {NoteKind.FOOTNOTE: "decimal", NoteKind.ENDNOTE: "lowerRoman"}
"""Formats where the file states none (17.11.17 and 17.11.18 numFmt)."""


def report(context: ReadContext, publication: Publication) -> None:
    """Report that notes have other numbers than in Word, and the texts that name them by these numbers.

    The editions number all of them 1, 2, 3.
    """
    if context.is_word_edition:
        return
    own = {key: str(position) for position, key in enumerate(context.notes.referenced, 1)}
    sections = list(_sections(context.package.document()))
    shown = {key: words for kind in NoteKind for key, words in _numbers(context, kind, sections)}
    different = {key: words for key, words in shown.items() if own.get(key, words) != words}
    if different:
        some = ", ".join(f"“{words}” is {own[key]}" for key, words in list(different.items())[:_SHOWN])
        more = f" and {len(different) - _SHOWN} more" if len(different) > _SHOWN else ""
        source = context.notes.referenced[next(iter(different))].source
        what = "they begin again on each page there" if "" in different.values() else f"{some}{more}"
        context.report.add(NUMBERING, source, f"Notes have other numbers than in Word: {what}.")
        sections_of = {
            _key(reference): index for index, (references, _) in enumerate(sections) for reference in references
        }
        numbers: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for key, words in shown.items():
            numbers[words].append((sections_of[key], own[key]))
        paragraphs = _paragraphs(publication, {key.node_id: section for key, section in sections_of.items()})
        _report_mentions(context, paragraphs, numbers)


def _paragraphs(publication: Publication, sections_of: Mapping[str, int]) -> Iterator[tuple[Paragraph, int]]:
    """Yield the paragraphs, each with the section of its first note, or else of the last note before it."""
    section = 0
    for node in walk(publication):
        identity = node.note if isinstance(node, NoteReference) else node.id if isinstance(node, Note) else ""
        section = sections_of.get(identity, section)
        if isinstance(node, Paragraph):
            own = next((inner.note for inner in walk(node) if isinstance(inner, NoteReference)), "")
            yield node, sections_of.get(own, section)


def _report_mentions(
    context: ReadContext,
    paragraphs: Iterable[tuple[Paragraph, int]],
    numbers: Mapping[str, Sequence[tuple[int, str]]],
) -> None:
    """Report the first text that names a note by a number that another note has in the editions.

    Args:
        context: The file that is being read.
        paragraphs: The text, with the section of each paragraph.
        numbers: Sections and numbers in the editions, by the numbers of Word; those that depend on its pages by "".
    """
    for paragraph, section in paragraphs:
        for mention in _MENTION.finditer(plain_text(paragraph)):
            if _TITLE_BEFORE.search(mention.string, 0, mention.start()) and mention[0].startswith("Not"):
                continue  # “Guidance Note 2” is a document
            named = mention[1] or mention[2] or mention[3]
            notes = [*numbers.get(named, [(section, named)]), *numbers.get("", ())]
            # Where numbers begin again in each section, that of the paragraph is meant.
            candidates = [own for number_section, own in notes if number_section == section] or [
                own for _, own in notes
            ]
            if candidates != [named]:
                is_known = len(candidates) == 1
                number = f"it is note {candidates[0]} in the editions" if is_known else "the editions have others"
                message = f"“{mention[0]}” names a note by its number in Word; {number}."
                context.report.add(RENUMBERED_NOTE, paragraph.at.source, message)
                return


def _sections(document: Element) -> Iterator[tuple[list[Element], Element]]:
    """Yield the note references of each section with its properties, which are at its end (17.6.17 sectPr)."""
    references: list[Element] = []
    for element in first_choices(document, "footnoteReference", "endnoteReference", "sectPr"):
        parent = element.getparent()
        if element.tag != name("sectPr"):
            references.append(element)
        elif parent is not None and parent.tag != name("sectPrChange"):
            yield references, element
            references = []
    yield references, document


def _key(reference: Element) -> NoteKey:
    kind = NoteKind.FOOTNOTE if reference.tag == name("footnoteReference") else NoteKind.ENDNOTE
    return NoteKey(kind, reference.get(name("id")) or "")


def _numbers(
    context: ReadContext, kind: NoteKind, sections: Sequence[tuple[list[Element], Element]]
) -> Iterator[tuple[NoteKey, str]]:
    """Yield the notes of a kind with the numbers or marks that Word shows, or "" if those depend on pages."""
    settings = context.part("settings")
    general = settings.find(name(f"{kind.value}Pr")) if settings is not None else None
    language = context.styles.default.language or ""
    count = 0
    for references, properties in sections:
        stated = properties.find(name(f"{kind.value}Pr"))
        start, restart, kind_of_number = (
            child_value(stated, name(tag)) or child_value(general, name(tag))
            for tag in ("numStart", "numRestart", "numFmt")
        )
        if count == 0 or restart == "eachSect":
            count = number(start, 1) - 1
        for reference in references:
            key = _key(reference)
            if reference.tag != name(f"{kind.value}Reference") or key not in context.notes.referenced:
                continue
            if key in context.notes.marks:
                yield key, context.notes.marks[key]
            elif restart == "eachPage":
                yield key, ""
            else:
                count += 1
                yield key, format_number(count, kind_of_number or _FORMATS[kind], language) or str(count)
