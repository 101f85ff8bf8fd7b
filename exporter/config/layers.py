"""Layers of settings, merged and strictly converted, with errors that have a line."""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from exporter.config.settings import ExportSettings
from exporter.config.value_hints import explain, value_hint
from exporter.errors import ErrorCollector, ExporterError, SettingsError, UsageError
from exporter.files import read_regular
from exporter.model import Source
from exporter.model.characters import first_forbidden

T = TypeVar("T", bound=msgspec.Struct)

MAXIMUM_SIZE = 1_000_000
"""Bytes of a settings file."""
_DEEP = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""Keys inside each other, of which some thousands take the parser minutes."""
_INVALID_TOML = (
    'Fix this line or the one above it: write texts between "straight quotation marks" on one line, '
    "close each bracket, and write days as 2026-03-31."
)
_LONGEST_MESSAGE = 400
"""Characters of a message, such as of a value that no setting can have."""
GENERAL = ("export", "metadata", "gate")
"""Tables that do not belong to an edition."""


class SettingsLayer(msgspec.Struct, frozen=True):
    """Settings of a file, the front matter or the command line."""

    file: str
    """Path of the file; empty for the command line."""
    tables: Mapping[str, Any] = {}
    """Tables by name: `export`, `metadata`, `gate`, or the name of an edition."""
    text: str = ""
    """Text of the file, for finding lines, or empty."""
    untyped: bool = False
    """Whether all values are texts as written, such as those of front matter and the command line."""

    def error(self, message: str, *, advice: str = "", table: str = "", key: str = "", line: int = 0) -> ExporterError:
        """Return an error about a key of a table, with its file and its line; what it quotes is not quoted whole."""
        message = " ".join(message.splitlines())
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[: _LONGEST_MESSAGE // 2]} … {message[-_LONGEST_MESSAGE // 4 :]}"
        if not self.file:
            return UsageError(message, advice=advice)
        source = Source(self.file, line) if line else self.source(table, key)
        return SettingsError(message, advice=advice, source=source)

    def source(self, table: str = "", key: str = "") -> Source | None:
        """Return the file and line of a key of a table, or None for the command line."""
        return Source(self.file, line_of(self.text, table, key)) if self.file else None

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table, empty if it is missing.

        Raises:
            SettingsError: The value is not a table.
        """
        table = self.tables.get(name, {})
        if not isinstance(table, Mapping):
            raise self.error(
                f"Invalid value for “{name}”: expected a table of settings, found {_type_name(table)}.",
                advice=f"Write its settings under [{name}].",
                key=name,
            )
        return table

    def check_names(self, editions: Iterable[str], general: Sequence[str] = GENERAL) -> None:
        """Check that all tables are known.

        Args:
            editions: Names of all editions.
            general: Names of other tables.

        Raises:
            SettingsError: A table is unknown.
        """
        known = [*general, *editions]
        with ErrorCollector() as errors:
            for name in self.tables:
                if name not in known:
                    advice = nearest(str(name), known)
                    errors.add(self.error(f"Unknown setting “{name}”.", advice=advice, key=str(name)))


def read_toml(path: Path, name: str, folder: Path | None = None) -> SettingsLayer | None:
    """Read a settings file; return None if it does not exist.

    Args:
        path: The file.
        name: Name of the file in messages.
        folder: The publication's folder, which a link may not leave; None for a file of the publisher.

    Raises:
        SettingsError: The file cannot be read or is not TOML, or there is a file with a similar name instead.
    """
    try:
        data = read_regular(path, folder, limit=MAXIMUM_SIZE + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise SettingsError("The settings cannot be read: it is a broken link.", source=Source(name)) from error
        _refuse_similar(path)
        return None
    except OSError as error:
        raise SettingsError(f"The settings cannot be read: {error.strerror}.", source=Source(name)) from error
    if len(data) > MAXIMUM_SIZE:
        raise SettingsError("The settings file is longer than a megabyte.", source=Source(name))
    try:
        text = data.decode("utf-8")
        if _DEEP.search(text):
            raise RecursionError
        tables = tomllib.loads(text)
        character = first_forbidden(tables)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            "The settings file is not UTF-8.", advice="Save it again as UTF-8.", source=Source(name, line)
        ) from error
    except (ValueError, RecursionError) as error:
        position = re.search(r"\s*\(at line (\d+), column \d+\)$", str(error))
        line = int(position[1]) if position else 0
        problem = (str(error)[: position.start()] if position else str(error)).replace("\n", "\\n")
        if not isinstance(error, tomllib.TOMLDecodeError):
            problem = "tables or lists are nested too deeply, or a number has too many digits"
        raise SettingsError(
            f"Invalid TOML in the settings file: {problem}.", advice=_INVALID_TOML, source=Source(name, line)
        ) from error
    if character:
        escape = re.search(rf"\\(?:u|U0000){ord(character):04x}|\\[bf]", text, re.IGNORECASE)
        raise SettingsError(
            f"A value has the character U+{ord(character):04X}, which no edition can contain.",
            advice="Delete it; in straight quotation marks, a backslash begins such characters.",
            source=Source(name, text.count("\n", 0, escape.start()) + 1 if escape else 0),
        )
    return SettingsLayer(name, tables, text)


def _refuse_similar(path: Path) -> None:
    """Refuse a file that differs from the settings only in capital letters or by a suffix that an editor added."""
    similar_names = (path.name.casefold(), f"{path.name.casefold()}.txt")
    try:
        similar = next((file.name for file in path.parent.iterdir() if file.name.casefold() in similar_names), None)
    except OSError:  # not a folder or not readable
        return
    if similar is not None:
        raise SettingsError(
            "This file is not read: its name differs from that of the settings.",
            advice=f"Rename it to {path.name}, in small letters and without another suffix.",
            source=Source(similar),
        )


def edition_options(layers: Sequence[SettingsLayer], edition: str, options: type[T]) -> T:
    """Return the options of an edition; later layers override earlier ones.

    Args:
        layers: Layers in ascending precedence.
        edition: Name of the edition and its table.
        options: `Options` of its writer.

    Raises:
        SettingsError: A key is unknown or a value is invalid.
        UsageError: The same, on the command line.
    """
    return _merge(layers, edition, options)


def export_settings(layers: Sequence[SettingsLayer]) -> ExportSettings:
    """Return the settings under `[export]`; later layers override earlier ones.

    Raises:
        SettingsError: A key is unknown or a value is invalid.
    """
    return _merge(layers, "export", ExportSettings)


def _merge(layers: Sequence[SettingsLayer], name: str, kind: type[T]) -> T:
    merged: dict[str, Any] = {}
    with ErrorCollector() as errors:
        for layer in layers:
            with errors.collected():
                if not (table := layer.table(name)):
                    continue
                values = msgspec.to_builtins(convert(layer, name, table, kind), builtin_types=(datetime.date,))
                merged.update({key: values[key] for key in table})
    return msgspec.convert(merged, kind)


def convert(layer: SettingsLayer, name: str, table: Mapping[str, Any], kind: type[T], *, line: int = 0) -> T:
    """Convert a table of a layer to a struct, strictly.

    Args:
        layer: Layer of the table.
        name: Name of the table.
        table: The table.
        kind: Type of the struct.
        line: Line of the table, if its name is not enough to find it.

    Raises:
        SettingsError: A key is unknown or a value is invalid.
    """
    with ErrorCollector() as errors:
        for key, value in table.items():
            with errors.collected():
                _check_value(layer, name, (str(key), value), kind, line)
    return msgspec.convert(table, kind, strict=not layer.untyped)


_UNSTORABLE: Mapping[type[Exception], str] = {
    OverflowError: "the number is too large",
    UnicodeEncodeError: "it has bytes that are no characters of UTF-8",
}
"""Reasons against values that no store can hold: numbers of more than 64 bits (TOML 1.0, Integer), half characters."""


def _check_value(layer: SettingsLayer, name: str, item: tuple[str, Any], kind: type[T], line: int) -> None:
    key, value = item
    known = kind.__struct_encode_fields__
    if key not in known:
        advice = nearest(key, known) if known else f"“{name}” has no settings."
        raise layer.error(f"Unknown setting “{key}” in [{name}].", advice=advice, table=name, key=key, line=line)
    try:
        # Encoded, as what no store can hold must be no setting.
        msgspec.msgpack.encode(msgspec.convert({key: value}, kind, strict=not layer.untyped))
    except (msgspec.ValidationError, OverflowError, UnicodeEncodeError) as error:
        message = _UNSTORABLE.get(type(error)) or str(error).partition(" - at `$.")[0]
        setting = f"“{key}” in [{name}]" if layer.file else f"--{key.replace('_', '-')} of {name}"
        advice = value_hint(kind, key, "{}: {}" if layer.untyped else "{} = {}")
        raise layer.error(
            f"Invalid value for {setting}: {explain(message)}.", advice=advice, table=name, key=key, line=line
        ) from error


def nearest(name: str, known: Sequence[str]) -> str:
    """Return advice about an unknown name: the most similar known name, or all known names."""
    by_spelling = {candidate.replace("_", "-"): candidate for candidate in known}
    spelling = name.lower().replace("_", "-")
    # Swapped letters are the most common error, but difflib rates them low.
    swapped = [candidate for candidate in by_spelling if sorted(candidate) == sorted(spelling)]
    similar = swapped or difflib.get_close_matches(spelling, by_spelling, n=1)
    if similar:
        return f"Did you mean “{by_spelling[similar[0]]}”?"
    return f"Known names: {', '.join(sorted(known))}."


def line_of(text: str, table: str, key: str) -> int:
    """Return the line, from 1, of a key in settings or front matter, or 0 if it is not found."""
    start = 0
    lines = text.splitlines()
    if table:
        head = re.compile(rf"\s*(\[\s*{re.escape(table)}\s*[\].]|{re.escape(table)}\s*[.:=])")
        start = next((number for number, line in enumerate(lines) if head.match(line)), 0)
    pattern = re.compile(rf"(?!\s*#)(.*[{{,.\s\[])?[\"']?{re.escape(key)}[\"']?\s*[:=\]]") if key else None
    for number in range(start, len(lines)):
        if pattern and pattern.match(lines[number]):
            return number + 1
    if table and not key:
        return start + 1 if lines else 0
    return 0


def _type_name(value: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "a single value")
