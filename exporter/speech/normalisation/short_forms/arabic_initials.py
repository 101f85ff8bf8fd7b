"""Initials of persons and letters of items in a script without capitals."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import word_before
from exporter.speech.normalisation.short_forms.short_form import ShortForm

_LETTER = re.compile(r"[ء-ي](?!\w)")
_INITIAL_BEFORE = re.compile(r"(?<!\w)[ء-ي]\.\s?$")
_IN_BRACKETS = re.compile(r"(?<=\()[ء-ي](?:\.\s?[ء-ي]){0,3}(?=ـ?\.?\))|(?<=\d-)[ء-ي](?!\w)|(?<=-)[ء-ي](?=-)")
"""The letter of an item, or initials: الفقرة 17 (ج), المتهم (ق.م), 1-أ, -ب-."""
_INITIALS = re.compile(r"(?<![\w.])[ء-ي]\.(?:\s?[ء-ي]\.)*(?!\w)")
_WORD = re.compile(r"\w+")


def is_initial_of_person(short: ShortForm) -> bool:
    """Return whether an Arabic letter with a full stop is that of a name: السيد م. ع., أحمد م. في."""
    lexicon, text = short.lexicon, short.match.string
    if not lexicon.after_initials or not short.is_letter:
        return False
    if short.is_glued and short.is_before(_LETTER):
        return True  # د.ع
    word, following = word_before(text, short.match.start()), _WORD.match(text, short.match.end())
    # المعتقل د. حسام, a doctor
    is_after_title = short.name != "د." and not lexicon.before_names.isdisjoint({word, word[1:]})
    is_before_clause = following is not None and following[0] in lexicon.after_initials
    return is_after_title or is_before_clause or short.is_after(_INITIAL_BEFORE)


def read_letters(text: str, lexicon: Lexicon) -> str:
    """Read letters by their names, of which voices say the sound only: (ج) as (جيم), أ. ضد هولندا."""
    if not lexicon.proclitics:
        return text
    short_forms = {*lexicon.abbreviations, *lexicon.currencies, *lexicon.named}
    versus = tuple(f" {word} " for word in lexicon.versus.values())

    def read(match: re.Match[str]) -> str:
        return " ".join(lexicon.letters[char] for char in re.findall("[ء-ي]", match[0]))

    def read_initials(match: re.Match[str]) -> str:
        is_party = text.startswith(versus, match.end())
        is_name = match[0] not in short_forms and match[0].count(".") > 1
        return read(match) if is_party or is_name else match[0]

    text = _INITIALS.sub(read_initials, text)
    return _IN_BRACKETS.sub(read, text)
