"""The table `[gate]`: how much each rule weighs, and which findings somebody has taken responsibility for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from exporter.config.layers import SettingsLayer, convert, line_of, nearest
from exporter.model import Source

TABLE = "gate"
PROTECTED = frozenset(
    {
        *("alt-missing", "image-missing", "image-unreadable", "parity-unreadable"),
        *("pdf-unreadable", "docx-unreadable", "epub-unreadable", "press-unreadable", "audio-unreadable"),
    }
)
"""Rules that settings cannot make lighter: a picture that nobody described, and what cannot be read at all.

Somebody is shut out by each of them; a waiver, which has a name for why and an end, is the only way past.
"""


class RuleSetting(StrEnum):
    """How much a rule weighs by the settings."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"
    """What it finds is counted in the report and not told."""


class SeverityOverride(msgspec.Struct, frozen=True):
    """What settings say about a rule."""

    weight: RuleSetting
    source: Source | None = None
    """Where the settings say it; None for the command line."""


class Waiver(msgspec.Struct, frozen=True):
    """Findings that somebody has taken responsibility for, until a day."""

    rule: str
    reason: str
    """Why they may stay; the report shows it."""
    until: datetime.date
    """The last day on which it holds."""
    where: str = ""
    """A file and its line, an edition, or words of the message or the place; empty: all that the rule finds."""
    source: Source | None = None
    """Where the settings say it."""


class GateSettings(msgspec.Struct, frozen=True):
    """The table `[gate]` of all layers together."""

    rules: Mapping[str, SeverityOverride] = {}
    waivers: tuple[Waiver, ...] = ()


def gate_settings(layers: Sequence[SettingsLayer]) -> GateSettings:
    """Return what all layers say: later ones win about a rule, and waivers of all of them hold.

    Raises:
        SettingsError: A key is unknown, a value is of the wrong type, or a waiver lacks its reason or its last day.
    """
    rules: dict[str, SeverityOverride] = {}
    waivers: list[Waiver] = []
    for layer in layers:
        table = layer.table(TABLE)
        for name in table:
            if name not in ("rules", "waivers"):
                advice = nearest(str(name), ("rules", "waivers"))
                raise layer.error(f"[gate] has no setting “{name}”.", advice=advice, table=TABLE, key=str(name))
        rules |= _rules(layer, table.get("rules", {}))
        waivers += _waivers(layer, table.get("waivers", []))
    return GateSettings(rules, tuple(waivers))


def _rules(layer: SettingsLayer, table: Any) -> dict[str, SeverityOverride]:
    if not isinstance(table, Mapping):
        raise layer.error(
            "“rules” in [gate] has to be a table.",
            advice='Write, for example: rules = { "table-caption" = "note" }',
            table=TABLE,
            key="rules",
        )
    rules = {}
    for name, value in table.items():
        weights = [weight.value for weight in RuleSetting]
        # A plain word of YAML such as `off` is no text there.
        said = "off" if value is False else value
        if said not in weights:
            advice = f"It may be: {', '.join(weights)}."
            message = f"“{name}” under [gate] has a wrong value: there is no “{value}”."
            raise layer.error(message, advice=advice, table=TABLE, key=str(name))
        if name in PROTECTED and said != RuleSetting.ERROR:
            raise layer.error(
                f"“{name}” cannot be made lighter by a setting: what it finds shuts somebody out.",
                advice="Mend what it finds, or write a waiver with a reason and a last day.",
                table=TABLE,
                key=str(name),
            )
        rules[str(name)] = SeverityOverride(RuleSetting(said), layer.place(TABLE, str(name)))
    return rules


class _Entry(msgspec.Struct, frozen=True):
    """A waiver as it is written."""

    rule: str = ""
    where: str = ""
    reason: str = ""
    until: datetime.date | None = None


def _waivers(layer: SettingsLayer, entries: Any) -> Iterator[Waiver]:
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise layer.error(
            "“waivers” in [gate] has to be a list of tables.",
            advice="Begin each waiver with a line [[gate.waivers]].",
            table=TABLE,
            key="waivers",
        )
    for number, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            advice = "Begin each waiver with a line [[gate.waivers]]."
            raise layer.error(
                "A waiver has to be a table of settings.", advice=advice, line=_line(layer.text, number, "")
            )
        line = _line(layer.text, number, str(entry.get("rule", "")))
        one = convert(layer, "gate.waivers", entry, _Entry, line=line)
        if not one.rule.strip():
            advice = 'Add, for example: rule = "table-caption"'
            raise layer.error("A waiver names no rule.", advice=advice, line=line)
        if not one.reason.strip():
            advice = "Say in `reason` why its findings may stay; the report shows it."
            raise layer.error(f"The waiver for “{one.rule}” has no reason.", advice=advice, line=line)
        if one.until is None:
            advice = "Add the last day on which it holds, such as: until = 2027-03-31"
            raise layer.error(f"The waiver for “{one.rule}” has no end.", advice=advice, line=line)
        source = Source(layer.file, line) if layer.file else None
        yield Waiver(one.rule.strip(), one.reason.strip(), one.until, one.where.strip(), source)


def _line(text: str, number: int, rule: str) -> int:
    """Return the line of a waiver: of its own head, or else of the rule that it names."""
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*gate\s*\.\s*waivers\s*\]\]", line)]
    if number < len(heads):
        return heads[number]
    start = line_of(text, TABLE, "waivers")
    named = (at for at, line in enumerate(lines[max(0, start - 1) :], max(1, start)) if rule and rule in line)
    return next(named, start)
