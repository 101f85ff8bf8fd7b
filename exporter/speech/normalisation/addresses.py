"""Web addresses, email addresses and phone numbers."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:org|com|net|info|edu|gov|gob|int|mx|eu|es|fr|uk|ch)\b(?:/[^\s<>\"”»]*)?"
)
_LONG_PATH = 40
_TELEPHONE = re.compile(r"(?<![\w+])\+(\d{1,3}(?:[\s\u00a0.-]\(?\d{1,5}\)?){2,5})(?![\w-])")


def read_addresses(text: str, lexicon: Lexicon) -> str:
    """Read addresses with their punctuation, without scheme and www; a long path is only mentioned."""
    if not lexicon.url:
        return text

    def read(match: re.Match[str]) -> str:
        whole = match.group()
        address = whole.rstrip(".,;:!?)’'")
        tail = whole[len(address) :]
        address = re.sub(r"^https?://", "", address).removeprefix("www.").rstrip("/")
        host, slash, path = address.partition("/")
        if len(path) > _LONG_PATH:
            return f"{_spell_out(host, lexicon)}, {lexicon.url.get('long', '')}{tail}"
        return _spell_out(host + slash + path, lexicon) + tail

    return _ADDRESS.sub(read, text)


def _spell_out(text: str, lexicon: Lexicon) -> str:
    return " ".join("".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text).split())


def read_telephone_numbers(text: str, lexicon: Lexicon) -> str:
    """Read international phone numbers digit by digit, group by group."""
    plus = lexicon.symbols.get("+")
    if not plus:
        return text

    def read(match: re.Match[str]) -> str:
        return f"{plus} " + ", ".join(" ".join(group) for group in re.findall(r"\d+", match.group(1)))

    return _TELEPHONE.sub(read, text)
