"""Cross-references to the numbers of paragraphs that Word has not updated (ISO/IEC 29500-1, 17.16.5.50 REF)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.model import Source
from exporter.readers.docx.inlines.fields import Field, parse
from exporter.readers.docx.rules import OUTDATED_REFERENCE
from exporter.readers.rules import FindingCollector

_NUMBER_SWITCHES = frozenset("nrw")
"""Switches of a REF field that shows the number of a paragraph instead of its text."""
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_NUMBER = re.compile(r"\d+|[ivxlcdm]+|[a-z]{1,2}", re.IGNORECASE)
"""A number as most lists write it; one in words may be in another language than the reference to it."""
_ERROR = re.compile(r"\s*¡?(?:Error!|Erreur\s*!|Erro!|Fehler!|Errore\.|Fout!|Ошибка!|Помилка!|Hata!|خطأ!|错误[!！])")
"""What Word writes where the target of a reference is gone."""
_SHOWN = 3
"""References that the message names."""
_BROKEN_ADVICE = "Delete it in Word and insert it again (References, Cross-reference)."


class _Reference(NamedTuple):
    """A reference to the number of a paragraph."""

    bookmark: str
    shown: str
    source: Source


class CrossReferences:
    """References to the numbers of paragraphs, and these numbers, as far as the file has been read."""

    def __init__(self) -> None:
        self._references: list[_Reference] = []
        self._numbers: dict[str, str] = {}
        self._broken: list[tuple[str, Source]] = []

    def add_number(self, bookmarks: Iterable[str], label: str) -> None:
        """Keep the number that a paragraph with these bookmarks has."""
        self._numbers.update(dict.fromkeys(bookmarks, label.strip()))

    def add(self, field: Field, shown: str, source: Source) -> None:
        """Keep what a field shows, if it shows the number of a paragraph or that its target is gone."""
        switches = parse(field.code)[2]
        shown = shown.strip()
        if _ERROR.match(shown):
            self._broken.append((shown, source))
        elif field.words and _NUMBER_SWITCHES & switches.keys():
            number = " ".join(shown.split()[:1]) if "p" in switches else shown  # without “above”
            self._references.append(_Reference(field.words[0], number, source))

    def report(self, report: FindingCollector) -> None:
        """Report the references that show another number than their paragraph has."""
        if self._broken:
            shown, source = self._broken[0]
            times = f" in {len(self._broken)} places" if len(self._broken) > 1 else ""
            message = f"The target of a cross-reference is gone{times}: “{shown[:60]}”."
            report.add(OUTDATED_REFERENCE, source, message, advice=_BROKEN_ADVICE)
        outdated = [
            reference
            for reference in self._references
            if not _is_number(reference.shown, self._numbers.get(reference.bookmark, ""))
        ]
        if not outdated:
            return
        numbers = dict.fromkeys((shown, self._numbers[bookmark].rstrip(".")) for bookmark, shown, _ in outdated)
        pairs = [f"“{shown}” leads to {number}" for shown, number in numbers]
        more = f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
        message = f"Cross-references have other numbers than their paragraphs: {', '.join(pairs[:_SHOWN])}{more}."
        report.add(OUTDATED_REFERENCE, outdated[0].source, message)


def _is_number(shown: str, label: str) -> bool:
    """Return whether a reference shows the number of a paragraph: whole, or without what is the same in both places."""
    parts, own = _tokens(shown), _tokens(label)
    if not all(tokens and _NUMBER.fullmatch(tokens[-1]) for tokens in (parts, own)):
        return True
    return _ends_with(parts, own) or _ends_with(own, parts)


def _tokens(text: str) -> list[str]:
    """Return the numbers and words of a text, the digits of all scripts and capitals and small letters alike."""
    return [str(int(token)) if token.isdecimal() else token.casefold() for token in _TOKEN.findall(text)]


def _ends_with(parts: Sequence[str], end: Sequence[str]) -> bool:
    return list(parts[-len(end) :]) == list(end)
