"""The output: a folder, or a single file as in `-o report.pdf`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from mimetypes import MimeTypes
from pathlib import Path

from exporter.errors import UsageError
from exporter.pipeline.file_writing import writing
from exporter.pipeline.manuscripts import Manuscript, UnresolvedManuscript
from exporter.pipeline.registry import Edition, Registry

_TYPES = MimeTypes()
"""Common types of files, by suffix, without those that the system adds."""


def edition_of_file(output: Path, requested: Sequence[str], registry: Registry) -> Edition | None:
    """Return the edition that is written to a file, or None if the output is a folder.

    Args:
        output: The output, which need not exist.
        requested: Names of the requested editions; empty: the name of the file decides.
        registry: All editions.

    Raises:
        UsageError: The output is a file, and not exactly one edition is written to files with this suffix.
    """
    if output.is_dir() or not _is_file_name(output, registry):
        return None
    editions = registry.select(requested)
    if requested and len(editions) > 1:
        names = ", ".join(edition.name for edition in editions)
        raise UsageError(
            f"“{output}” is one file, but {len(editions)} editions are requested: {names}.",
            advice=f"Request one edition, or name a folder: -o {output.with_suffix('')}",
        )
    matching = [edition for edition in editions if _suffix(edition) == output.suffix.lower()]
    if requested and not matching:
        raise UsageError(
            f"The edition “{editions[0].name}” cannot be written to “{output}”: its files end in "
            f"{_suffix(editions[0])}.",
            advice=f"Write -o {output.with_suffix(_suffix(editions[0]))}, or request another edition.",
        )
    # A whole suffix such as -large-print.pdf names its edition.
    named = [edition for edition in matching if output.name.lower().endswith(edition.writer.SUFFIX)]
    matching = [max(named, key=lambda edition: len(edition.writer.SUFFIX))] if named else matching
    if not matching:
        suffixes = ", ".join(sorted({_suffix(edition) for edition in registry.editions}))
        raise UsageError(
            f"No edition is written to files with the suffix “{output.suffix}”.",
            advice=f"Use one of {suffixes}; for a folder of this name, create it first.",
        )
    if len(matching) > 1:
        names = " or ".join(f"--to {edition.name}" for edition in matching)
        raise UsageError(f"“{output}” may be one of {len(matching)} editions.", advice=f"Add {names}.")
    return matching[0]


def check_file(file: Path, sources: Sequence[Manuscript | UnresolvedManuscript]) -> None:
    """Check that a file can be the output of these sources.

    Raises:
        UsageError: There are several publications, or the file is the manuscript.
    """
    if len(sources) > 1:
        raise UsageError(
            f"“{file}” is one file, but {len(sources)} manuscripts were found.",
            advice=f"Name one of them, or name a folder: -o {file.with_suffix('')}",
        )
    if file.exists() and any(isinstance(source, Manuscript) and source.path.samefile(file) for source in sources):
        raise UsageError(f"“{file}” is the manuscript and would be overwritten.", advice="Use another file name.")


def check_folder(output: Path, given: Sequence[Path], sources: Sequence[Manuscript | UnresolvedManuscript]) -> None:
    """Check that no edition is written among the manuscripts, where the next export would read it.

    Args:
        output: The output folder, which need not exist.
        given: Sources as given by the user: files and folders.
        sources: The manuscripts in them.

    Raises:
        UsageError: It would be.
    """
    target, advice = output.resolve(), "Name a folder elsewhere with -o."
    for folder in given:
        if folder.is_dir() and target.is_relative_to(folder.resolve()):
            where = "is" if target == folder.resolve() else "is inside"
            raise UsageError(f"The output folder “{output}” {where} the input folder “{folder}”.", advice=advice)
    for source in sources:
        if isinstance(source, Manuscript) and source.folder.resolve() == target / source.slug:
            raise UsageError(f"The editions of “{source.shown}” would be written into its own folder.", advice=advice)


def create(folder: Path) -> None:
    """Create a folder unless it exists, and check that it can be written.

    Raises:
        OutputError: It cannot.
    """
    with writing(folder, "The output folder"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def _is_file_name(output: Path, registry: Registry) -> bool:
    suffix = output.suffix.lower()
    known = {*registry.suffixes(), *map(_suffix, registry.editions)}
    return suffix in known or _TYPES.guess_type(f"file{suffix}", strict=False)[0] is not None


def _suffix(edition: Edition) -> str:
    return Path(f"file{edition.writer.SUFFIX}").suffix
