"""English formatting of numbers, sizes, times, sources and quotations in a report.

Findings, settings and handbook are English, so the pages around them are English too. Quotations from the manuscript
keep their own language.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from exporter.findings import Severity
from exporter.labels import direction_of
from exporter.model import Source

_PLURALS = {"entry": "entries", "summary": "summaries"}
_QUOTED = re.compile(r"“([^“”]*)”")
_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that are not allowed in HTML (13.2.3.5)."""


def format_count(number: int, noun: str) -> str:
    """Return a number with its noun: "1 error", "1,204 findings"."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, f'{noun}s')}"


def format_severities(counts: Mapping[str, int]) -> str:
    """Return counts of findings by severity: "2 errors, 1 note"; "no problems found" for none."""
    parts = [format_count(counts[severity], severity) for severity in Severity if counts.get(severity)]
    return ", ".join(parts) or "no problems found"


def join_names(names: Sequence[str]) -> str:
    """Return names joined as in a sentence: "PDF, EPUB and MP3"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def format_size(number: int) -> str:
    """Return a number of bytes with its unit: "1.2 MB"."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if number >= step * 0.9995:
            value = number / step
            return f"{value:.1f} {unit}" if value < 9.95 else f"{value:,.0f} {unit}"
    return format_count(number, "byte")


def format_duration(seconds: float) -> str:
    """Return a duration: "1 h 5 min", "12 min", "40 s"."""
    if seconds < 59.5:
        return f"{max(round(seconds), 1)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)


def format_date(iso: str) -> str:
    """Return an ISO date as "3 May 2026"; any other text is returned unchanged."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.day} {date:%B %Y}"


def format_source(source: Source) -> str:
    """Return a position in the manuscript in the form that editors open: `manuscript.md:12`."""
    return f"{source.file}:{source.line}" if source.line else source.file


def language_name(tag: str) -> str:
    """Return the English name of a language, or its tag if it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError, TypeError):
        return tag


def replace_invalid(text: object) -> object:
    """Replace characters that are not allowed in HTML."""
    if isinstance(text, Markup) or not isinstance(text, str):
        return text
    return _INVALID.sub("\N{REPLACEMENT CHARACTER}", text)


def mark_quotations(text: str, tag: str) -> Markup:
    """Return a message as HTML with its quotations isolated and marked with their language.

    Args:
        text: The message; quotations are in “curly marks”.
        tag: BCP 47 tag of the manuscript.
    """
    text = str(replace_invalid(text))
    parts = []
    end = 0
    for match in _QUOTED.finditer(text):
        parts += [escape(text[end : match.start()]), "“", isolate(match[1], tag), "”"]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def isolate(text: str, tag: str) -> Markup:
    """Return text of the manuscript as HTML: isolated, and marked with its language if it is more than a name.

    Args:
        text: Text of the manuscript.
        tag: BCP 47 tag of the manuscript.
    """
    is_foreign = bool(tag) and not tag.lower().startswith("en") and (len(text.split()) > 1 or not text.isascii())
    opening = Markup('<bdi lang="{}">').format(replace_invalid(tag)) if is_foreign else Markup("<bdi>")
    return opening + escape(replace_invalid(text)) + Markup("</bdi>")


def direction(tag: str) -> str:
    """Return the value of `dir` for a title in a language."""
    return direction_of(tag).value if tag else "auto"
