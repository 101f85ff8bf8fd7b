"""Which readers and writers there are: the modules of `exporter.readers` and `exporter.writers`, and entry points."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from types import ModuleType
from typing import Any, cast

import msgspec

import exporter.readers
import exporter.writers
from exporter.contracts import Reader, Writer
from exporter.errors import MissingToolError, StepError, UsageError
from exporter.findings import Finding, Rule, Severity

READER_GROUP = "exporter.readers"
WRITER_GROUP = "exporter.writers"
READER_PARTS = ("SUFFIXES", "read")
WRITER_PARTS = ("NAME", "SUFFIX", "MEDIA_TYPE", "NEEDS", "Options", "write")

PLUGIN_BROKEN = Rule(
    id="plugin-broken",
    severity=Severity.WARNING,
    sentence="Every reader and writer that is installed can be loaded.",
    advice="Install its package again, or remove it.",
)


class Edition(msgspec.Struct, frozen=True):
    """A writer and where it comes from."""

    name: str
    module: str
    """Module, and attribute after a colon when the writer is not the module itself."""
    writer: Any
    """Fits `contracts.Writer`."""


class Format(msgspec.Struct, frozen=True):
    """A reader and where it comes from."""

    module: str
    reader: Any
    """Fits `contracts.Reader`."""


class Registry(msgspec.Struct, frozen=True):
    """All readers and writers."""

    formats: tuple[Format, ...]
    editions: tuple[Edition, ...]
    """Ordered so that an edition comes after those that it needs."""
    findings: tuple[Finding, ...] = ()
    """What could not be loaded."""

    def suffixes(self) -> tuple[str, ...]:
        """Return the file suffixes that some reader reads, with the dot, in lower case."""
        return tuple(dict.fromkeys(suffix for one in self.formats for suffix in one.reader.SUFFIXES))

    def reader(self, suffix: str) -> Format | None:
        """Return the reader for a suffix (lower case, with the dot)."""
        return next((one for one in self.formats if suffix in one.reader.SUFFIXES), None)

    def select(self, names: Iterable[str]) -> tuple[Edition, ...]:
        """Return the editions of these names, all when there are none, those that are needed first.

        Raises:
            UsageError: There is no such edition.
        """
        from exporter.config.layers import nearest

        known = [edition.name for edition in self.editions]
        wanted = list(names) or known
        for name in wanted:
            if name not in known:
                raise UsageError(f"There is no edition “{name}”.", advice=nearest(name, known))
        return tuple(edition for edition in self.editions if edition.name in wanted)


def followed(registry: Registry, edition: Edition) -> tuple[Edition, ...]:
    """Return the editions whose settings an edition follows besides its own."""
    names = getattr(edition.writer, "INHERITS_SETTINGS", ())
    return tuple(other for other in registry.editions if other.name in names)


def discover() -> Registry:
    """Find all readers and writers; importing one loads no heavy library, as those are imported at use.

    Raises:
        StepError: Two writers have one name, or writers need each other in a circle.
    """
    findings: list[Finding] = []
    formats = [Format(where, part) for where, part in _parts(exporter.readers, READER_GROUP, READER_PARTS, findings)]
    editions: dict[str, Edition] = {}
    for where, part in _parts(exporter.writers, WRITER_GROUP, WRITER_PARTS, findings):
        if part.NAME in editions:
            raise StepError(
                f"Two writers are called “{part.NAME}”: {editions[part.NAME].module} and {where}.",
                advice="Remove the package of one of them.",
            )
        editions[part.NAME] = Edition(part.NAME, where, part)
    return Registry(tuple(formats), tuple(_ordered(editions)), tuple(findings))


def load(where: str) -> Any:
    """Return the reader or writer named `module` or `module:attribute`.

    Raises:
        MissingToolError: It needs a package that is not installed.
    """
    name, _, attribute = where.partition(":")
    try:
        module: Any = importlib.import_module(name)
    except ImportError as error:
        raise MissingToolError(
            f"“{name}” cannot be loaded: {error}.", advice="Install the exporter again, with all that it depends on."
        ) from error
    return getattr(module, attribute) if attribute else module


def load_reader(where: str) -> Reader:
    """Return the reader of that name (see `load`)."""
    return cast(Reader, load(where))


def styles_of(reader: Reader) -> tuple[str, ...]:
    """Return the files and folders of styles that a reader reads."""
    return tuple(getattr(reader, "STYLES", ()))


def load_writer(where: str) -> Writer:
    """Return the writer of that name (see `load`)."""
    return cast(Writer, load(where))


def _parts(
    package: ModuleType, group: str, parts: tuple[str, ...], findings: list[Finding]
) -> Iterator[tuple[str, Any]]:
    from importlib.metadata import entry_points  # with all of e-mail behind it; steps need none

    names = sorted(f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(package.__path__))
    others = sorted(entry.value for entry in entry_points(group=group))
    for where in [*names, *others]:
        try:
            part = load(where)
        except Exception as error:  # somebody else's module may raise anything
            findings.append(PLUGIN_BROKEN.finding(f"“{where}” cannot be loaded: {error}"))
            continue
        if all(hasattr(part, name) for name in parts):
            yield where, part
        elif where in others:
            missing = ", ".join(name for name in parts if not hasattr(part, name))
            findings.append(PLUGIN_BROKEN.finding(f"“{where}” lacks {missing}."))


def _ordered(editions: dict[str, Edition]) -> Iterator[Edition]:
    graph = {name: [need for need in one.writer.NEEDS if need in editions] for name, one in sorted(editions.items())}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise StepError(f"Writers need each other in a circle: {circle}.", advice="Mend the NEEDS of one.") from error
    return (editions[name] for name in order)
