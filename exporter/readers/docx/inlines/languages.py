"""Languages of runs: a run may name three, and its letters decide which one applies (17.3.2.20 lang)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from exporter.inspect.docx.script_letters import COMPLEX_SCRIPTS
from exporter.labels import direction_of
from exporter.model import Direction
from exporter.model.language_tags import language_of_script, script_of
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.styles import CharacterFormat

# Letters of the scripts written from right to left (Unicode UAX #9, classes R and AL).
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
_SHARED = frozenset({"Deva", "Beng"})
"""Scripts of several languages with many readers, so that letters alone do not tell the language."""
_SPECIAL = re.compile(f"[{_RTL}{_EAST}{''.join(COMPLEX_SCRIPTS.values())}]")
_OTHER = rf"(?:(?![{_RTL}{_EAST}])[^\W\d_])"
_SCRIPT_SEGMENT = re.compile(
    rf"[{_RTL}](?:(?:(?!{_OTHER}|[{_EAST}]).)*[{_RTL}])?|[{_EAST}](?:[^{_RTL}]*?[{_EAST}])*|"
    + "|".join(
        rf"(?P<{code}>[{letters}](?:(?:(?![^\W\d_](?<![{letters}])).)*[{letters}])?)"
        for code, letters in COMPLEX_SCRIPTS.items()
    ),
    re.DOTALL,
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
    """Languages of runs, with counts of their letters."""

    def __init__(self, context: ReadContext) -> None:
        self._context = context
        self._counts: Counter[str] = context.languages

    def split(
        self, text: str, effective: CharacterFormat, specific: CharacterFormat
    ) -> Iterator[tuple[str | None, str]]:
        """Split text where the kind of script changes; yield the language of each part.

        Args:
            text: Characters of one run.
            effective: Format of the run, with the defaults of the document.
            specific: Format of the run without them.

        Yields:
            Language and characters; None if only the document has a language, or if there are no letters.
        """
        if self._context.is_word_edition:
            # The Word edition has the language on each run, by the direction of its letters.
            yield (specific.language_bidi if specific.rtl else specific.language), text
            return
        if text.isascii() or not _SPECIAL.search(text):
            yield self._count_letters(text, specific.language), text
            return
        end = 0
        for match in _SCRIPT_SEGMENT.finditer(text):
            if match.start() > end:
                yield self._count_letters(text[end : match.start()], specific.language), text[end : match.start()]
            if match.lastgroup:
                language = _complex(match.lastgroup, specific, effective) or specific.language
                yield self._count_letters(match[0], language), match[0]
            else:
                yield self._script_language(match[0], effective, specific), match[0]
            end = match.end()
        if end < len(text):
            yield self._count_letters(text[end:], specific.language), text[end:]

    def _count_letters(self, text: str, language: str | None) -> str | None:
        letters = len(_LETTER.findall(text)) if len(text) < 40 else len(text) * 4 // 5
        if letters:
            self._counts[language or ""] += letters
        return language

    def _script_language(self, text: str, effective: CharacterFormat, specific: CharacterFormat) -> str | None:
        if specific.language and not specific.language_bidi and direction_of(specific.language) is Direction.RTL:
            # Some programs write it where Word expects the language of other scripts; it outweighs a default.
            effective = msgspec.structs.replace(effective, language_bidi=specific.language)
        language = _bidi(text, effective) if re.match(f"[{_RTL}]", text) else _asian(text, effective)
        self._counts[language or ""] += len(text)
        return language


def is_special(text: str) -> bool:
    """Return whether a text has letters whose language Word does not name with that of Latin ones."""
    return _SPECIAL.search(text) is not None


def natural_direction(text: str) -> Direction | None:
    """Return the direction of the first letter of a text, or None if it has no letters."""
    first = _STRONG.search(text)
    if first is None:
        return None
    return Direction.RTL if _IS_RTL.match(first[0]) else Direction.LTR


def is_left_to_right(text: str) -> bool:
    """Return whether a text begins with a letter that is written to the right, as most of its letters are."""
    letters = _STRONG.findall(text)
    return natural_direction(text) is Direction.LTR and 2 * len(_IS_RTL.findall(text)) < len(letters)


def _bidi(text: str, character_format: CharacterFormat) -> str:
    """Return the language of right-to-left letters: the named one, if it is written in their script."""
    named = character_format.language_bidi or ""
    if not named and character_format.language and direction_of(character_format.language) is Direction.RTL:
        named = character_format.language
    primary = named.partition("-")[0].lower()
    for script, tags, default in (
        (_HEBREW, _HEBREW_TAGS, "he"),
        (_THAANA, frozenset({"dv"}), "dv"),
        (_SYRIAC, frozenset({"syr", "arc"}), "syr"),
    ):
        if script.search(text):
            return named if primary in tags else default
    if named and direction_of(named) is Direction.RTL and primary not in _HEBREW_TAGS:
        return named
    if character_format.language and direction_of(character_format.language) is Direction.RTL:
        return character_format.language
    return "ar"


def _complex(script: str, specific: CharacterFormat, effective: CharacterFormat) -> str | None:
    """Return the language of letters of a complex script, or None if it is unknown."""
    for named in (specific.language_bidi, specific.language, effective.language_bidi, effective.language):
        if named and script_of(named) == script:
            return named
    return None if script in _SHARED else language_of_script(script)


def _asian(text: str, character_format: CharacterFormat) -> str:
    named = next(
        (
            tag
            for tag in (character_format.language_asia, character_format.language)
            if tag and tag.partition("-")[0].lower() in _EASTERN
        ),
        "",
    )
    primary = named.partition("-")[0].lower()
    if _KANA.search(text):
        return named if primary == "ja" else "ja"
    if _HANGUL.search(text):
        return named if primary == "ko" else "ko"
    return named or "zh"
