"""Numbers, sizes, times and places as a report says them, in English: it is for those who use the exporter in English.

Findings, settings and handbook are English; a frame in another language around them would make two languages
of one page.
What is quoted from the manuscript keeps its own.
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
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no page may hold (HTML 13.2.3.5)."""


def amount(number: int, thing: str) -> str:
    """Return a number of things: "1 error", "1,204 findings"."""
    return f"{number:,} {thing if number == 1 else _PLURALS.get(thing, f'{thing}s')}"


def counts(found: Mapping[str, int]) -> str:
    """Return findings by severity: "2 errors, 1 note"; "nothing found" for none."""
    parts = [amount(found.get(each.value, 0), each.value) for each in Severity if found.get(each.value, 0)]
    return ", ".join(parts) or "nothing found"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def size(number: int) -> str:
    """Return a number of bytes."""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if number >= step * 0.9995:
            value = number / step
            return f"{value:.1f} {unit}" if value < 9.95 else f"{value:,.0f} {unit}"
    return amount(number, "byte")


def duration(seconds: float) -> str:
    """Return a length: "1 h 5 min", "12 min", "40 s"."""
    if seconds < 59.5:
        return f"{max(round(seconds), 1)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)


def day(iso: str) -> str:
    """Return a date as people write it; what is none, as it is."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.day} {date:%B %Y}"


def place(source: Source) -> str:
    """Return a place in the manuscript as editors find it: `manuscript.md:12`."""
    return f"{source.file}:{source.line}" if source.line else source.file


def language(tag: str) -> str:
    """Return the English name of a language; its tag where there is none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError, TypeError):
        return tag


def clean(text: object) -> object:
    """Replace characters that no page may hold."""
    if isinstance(text, Markup) or not isinstance(text, str):
        return text
    return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def said(text: str, tag: str) -> Markup:
    """Return a message as HTML; what it quotes keeps its direction, and its language where it is more than a name.

    Args:
        text: The message; quotations stand in “curly marks”.
        tag: BCP 47 tag of the manuscript.
    """
    text = str(clean(text))
    parts = []
    last = 0
    for match in _QUOTED.finditer(text):
        parts += [escape(text[last : match.start()]), "“", own(match[1], tag), "”"]
        last = match.end()
    return Markup("").join([*parts, escape(text[last:])])


def own(words: str, tag: str) -> Markup:
    """Return words of the manuscript as HTML: with their direction, and their language where they are more than a name.

    Args:
        words: As they stand there.
        tag: BCP 47 tag of the manuscript.
    """
    foreign = bool(tag) and not tag.lower().startswith("en") and (len(words.split()) > 1 or not words.isascii())
    opening = Markup('<bdi lang="{}">').format(clean(tag)) if foreign else Markup("<bdi>")
    return opening + escape(clean(words)) + Markup("</bdi>")


def direction(tag: str) -> str:
    """Return the value of `dir` for a title in a language."""
    return direction_of(tag).value if tag else "auto"
