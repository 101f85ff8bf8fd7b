"""Initials of persons in a script without capitals."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import just_before, word_before

_INITIAL_BEFORE = re.compile(r"(?<!\w)[ء-ي]\.\s?$")
_AFTER_SHORT_NAME = re.compile(
    r"(?:في|من|إلى|على|عن|أن|مع|قبل|بعد|منذ|أمام|لدى|الذي|التي|وهو|وهي|البالغ|البالغة|كان|كانت|قد|لم)(?!\w)"
)
"""What follows the initial of a name that is not given, and no title: أحمد م. في."""


def is_initial(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether an Arabic letter with a full stop is that of a name: السيد م. ع., أحمد م. في."""
    before = just_before(match.string, match.start())
    word = word_before(match.string, match.start())
    # المعتقل د. حسام, a doctor
    is_after_title = match[2] != "د." and not lexicon.before_names.isdisjoint({word, word[1:]})
    if re.compile(r"[ء-ي](?!\w)").match(match.string, match.end()) and not match[0].endswith(" "):
        return True  # د.ع
    return is_after_title or bool(_INITIAL_BEFORE.search(before) or _AFTER_SHORT_NAME.match(match.string, match.end()))
