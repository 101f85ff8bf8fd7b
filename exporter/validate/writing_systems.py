"""Scripts of languages, and passages in a script that their language is not written in (ISO 15924; WCAG 3.1.2)."""

from __future__ import annotations

import unicodedata
from functools import cache

MIN_LETTERS = 4
"""Consecutive letters of one script that make a passage."""
_BY_NAME = {
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "HANGUL": "Hang",
    "THAI": "Thai",
    "DEVANAGARI": "Deva",
    "CJK": "Hani",
}
"""Scripts by the first word of the Unicode names of their letters."""
_WRITTEN_WITH = {
    "Jpan": {"Kana", "Hani"},
    "Kore": {"Hang", "Hani"},
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Aran": {"Arab"},
}
_ALSO = {
    **{"grc": "Grek", "hbo": "Hebr", "arc": "Hebr Syrc", "lad": "Latn", "cu": "Glag", "sa": "Latn", "yi": "Latn"},
    **{"sr": "Latn", "bs": "Cyrl", "sh": "Latn Cyrl", "mn": "Mong", "iu": "Latn", "tt": "Latn", "crh": "Latn"},
    **{"az": "Cyrl Arab", "uz": "Cyrl Arab", "ku": "Cyrl Arab", "tk": "Cyrl Arab", "kk": "Latn Arab", "tg": "Latn"},
    **{"ky": "Latn Arab", "ug": "Latn Cyrl", "dng": "Cyrl", "ha": "Arab", "ms": "Arab", "sw": "Arab", "so": "Arab"},
    **{"pa": "Arab", "sd": "Deva", "ks": "Deva", "ain": "Kana", "lzh": "Hani", "akk": "Latn", "egy": "Latn"},
}
"""Scripts of languages that are written in several, or whose texts are printed in another than their own."""


@cache
def scripts(tag: str) -> frozenset[str]:
    """Return the scripts that a language is usually written in (ISO 15924); none if they are unknown."""
    import langcodes

    try:
        language = langcodes.Language.get(tag)
    except ValueError:
        return frozenset()
    likely = language.maximize()
    # For a language that is not in its list, langcodes takes that of English.
    is_known = language.script or language.language == "en" or (likely.script, likely.territory) != ("Latn", "US")
    also = "" if language.script else _ALSO.get(language.language or "", "")
    own = {likely.script} if is_known and likely.script else set()
    return frozenset(own | set(also.split()) | {other for script in own for other in _WRITTEN_WITH.get(script, ())})


def other_script(text: str, language: str) -> str:
    """Return the script of a passage in which the language is not written; empty if there is none."""
    if text.isascii():
        return ""
    expected = scripts(language)
    count, last = 0, ""
    for letter in text:
        if not letter.isalpha():
            continue
        name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        count = count + 1 if name == last else 1
        last = name
        if count >= MIN_LETTERS and name in _BY_NAME and expected and _BY_NAME[name] not in expected:
            return name
    return ""
