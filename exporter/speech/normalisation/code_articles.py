"""Articles of French codes: their hyphens are no range."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives

_PARTS = re.compile(r"\d+(?:-\d+)+")


def read_code_articles(text: str, lexicon: Lexicon) -> str:
    """Read the hyphens of articles of a code with their name: articles 222-34 à 222-40, and not articles 5-7."""
    dash = lexicon.url.get("-")
    if "p. 100" not in lexicon.units or not lexicon.code_letters or not dash or "-" not in text:
        return text
    letter = rf"(?<!\w)[{lexicon.code_letters}]\."
    article = rf"(?:{letter}\s?)?\d+(?:-\d+)*"

    def read(match: re.Match[str]) -> str:
        row = [tuple(map(int, parts.split("-"))) for parts in _PARTS.findall(match.group())]
        is_code = re.search(letter, match.group()) or any(len(parts) > 2 or parts[0] >= parts[1] for parts in row)
        return re.sub(r"(?<=\d)-(?=\d)", f" {dash} ", match.group()) if is_code else match.group()

    joints = rf"(?:,\s(?:et\s)?|\s(?:et|ou|à|{lexicon.range_word})\s)(?:(?:de\s)?l[’'])?(?:article\s)?"
    start = rf"(?:(?<!\w)(?i:{alternatives(lexicon.articles)})\s|(?={letter}))"
    return re.sub(rf"{start}{article}(?:{joints}{article})*(?![\w–-])", read, text)
