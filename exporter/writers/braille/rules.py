"""Rules for what braille cannot represent."""

from __future__ import annotations

from exporter.findings import Rule, Severity

CHARACTER = Rule(
    "braille-character",
    Severity.WARNING,
    "The braille code has cells for every character.",
    "Use another character or a word, or tell the readers of the braille edition what it stands for.",
)
LANGUAGE = Rule(
    "braille-language",
    Severity.WARNING,
    "Every passage is in the braille code of its language.",
    "Check that the language is marked correctly; a transcriber can write the passage in its own code.",
    "WCAG 3.1.2",
)
FORMULA = Rule(
    "braille-formula",
    Severity.WARNING,
    "Formulas are in the braille code for mathematics.",
    "Readers who calculate need the formulas transcribed by hand, or the EPUB or Word edition.",
)
