"""What several rules look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

NUMBER = r"\d+(?:[.,٬٫\u00a0\u202f]\d+)*"
ALONE_BEFORE = r"(?<![\w.,/–-])"
ALONE_AFTER = r"(?![\w/–-]|[.,]\d)"


@lru_cache(maxsize=64)
def alternatives(keys: Iterable[str]) -> str:
    """Return a pattern for any of the keys, the longest first; empty when there are none."""
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))


def replace(text: str, table: Mapping[str, str], before: str, after: str) -> str:
    """Put what a table says in place of its keys, where they stand between `before` and `after` (patterns)."""
    pattern = alternatives(tuple(table))
    return re.sub(f"{before}(?:{pattern}){after}", lambda match: table[match.group()], text) if pattern else text


def counted(forms: str, amount: str, language: str) -> str:
    """Give the form that goes with an amount: one, a bar, many; or one, few, many, where few also goes with fractions.

    An empty amount is one that is given in thousands or millions.
    """
    from babel import Locale

    parts = forms.split("|")
    if len(parts) < 3 or not amount:
        return parts[0] if amount == "1" else parts[-1]
    if re.search(r"[.,]", amount):
        return parts[1]
    category = Locale.parse(language.replace("-", "_")).plural_form(int(re.sub(r"\D", "", amount)))
    return {"one": parts[0], "few": parts[1]}.get(category, parts[2])
