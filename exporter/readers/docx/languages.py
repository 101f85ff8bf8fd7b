"""In which language words are: a run may name three, and its letters decide which one counts (17.3.2.20 lang)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from exporter.labels import direction_of
from exporter.model import Direction
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.styles import CharacterFormat

# Letters of the scripts written from right to left (Unicode UAX #9, classes R and AL).
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
_SPECIAL = re.compile(f"[{_RTL}{_EAST}]")
_OTHER = rf"(?:(?![{_RTL}{_EAST}])[^\W\d_])"
_PASSAGE = re.compile(
    rf"[{_RTL}](?:(?:(?!{_OTHER}|[{_EAST}]).)*[{_RTL}])?|[{_EAST}](?:[^{_RTL}]*?[{_EAST}])*", re.DOTALL
)
_LETTER = re.compile(r"[^\W\d_]")
_STRONG = re.compile(f"[{_RTL}]|[^\\W\\d_]")
_IS_RTL = re.compile(f"[{_RTL}]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_THAANA = re.compile("[\u0780-\u07bf]")
_SYRIAC = re.compile("[\u0700-\u074f]")
_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HEBREW_TAGS = frozenset({"he", "iw", "yi", "ji"})
_EASTERN = frozenset({"zh", "ja", "ko", "yue", "cmn", "ii"})


class Languages:
    """Finds the languages of runs and counts their letters."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context
        self._counts: Counter[str] = context.languages

    def split(self, text: str, words: CharacterFormat, said: CharacterFormat) -> Iterator[tuple[str | None, str]]:
        """Cut text where the kind of its script changes; give the language of each part.

        Args:
            text: Characters of one run.
            words: The run, with what the whole document says.
            said: The run without that.

        Yields:
            Language and characters; None where only the document as a whole has a language, or where there are no
            letters.
        """
        if self._context.own:
            # Our own writer says it for each run, by the direction of its letters.
            yield (said.language_bidi if said.rtl else said.language), text
            return
        if text.isascii() or not _SPECIAL.search(text):
            yield self._count_letters(text, said.language), text
            return
        end = 0
        for match in _PASSAGE.finditer(text):
            if match.start() > end:
                yield self._count_letters(text[end : match.start()], said.language), text[end : match.start()]
            yield self._script_language(match[0], words, said), match[0]
            end = match.end()
        if end < len(text):
            yield self._count_letters(text[end:], said.language), text[end:]

    def _count_letters(self, text: str, language: str | None) -> str | None:
        letters = len(_LETTER.findall(text)) if len(text) < 40 else len(text) * 4 // 5
        if letters:
            self._counts[language or ""] += letters
        return language

    def _script_language(self, text: str, words: CharacterFormat, said: CharacterFormat) -> str | None:
        if said.language and not said.language_bidi and direction_of(said.language) is Direction.RTL:
            # Some programs say it where Word looks for the language of other scripts; a default says less.
            words = msgspec.structs.replace(words, language_bidi=said.language)
        found = _bidi(text, words) if re.match(f"[{_RTL}]", text) else _asian(text, words)
        self._counts[found or ""] += len(text)
        return found


def natural_direction(text: str) -> Direction | None:
    """Return the direction in which the first letters of a text run; None where it has no letters."""
    first = _STRONG.search(text)
    if first is None:
        return None
    return Direction.RTL if _IS_RTL.match(first[0]) else Direction.LTR


def _bidi(text: str, words: CharacterFormat) -> str:
    """Return the language of letters written from right to left; the one that is named must be written in them."""
    named = words.language_bidi or ""
    if not named and words.language and direction_of(words.language) is Direction.RTL:
        named = words.language
    primary = named.partition("-")[0].lower()
    for script, tags, usual in (
        (_HEBREW, _HEBREW_TAGS, "he"),
        (_THAANA, frozenset({"dv"}), "dv"),
        (_SYRIAC, frozenset({"syr", "arc"}), "syr"),
    ):
        if script.search(text):
            return named if primary in tags else usual
    if named and direction_of(named) is Direction.RTL and primary not in _HEBREW_TAGS:
        return named
    if words.language and direction_of(words.language) is Direction.RTL:
        return words.language
    return "ar"


def _asian(text: str, words: CharacterFormat) -> str:
    named = next(
        (tag for tag in (words.language_asia, words.language) if tag and tag.partition("-")[0].lower() in _EASTERN),
        "",
    )
    primary = named.partition("-")[0].lower()
    if _KANA.search(text):
        return named if primary == "ja" else "ja"
    if _HANGUL.search(text):
        return named if primary == "ko" else "ko"
    return named or "zh"
