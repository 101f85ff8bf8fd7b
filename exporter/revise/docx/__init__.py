"""Changes in Word files: what they are about is edited in its bytes, and all other parts stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import assert_never

from exporter.errors import SourceError
from exporter.inspect.docx import DocxError
from exporter.inspect.docx.edited_package import EditedPackage
from exporter.model import Source
from exporter.revise import changes as c
from exporter.revise.docx.captions import make_caption, reword_caption, set_figure_caption, set_table_caption
from exporter.revise.docx.headings import set_heading_level
from exporter.revise.docx.images import describe
from exporter.revise.docx.languages import set_language
from exporter.revise.docx.lists import make_list
from exporter.revise.docx.passages import NOTES, set_note_language, set_passage_language
from exporter.revise.docx.properties import set_property
from exporter.revise.docx.speakers import set_speaker
from exporter.revise.docx.tables import set_header_rows
from exporter.revise.elements import Element, PartEdits, numbered, read
from exporter.revise.refusal import SAME_POSITION, RefusedError, UnsupportedError, refusals

_Placed = (
    c.AltText
    | c.DecorativeImage
    | c.HeaderRows
    | c.HeadingLevel
    | c.TableCaption
    | c.FigureCaption
    | c.CaptionParagraph
    | c.PassageLanguage
    | c.SpeakerName
)
SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def apply(data: bytes, changes: Sequence[c.Change], language: str) -> tuple[bytes, list[RefusedError | None]]:
    """Return a Word file with changes, and for each change why it was not made, or None.

    Args:
        data: The file.
        changes: The changes.
        language: The main language of the file so far.

    Raises:
        SourceError: A part of it is damaged.
    """
    try:
        new, refused = _apply(data, changes, language)
        again = list(_passages_to_divide_again(changes, refused))
        if again:
            new, later = apply(new, [changes[index] for index in again], language)
            for index, refusal in zip(again, later, strict=True):
                refused[index] = refusal
    except DocxError as error:
        raise SourceError(error.message, advice=error.advice) from error
    return new, refused


def _passages_to_divide_again(changes: Sequence[c.Change], refused: Sequence[RefusedError | None]) -> Iterator[int]:
    """Yield the numbers of the passages that are in a run with another one, which has been divided for that."""
    passages = [(index, change) for index, change in enumerate(changes) if isinstance(change, c.PassageLanguage)]
    marked = [change for index, change in passages if refused[index] is None]
    for index, change in passages:
        others = [other.words for other in marked if other.source == change.source]
        is_apart = not any(change.words in words or words in change.words for words in others)
        if refused[index] is SAME_POSITION and others and is_apart:
            yield index


def _apply(data: bytes, changes: Sequence[c.Change], language: str) -> tuple[bytes, list[RefusedError | None]]:
    edited = EditedPackage(data)
    if edited.package.related("origin", ""):
        # ECMA-376-2, 12: digital signatures.
        signed = UnsupportedError(
            "The Word file is signed, and a change would make its signature invalid.",
            "Remove the signature in Word (File, Info), or change a copy without it.",
        )
        return data, [signed] * len(changes)
    main = edited.read(edited.package.main)
    edits = PartEdits(main)
    numbers = {
        change.source.anchor for change in changes if not isinstance(change, c.Title | c.Language | c.MetadataField)
    }
    numbers |= {other.anchor for change in changes if isinstance(change, c.TypedList) for other in change.others}
    elements = numbered(main, numbers)

    def element_at(source: Source) -> Element | None:
        return elements.get(source.anchor) if not source.part else None

    def element_of(change: _Placed) -> Element | None:
        return element_at(change.source)

    def make(change: c.Change) -> None:
        match change:
            case c.AltText() | c.DecorativeImage():
                describe(edits, element_of(change), change)
            case c.HeaderRows():
                set_header_rows(edits, element_of(change), change)
            case c.TableCaption() | c.FigureCaption() if change.old:
                reword_caption(edits, read(main), element_of(change), change)
            case c.TableCaption():
                set_table_caption(edited, edits, element_of(change), change)
            case c.FigureCaption():
                set_figure_caption(edited, edits, element_of(change), change)
            case c.CaptionParagraph():
                make_caption(edited, edits, element_of(change), change)
            case c.TypedList():
                sources = (change.source, *change.others)
                make_list(edited, edits, [element_at(source) for source in sources])
            case c.PassageLanguage() if change.source.part in NOTES:
                set_note_language(edited, change)
            case c.PassageLanguage():
                set_passage_language(edits, element_of(change), change)
            case c.SpeakerName():
                set_speaker(edits, element_of(change), change)
            case c.HeadingLevel():
                set_heading_level(edited, edits, element_of(change), change)
            case c.LongDescription():
                raise UnsupportedError(
                    "Word has no field for a long description.",
                    "Write it below the image and its caption, as a paragraph in a style with the name “Description”.",
                )
            case c.Title(text=text):
                set_property(edited, "title", text)
            case c.Language(tag=tag):
                languages.append(tag)  # set after the others, since it is in many places of the text
            case c.MetadataField(name=name, value=value):
                set_property(edited, name, value)
            case _:
                assert_never(change)

    languages: list[str] = []

    @contextmanager
    def together() -> Iterator[None]:
        try:
            with edited.together(), edits.together():
                yield
        except DocxError as error:
            raise RefusedError(error.message, error.advice) from error

    results = refusals(changes, make, together)
    edited.replace(edited.package.main, edits.result())
    for tag in languages:
        set_language(edited, tag, language)
        set_property(edited, "lang", tag)
    return edited.result(), results
