"""Addresses of pages and of people, and numbers of telephones."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:org|com|net|info|edu|gov|gob|int|mx|eu|es|fr|uk|ch)\b(?:/[^\s<>\"”»]*)?"
)
_LONG_PATH = 40
_TELEPHONE = re.compile(r"(?<![\w+])\+(\d{1,3}(?:[\s\u00a0.-]\(?\d{1,5}\)?){2,5})(?![\w-])")


def addresses(text: str, lexicon: Lexicon) -> str:
    """Read addresses sign by sign, without what begins them all; of a long path only that there is one."""
    if not lexicon.url:
        return text

    def read(match: re.Match[str]) -> str:
        whole = match.group()
        address = whole.rstrip(".,;:!?)’'")
        tail = whole[len(address) :]
        address = re.sub(r"^https?://", "", address).removeprefix("www.").rstrip("/")
        host, slash, path = address.partition("/")
        if len(path) > _LONG_PATH:
            return f"{_spell_signs(host, lexicon)}, {lexicon.url.get('long', '')}{tail}"
        return _spell_signs(host + slash + path, lexicon) + tail

    return _ADDRESS.sub(read, text)


def _spell_signs(text: str, lexicon: Lexicon) -> str:
    return " ".join("".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text).split())


def telephones(text: str, lexicon: Lexicon) -> str:
    """Read international numbers of telephones figure by figure, group by group."""
    plus = lexicon.symbols.get("+")
    if not plus:
        return text

    def read(match: re.Match[str]) -> str:
        return f"{plus} " + ", ".join(" ".join(group) for group in re.findall(r"\d+", match.group(1)))

    return _TELEPHONE.sub(read, text)
