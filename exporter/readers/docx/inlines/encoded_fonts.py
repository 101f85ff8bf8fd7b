"""Fonts with an encoding of their own, from before Unicode: their text is letters of another script in other fonts."""

from __future__ import annotations

import re
from functools import lru_cache

_FONTS = re.compile(
    # Nepali and Hindi
    r"preeti|kantipur|pcs nepali|himal[bi]|fontasy himali|sagarmatha|kruti ?dev|devlys|shusha|walkman-chanakya|dvb?-tt|"
    # Bengali, Punjabi, Gujarati
    r"sutonny(?!o)\w*mj|sutonnymj|anmollipi|gurbaniakhar|drchatrik|lmg-|shree-|"
    # Tamil, Sinhala
    r"ba+mini|vanavil|tsc(?:u|ii|-)|fmabhaya|fm-?(?:bindumathi|malithi|ganganee|emanee)|dl-manel|kaputa|"
    # Khmer, Burmese
    r"limon|zawgyi|win ?innwa|winresearcher|wwin_burmese|"
    # Amharic, Armenian, Georgian
    r"power ?geez|visual ?geez|ge'?ez-1|(?:arial|times) armenian|artarumian|acad ?(?:nusx|mtavr)|litnusx",
    re.IGNORECASE,
)
_VIETNAMESE = re.compile(r"vni-|\.vn", re.IGNORECASE)
"""Their plain letters are those of other fonts; those with accents are not."""
_LETTERS = re.compile(r"[A-Za-z\xa1-\xff\u1000-\u109f]")
_ACCENTED = re.compile(r"[\xa1-\xff]")


@lru_cache(maxsize=1024)
def _letters_of(font: str) -> re.Pattern[str] | None:
    """Return the letters that mean something else in a font, or None if there are none."""
    return _LETTERS if _FONTS.match(font) else _ACCENTED if _VIETNAMESE.match(font) else None


def is_encoded(text: str, font: str | None) -> bool:
    """Return whether a text means something else in its font than its characters are."""
    letters = _letters_of(font) if font else None
    return letters is not None and letters.search(text) is not None
