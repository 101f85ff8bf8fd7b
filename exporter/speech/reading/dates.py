"""Dates written in figures, and times of day."""

from __future__ import annotations

import datetime
import re

from exporter.speech.lexicon import Lexicon


def dates(text: str, lexicon: Lexicon) -> str:
    """Read dates in figures as the language writes them in full: those of ISO 8601, and 12/5/2019 where it is clear."""
    if not lexicon.language:
        return text
    text = re.sub(
        r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])", lambda match: _date(match, (1, 2, 3), lexicon.language), text
    )
    if lexicon.day_first:
        dated = r"(?<![\w/.-])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\w/-])"
        text = re.sub(dated, lambda match: _date(match, (4, 3, 1), lexicon.language), text)
    return text


def _date(match: re.Match[str], order: tuple[int, int, int], language: str) -> str:
    """Give a date in full; what is none stays."""
    from babel import UnknownLocaleError
    from babel.dates import format_date

    year, month, day = (int(match.group(place)) for place in order)
    try:
        return format_date(datetime.date(year, month, day), "long", locale=language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return match.group()


def times(text: str, lexicon: Lexicon) -> str:
    """Read times of day: 10:05 as 10 oh 5, 10:00 as 10 o'clock, 22:00 as 22 hundred hours."""
    table = lexicon.time
    if not table:
        return text

    def read(match: re.Match[str]) -> str:
        hour, minute, half = int(match.group(1)), match.group(2), match.group(3)
        if minute == "00":
            sharp = "" if half else table.get("sharp", "") if hour <= 12 else table.get("hundred", "")
            return f"{hour} {sharp}".strip() + (match.group(3) or "")
        oh = table.get("oh", "") if minute[0] == "0" else ""
        return " ".join(filter(None, (str(hour), table.get("joint", ""), oh, str(int(minute))))) + (half or "")

    halves = r"(\s?[ap]\.?\s?m\b\.?)?"
    return re.sub(rf"(?<![\w.:,/])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]){halves}", read, text, flags=re.IGNORECASE)
