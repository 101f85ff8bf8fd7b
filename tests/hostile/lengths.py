"""Manuscripts that are merely long: what they take grows with their length, and no faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.hostile.kind import HEAD, PART, Kind, file, markdown


class Length(NamedTuple):
    """Manuscripts of one kind, as long as one likes."""

    manuscript: Callable[[int], str]
    count: int
    """Parts that take some seconds."""

    @property
    def name(self) -> str:
        """The file name."""
        return f"manuscript.{'html' if self.manuscript(0).startswith('<') else 'md'}"

    def kind(self, times: int) -> Kind:
        """Return publications of several times this length."""
        return file(self.name, self.manuscript(self.count * times).encode)._replace(check="warning")


def _page(body: str) -> str:
    return f"<!doctype html><html lang=en><title>A title</title><body><h1>Part</h1><p>Text.</p>{body}"


def _notes(count: int) -> str:
    text = "".join(f"Word {n}.[^{n}]\n\n" for n in range(count))
    return HEAD + PART + text + "".join(f"[^{n}]: Note {n}.\n\n" for n in range(count))


LEAST = Kind(markdown(HEAD + PART), check="warning")
LENGTHS: dict[str, Length] = {
    "notes": Length(_notes, 200),
    "notes-of-one-paragraph": Length(
        lambda count: (
            HEAD
            + PART
            + "".join(f"w[^{n}] " for n in range(count))
            + "\n\n"
            + "".join(f"[^{n}]: N.\n\n" for n in range(count))
        ),
        150,
    ),
    "chapters": Length(lambda count: HEAD + "".join(f"# Heading {n}\n\nText.\n\n" for n in range(count)), 250),
    "sections": Length(lambda count: HEAD + PART + "".join(f"## Heading {n}\n\nText.\n\n" for n in range(count)), 250),
    "paragraphs": Length(lambda count: HEAD + PART + "a\n\n" * count, 1_000),
    "lines": Length(lambda count: HEAD + PART + "a\\\n" * count, 700),
    "words": Length(lambda count: HEAD + PART + "word " * count, 7_000),
    "items": Length(lambda count: HEAD + PART + "- a\n" * count, 600),
    "definitions": Length(lambda count: HEAD + PART + "Term\n: Definition\n\n" * count, 400),
    "rows": Length(lambda count: HEAD + PART + "| A | B |\n|---|---|\n" + "| a | b |\n" * count, 500),
    "columns": Length(
        lambda count: HEAD + PART + "|" + " a |" * count + "\n|" + "---|" * count + "\n|" + " b |" * count + "\n", 250
    ),
    "code": Length(lambda count: HEAD + PART + "```\n" + "x = 1\n" * count + "```\n", 2_500),
    "formulas": Length(lambda count: _page("<p><math><msup><mi>x</mi><mn>2</mn></msup></math> " * count), 300),
    "formula": Length(lambda count: _page(f"<p>a <math>{'<mi>x</mi><mo>+</mo>' * count}<mi>x</mi></math>"), 500),
    "emphasis": Length(lambda count: HEAD + PART + "**a** " * count, 1_500),
    "links": Length(lambda count: _page("<p id=a>a<a href=#a>b</a>" * count), 400),
}
