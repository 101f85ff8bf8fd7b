"""Words whose letters are set apart by spaces, as in the headings of judgments: D E C I S Ã O."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.short_forms.pronounceability import is_pronounceable

_CAPITAL = "[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ]"
_ROW = re.compile(rf"(?<![\w.,/-][ ])(?<![\w.,/-]){_CAPITAL}(?: {_CAPITAL}){{3,}}(?![\w.,/’'-])")
_ARTICLE = re.compile(r"(?<=[AEO])[AEO]$")
"""An article behind the last letter of a word: V O T O O Senhor."""


def join_spaced_letters(text: str, _lexicon: Lexicon) -> str:
    """Join letters that are set apart to the word that they spell."""

    def read(match: re.Match[str]) -> str:
        word = _ARTICLE.sub(r" \g<0>", match[0].replace(" ", ""))
        return word if is_pronounceable(word.split()[0]) else match[0]

    return _ROW.sub(read, text)
