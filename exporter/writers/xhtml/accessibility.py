"""Accessibility metadata: claims that follow from the contents of the finished documents, and their summary."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.xhtml.inventory import BookInventory


class Claim(msgspec.Struct, frozen=True):
    """One value of a schema.org property and the rule that sets it."""

    property: str
    value: str
    holds: Callable[[BookInventory], bool]
    rule: str
    """The rule in words, for the report and the handbook."""


def _calm(book: BookInventory) -> bool:
    """Return whether there is no sound that could startle: a recording of ours is levelled and limited (EBU R 128)."""
    return not book.sound or book.in_step


CLAIMS = (
    Claim("accessMode", "textual", lambda book: book.text, "there is text"),
    Claim(
        "accessMode",
        "visual",
        lambda book: book.described + book.undescribed > 0,
        "there are pictures that are not decorative, the cover left out",
    ),
    Claim("accessMode", "auditory", lambda book: book.sound, "there is sound"),
    Claim(
        "accessModeSufficient",
        "textual",
        lambda book: book.text and not book.undescribed,
        "there is text, and every picture that is not decorative has an alt text",
    ),
    Claim(
        "accessModeSufficient",
        "textual,visual",
        lambda book: book.text and book.described + book.undescribed > 0,
        "there is text, and there are pictures that are not decorative",
    ),
    Claim(
        "accessModeSufficient",
        "auditory",
        lambda book: book.in_step and not book.undescribed,
        "media overlays speak the text, and every picture that is not decorative has an alt text",
    ),
    Claim(
        "accessibilityFeature",
        "alternativeText",
        lambda book: book.described > 0 and not book.undescribed,
        "there are pictures, and each has an alt text or is marked decorative",
    ),
    Claim("accessibilityFeature", "ARIA", lambda book: book.roles, "roles of ARIA are used in the text"),
    Claim(
        "accessibilityFeature",
        "displayTransformability",
        lambda book: book.text and book.flowing,
        "no style sheet fixes the size or the line height of text",
    ),
    Claim(
        "accessibilityFeature",
        "longDescription",
        lambda book: book.long_descriptions > 0,
        "a picture or table leads to a long description",
    ),
    Claim("accessibilityFeature", "MathML", lambda book: book.formulas > 0, "there is MathML"),
    Claim(
        "accessibilityFeature",
        "pageBreakMarkers",
        lambda book: book.page_markers,
        "the text has marks where pages begin",
    ),
    Claim("accessibilityFeature", "pageNavigation", lambda book: book.page_list, "there is a page list"),
    Claim(
        "accessibilityFeature",
        "readingOrder",
        lambda book: book.text,
        "there is text, whose order in the files is that of the manuscript",
    ),
    Claim("accessibilityFeature", "structuralNavigation", lambda book: book.headings, "there are headings"),
    Claim("accessibilityFeature", "synchronizedAudioText", lambda book: book.in_step, "there are media overlays"),
    Claim("accessibilityFeature", "tableOfContents", lambda book: book.contents, "there is a table of contents"),
    Claim(
        "accessibilityHazard",
        "none",
        lambda book: not book.moving and _calm(book),
        "no picture moves, and there is no sound but a voice, whose loudness is even and limited",
    ),
    Claim(
        "accessibilityHazard",
        "unknownFlashingHazard",
        lambda book: book.moving,
        "a picture moves, and nobody has measured whether it flashes",
    ),
    Claim(
        "accessibilityHazard",
        "unknownMotionSimulationHazard",
        lambda book: book.moving,
        "a picture moves, and nobody has judged how",
    ),
    Claim(
        "accessibilityHazard",
        "noFlashingHazard",
        lambda book: not book.moving and not _calm(book),
        "there is sound besides a voice, and no picture moves",
    ),
    Claim(
        "accessibilityHazard",
        "noMotionSimulationHazard",
        lambda book: not book.moving and not _calm(book),
        "there is sound besides a voice, and no picture moves",
    ),
    Claim(
        "accessibilityHazard",
        "noSoundHazard",
        lambda book: book.moving and _calm(book),
        "a picture moves, and there is no sound but a voice, whose loudness is even and limited",
    ),
    Claim(
        "accessibilityHazard",
        "unknownSoundHazard",
        lambda book: not _calm(book),
        "there is sound besides a voice, and nobody has judged how loud or sudden it is",
    ),
)
"""Every schema.org property that we may set, in the order in which they stand (EPUB Accessibility 1.1, 3)."""


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of the accessibility summary."""

    label: str
    """Key of the label file; its `{count}` is filled with what `count` gives."""
    count: Callable[[BookInventory], int]
    """The sentence stands when this is not 0."""


SUMMARY = (
    Sentence("epub.summary_text", lambda book: int(book.text and not book.undescribed)),
    Sentence("epub.summary_described", lambda book: book.described),
    Sentence("epub.summary_undescribed", lambda book: book.undescribed),
    Sentence("epub.summary_long", lambda book: book.long_descriptions),
    Sentence("epub.summary_formulas", lambda book: book.formulas),
    Sentence("epub.summary_moving", lambda book: int(book.moving)),
    Sentence("epub.summary_pages", lambda book: int(book.page_list)),
    Sentence("epub.summary_no_pages", lambda book: int(not book.page_list)),
    Sentence("epub.summary_voice", lambda book: int(book.in_step)),
    Sentence("epub.summary_no_voice", lambda book: int(not book.in_step)),
)
"""The accessibility summary, strengths and known gaps; who has certified it follows."""


def certified(metadata: Metadata, book: BookInventory) -> bool:
    """Whether conformance may be claimed: somebody confirms it by name, and nothing that we can see belies it."""
    return bool(metadata.certifier) and not book.undescribed and book.flowing and book.contents


def summary(metadata: Metadata, book: BookInventory, labels: Labels) -> str:
    """Return the accessibility summary in the language of the labels."""
    sentences = [labels(sentence.label, count=number) for sentence in SUMMARY if (number := sentence.count(book)) != 0]
    last = "epub.summary_certified" if certified(metadata, book) else "epub.summary_uncertified"
    return " ".join((*sentences, labels(last, certifier=metadata.certifier)))
