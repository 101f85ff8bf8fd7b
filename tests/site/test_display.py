"""What W3C's guide shows of the metadata of an EPUB, in its own sentences."""

from __future__ import annotations

import pytest

from exporter.labels import Labels
from exporter.site.display import statements
from exporter.site.entry import Accessibility
from tests.site.entries import STYLES
from tests.write_context import LANGUAGES

WHOLE = Accessibility(
    modes=("textual", "visual", "auditory"),
    sufficient=(("textual",), ("textual", "visual")),
    features=(
        *("displayTransformability", "alternativeText", "synchronizedAudioText", "tableOfContents"),
        *("structuralNavigation", "pageNavigation", "MathML", "longDescription", "ARIA", "pageBreakMarkers"),
    ),
    hazards=("none",),
    summary="All of it is text.",
    conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
)


def shown(claims: Accessibility, language: str = "en") -> dict[str, tuple[str, ...]]:
    return dict(statements(claims, Labels.load(STYLES, language)))


def test_each_field_has_the_sentences_of_the_guide() -> None:
    assert shown(WHOLE) == {
        "Ways of reading": (
            "Appearance can be modified",
            "Readable in read aloud or dynamic braille",
            "Has alternative text",
            "Prerecorded audio synchronized with text",
        ),
        "Navigation": ("Table of contents", "Headings", "Go to page"),
        "Rich content": (
            "Math as MathML",
            "Information-rich images are described by extended descriptions",
        ),
        "Hazards": ("No hazards",),
        "Conformance": ("This publication meets accepted accessibility standards",),
        "Additional accessibility information": ("ARIA roles included", "Page breaks included"),
        "Accessibility summary": ("All of it is text.",),
    }


def test_nothing_is_said_to_be_so_that_the_metadata_do_not_state() -> None:
    assert shown(Accessibility(modes=("textual",), hazards=("unknownFlashingHazard", "noSoundHazard"))) == {
        "Ways of reading": (
            "No information about appearance modifiability is available",
            "Not fully readable in read aloud or dynamic braille",
        ),
        "Navigation": ("No information is available",),
        "Hazards": ("The presence of hazards is unknown",),
        "Conformance": ("No information is available",),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_as_much(language: str) -> None:
    assert [len(sentences) for sentences in shown(WHOLE, language).values()] == [4, 3, 2, 1, 1, 2, 1]
