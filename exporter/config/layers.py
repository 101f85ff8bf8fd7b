"""Tables of settings laid over each other, and converted strictly: a slip of the pen is an error with its line."""

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
from exporter.config.value_hints import shown
from exporter.errors import ExporterError, SettingsError, UsageError
from exporter.files import read_regular
from exporter.model import Source

T = TypeVar("T", bound=msgspec.Struct)

MAXIMUM_SIZE = 1_000_000
"""Bytes of a settings file; a longer one is no settings file."""
_BROKEN = (
    'Mend this line or the one above it: texts stand between "straight quotation marks" on one line, each bracket is '
    "closed, and days are written as 2026-03-31."
)
GENERAL = ("export", "metadata", "gate")
"""Tables that belong to no edition."""


class SettingsLayer(msgspec.Struct, frozen=True):
    """The settings that come from one place."""

    file: str
    """What to call that place: the path of a file; empty for the command line."""
    tables: Mapping[str, Any] = {}
    """Tables by name: `export`, `metadata`, `gate`, or the name of an edition."""
    text: str = ""
    """The file as it was written, for finding lines; empty when that is not known."""
    untyped: bool = False
    """Whether values are texts as they were written, numbers too: so with front matter and the command line."""

    def error(self, message: str, *, advice: str = "", table: str = "", key: str = "", line: int = 0) -> ExporterError:
        """Return the error that says `message` about a key of a table, with its file and line, which may be known."""
        if not self.file:
            return UsageError(message, advice=advice)
        source = Source(self.file, line) if line else self.place(table, key)
        return SettingsError(message, advice=advice, source=source)

    def place(self, table: str = "", key: str = "") -> Source | None:
        """Return the file and the line that speak of a key of a table; None for the command line."""
        return Source(self.file, line_of(self.text, table, key)) if self.file else None

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table; empty when there is none.

        Raises:
            SettingsError: There is something of that name, but no table.
        """
        table = self.tables.get(name, {})
        if not isinstance(table, Mapping):
            raise self.error(
                f"“{name}” has to be a table of settings, not {_kind(table)}.",
                advice=f"Write its settings under [{name}].",
                key=name,
            )
        return table

    def check_names(self, editions: Iterable[str], general: Sequence[str] = GENERAL) -> None:
        """Check that every table is known.

        Args:
            editions: Names of all editions.
            general: The tables besides those of editions that may stand here.

        Raises:
            SettingsError: One is not.
        """
        known = [*general, *editions]
        for name in self.tables:
            if name not in known:
                raise self.error(f"There is no setting “{name}”.", advice=nearest(str(name), known), key=str(name))


def read_toml(path: Path, name: str, folder: Path | None = None) -> SettingsLayer | None:
    """Read a settings file; None when it does not exist.

    Args:
        path: The file.
        name: What to call it in messages.
        folder: The publication's folder, which a link may not leave; None for a file of the publisher.

    Raises:
        SettingsError: It cannot be read or is not TOML, or another file looks as if it were meant.
    """
    try:
        data = read_regular(path, folder, limit=MAXIMUM_SIZE + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise SettingsError("The settings cannot be read: it is a broken link.", source=Source(name)) from error
        _refuse_twin(path)
        return None
    except OSError as error:
        raise SettingsError(f"The settings cannot be read: {error.strerror}.", source=Source(name)) from error
    if len(data) > MAXIMUM_SIZE:
        raise SettingsError("The settings file is longer than a megabyte.", source=Source(name))
    try:
        text = data.decode("utf-8")
        return SettingsLayer(name, tomllib.loads(text), text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            "The settings file is not UTF-8.", advice="Save it again as UTF-8.", source=Source(name, line)
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\s*\(at line (\d+), column \d+\)$", str(error))
        line = int(found[1]) if found else 0
        what = (str(error)[: found.start()] if found else str(error)).replace("\n", "\\n")
        raise SettingsError(
            f"The settings file is not valid TOML: {what}.", advice=_BROKEN, source=Source(name, line)
        ) from error


def _refuse_twin(path: Path) -> None:
    """Refuse a file that was meant to be the settings: capital letters, or an ending that an editor has added."""
    meant = (path.name.casefold(), f"{path.name.casefold()}.txt")
    try:
        twin = next((one.name for one in path.parent.iterdir() if one.name.casefold() in meant), None)
    except OSError:  # no folder, or one that may not be listed: nothing is passed over
        return
    if twin is not None:
        raise SettingsError(
            "This file is not read: it has another name than the settings.",
            advice=f"Rename it to {path.name}, in small letters and without a further ending.",
            source=Source(twin),
        )


def edition_options(layers: Sequence[SettingsLayer], edition: str, options: type[T]) -> T:
    """Return the options of an edition, later layers winning.

    Args:
        layers: From the weakest to the strongest.
        edition: Its name, which is that of its table.
        options: Its `Options`.

    Raises:
        SettingsError: A key is unknown or a value is of the wrong type.
        UsageError: The same, on the command line.
    """
    return _merge(layers, edition, options)


def export_settings(layers: Sequence[SettingsLayer]) -> ExportSettings:
    """Return the settings under `[export]`, later layers winning.

    Raises:
        SettingsError: A key is unknown or a value is of the wrong type.
    """
    return _merge(layers, "export", ExportSettings)


def _merge(layers: Sequence[SettingsLayer], name: str, kind: type[T]) -> T:
    merged: dict[str, Any] = {}
    for layer in layers:
        table = layer.table(name)
        if table:
            said = msgspec.to_builtins(convert(layer, name, table, kind), builtin_types=(datetime.date,))
            merged.update({key: said[key] for key in table})
    return msgspec.convert(merged, kind)


def convert(layer: SettingsLayer, name: str, table: Mapping[str, Any], kind: type[T], *, line: int = 0) -> T:
    """Turn one table of one layer into a struct, strictly.

    Args:
        layer: Where it stands.
        name: Name of the table.
        table: The table.
        kind: The struct.
        line: Its line, where the name of the table does not tell.

    Raises:
        SettingsError: A key is unknown or a value is of the wrong type.
    """
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    for key in table:
        if key not in known:
            advice = nearest(str(key), known) if known else f"“{name}” has no settings."
            raise layer.error(f"[{name}] has no setting “{key}”.", advice=advice, table=name, key=str(key), line=line)
    try:
        return msgspec.convert(table, kind, strict=not layer.untyped)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = re.split(r"[.\[`]", place)[0]
        what = f"“{key}” in [{name}]" if key else f"[{name}]"
        if not layer.file:
            what = f"--{key.replace('_', '-')} for {name}"
        advice = shown(kind, key, "{}: {}" if layer.untyped else "{} = {}")
        raise layer.error(
            f"{what} has a wrong value: {_plain(message)}.", advice=advice, table=name, key=key, line=line
        ) from error


def nearest(name: str, known: Sequence[str]) -> str:
    """Return the sentence that says which known name was probably meant, or what the names are."""
    plain = {one.replace("_", "-"): one for one in known}
    wrong = name.lower().replace("_", "-")
    # Swapped letters are the commonest slip, and difflib thinks little of them.
    close = [one for one in plain if sorted(one) == sorted(wrong)] or difflib.get_close_matches(wrong, plain, n=1)
    if close:
        return f"Did you mean “{plain[close[0]]}”?"
    return f"Known names: {', '.join(sorted(known))}."


def line_of(text: str, table: str, key: str) -> int:
    """Return the line, from 1, on which a settings text or front matter speaks of a key; 0 when it cannot be found."""
    start = 0
    lines = text.splitlines()
    if table:
        head = re.compile(rf"\s*(\[\s*{re.escape(table)}\s*[\].]|{re.escape(table)}\s*[.:=])")
        start = next((number for number, line in enumerate(lines) if head.match(line)), 0)
    wanted = re.compile(rf"(?!\s*#)(.*[{{,.\s\[])?[\"']?{re.escape(key)}[\"']?\s*[:=\]]") if key else None
    for number in range(start, len(lines)):
        if wanted and wanted.match(lines[number]):
            return number + 1
    if table and not key:
        return start + 1 if lines else 0
    return 0


_WORDS = {
    "str": "a text in quotation marks",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table in braces",
    "date": "a date such as 2026-03-31",
    "datetime": "a date with a time",
}


def _plain(message: str) -> str:
    """Return what msgspec says, in words for people."""
    message = re.sub(r"`([^`]*)`", _named, message)
    message = re.sub(r"'([^']*)'", r"“\1”", message)
    message = re.sub(r"^Expected (.+?)(?:, got (.+))?$", _wanted, message)
    message = re.sub(r"^Object contains unknown field (.+)$", r"there is no \1 in it", message)
    message = re.sub(r"^Object missing required field (.+)$", r"it lacks \1", message)
    message = message.replace("Invalid enum value", "there is no").replace(
        "Invalid RFC3339 encoded date", "it is no day"
    )
    return message[:1].lower() + message[1:]


def _named(found: re.Match[str]) -> str:
    """Return what types are called, and a name in quotation marks."""
    kinds = [kind for kind in found[1].split(" | ") if kind != "null"]
    return " or ".join(_WORDS.get(kind, f"“{kind}”") for kind in kinds)


def _wanted(found: re.Match[str]) -> str:
    """Return what is wanted, and what was found instead where that is known."""
    if found[1].endswith(" of length >= 1"):
        return "it may not be empty"
    least = re.fullmatch(r"(.+) ([<>])= (\S+)", found[1])
    what = f"{least[1]} of {least[3]} or {'more' if least[2] == '>' else 'less'}" if least else found[1]
    return f"{what} is wanted, not {found[2]}" if found[2] else f"{what} is wanted"


def _kind(value: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "one value")
