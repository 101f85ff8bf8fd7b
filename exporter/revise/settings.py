"""Changes of `publication.toml`: all lines but those of the changed keys stay, with their comments."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from exporter.config import PUBLICATION_FILE, SettingsLayer, metadata_settings, read_toml
from exporter.errors import ExporterError, OutputError, SettingsError
from exporter.model import Metadata
from exporter.model.language_tags import ADVICE
from exporter.model.language_tags import problem as tag_problem
from exporter.pipeline.manuscripts import MANUSCRIPT, readable
from exporter.pipeline.registry import discover
from exporter.revise.changes import Change, Language, MetadataField, MetadataValue, Title

_TABLE = "metadata"


class Settings:
    """The settings beside a manuscript.

    Args:
        manuscript: The manuscript.
        layer: The settings as they were read, or None if there is no such file.
    """

    def __init__(self, manuscript: Path, layer: SettingsLayer | None) -> None:
        self._manuscript = manuscript
        self._text = layer.text if layer else ""
        self._after = self._text
        self.before = self._text.encode() if layer else None
        """The bytes of the file, or None if there is none."""
        self.names = frozenset(layer.table(_TABLE)) if layer else frozenset()
        """Keys of the metadata that override those of the manuscript."""

    @property
    def is_changed(self) -> bool:
        """Whether a key was changed."""
        return self._after != self._text

    def result(self) -> bytes:
        """Return the changed file."""
        return self._after.encode()

    def set(self, field: MetadataField) -> None:
        """Set a key of the metadata, or remove it if its value is empty.

        Raises:
            OutputError: The settings would apply to other manuscripts, too.
            SettingsError: The key cannot be changed.
        """
        # tomlkit is slow to import, and `exporter --help` imports this module.
        import tomlkit
        from tomlkit.exceptions import TOMLKitError

        if self.before is None:
            _refuse_other_manuscripts(self._manuscript)
        newline = "\r\n" if "\r\n" in self._after else "\n"
        expected = tomllib.loads(self._after)
        table = expected.setdefault(_TABLE, {})
        try:
            document = tomlkit.parse(self._after.replace("\r\n", "\n"))
            written = document.setdefault(_TABLE, tomlkit.table())
            if field.value:
                table[field.name] = _toml(field)
                written[field.name] = _item(table[field.name])
            else:
                table.pop(field.name, None)
                written.pop(field.name, None)
            text = tomlkit.dumps(document).replace("\n", newline)
            is_right = tomllib.loads(text) == expected
        except (TOMLKitError, tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
            raise self._error(field.name) from error
        if not is_right:
            raise self._error(field.name)
        self._after = text

    def _error(self, name: str) -> SettingsError:
        return SettingsError(
            f"“{name}” in {PUBLICATION_FILE} was not changed: its table is written in an unusual form.",
            advice="Change it there.",
        )


def load(manuscript: Path) -> Settings:
    """Read the settings beside a manuscript.

    Raises:
        SettingsError: They cannot be read.
    """
    return Settings(manuscript, read_toml(manuscript.parent / PUBLICATION_FILE, PUBLICATION_FILE, manuscript.parent))


def field_of(change: Change) -> MetadataField | None:
    """Return a change of the metadata as a field, or None for other changes."""
    match change:
        case Title(text=text):
            return MetadataField("title", text)
        case Language(tag=tag):
            return MetadataField("lang", tag)
        case MetadataField():
            return change
        case _:
            return None


def problem(change: Change) -> str | None:
    """Return why metadata cannot have the value of a change, and what to do; None if it can, and for other changes."""
    field = field_of(change)
    if field is None:
        return None
    if field.name == "lang" and isinstance(field.value, str) and (reason := tag_problem(field.value)):
        return f"The language “{field.value}” {reason}. {ADVICE}"
    if not field.value and field.name in ("title", "lang"):
        return f"The {'title' if field.name == 'title' else 'language'} is empty. Write it."
    try:
        _metadata(field)
    except ExporterError as error:
        return f"{error.message} {error.advice}"
    return None


def is_set(field: MetadataField, metadata: Metadata) -> bool:
    """Return whether metadata has the value of a field."""
    expected = _metadata(field)
    known = [attribute.name for attribute in msgspec.structs.fields(Metadata)]
    attribute = {"lang": "language", "keywords": "subjects"}.get(field.name, field.name)
    return attribute in known and getattr(expected, attribute) == getattr(metadata, attribute)


def _metadata(field: MetadataField) -> Metadata:
    """Return metadata with only this field.

    Raises:
        SettingsError: The field is unknown, or its value is invalid.
    """
    table: Mapping[str, Any] = {field.name: field.value} if field.value else {}
    layer = SettingsLayer(PUBLICATION_FILE, {_TABLE: table}, untyped=True)
    return metadata_settings(layer).over(Metadata())


def _toml(field: MetadataField) -> Any:
    """Return a value in the types of TOML."""
    if field.name == "date" and isinstance(field.value, str):
        return datetime.date.fromisoformat(field.value)
    return _plain(field.value)


def _plain(value: MetadataValue | bool) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _item(value: Any) -> Any:
    """Return a value as it is written: tables in braces, on one line."""
    import tomlkit

    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_item(item) for item in value)
        return array
    return value


def _refuse_other_manuscripts(manuscript: Path) -> None:
    if manuscript.stem.casefold() == MANUSCRIPT:
        return
    others = [path for path in readable(manuscript.parent, discover().suffixes()) if not path.samefile(manuscript)]
    if others:
        raise OutputError(
            f"{PUBLICATION_FILE} was not created: it would apply to “{others[0].name}”, too.",
            advice="Give the manuscript a folder of its own.",
        )
