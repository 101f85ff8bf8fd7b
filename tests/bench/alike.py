"""Words made alike before what was said and what was heard are compared; both sides go the same way.

A figure is what it is read as, in either spelling of English; letters said one by one are one word; marks and accents
have no sound.
"""

from __future__ import annotations

import re
import unicodedata

from exporter.lexicon import Lexicon
from exporter.speech.normalise import normalise

_BRITISH = (
    (re.compile(r"(?<=\w\w)is(e|ed|er|ers|es|ing|ation|ations)\b"), r"iz\1"),
    (re.compile(r"(?<=\w\w)our(s|ed|ing|able|ful|ite|ites)?\b"), r"or\1"),
    (re.compile(r"(?<=\w)tre(s|d)?\b"), r"ter\1"),
    (re.compile(r"(?<=\w)ll(ed|ing|er|ers)\b"), r"l\1"),
    (re.compile(r"(?<=\w)ence(s?)\b"), r"ense\1"),
    (re.compile(r"\bper cent\b"), "percent"),
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


def words(text: str, lexicon: Lexicon) -> list[str]:
    """Return the words of a text, said or heard, in a form in which only what sounds different differs."""
    language = lexicon.language.partition("-")[0]
    said = normalise(text.translate(_APOSTROPHES), lexicon).casefold()
    # In English and Spanish a mark between figures is a point or parts thousands; the lexicon has read the first.
    said = re.sub(r"(?<=\d)[,. ](?=\d{3}\b)", "", said)
    said = re.sub(r"\d+(?:st|nd|rd|th)?", lambda found: f" {_number(found.group(), language)} ", said)
    said = "".join(char if char.isalnum() or char == "'" else " " for char in said).replace("'", "")
    said = " ".join(said.split())
    if language == "en":
        for pattern, instead in _BRITISH:
            said = pattern.sub(instead, said)
    said = "".join(char for char in unicodedata.normalize("NFD", said) if unicodedata.category(char) != "Mn")
    # U N is what is heard of UN.
    return re.sub(r"\b(?:\w ){1,}\w\b", lambda found: found.group().replace(" ", ""), said).split()


def _number(figures: str, language: str) -> str:
    from num2words import num2words

    digits = figures.rstrip("sthndr")
    if len(digits) > 15:
        return " ".join(num2words(int(each), lang=language) for each in digits)
    kind = "cardinal" if digits == figures else "ordinal"
    return str(num2words(int(digits), lang=language, to=kind)).replace("-", " ").replace(" and ", " ")
