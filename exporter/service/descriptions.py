"""Alt texts exchanged as a table (CSV) with people who write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from exporter.errors import OutputError, SourceError
from exporter.files import read_regular
from exporter.findings import quoted
from exporter.model import (
    Decorative,
    Described,
    Source,
    Undescribed,
)
from exporter.pipeline.file_writing import replace_file, writing
from exporter.revise import AltText, Change, ChangeResult, DecorativeImage, history, revise
from exporter.service.pictures import PictureRow, pictures

_KEY, _DECORATIVE, _ALT = "Key", "Decorative (yes or no)", "Alt text"
_COLUMNS = ("Picture", "Place", "Heading", "Text before", "Text after", "Caption", "File", _DECORATIVE, _ALT, _KEY)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""Beginnings of cells that a spreadsheet would run as formulas, and the mark that prevents it."""
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si", "sim", "oui", "ja", "да", "نعم", "verdadero", "wahr"})
_NO = frozenset({"", "no", "n", "false", "0", "não", "nao", "non", "nein", "нет", "لا", "falso", "falsch"})
_SEPARATORS = ";\t,"
_MAXIMUM_SIZE = 20_000_000


class ImportedDescriptions(msgspec.Struct, frozen=True):
    """Alt texts read from a table."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...] = ()
    """Rows that were ignored, each with the reason, in sentences."""


def export_descriptions(manuscript: Path, *, separator: str = ",") -> bytes:
    """Return the images of a manuscript as a table (CSV in UTF-8 with a byte order mark, as Excel expects it).

    Args:
        manuscript: The file.
        separator: Between columns; Excel expects semicolons where the decimal sign is a comma.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript cannot be read.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(_COLUMNS)
    for picture in pictures(manuscript):
        source = picture.source
        cells = (
            str(picture.number),
            source.place or (f"line {source.line}" if source.line else ""),
            picture.heading,
            " ".join(picture.before.split()),
            " ".join(picture.after.split()),
            picture.caption,
            picture.name,
            "yes" if isinstance(picture.alt, Decorative) else "",
            picture.alt.text if isinstance(picture.alt, Described) else "",
            picture.key,
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def write_descriptions(manuscript: Path, target: Path | None = None, *, separator: str = ",") -> tuple[Path, int]:
    """Write the images of a manuscript as a table; return its path and the number of images without alt text.

    Args:
        manuscript: The file.
        target: The table; by default beside the manuscript, such as `report-images.csv`.
        separator: Between columns.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript cannot be read.
        OutputError: The table exists, or cannot be written.
    """
    path = target or manuscript.with_name(f"{manuscript.stem}-images.csv")
    if path.exists():
        raise OutputError(
            f"“{path}” already exists.", advice="Fill it in and name it after the manuscript, or delete it."
        )
    table = export_descriptions(manuscript, separator=separator)
    with writing(path, "The table"):
        replace_file(path, table, mode=0o644)
    return path, sum(isinstance(picture.alt, Undescribed) for picture in pictures(manuscript))


def import_descriptions(manuscript: Path, table: bytes) -> ImportedDescriptions:
    """Return the changes in a table that `export_descriptions` wrote and people filled in; nothing is written.

    Columns and rows may have another order, and columns may be added. Rows without an alt text change nothing.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript or the table cannot be read.
    """
    known = pictures(manuscript)
    changes: dict[str, Change] = {}
    problems: list[str] = []
    for line, row in _read_table(table):
        try:
            picture = _picture(known, row[_KEY])
            change = _change(picture, row)
            if change is None:
                continue
            if changes.setdefault(picture.key, change) != change:
                raise _RowError("it describes the same image as a row above it. Delete one of them.")
        except _RowError as error:
            problems.append(f"Row {line} was ignored: {error}")
    return ImportedDescriptions(tuple(changes.values()), tuple(problems))


def describe(manuscript: Path, table: Path) -> tuple[tuple[ChangeResult, ...], tuple[str, ...]]:
    """Write the alt texts of a table into the manuscript; return the results of its changes, and the table's problems.

    Raises:
        UsageError: There is no such manuscript, or its format is unknown.
        SourceError: The manuscript or the table cannot be read.
        OutputError: The manuscript is open in a word processor, or cannot be written.
    """
    try:
        data = read_regular(table, limit=_MAXIMUM_SIZE + 1)
    except OSError as error:
        raise SourceError(f"The table cannot be read: {error.strerror}.", source=Source(str(table))) from error
    imported = import_descriptions(manuscript, data)
    revision = revise(manuscript, imported.changes)
    history.write(revision)
    return revision.results, imported.problems


class _RowError(ValueError):
    """A row that cannot be used; the message says why and what to do."""


def _picture(known: tuple[PictureRow, ...], key: str) -> PictureRow:
    """Return the image with a key, or the only one with the same content if the numbers have changed."""
    same = [picture for picture in known if picture.key == key]
    if not same and key:
        content = key.rpartition("-")[2]
        same = [picture for picture in known if picture.key.rpartition("-")[2] == content]
    if len(same) != 1:
        reason = "the manuscript has this image several times" if same else "the manuscript has no such image"
        raise _RowError(f"{reason} (Key {quoted(key)}). Export the table again.")
    return same[0]


def _change(picture: PictureRow, row: Mapping[str, str]) -> Change | None:
    decorative = row.get(_DECORATIVE, "").strip().casefold()
    text = " ".join(row[_ALT].split())
    if decorative not in _YES | _NO:
        raise _RowError(f"{quoted(decorative)} in the column “{_DECORATIVE}” is neither yes nor no.")
    if decorative in _YES:
        if text:
            raise _RowError("an image with an alt text is not decorative. Delete one of them.")
        return None if isinstance(picture.alt, Decorative) else DecorativeImage(picture.source, picture.index)
    if not text or picture.alt == Described(text):
        return None
    return AltText(picture.source, text, picture.index)


def _read_table(table: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the number of each row and its cells by the name of their column.

    Raises:
        SourceError: It is no table with the columns that are needed.
    """
    if len(table) > _MAXIMUM_SIZE or (b"\0" in table and not table.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise SourceError("The table is no CSV file.", advice="Save it in Excel as “CSV UTF-8”.")
    text = _decode(table)
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep="):
        text = text.partition("\n")[2]
        first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise SourceError(f"The table cannot be read: {error}.", advice="Save it in Excel as “CSV UTF-8”.") from error
    by_name = {name.casefold(): name for name in _COLUMNS}
    names = [by_name.get(cell.strip().casefold(), "") for cell in rows[0]] if rows else []
    for name in (_KEY, _ALT):
        if name not in names:
            raise SourceError(
                f"The table has no column “{name}”.",
                advice="Export it again, and leave its first row and the column “Key” as they are.",
            )
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(names, map(_cell, row), strict=False))
        if any(cells.values()):
            yield number, {_KEY: "", _ALT: "", **cells}


def _decode(table: bytes) -> str:
    """Return the text of a table; old versions of Excel save it in UTF-16 or in the encoding of Windows."""
    if table.startswith((b"\xff\xfe", b"\xfe\xff")):
        return table.decode("utf-16", "replace")
    try:
        return table.decode("utf-8-sig")
    except UnicodeDecodeError:
        return table.decode("cp1252", "replace")


def _cell(cell: str) -> str:
    """Return a cell without the mark that it is no formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
