"""Accessibility metadata: claims that follow from the contents of the finished documents, and their summary."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from exporter.labels import Labels
from exporter.model import Metadata
from exporter.writers.xhtml.inventory import BookInventory


class Claim(msgspec.Struct, frozen=True):
    """A value of a schema.org property and its condition."""

    property: str
    value: str
    holds: Callable[[BookInventory], bool]
    rule: str
    """The condition in words, for the report and the handbook."""


def _calm(book: BookInventory) -> bool:
    """Return whether no sound could startle; the loudness of a recording is normalised and limited (EBU R 128)."""
    return not book.sound or book.in_step


CLAIMS = (
    Claim("accessMode", "textual", lambda book: book.text, "there is text"),
    Claim(
        "accessMode",
        "visual",
        lambda book: book.described + book.undescribed > 0,
        "there are images that are not decorative, without the cover",
    ),
    Claim("accessMode", "auditory", lambda book: book.sound, "there is sound"),
    Claim(
        "accessModeSufficient",
        "textual",
        lambda book: book.text and not book.undescribed,
        "there is text, and every image that is not decorative has an alt text",
    ),
    Claim(
        "accessModeSufficient",
        "textual,visual",
        lambda book: book.text and book.described + book.undescribed > 0,
        "there is text, and there are images that are not decorative",
    ),
    Claim(
        "accessModeSufficient",
        "auditory",
        lambda book: book.in_step and not book.undescribed,
        "media overlays read the text, and every image that is not decorative has an alt text",
    ),
    Claim(
        "accessibilityFeature",
        "alternativeText",
        lambda book: book.described > 0 and not book.undescribed,
        "there are images, and each has an alt text or is marked as decorative",
    ),
    Claim("accessibilityFeature", "ARIA", lambda book: book.roles, "the text has ARIA roles"),
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
        "an image or table has a long description",
    ),
    Claim("accessibilityFeature", "MathML", lambda book: book.formulas > 0, "there is MathML"),
    Claim(
        "accessibilityFeature",
        "pageBreakMarkers",
        lambda book: book.page_markers,
        "the text has page break markers",
    ),
    Claim("accessibilityFeature", "pageNavigation", lambda book: book.page_list, "there is a page list"),
    Claim(
        "accessibilityFeature",
        "readingOrder",
        lambda book: book.text,
        "there is text, in the order of the manuscript",
    ),
    Claim("accessibilityFeature", "structuralNavigation", lambda book: book.headings, "there are headings"),
    Claim("accessibilityFeature", "synchronizedAudioText", lambda book: book.in_step, "there are media overlays"),
    Claim("accessibilityFeature", "tableOfContents", lambda book: book.contents, "there is a table of contents"),
    Claim(
        "accessibilityHazard",
        "none",
        lambda book: not book.moving and _calm(book),
        "no image is animated, and there is no sound but a voice, whose loudness is normalised and limited",
    ),
    Claim(
        "accessibilityHazard",
        "unknownFlashingHazard",
        lambda book: book.moving,
        "an image is animated, and was not measured for flashes",
    ),
    Claim(
        "accessibilityHazard",
        "unknownMotionSimulationHazard",
        lambda book: book.moving,
        "an image is animated, and its motion was not assessed",
    ),
    Claim(
        "accessibilityHazard",
        "noFlashingHazard",
        lambda book: not book.moving and not _calm(book),
        "there is sound besides a voice, and no image is animated",
    ),
    Claim(
        "accessibilityHazard",
        "noMotionSimulationHazard",
        lambda book: not book.moving and not _calm(book),
        "there is sound besides a voice, and no image is animated",
    ),
    Claim(
        "accessibilityHazard",
        "noSoundHazard",
        lambda book: book.moving and _calm(book),
        "an image is animated, and there is no sound but a voice, whose loudness is normalised and limited",
    ),
    Claim(
        "accessibilityHazard",
        "unknownSoundHazard",
        lambda book: not _calm(book),
        "there is sound besides a voice, and its loudness was not assessed",
    ),
)
"""All schema.org properties that can be set, in their order (EPUB Accessibility 1.1, 3)."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of the accessibility summary."""

    label: str
    """Key of the label; its `{count}` is the result of `count`."""
    count: Callable[[BookInventory], int]
    """Number that the sentence states; with 0 it is left out."""


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
"""Sentences of the accessibility summary, strengths and known gaps; that about the certifier follows."""


def certified(metadata: Metadata, book: BookInventory) -> bool:
    """Return whether conformance may be claimed: it has a named certifier, and the contents do not contradict it."""
    return bool(metadata.certifier) and not book.undescribed and book.flowing and book.contents


def summary(metadata: Metadata, book: BookInventory, labels: Labels) -> str:
    """Return the accessibility summary in the language of the labels."""
    sentences = [labels(sentence.label, count=number) for sentence in SUMMARY if (number := sentence.count(book)) != 0]
    last = "epub.summary_certified" if certified(metadata, book) else "epub.summary_uncertified"
    return " ".join((*sentences, labels(last, certifier=metadata.certifier)))
