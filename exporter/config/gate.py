"""The table `[gate]`: severity overrides and waivers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from exporter.config.layers import SettingsLayer, convert, line_of, nearest
from exporter.errors import ErrorCollector
from exporter.model import Source

TABLE = "gate"
PROTECTED = frozenset(
    {
        *("alt-missing", "image-missing", "image-unreadable", "parity-unreadable"),
        *("pdf-unreadable", "docx-unreadable", "epub-unreadable", "press-unreadable", "audio-unreadable"),
    }
)
"""Rules whose severity cannot be lowered: missing alt texts and images, and unreadable files.

Their findings make a publication unusable for some readers, so only a waiver, with a reason and an end, accepts them.
"""


MAX_ENTRIES = 1_000
"""Rules or waivers in one file; exporter has about 500 rules."""


class RuleSetting(StrEnum):
    """Severity of a rule by the settings."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"
    """Findings are only counted in the report."""


class SeverityOverride(msgspec.Struct, frozen=True):
    """Setting of a rule."""

    weight: RuleSetting
    source: Source | None = None
    """Position in the settings; None for the command line."""


class Waiver(msgspec.Struct, frozen=True):
    """Acceptance of findings until a day."""

    rule: str
    reason: str
    """Reason, which the report shows."""
    until: datetime.date
    """Last day of validity."""
    where: str = ""
    """File and line, edition, or words of the message or location; empty for all findings of the rule."""
    source: Source | None = None
    """Position in the settings."""


class GateSettings(msgspec.Struct, frozen=True):
    """Settings of the table `[gate]` in all layers."""

    rules: Mapping[str, SeverityOverride] = {}
    waivers: tuple[Waiver, ...] = ()


def gate_settings(layers: Sequence[SettingsLayer]) -> GateSettings:
    """Return the settings of all layers: later ones override rules, and all waivers are valid.

    Raises:
        SettingsError: A key is unknown, a value is invalid, or a waiver has no reason or last day.
    """
    rules: dict[str, SeverityOverride] = {}
    waivers: list[Waiver] = []
    with ErrorCollector() as errors:
        for layer in layers:
            with errors.collected():
                table = layer.table(TABLE)
                _check_keys(layer, table, errors)
                with errors.collected():
                    rules |= _rules(layer, table.get("rules", {}))
                waivers += _waivers(layer, table.get("waivers", []))
    return GateSettings(rules, tuple(waivers))


def _check_keys(layer: SettingsLayer, table: Mapping[str, Any], errors: ErrorCollector) -> None:
    for name in table:
        if name not in ("rules", "waivers"):
            advice = nearest(str(name), ("rules", "waivers"))
            errors.add(layer.error(f"Unknown setting “{name}” in [gate].", advice=advice, table=TABLE, key=str(name)))


def _rules(layer: SettingsLayer, table: Any) -> dict[str, SeverityOverride]:
    if not isinstance(table, Mapping):
        raise layer.error(
            "Invalid value for “rules” in [gate]: expected a table.",
            advice='Write, for example: rules = { "table-caption" = "note" }',
            table=TABLE,
            key="rules",
        )
    _refuse_many(layer, "rules", len(table))
    rules = {}
    with ErrorCollector() as errors:
        for name, value in table.items():
            with errors.collected():
                rules[str(name)] = _override(layer, str(name), value)
    return rules


def _refuse_many(layer: SettingsLayer, name: str, count: int) -> None:
    """Refuse more entries than there are rules: the line of each is looked for in the whole file."""
    if count > MAX_ENTRIES:
        message = f"Invalid value for “{name}” in [gate]: {count:,} entries; at most {MAX_ENTRIES:,} are allowed."
        raise layer.error(message, advice="Delete those that are not needed.", table=TABLE, key=name)


def _override(layer: SettingsLayer, name: str, value: Any) -> SeverityOverride:
    known = [setting.value for setting in RuleSetting]
    # YAML reads the plain word `off` as false.
    setting = "off" if value is False else value
    if setting not in known:
        advice = f"Write one of: {', '.join(known)}."
        message = f"Invalid value for “{name}” in [gate]: unknown “{value}”."
        raise layer.error(message, advice=advice, table=TABLE, key=name)
    if name in PROTECTED and setting != RuleSetting.ERROR:
        raise layer.error(
            f"The severity of “{name}” cannot be lowered: its findings make a publication unusable for some readers.",
            advice="Fix its findings, or write a waiver with a reason and a last day.",
            table=TABLE,
            key=name,
        )
    return SeverityOverride(RuleSetting(setting), layer.source(TABLE, name))


class _Entry(msgspec.Struct, frozen=True):
    """A waiver as written."""

    rule: str = ""
    where: str = ""
    reason: str = ""
    until: datetime.date | None = None


def _waivers(layer: SettingsLayer, entries: Any) -> list[Waiver]:
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise layer.error(
            "Invalid value for “waivers” in [gate]: expected a list of tables.",
            advice="Begin each waiver with a line [[gate.waivers]].",
            table=TABLE,
            key="waivers",
        )
    _refuse_many(layer, "waivers", len(entries))
    waivers = []
    with ErrorCollector() as errors:
        for index, entry in enumerate(entries):
            with errors.collected():
                waivers.append(_waiver(layer, index, entry))
    return waivers


def _waiver(layer: SettingsLayer, index: int, entry: Any) -> Waiver:
    if not isinstance(entry, Mapping):
        advice = "Begin each waiver with a line [[gate.waivers]]."
        line = _line(layer.text, index, "")
        raise layer.error("Invalid waiver: expected a table of settings.", advice=advice, line=line)
    line = _line(layer.text, index, str(entry.get("rule", "")))
    waiver = convert(layer, "gate.waivers", entry, _Entry, line=line)
    if not waiver.rule.strip():
        advice = 'Add, for example: rule = "table-caption"'
        raise layer.error("Waiver without a rule.", advice=advice, line=line)
    if not waiver.reason.strip():
        advice = "Write in `reason` why its findings are accepted; the report shows it."
        raise layer.error(f"Waiver without a reason: “{waiver.rule}”.", advice=advice, line=line)
    if waiver.until is None:
        advice = "Add the last day of its validity, such as: until = 2027-03-31"
        raise layer.error(f"Waiver without a last day: “{waiver.rule}”.", advice=advice, line=line)
    source = Source(layer.file, line) if layer.file else None
    return Waiver(waiver.rule.strip(), waiver.reason.strip(), waiver.until, waiver.where.strip(), source)


def _line(text: str, index: int, rule: str) -> int:
    """Return the line of a waiver: that of its header, or that of its rule."""
    lines = text.splitlines()
    headers = [
        number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*gate\s*\.\s*waivers\s*\]\]", line)
    ]
    if index < len(headers):
        return headers[index]
    start = line_of(text, TABLE, "waivers")
    matches = (number for number, line in enumerate(lines[max(0, start - 1) :], max(1, start)) if rule and rule in line)
    return next(matches, start)
