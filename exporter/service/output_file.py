"""A single file as output, as in `-o report.pdf`."""

from __future__ import annotations

from collections.abc import Sequence
from mimetypes import MimeTypes
from pathlib import Path

from exporter.errors import UsageError
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


def _is_file_name(output: Path, registry: Registry) -> bool:
    suffix = output.suffix.lower()
    known = {*registry.suffixes(), *map(_suffix, registry.editions)}
    return suffix in known or _TYPES.guess_type(f"file{suffix}", strict=False)[0] is not None


def _suffix(edition: Edition) -> str:
    return Path(f"file{edition.writer.SUFFIX}").suffix
