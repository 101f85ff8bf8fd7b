"""Settings that all publications of a run share: those of the publisher and of the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from exporter.config import (
    HOUSE_FILE,
    STORE_TABLE,
    SettingsLayer,
    edition_options,
    export_settings,
    gate_settings,
    metadata_settings,
    read_toml,
    store_limit,
)
from exporter.config.layers import GENERAL
from exporter.errors import ErrorCollector, ExporterError, UsageError
from exporter.pipeline.registry import Edition, Registry, inherited_editions
from exporter.site.settings import TABLE as SITE
from exporter.site.settings import site_settings


class RunSettings(msgspec.Struct, frozen=True):
    """The settings of a run, as far as they are valid."""

    editions: tuple[Edition, ...]
    """Those that are requested."""
    publisher: SettingsLayer | None
    command_line: SettingsLayer
    errors: tuple[ExporterError, ...]


def read_run_settings(
    names: Sequence[str],
    options: Mapping[str, str],
    general: Mapping[str, str],
    registry: Registry,
    styles: Path,
) -> RunSettings:
    """Return the settings of a run.

    Args:
        names: Names of the requested editions; empty for all.
        options: Options by name, for every edition that has them and accepts the value.
        general: Settings of the table `[export]`.
        registry: All editions.
        styles: Folder of styles, with the settings of the publisher.
    """
    editions: tuple[Edition, ...] = ()
    publisher, command_line = None, SettingsLayer("")
    errors = ErrorCollector()
    with errors.collected():
        editions = registry.select(names)
        command_line = _command_line_layer(registry, editions, options, general)
    with errors.collected():
        publisher = read_toml(styles / HOUSE_FILE, HOUSE_FILE)
    with errors.collected():
        _check(registry, publisher, command_line)
    return RunSettings(editions, publisher, command_line, errors.errors)


def _command_line_layer(
    registry: Registry, chosen: Sequence[Edition], options: Mapping[str, str], general: Mapping[str, str]
) -> SettingsLayer:
    tables: dict[str, dict[str, str]] = {"export": dict(general)} if general else {}
    names = {edition.name for selected in chosen for edition in (selected, *inherited_editions(registry, selected))}
    editions = [edition for edition in registry.editions if edition.name in names]
    with ErrorCollector() as errors:
        for name, value in options.items():
            having = [edition for edition in editions if name in edition.writer.Options.__struct_fields__]
            if not having:
                errors.add(_option_without_effect(name, chosen, registry))
            # If only some editions accept the value, it is set for these; if none does, the first reports the error.
            accepting = [edition for edition in having if _accepts(edition, name, value)]
            for edition in accepting or having[:1]:
                tables.setdefault(edition.name, {})[name] = value
    return SettingsLayer("", tables, untyped=True)


def _check(registry: Registry, publisher: SettingsLayer | None, command: SettingsLayer) -> None:
    layers = [layer for layer in (command, publisher) if layer]
    with ErrorCollector() as errors:
        with errors.collected():
            export_settings(layers)
        for edition in registry.editions:
            with errors.collected():
                edition_options(layers, edition.name, edition.writer.Options)
        with errors.collected():
            gate_settings(layers)
        if publisher:
            with errors.collected():
                publisher.check_names(
                    [edition.name for edition in registry.editions], general=(*GENERAL, SITE, STORE_TABLE)
                )
        with errors.collected():
            metadata_settings(publisher)
        with errors.collected():
            store_limit(publisher)
        site_settings(publisher)


def _option_without_effect(name: str, chosen: Sequence[Edition], registry: Registry) -> UsageError:
    """Return the error for an option that none of the chosen editions has."""
    others = [edition.name for edition in registry.editions if name in edition.writer.Options.__struct_fields__]
    option, editions = f"--{name.replace('_', '-')}", " and ".join(f"“{edition.name}”" for edition in chosen)
    message = f"{option} has no effect on {editions}."
    return UsageError(message, advice=f"Remove it, or add --to {others[0]}." if others else "Remove it.")


def _accepts(edition: Edition, name: str, value: str) -> bool:
    layer = SettingsLayer("", {edition.name: {name: value}}, untyped=True)
    try:
        edition_options([layer], edition.name, edition.writer.Options)
    except UsageError:
        return False
    return True
