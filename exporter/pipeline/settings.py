"""The settings of a publication, from all the places where they stand."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from exporter.config import GateSettings, SettingsLayer, edition_options, export_settings, gate_settings
from exporter.config.layers import nearest
from exporter.errors import SettingsError
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.finding_policy import FindingPolicy
from exporter.pipeline.registry import Edition
from exporter.pipeline.rule_index import names


def resolve_settings(context: RunContext, publication_run: PublicationRun, options: Mapping[str, Any]) -> None:
    """Lay the settings over each other.

    Args:
        context: What publications share.
        publication_run: The publication; its layers, settings and rulings are set.
        options: What the manuscript itself says.

    Raises:
        SettingsError: One of them does not exist or is of the wrong type.
    """
    editions = [edition.name for edition in context.registry.editions]
    layers = []
    if options:
        general = {name: options[name] for name in ("editions",) if name in options}
        tables = {name: value for name, value in options.items() if name not in general}
        layer = SettingsLayer(
            publication_run.manuscript.file,
            tables | ({"export": general} if general else {}),
            publication_run.settings_text,
            untyped=True,
        )
        layer.check_names(editions, general=("export", "gate"))
        layers.append(layer)
    layers += [
        layer
        for layer in (publication_run.publication_layer, context.publisher_settings, context.command_line_settings)
        if layer
    ]
    publication_run.layers = tuple(layers)
    publication_run.settings = export_settings(publication_run.layers)
    for layer in layers:
        chosen = layer.table("export").get("editions", ())
        unknown = next((name for name in chosen if name not in editions), None)
        if unknown is not None:
            raise layer.error(
                f"There is no edition “{unknown}”.",
                advice=f"Editions are: {', '.join(editions)}.",
                table="export",
                key="editions",
            )
    for edition in context.registry.editions:
        edition_options(publication_run.layers, edition.name, edition.writer.Options)
    said = gate_settings(publication_run.layers)
    _check_rules(context, said)
    publication_run.rulings = FindingPolicy(said, context.today)


def _check_rules(context: RunContext, said: GateSettings) -> None:
    """Check that no rule is misspelt; rules of other packages are not known here, and are not like ours.

    Raises:
        SettingsError: One is.
    """
    if not said.rules and not said.waivers:
        return
    known = names(context.store, context.provenance).every
    places = [(rule, weighed.source) for rule, weighed in said.rules.items()]
    places += [(waiver.rule, waiver.source) for waiver in said.waivers]
    for rule, source in places:
        if rule not in known and difflib.get_close_matches(rule, known, 1, 0.8):
            advice = nearest(rule, sorted(known))
            raise SettingsError(f"There is no rule “{rule}”.", advice=advice, source=source)


def is_requested(context: RunContext, publication_run: PublicationRun, edition: Edition) -> bool:
    """Return whether an edition is asked for: by the command line, else by the settings, else all are."""
    return (
        context.editions_given
        or not publication_run.settings.editions
        or edition.name in publication_run.settings.editions
    )


def refuse_network(context: RunContext, publication_run: PublicationRun, edition: Edition) -> None:
    """Refuse a setting that sends the text over the network unless whoever exports has asked for it.

    A manuscript and its `publication.toml` may come from anybody; the command line and the publisher's settings do not.

    Raises:
        SettingsError: A manuscript or its `publication.toml` asks for such a setting.
    """
    services = edition.network(edition_options(publication_run.layers, edition.name, edition.writer.Options))
    for key, service in services.items():
        layer = next(layer for layer in reversed(publication_run.layers) if key in layer.table(edition.name))
        if layer not in (context.publisher_settings, context.command_line_settings):
            value = layer.table(edition.name)[key]
            raise layer.error(
                f"The manuscript asks for {key} “{value}”, which sends its text to {service}.",
                advice=f"Remove that setting, or agree to it by exporting with --{key} {value}.",
                table=edition.name,
                key=key,
            )
