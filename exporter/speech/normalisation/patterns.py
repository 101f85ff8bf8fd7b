"""Patterns shared by several rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

NUMBER = r"\d+(?:[.,٬٫\u00a0\u202f]\d+)*"
ALONE_BEFORE = r"(?<![\w.,/–-])"
ALONE_AFTER = r"(?![\w/–-]|[.,]\d)"


@lru_cache(maxsize=64)
def alternatives(keys: Iterable[str]) -> str:
    """Return a pattern for any of the keys, the longest first; empty if there are none."""
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def replace(text: str, table: Mapping[str, str], before: str, after: str) -> str:
    """Replace the keys of a table by its values, between the patterns `before` and `after`."""
    pattern = alternatives(tuple(table))
    return re.sub(f"{before}(?:{pattern}){after}", lambda match: table[match.group()], text) if pattern else text


def inflect(forms: str, number: str, language: str) -> str:
    """Return the plural form for a number, from `one|many` or `one|few|many`; few is also the form for fractions.

    The number is empty if it is given in thousands or millions.
    """
    from babel import Locale

    parts = forms.split("|")
    if len(parts) < 3 or not number:
        return parts[0] if number == "1" else parts[-1]
    if re.search(r"[.,]", number):
        return parts[1]
    category = Locale.parse(language.replace("-", "_")).plural_form(int(re.sub(r"\D", "", number)))
    return {"one": parts[0], "few": parts[1]}.get(category, parts[2])
