"""Resolution of the settings of a publication from all their layers."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from exporter.config import (
    PUBLICATION_FILE,
    ExportSettings,
    GateSettings,
    MetadataSettings,
    SettingsLayer,
    edition_options,
    export_settings,
    gate_settings,
    metadata_settings,
    read_toml,
)
from exporter.config.layers import nearest
from exporter.errors import ErrorCollector, ExporterError, SettingsError
from exporter.pipeline.finding_policy import FindingPolicy
from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.registry import Edition
from exporter.pipeline.rule_index import rule_ids

if TYPE_CHECKING:
    from exporter.pipeline.context import RunContext


@dataclass(frozen=True)
class PublicationSettings:
    """The settings of one publication."""

    layers: tuple[SettingsLayer, ...] = ()
    """From the weakest to the strongest: manuscript, `publication.toml`, publisher, command line."""
    export: ExportSettings = field(default_factory=ExportSettings)
    policy: FindingPolicy = field(default_factory=FindingPolicy)
    metadata_overrides: MetadataSettings = field(default_factory=MetadataSettings)
    """Metadata that replace those of the manuscript."""
    metadata_defaults: MetadataSettings = field(default_factory=MetadataSettings)
    """Metadata for fields that the manuscript leaves empty."""

    def options(self, edition: Edition) -> Any:
        """Return the `Options` of an edition."""
        if edition.name not in self._options:
            self._options[edition.name] = edition_options(self.layers, edition.name, edition.writer.Options)
        return self._options[edition.name]

    @cached_property
    def _options(self) -> dict[str, Any]:
        return {}

    def layer_of(self, table: str, key: str) -> SettingsLayer:
        """Return the strongest layer that sets a key of a table; at least one must."""
        return next(layer for layer in reversed(self.layers) if key in layer.table(table))

    def refuse_network(self, context: RunContext, edition: Edition) -> None:
        """Refuse a setting that sends the text over the network, unless the user or publisher has chosen it.

        A manuscript and its `publication.toml` may come from a third party; the command line and the publisher's
        settings do not.

        Raises:
            SettingsError: A manuscript or its `publication.toml` contains such a setting.
        """
        for key, service in edition.writer.network(self.options(edition)).items():
            layer = self.layer_of(edition.name, key)
            if layer not in (context.publisher_settings, context.command_line_settings):
                value = layer.table(edition.name)[key]
                raise layer.error(
                    f"The manuscript sets {key} to “{value}”, which sends its text to {service}.",
                    advice=f"Remove this setting, or allow it by exporting with --{key} {value}.",
                    table=edition.name,
                    key=key,
                )


def settings_or_error(
    context: RunContext, manuscript: Manuscript, options: Mapping[str, Any] | None = None
) -> PublicationSettings | ExporterError:
    """Return what `resolve_settings` returns or raises: with thousands of errors, it is not called twice."""
    try:
        return resolve_settings(context, manuscript, options)
    except ExporterError as error:
        return error


def valid_settings(settings: PublicationSettings | ExporterError) -> PublicationSettings:
    """Return settings, or raise the error that there is instead."""
    if isinstance(settings, ExporterError):
        raise settings.with_traceback(None)
    return settings


def resolve_settings(
    context: RunContext, manuscript: Manuscript, options: Mapping[str, Any] | None = None
) -> PublicationSettings:
    """Return the settings of a publication.

    Args:
        context: The run.
        manuscript: The manuscript; `publication.toml` may be in its folder.
        options: Settings under `export` in the front matter of the manuscript; None before it has been read.

    Raises:
        SettingsError: A setting is unknown or has a wrong value.
    """
    editions = [edition.name for edition in context.registry.editions]
    with ErrorCollector() as errors:
        front_matter = _manuscript_layer(manuscript, options) if options else None
        if front_matter:
            with errors.collected():
                front_matter.check_names(editions, general=("export", "gate"))
        publication = None
        with errors.collected():
            publication = read_toml(manuscript.folder / PUBLICATION_FILE, PUBLICATION_FILE, manuscript.folder)
        if publication:
            with errors.collected():
                publication.check_names(editions)
        every = (front_matter, publication, context.publisher_settings, context.command_line_settings)
        layers = tuple(layer for layer in every if layer)
        with errors.collected():
            export = export_settings(layers)
        for layer in layers:
            with errors.collected():
                _check_editions(layer, editions)
        for edition in context.registry.editions:
            with errors.collected():
                edition_options(layers, edition.name, edition.writer.Options)
        with errors.collected():
            gate = gate_settings(layers)
            _check_rules(context, gate)
        with errors.collected():
            overrides = metadata_settings(publication)
        defaults = metadata_settings(context.publisher_settings)
    return PublicationSettings(layers, export, FindingPolicy(gate, context.today), overrides, defaults)


def _manuscript_layer(manuscript: Manuscript, options: Mapping[str, Any]) -> SettingsLayer:
    general = {name: options[name] for name in ("editions",) if name in options}
    tables = {name: value for name, value in options.items() if name not in general}
    if general:
        tables["export"] = general
    return SettingsLayer(manuscript.file, tables, manuscript.settings_text(), untyped=True)


def _check_editions(layer: SettingsLayer, editions: list[str]) -> None:
    """Check that a layer names only editions that exist.

    Raises:
        SettingsError: It names another.
    """
    with ErrorCollector() as errors:
        chosen = layer.table("export").get("editions", ())
        for name in chosen if isinstance(chosen, list) else ():
            if name not in editions:
                advice = f"Available editions: {', '.join(editions)}."
                errors.add(layer.error(f"Unknown edition “{name}”.", advice=advice, table="export", key="editions"))


def _check_rules(context: RunContext, gate: GateSettings) -> None:
    """Check that no rule is misspelt; a rule that resembles none may be that of a plug-in.

    Raises:
        SettingsError: A rule is misspelt.
    """
    rules = list(_rules_in(gate))
    if not rules:
        return
    known = rule_ids(context.store, context.code).every
    with ErrorCollector() as errors:
        for rule, source in rules:
            if rule not in known and difflib.get_close_matches(rule, known, 1, 0.8):
                advice = nearest(rule, sorted(known))
                errors.add(SettingsError(f"Unknown rule “{rule}”.", advice=advice, source=source))


def _rules_in(gate: GateSettings) -> Iterator[tuple[str, Any]]:
    yield from ((rule, override.source) for rule, override in gate.rules.items())
    yield from ((waiver.rule, waiver.source) for waiver in gate.waivers)
