"""An abbreviation in a text, with what is around it, and what several rules ask about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import just_before, look_up, sentence_end

_INITIAL = re.compile(r"[^\W\d_]\.")
_WORD_BEFORE = re.compile(r"(\w+)\s$")


@dataclass(frozen=True)
class ShortForm:
    """An abbreviation of a table of the lexicon, in a text."""

    match: re.Match[str]
    """Its first group is the abbreviation; it ends before what the rule asks to follow."""
    table: Mapping[str, str]
    lexicon: Lexicon

    @cached_property
    def name(self) -> str:
        """The abbreviation as it is written."""
        return self.match[1]

    @cached_property
    def before(self) -> str:
        """The end of the text before it."""
        return just_before(self.match.string, self.match.start())

    @cached_property
    def word_before(self) -> str:
        """The word or number directly before it, on which its case depends; empty if there is none."""
        word = _WORD_BEFORE.search(self.before)
        return word[1] if word else ""

    @property
    def is_glued(self) -> bool:
        """Whether no space stands between it and what follows: s3, C.1."""
        return not self.match[0][-1].isspace()

    @property
    def is_letter(self) -> bool:
        """Whether it is one letter with a full stop, as initials of names are."""
        return len(self.name) == 2 and self.name[1] == "."

    @property
    def is_capital(self) -> bool:
        """Whether it is a capital with one other character."""
        return len(self.name) == 2 and self.name[0].isupper()

    @property
    def sentence_end(self) -> str:
        """The full stop of the sentence, if its own one is that, too."""
        return sentence_end(self.match)

    @property
    def entry(self) -> str:
        """What the table has for it: its full form, or several of them."""
        return look_up(self.table, self.name)

    def is_before(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches what follows."""
        return pattern.match(self.match.string, self.match.end()) is not None

    def is_after(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches the end of what is before it."""
        return pattern.search(self.before) is not None


def is_before_initial(short: ShortForm) -> bool:
    """Return whether it is an initial before another one: N. A. Smith."""
    return short.is_letter and short.is_before(_INITIAL)
