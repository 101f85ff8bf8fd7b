"""New bytes of a manuscript and its settings, in which changes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.contracts import ReadResult
from exporter.errors import ExporterError
from exporter.model import Metadata, Publication
from exporter.pipeline import direct_reading
from exporter.readers import html as html_reader
from exporter.readers import markdown as markdown_reader
from exporter.revise import changes as c
from exporter.revise import settings
from exporter.revise.places import position
from exporter.revise.refusal import RefusedError, UnsupportedError

if TYPE_CHECKING:
    from exporter.revise import checked

_ADDS_PARAGRAPHS = (c.TableCaption, c.FigureCaption, c.CaptionParagraph, c.TypedList)


class ChangeResult(msgspec.Struct, frozen=True):
    """The outcome of a change."""

    change: c.Change
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


def revise(manuscript: Path, changes: Sequence[c.Change], styles: Path | None = None) -> Revision:
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


def _unified(change: c.Change) -> c.Change:
    """Return a change in the form that is handled: title and language have their own."""
    match change:
        case c.MetadataField(name="title", value=str(text)):
            return c.Title(text)
        case c.MetadataField(name="lang", value=str(tag)):
            return c.Language(tag)
        case _:
            return change


def _subject(change: c.Change) -> tuple[object, ...]:
    """Return what a change is about."""
    match change:
        case c.Title():
            return ("metadata", "title")
        case c.Language():
            return ("metadata", "lang")
        case c.MetadataField(name=name):
            return ("metadata", name)
        case c.AltText(source=source, index=index) | c.DecorativeImage(source=source, index=index):
            return ("alt", position(source), index)
        case c.PassageLanguage(source=source, words=words):
            return ("language", position(source), words)
        case _:
            source = change.source
            return (type(change).__name__, position(source), getattr(change, "index", 0))


def _apply(
    manuscript: Path,
    data: bytes,
    changes: Sequence[c.Change],
    read: ReadResult,
    reread: Callable[[bytes], ReadResult],
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return the manuscript with changes, and for each change why it was not made, or None."""
    # lxml and YAML are slow to import, and `exporter --help` imports this module.
    from exporter.revise import checked, docx

    before = read.publication
    is_word = manuscript.suffix.lower() in docx.SUFFIXES
    attempt = _attempt_on(manuscript, data, before, before.metadata)
    if attempt is None:
        refusal = UnsupportedError(
            "Only Word files, .odt, Markdown and web pages are changed, and this file is none of them.",
            "Change it in the program with which it was written, or save it as .docx.",
        )
        return data, [refusal] * len(changes)
    stages = [int(_is_late(change, changes, is_word=is_word)) for change in changes]
    refusals: list[Iterator[RefusedError | None]] = []
    first = data
    for stage in (0, 1):
        some = [change for change, other in zip(changes, stages, strict=True) if other == stage]
        tree = reread(data).publication if some and data != first else before
        attempt = _attempt_on(manuscript, data, tree, before.metadata) or attempt
        refused: Sequence[RefusedError | None] = ()
        is_unchecked = is_word and not stage
        if some and is_unchecked and not any(isinstance(change, c.HeadingLevel) for change in some):
            data, refused = attempt(some)
        elif some:
            check = checked.wrong_headings if is_unchecked else checked.wrong_changes
            data, refused = checked.apply(data, some, tree, attempt, lambda new: reread(new).publication, check=check)
        refusals.append(iter(refused))
    return data, [next(refusals[stage]) for stage in stages]


def _attempt_on(manuscript: Path, data: bytes, tree: Publication, metadata: Metadata) -> checked.Attempt | None:
    """Return what makes changes in a file, or None for other formats.

    Args:
        manuscript: Its path.
        data: Its content.
        tree: It as it was read.
        metadata: Those of the file before all changes.
    """
    from exporter.revise import docx, html, markdown, odt, text_edits

    suffix = manuscript.suffix.lower()
    if suffix in docx.SUFFIXES and data.startswith(b"PK"):
        return partial(docx.apply, data, language=metadata.language)
    if suffix in odt.SUFFIXES and data.startswith(b"PK"):
        return partial(odt.apply, data, tree)
    if suffix in markdown_reader.SUFFIXES:
        return partial(text_edits.apply, data, make=partial(markdown.make, tree=tree, metadata=metadata))
    if suffix in html_reader.SUFFIXES:
        return partial(text_edits.apply, data, make=html.make)
    return None


def _is_late(change: c.Change, changes: Sequence[c.Change], *, is_word: bool) -> bool:
    """Return whether a change is made after the others.

    In Word files these are captions and lists, since new paragraphs change the numbers of those below them; they are
    read back, since where they stand decides to what they belong. Elsewhere all follow the descriptions of images,
    beside which captions stand, and which change no line.
    """
    if is_word:
        return isinstance(change, _ADDS_PARAGRAPHS)
    has_captions = any(isinstance(other, _ADDS_PARAGRAPHS) for other in changes)
    return has_captions and not isinstance(change, c.AltText | c.DecorativeImage)


def _settled(
    manuscript: Path, change: c.Change, refusal: RefusedError | None, metadata: Metadata, target: settings.Settings
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
    is_in_manuscript = refusal is None and settings.is_set(field, metadata)
    if is_in_manuscript and field.name not in target.names:
        return manuscript.name, ""
    try:
        target.set(field)
    except ExporterError as error:
        return "", str(error)
    return manuscript.name if is_in_manuscript else PUBLICATION_FILE, ""
