"""Formatting of sizes, durations and numbers in the language of a page."""

from __future__ import annotations

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from exporter.model.language_tags import locale_of

_STEPS = (("gigabyte", 1_000_000_000), ("megabyte", 1_000_000), ("kilobyte", 1_000))


def format_size(count: int, language: str) -> str:
    """Return a number of bytes: "1.2 MB", "45 kB"; the units are decimal (IEC 80000-13)."""
    for unit, step in _STEPS:
        # A value that rounds up to a thousand belongs to the next unit.
        if count >= step * 0.9995:
            value = count / step
            return _unit(round(value, 1 if value < 99.95 and unit != "kilobyte" else 0), unit, language)
    return _unit(count, "byte", language)


def format_duration(seconds: float, language: str) -> str:
    """Return a duration: "1 hr 5 min", "12 min", "40 sec"; minutes are rounded from one minute on."""
    if seconds < 59.5:
        return _unit(max(round(seconds), 1), "second", language)
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [_unit(hours, "hour", language)] if hours else []
    if minutes or not hours:
        parts.append(_unit(minutes, "minute", language))
    return " ".join(parts)


def format_number(value: float, language: str) -> str:
    """Return a number: "1.25", "1,25"."""
    return format_decimal(value, locale=_locale(language))


def _unit(value: float, unit: str, language: str) -> str:
    whole = int(value) if value == int(value) else value
    return format_unit(whole, unit, length="short", locale=_locale(language))


def _locale(language: str) -> Locale:
    return locale_of(language) or Locale("en")


def format_time(seconds: float) -> str:
    """Return a time in the format of players: 1:05:09, 12:40."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
