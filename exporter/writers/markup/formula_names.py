"""Formulas named as they are heard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from exporter.model import Math, MathBlock, Publication


def formulas(publication: Publication, styles: Path) -> Callable[[Math | MathBlock], str]:
    """Return how a formula is said: reading software spells TeX out, backslashes and all (WCAG 1.1.1)."""
    from exporter.speech import formulas
    from exporter.speech.lexicon import Lexicons

    lexicons = Lexicons(styles)

    def say(formula: Math | MathBlock) -> str:
        language = formula.at.language or publication.metadata.language
        # The pause behind a part that has ended is for those who hear more after it.
        return formulas.spoken(formula.mathml, formula.tex, lexicons(language)).rstrip(" ,")

    return say
