"""Nouns for women and men with both endings: niños/as, un/a, trabajador/a."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_PAIR = re.compile(r"(?<![\w/.])([^\W\d_]+)/(as?|os?)(?![\w/])")
_UNACCENTED = str.maketrans("áéíóú", "aeiou")
_PLURAL = re.compile(r"(?i:.+[oa]s|.*(?:[dstñ]or|ent|jef)es)")
_SINGULAR = re.compile(r"(?i:..+[oa]|.*(?:ent|jef)e)")
_CONSONANT = re.compile(r"(?i:un|.*(?:[dstñ]or|[áéíóú][ns]|juez))")
"""Masculine words to which the ending of feminine ones is added, and not menor/a."""


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
    if ending.endswith("s"):
        return f"{word[:-2]}{ending}" if _PLURAL.fullmatch(word) and word[-2] != ending[0] else ""
    if _SINGULAR.fullmatch(word) and word[-1] != ending:
        return f"{word[:-1]}{ending}"
    is_masculine = ending == "a" and _CONSONANT.fullmatch(word)
    return f"{word[:-2]}{word[-2:].translate(_UNACCENTED)}{ending}" if is_masculine else ""
