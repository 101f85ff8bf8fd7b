"""Languages of passages in Word files: of a paragraph, or of some of its words (ISO/IEC 29500-1, 17.3.2.20 lang)."""

from __future__ import annotations

import posixpath

from exporter.inspect.docx.edited_package import EditedPackage
from exporter.labels import direction_of
from exporter.readers.docx.inlines.languages import natural_direction
from exporter.revise.changes import PassageLanguage
from exporter.revise.docx.languages import AFTER_LANGUAGE, language_attribute
from exporter.revise.elements import Element, PartEdits, numbered, text
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import find_words

NOTES = ("footnotes", "endnotes")
"""Kinds of the parts with notes (17.11)."""


def set_passage_language(edits: PartEdits, element: Element | None, change: PassageLanguage) -> None:
    """Set the language of a paragraph, or of words in it; a run with other words is divided.

    Args:
        edits: Edits of its part.
        element: The paragraph.
        change: The language, and the words.

    Raises:
        RefusedError: It is not found, has no text, or not these words.
    """
    # The paragraphs of a text box are passages of their own.
    runs = [inner for inner in element.walk(without=("p",)) if inner.local == "r"] if element is not None else []
    if element is None or element.local != "p" or not runs:
        raise RefusedError("The passage is in a drawing, a header or another file.", "Word: Review, Language.")
    texts = [_text(edits, run) for run in runs]
    direction = natural_direction(change.words or "".join(texts))
    if direction not in (None, direction_of(change.tag)):
        raise RefusedError(
            "The language has another script than these words.", "Choose that in which they are written."
        )
    if not change.words:
        for run in runs:
            _mark(edits, run, change.tag)
        return
    words = find_words(change.words, "".join(texts))
    if words is None:
        raise RefusedError("The paragraph does not contain these words.", "Copy them from it, or choose all of it.")
    position = 0
    for run, content in zip(runs, texts, strict=True):
        first, last = max(words.start() - position, 0), min(words.end() - position, len(content))
        position += len(content)
        if first < last:
            _divide(edits, run, first, last)
            _mark(edits, run, change.tag)


def set_note_language(edited: EditedPackage, change: PassageLanguage) -> None:
    """Set the language of a paragraph of a note, or of words in it.

    Raises:
        DocxError: The part of the notes is damaged.
        RefusedError: As for other paragraphs.
    """
    kind, number = change.source.part, change.source.number
    part = edited.related(kind, posixpath.join(posixpath.dirname(edited.package.main), f"{kind}.xml"))
    assert part is not None, "the note was read from it"
    data = edited.read(part)
    edits = PartEdits(data)
    set_passage_language(edits, numbered(data, {number}).get(number), change)
    edited.replace(part, edits.result())


def _text(edits: PartEdits, run: Element) -> str:
    return "".join(edits.text_of(child) for child in run.children if child.local == "t")


def _divide(edits: PartEdits, run: Element, first: int, last: int) -> None:
    """Move what is before and after some characters of a run into runs of their own, with the same properties."""
    before, after, position = "", "", 0
    for child in run.children:
        content = edits.text_of(child) if child.local == "t" else ""
        end = position + len(content)
        if child.local == "rPr":
            continue
        if position < first and end <= first:
            before += edits.source(child)
            edits.delete(child)
        elif position >= last and end > last:
            after += edits.source(child)
            edits.delete(child)
        elif position < first or end > last:
            before += _text_element(run, content[: max(first - position, 0)])
            after += _text_element(run, content[last - position :])
            edits.set_content(child, text(content[max(first - position, 0) : last - position]))
            edits.set_attribute(child, "xml:space", "preserve")
        position = end
    edits.insert_around((run.start, run.end), _run(edits, run, before), _run(edits, run, after))


def _run(edits: PartEdits, run: Element, content: str) -> str:
    """Return a run with the properties of another, or "" if it has no content."""
    properties = run.child("rPr")
    name, _ = run.name.sibling("r")
    head = edits.source(properties) if properties is not None else ""
    return content and f"<{name}>{head}{content}</{name.partition(' ')[0]}>"


def _text_element(run: Element, content: str) -> str:
    name, _ = run.name.sibling("t")
    return content and f'<{name} xml:space="preserve">{text(content)}</{name.partition(" ")[0]}>'


def _mark(edits: PartEdits, run: Element, tag: str) -> None:
    """Set the language of a run."""
    attribute = language_attribute(tag)
    properties = run.child("rPr")
    language = properties.child("lang") if properties is not None else None
    name, prefix = run.name.sibling("lang")
    if language is not None:
        edits.set_attribute(language, f"{prefix}{attribute}", tag)
    elif properties is not None:
        edits.insert(properties, f'<{name} {prefix}{attribute}="{tag}"/>', properties.child(*AFTER_LANGUAGE))
    else:
        outer, _ = run.name.sibling("rPr")
        mark = f'<{outer}><{name} {prefix}{attribute}="{tag}"/></{outer.partition(" ")[0]}>'
        edits.insert(run, mark, next(iter(run.children), None))
