"""Law reviews and reports with year, volume and page, as judgments are cited: D. 2005. 123, Rev. crit. DIP 1996.543."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.patterns import WORD_START, alternatives

_SECTION = r"(?:(?:AJ|IR|[Aa]ctu|[Cc]hron|[Dd]oct|[Jj]ur|[Pp]an|[Ss]omm)\.?\s)?"
"""The section of a review before its page: D. 2008. AJ 955, D. 2005. Somm. 123."""
_PAGE = rf"{_SECTION}(?:\d+|[IVX]+)"
_YEAR = r"(?:1[89]|20)\d\d"
_REST = re.compile(rf"\s{_PAGE}(?![\w’'])")
_REST_AFTER_NAME = re.compile(rf"\s{_YEAR}(?!\w)")
_SWISS_VOLUME = re.compile(r"(?<=\d\d\s)[IV](?=[ab]?\s\d)")
"""The part of a volume of Swiss judgments: ATF 120 Ia 31."""
_LONGEST = 60


def is_in_review(sentence: str, rest: str, lexicon: Lexicon) -> bool:
    """Return whether a full stop stands between the name of a review, its year, its volume and its page."""
    names = alternatives(lexicon.review_names)
    if not names:
        return False
    tail = sentence[-_LONGEST:]
    year = rf"(?<!\w)(?:{names})\.?,?\s{_YEAR}(?:\.\s?{_PAGE})*$"
    if re.search(year, tail):
        return _REST.match(rest) is not None
    return _REST_AFTER_NAME.match(rest) is not None and re.search(rf"(?<!\w)(?:{names})$", tail) is not None


def read_reviews(text: str, lexicon: Lexicon) -> str:
    """Read the names of reviews, and the full stops between year, volume and page as commas."""
    names = alternatives(lexicon.review_names)
    if not names:
        return text

    def read(match: re.Match[str]) -> str:
        year, *pages = re.split(r"\.\s?(?=[^\W_])", match[2])
        spoken = (str(roman_value(page) or page) if page.isupper() else page for page in pages)
        return ", ".join((f"{_full_name(match[1], lexicon)} {year}", *spoken))

    page = rf"{_YEAR}(?:\.\s?{_PAGE})+"
    text = re.sub(rf"{WORD_START}({names})\.?,?\s({page})(?![\w’'])", read, text)
    several = tuple(name for name in lexicon.reviews if "." in name[:-1] or " " in name)
    return re.sub(rf"{WORD_START}(?:{alternatives(several)})(?!\w)", lambda match: lexicon.reviews[match[0]], text)


def read_volumes(text: str, lexicon: Lexicon) -> str:
    """Read the single Roman number in a reference to Swiss judgments: ATF 142 I 455."""
    return _SWISS_VOLUME.sub(lambda match: str(roman_value(match[0])), text) if lexicon.reviews else text


def _full_name(name: str, lexicon: Lexicon) -> str:
    """Return the full name of a review that is written with or without its last full stop."""
    return lexicon.reviews.get(f"{name}.", lexicon.reviews.get(name, name))
