"""Identifiers: ISBN, ISSN and UUID."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_STANDARD = re.compile(r"\b(ISBN|ISSN)(?:-1[03])?(:?\s?)(\d[\dX -]{7,16}[\dX])(?![\w-])")
_UUID = re.compile(r"\b(?:urn:)?(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)


def read_identifiers(text: str, lexicon: Lexicon) -> str:
    """Read ISBN and ISSN digit by digit, and a UUID as the word for an identifier."""
    text = _STANDARD.sub(lambda match: f"{match.group(1)}{match.group(2) or ' '}{_figures(match.group(3))}", text)
    name = lexicon.url.get("identifier")
    return _UUID.sub(name, text) if name else text


def _figures(number: str) -> str:
    return ", ".join(" ".join(group) for group in re.split(r"[ -]+", number))
