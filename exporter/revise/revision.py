"""New bytes of a manuscript and its settings, in which changes are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.contracts import ReadResult
from exporter.errors import ExporterError
from exporter.model import Metadata, Publication
from exporter.pipeline import direct_reading
from exporter.readers import html as html_reader
from exporter.readers import markdown as markdown_reader
from exporter.revise import settings
from exporter.revise.changes import (
    AltText,
    CaptionParagraph,
    Change,
    DecorativeImage,
    FigureCaption,
    Language,
    MetadataField,
    TableCaption,
    Title,
)
from exporter.revise.refusal import RefusedError, UnsupportedError


class ChangeResult(msgspec.Struct, frozen=True):
    """The outcome of a change."""

    change: Change
    file: str = ""
    """Name of the file that contains it: the manuscript or `publication.toml`; empty if it was not made."""
    reason: str = ""
    """Why it was not made, and what to do, in sentences; empty if it was."""

    @property
    def is_applied(self) -> bool:
        """Whether the change was made."""
        return bool(self.file)


class Revision(msgspec.Struct, frozen=True):
    """The result of revising a manuscript. Nothing is written before `history.write`."""

    manuscript: Path
    files: Mapping[str, bytes]
    """The new bytes of the files that differ, by name in the folder of the manuscript."""
    results: tuple[ChangeResult, ...]
    """One for each change, in their order."""
    before: Mapping[str, bytes | None] = {}
    """The bytes of the manuscript and its settings when they were read, by name; None if there was no such file."""


def revise(manuscript: Path, changes: Sequence[Change], styles: Path | None = None) -> Revision:
    """Return the new bytes of a manuscript, and of `publication.toml` for what the manuscript cannot contain.

    Changes are made one by one: what cannot be made has a reason in its result, and the others are made nevertheless.
    Metadata that the settings override is changed in both files.

    Args:
        manuscript: The file.
        changes: What to change; places refer to the file as it is. The last one about the same thing counts.
        styles: The folder of styles; by default as `styles_folder` finds it.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript cannot be read.
        SettingsError: The settings beside it cannot be read.
    """
    data = direct_reading.load(manuscript)
    read = direct_reading.read(manuscript, data, styles=styles)
    reread = partial(direct_reading.read, manuscript, styles=styles)
    publication_settings = settings.load(manuscript)
    unified = [_unified(change) for change in changes]
    last = {_subject(change): index for index, change in enumerate(unified)}
    valid = [index for index in sorted(last.values()) if settings.problem(unified[index]) is None]
    new, refusals = _apply(manuscript, data, [unified[index] for index in valid], read, reread)
    after = read.publication.metadata
    if new != data and any(settings.field_of(change) for change in unified):
        after = reread(new).publication.metadata
    results: list[ChangeResult] = []
    for index, change in enumerate(changes):
        if last[_subject(unified[index])] != index:
            results.append(ChangeResult(change, reason="A later change is about the same."))
        elif index not in valid:
            results.append(ChangeResult(change, reason=settings.problem(unified[index]) or ""))
        else:
            refusal = refusals[valid.index(index)]
            file, reason = _settled(manuscript, unified[index], refusal, after, publication_settings)
            results.append(ChangeResult(change, file, reason))
    files = {manuscript.name: new} if new != data else {}
    if publication_settings.is_changed:
        files[PUBLICATION_FILE] = publication_settings.result()
    return Revision(
        manuscript, files, tuple(results), {manuscript.name: data, PUBLICATION_FILE: publication_settings.before}
    )


def _unified(change: Change) -> Change:
    """Return a change in the form that is handled: title and language have their own."""
    match change:
        case MetadataField(name="title", value=str(text)):
            return Title(text)
        case MetadataField(name="lang", value=str(tag)):
            return Language(tag)
        case _:
            return change


def _subject(change: Change) -> tuple[object, ...]:
    """Return what a change is about."""
    match change:
        case Title():
            return ("metadata", "title")
        case Language():
            return ("metadata", "lang")
        case MetadataField(name=name):
            return ("metadata", name)
        case AltText(source=source, index=index) | DecorativeImage(source=source, index=index):
            return ("alt", source.line, source.anchor, index)
        case _:
            source = change.source
            return (type(change).__name__, source.line, source.anchor, getattr(change, "index", 0))


def _apply(
    manuscript: Path,
    data: bytes,
    changes: Sequence[Change],
    read: ReadResult,
    reread: Callable[[bytes], ReadResult],
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return the manuscript with changes, and for each change why it was not made, or None."""
    # lxml and YAML are slow to import, and `exporter --help` imports this module.
    from exporter.revise import checked, docx, html, markdown, odt, text_edits

    suffix, before = manuscript.suffix.lower(), read.publication
    attempt: checked.Attempt | None = None
    if suffix in docx.SUFFIXES and data.startswith(b"PK"):
        return _apply_to_word(data, changes, before, reread)
    if suffix in odt.SUFFIXES and data.startswith(b"PK"):
        attempt = partial(odt.apply, data, before)
    elif suffix in markdown_reader.SUFFIXES:
        attempt = partial(text_edits.apply, data, make=partial(markdown.make, metadata=before.metadata))
    elif suffix in html_reader.SUFFIXES:
        attempt = partial(text_edits.apply, data, make=html.make)
    if attempt is not None:
        return checked.apply(data, changes, before, attempt, lambda new: reread(new).publication)
    refusal = UnsupportedError(
        "Only Word files, .odt, Markdown and web pages are changed, and this file is none of them.",
        "Change it in the program with which it was written, or save it as .docx.",
    )
    return data, [refusal] * len(changes)


def _apply_to_word(
    data: bytes, changes: Sequence[Change], before: Publication, reread: Callable[[bytes], ReadResult]
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return a Word file with changes, and for each change why it was not made, or None.

    Captions are made after the others, since new paragraphs change the numbers of those below them, and are read back,
    since where they stand decides to what they belong.
    """
    from exporter.revise import checked, docx

    language = before.metadata.language
    kinds = [isinstance(change, TableCaption | FigureCaption | CaptionParagraph) for change in changes]
    others = [change for change, is_caption in zip(changes, kinds, strict=True) if not is_caption]
    captions = [change for change, is_caption in zip(changes, kinds, strict=True) if is_caption]
    data, refused_others = docx.apply(data, others, language)
    refusals = {False: iter(refused_others), True: iter(())}
    if captions:
        tree = reread(data).publication if others else before
        attempt = partial(docx.apply, data, language=language)
        data, refused = checked.apply(data, captions, tree, attempt, lambda new: reread(new).publication)
        refusals[True] = iter(refused)
    return data, [next(refusals[is_caption]) for is_caption in kinds]


def _settled(
    manuscript: Path, change: Change, refusal: RefusedError | None, metadata: Metadata, target: settings.Settings
) -> tuple[str, str]:
    """Return the file that contains a change, and why none does; metadata that is not in the manuscript is set.

    Args:
        manuscript: The file.
        change: The change.
        refusal: Why the manuscript does not contain it.
        metadata: The metadata of the changed manuscript.
        target: The settings.
    """
    field = settings.field_of(change)
    if field is None or (refusal is not None and not isinstance(refusal, UnsupportedError)):
        return (manuscript.name, "") if refusal is None else ("", str(refusal))
    is_in_manuscript = refusal is None and settings.is_set(change, metadata)
    if is_in_manuscript and field.name not in target.names:
        return manuscript.name, ""
    try:
        target.set(field)
    except ExporterError as error:
        return "", str(error)
    return manuscript.name if is_in_manuscript else PUBLICATION_FILE, ""
