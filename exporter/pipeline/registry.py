"""Registry of readers and writers: the modules of `exporter.readers` and `exporter.writers`, and entry points."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import msgspec

import exporter.readers
import exporter.writers
from exporter.contracts import EditionDescription, EditionKind, Editions, Reader, Sound, Writer
from exporter.errors import MissingToolError, StepError, UsageError
from exporter.findings import Finding, Rule, Severity

if TYPE_CHECKING:
    from exporter.validate.validators import Validator

READER_GROUP = "exporter.readers"
WRITER_GROUP = "exporter.writers"
_KINDS = {
    "text/html": EditionKind.WEB,
    "application/pdf": EditionKind.PDF,
    "application/epub+zip": EditionKind.EPUB,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": EditionKind.WORD,
    "text/vtt": EditionKind.CAPTIONS,
}
"""Kinds by media type, for writers without one."""
READER_PARTS = ("SUFFIXES", "read")
WRITER_PARTS = ("NAME", "SUFFIX", "MEDIA_TYPE", "Options", "write")
PLUGIN_BROKEN = Rule(
    id="plugin-broken",
    severity=Severity.WARNING,
    sentence="Every installed reader and writer can be loaded.",
    advice="Reinstall its package, or remove it.",
)


class LoadedWriter:
    """A writer, with the defaults of `contracts.Writer` for what it does not define."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self.__doc__ = part.__doc__

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the writer, or its default."""
        if name == "_part":  # a copy that is being made has none yet
            raise AttributeError(name)
        return getattr(self._part, name) if hasattr(self._part, name) else getattr(Writer, name)


class Edition(msgspec.Struct, frozen=True):
    """A writer, its module and its description."""

    module: str
    """Module, and attribute after a colon if the writer is not the module itself."""
    writer: Writer
    description: EditionDescription

    @property
    def name(self) -> str:
        """Its name on the command line."""
        return self.description.name

    def has_required(self, options: Callable[[Edition], Any]) -> bool:
        """Return whether the option is set without which a publication does not have it, or it needs none."""
        required = self.writer.REQUIRED_OPTION
        return not required or bool(getattr(options(self), required))

    @property
    def is_heard(self) -> bool:
        """Whether it is a recording or made from one, whatever its options."""
        writer = self.writer
        return not writer.SOUND_OPTION and (writer.IS_RECORDING or bool(writer.INHERITS_SETTINGS))

    def speaks(self, options: Any) -> bool:
        """Return whether it is made from a recording."""
        option = self.writer.SOUND_OPTION
        return self.is_heard or (bool(option) and getattr(options, option) != Sound.OFF)

    def with_sound(self, options: Any, sound: Sound) -> Any:
        """Return its options with or without a recording."""
        return msgspec.structs.replace(options, **{self.writer.SOUND_OPTION: sound})


class Format(msgspec.Struct, frozen=True):
    """A reader and its module."""

    module: str
    reader: Any
    """Implements `contracts.Reader`."""


class Registry(msgspec.Struct, frozen=True):
    """All readers and writers."""

    formats: tuple[Format, ...]
    editions: tuple[Edition, ...]
    """In the order of their dependencies."""
    findings: tuple[Finding, ...] = ()
    """Findings about modules that cannot be loaded."""

    def suffixes(self) -> tuple[str, ...]:
        """Return the file suffixes that some reader reads, with the dot, in lower case."""
        return tuple(dict.fromkeys(suffix for format_ in self.formats for suffix in format_.reader.SUFFIXES))

    def reader(self, suffix: str) -> Format | None:
        """Return the reader for a suffix (lower case, with the dot)."""
        return next((format_ for format_ in self.formats if suffix in format_.reader.SUFFIXES), None)

    @property
    def descriptions(self) -> Editions:
        """The descriptions of the editions, in the order of lists."""
        every = (edition.description for edition in self.editions)
        return Editions.of(sorted(every, key=lambda edition: (edition.order, edition.name)))

    @property
    def by_suffix(self) -> Mapping[str, EditionDescription]:
        """The descriptions of the editions, by the suffix of their files."""
        return {edition.writer.SUFFIX: edition.description for edition in self.editions}

    def select(self, names: Iterable[str]) -> tuple[Edition, ...]:
        """Return the editions with these names, or all if there are none, in the order of their dependencies.

        Raises:
            UsageError: An edition is unknown.
        """
        from exporter.config.layers import nearest

        known = [edition.name for edition in self.editions]
        by_name = {name.casefold(): name for name in known}
        selected = [by_name.get(name.casefold(), name) for name in names] or known
        for name in selected:
            if name not in known:
                raise UsageError(f"Unknown edition “{name}”.", advice=nearest(name, known))
        return tuple(edition for edition in self.editions if edition.name in selected)


def inherited_editions(registry: Registry, edition: Edition) -> tuple[Edition, ...]:
    """Return the editions whose settings an edition inherits."""
    return tuple(other for other in registry.editions if other.name in edition.writer.INHERITS_SETTINGS)


def discover() -> Registry:
    """Return all readers and writers; importing one loads no heavy library, as those are imported at use.

    Raises:
        StepError: Two writers have the same name, or their dependencies are circular.
    """
    findings: list[Finding] = []
    formats = [Format(where, part) for where, part in _parts(exporter.readers, READER_GROUP, READER_PARTS, findings)]
    writers: dict[str, tuple[str, Writer]] = {}
    for where, part in _parts(exporter.writers, WRITER_GROUP, WRITER_PARTS, findings):
        if part.NAME in writers:
            raise StepError(
                f"Duplicate writer “{part.NAME}”: {writers[part.NAME][0]} and {where}.",
                advice="Remove the package of one of them.",
            )
        writers[part.NAME] = where, cast(Writer, LoadedWriter(part))
    suffixes = {part.SUFFIX: part for _, part in writers.values()}
    editions = {name: Edition(where, part, _describe(part, suffixes)) for name, (where, part) in writers.items()}
    return Registry(tuple(formats), tuple(_ordered(editions)), tuple(findings))


def _describe(writer: Writer, suffixes: Mapping[str, Writer]) -> EditionDescription:
    """Return the description of a writer, one of those in `suffixes` (all, by suffix)."""
    others = [suffix for suffix in suffixes if suffix != writer.SUFFIX and writer.SUFFIX.endswith(suffix)]
    file_type = writer.FILE_TYPE or max(others, key=len, default=writer.SUFFIX)
    return EditionDescription(
        name=writer.NAME,
        title=writer.TITLE or writer.NAME,
        kind=writer.KIND or _kind_of(writer.MEDIA_TYPE),
        order=writer.ORDER,
        shown_first=writer.SHOWN_FIRST,
        file_type=file_type,
        extractor=writer.EXTRACTOR or (suffixes[file_type].EXTRACTOR if file_type in suffixes else ""),
        validators=tuple(writer.VALIDATORS),
    )


def _kind_of(media_type: str) -> EditionKind:
    if media_type.startswith("audio/"):
        return EditionKind.SOUND
    return _KINDS.get(media_type, EditionKind.UNKNOWN)


def load(where: str) -> Any:
    """Return the reader or writer named `module` or `module:attribute`; MissingToolError if it lacks a package."""
    name, _, attribute = where.partition(":")
    try:
        module: Any = importlib.import_module(name)
    except ImportError as error:
        raise MissingToolError(
            f"“{name}” cannot be loaded: {error}.", advice="Reinstall exporter with all its dependencies."
        ) from error
    return getattr(module, attribute) if attribute else module


def styles_of(reader: Reader) -> tuple[str, ...]:
    """Return the files and folders of styles that a reader reads."""
    return tuple(getattr(reader, "STYLES", ()))


def external_state_of(reader: Reader) -> str:
    """Return the state of the programs that a reader uses; empty if it uses none."""
    state = getattr(reader, "external_state", None)
    return str(state()) if state is not None else ""


def guesses_headings(reader: Reader) -> bool:
    """Return whether a reader can read lines that only look like headings as headings."""
    return bool(getattr(reader, "GUESSES_HEADINGS", False))


def load_validators(file_type: str, own: Iterable[str], java: str | None = None) -> tuple[Validator, ...]:
    """Return the validators of a file type, and those of the edition itself (`contracts.Writer.VALIDATORS`)."""
    from exporter.validate.validators import validators_for

    return (*validators_for(file_type, java), *(load(where) for where in own))


@cache
def _installed(group: str, _path: tuple[str, ...]) -> list[str]:
    """Return the modules that installed packages add to a group; a package is on the path or it is not."""
    from importlib.metadata import entry_points  # imports the email package; steps do not need it

    return sorted(entry.value for entry in entry_points(group=group))


def _parts(
    package: ModuleType, group: str, parts: tuple[str, ...], findings: list[Finding]
) -> Iterator[tuple[str, Any]]:
    names = sorted(f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__))
    others = _installed(group, tuple(sys.path))
    for where in [*names, *others]:
        try:
            part = load(where)
        except Exception as error:  # a plug-in may raise any exception
            findings.append(PLUGIN_BROKEN.finding(f"“{where}” cannot be loaded: {error}"))
            continue
        if all(hasattr(part, name) for name in parts):
            yield where, part
        elif where in others or hasattr(part, parts[0]):
            missing = ", ".join(name for name in parts if not hasattr(part, name))
            findings.append(PLUGIN_BROKEN.finding(f"“{where}” does not define {missing}."))


def _ordered(editions: dict[str, Edition]) -> Iterator[Edition]:
    graph = {name: [need for need in editions[name].writer.NEEDS if need in editions] for name in sorted(editions)}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise StepError(
            f"Circular dependency of writers: {circle}.", advice="Change the NEEDS of one of them."
        ) from error
    return (editions[name] for name in order)
