"""Nouns for women and men with both endings: niños/as, un/a, trabajador/a."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_PAIR = re.compile(r"(?<![\w/.])([^\W\d_]+)/(as?|os?)(?![\w/])")
_UNACCENTED = str.maketrans("áéó", "aeo")


def read_paired_endings(text: str, lexicon: Lexicon) -> str:
    """Read both forms of a word, if its language has such endings: niños y niñas, un o una."""
    either = lexicon.agreement.either
    if not either or "/" not in text:
        return text

    def read(match: re.Match[str]) -> str:
        word, ending = match.groups()
        other = _other_form(word, ending)
        return f"{word} {lexicon.symbols['&'] if ending.endswith('s') else either} {other}" if other else match.group()

    return _PAIR.sub(read, text)


def _other_form(word: str, ending: str) -> str:
    """Return a word with another ending; empty if it is no noun or article."""
    vowel = "a" if ending.startswith("o") else "oe"
    if ending.endswith("s"):
        return f"{word[:-2]}{ending}" if word.endswith("s") and word[-2:-1] in vowel and len(word) > 2 else ""
    if word[-1] in vowel and len(word) > 2:
        return f"{word[:-1]}{ending}"
    is_masculine = ending == "a" and word[-1] in "lnrsz" and len(word) > 1
    return f"{word[:-2]}{word[-2:].translate(_UNACCENTED)}{ending}" if is_masculine else ""
