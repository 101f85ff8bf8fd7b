"""Hyphens between numbers that are shares, results or articles of codes, and those before shortened numbers."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import ALONE_AFTER, alternatives, just_before, word_before

_ALONE_BEFORE = r"(?<![\w.,/–-])"
_SHARES = re.compile(rf"{_ALONE_BEFORE}(\d\d)-(\d\d){ALONE_AFTER}")
_WHOLE = 100
_LONGEST_ARTICLE = 4
"""Figures of the article of a code."""
_THREE = re.compile(rf"{_ALONE_BEFORE}(\d{{1,3}})[-–](\d{{1,3}})[-–](\d{{1,3}}){ALONE_AFTER}")
_SCORE = re.compile(rf"{_ALONE_BEFORE}(\d{{1,3}})-(\d{{1,3}}){ALONE_AFTER}")
_INITIALISM_BEFORE = re.compile(r"(?<!\w)[A-Z]{2,}\s$")
_RANGE = re.compile(r"\d[–-]\d")
_NEXT_WORD = re.compile(r"\s\w")
_PARTS = re.compile(r"\d+(?:-\d+)+")


def read_short_ends(text: str, lexicon: Lexicon) -> str:
    """Read the shortened end of a range after the word for several parts: sections 139-47, paragraphs 103-05."""
    plurals = alternatives(lexicon.plural_parts - (lexicon.articles if lexicon.whole_ends else frozenset()))

    def read(match: re.Match[str]) -> str:
        first, last = match.groups()
        whole = f"{first[: -len(last)]}{last}"
        if len(last) >= len(first) or int(last) >= int(first) or int(whole) <= int(first):
            return match.group()
        return f"{first} {lexicon.range_word} {whole}"

    if not plurals or not _RANGE.search(text):
        return text
    row = rf"(?<!\w)(?:{plurals})\s\d+[\d\s,–-]*(?:(?:{re.escape(lexicon.symbols['&'])})\s\d[\d–-]*)?"
    part = r"(?<![\d–-])(\d{2,4})[–-](\d{1,3})(?![\w/–-]|[.,]\d)"
    return re.sub(row, lambda match: re.sub(part, read, match.group()), text, flags=re.IGNORECASE)


def read_shares(text: str, lexicon: Lexicon) -> str:
    """Read two shares of a hundred, without the hyphen: 50-50, the 80-20 rule."""

    def read(match: re.Match[str]) -> str:
        first, second = match.groups()
        is_whole = int(first) + int(second) == _WHOLE and int(first) >= int(second)
        are_shares = first == second or word_before(text, match.start()) in lexicon.days.determiners
        return f"{first} {second}" if is_whole and are_shares else match[0]

    return _SHARES.sub(read, text) if lexicon.score_word else text


def read_articles_of_codes(text: str, lexicon: Lexicon) -> str:
    """Read the hyphen in the number of an article of a code by its name: art. L. 121-1, article 225-1."""
    dash = lexicon.url.get("-")
    if not dash or not lexicon.score_word:
        return text

    def read(match: re.Match[str]) -> str:
        before, first, last = match.groups()
        word = word_before(text, match.start(2))
        is_code = f"{word}s" in lexicon.articles or (before[1:2] == "." and before[0] in lexicon.code_letters)
        is_determiner = word in lexicon.before_adjectives  # A 5-4 decision
        if is_determiner or (int(first) < int(last) and not is_code):
            return match[0]
        # T. 10490-93
        is_range = len(first) > _LONGEST_ARTICLE and int(first[-len(last) :]) < int(last)
        return f"{before}{first} {lexicon.range_word if is_range else dash} {last}"

    proclitic = f"[{lexicon.proclitics}]?" if lexicon.proclitics else ""
    begin = rf"{proclitic}(?:(?-i:[A-Z])(?:\.\s?|\s)|(?:{alternatives(lexicon.articles)})\s)"
    text = re.sub(rf"(?<!\w)({begin})(\d+)-(\d+)(?![\w–-])", read, text, flags=re.IGNORECASE)
    # articles 5-1 and 6-2
    return re.sub(rf"(?<=\s{dash}\s\d)(,\s|\s\w{{1,3}}\s|\s\w\ue000)(\d+)-(\d)(?![\d–-])", rf"\1\2 {dash} \3", text)


def read_rows_of_articles(text: str, lexicon: Lexicon) -> str:
    """Read the hyphens in rows of articles of codes: articles 222-34 à 222-40, and not articles 5-7."""
    dash = lexicon.url.get("-")
    if not dash or "-" not in text:
        return text
    if not lexicon.is_french:
        return _read_rows_of_codes(text, dash, lexicon)
    letter = rf"(?<!\w)[{lexicon.code_letters}]\."
    article = rf"(?:{letter}\s?)?\d+(?:-\d+)*"

    def read(match: re.Match[str]) -> str:
        row = [tuple(map(int, parts.split("-"))) for parts in _PARTS.findall(match.group())]
        is_code = re.search(letter, match.group()) or any(len(parts) > 2 or parts[0] >= parts[1] for parts in row)
        return re.sub(r"(?<=\d)-(?=\d)", f" {dash} ", match.group()) if is_code else match.group()

    joints = rf"(?:,\s(?:et\s)?|\s(?:et|ou|à|{lexicon.range_word})\s)(?:(?:de\s)?l[’'])?(?:article\s)?"
    start = rf"(?:(?<!\w)(?i:{alternatives(lexicon.articles)})\s|(?={letter}))"
    return re.sub(rf"{start}{article}(?:{joints}{article})*(?![\w–-])", read, text)


def _read_rows_of_codes(text: str, dash: str, lexicon: Lexicon) -> str:
    """Read the hyphens of rows in which a second number is smaller, where none is shortened: artículos 86 y 241-9."""
    if not lexicon.whole_ends:
        return text
    number = r"\d+(?:-\d+)?"
    joint = rf"(?:,\s|,?\s(?:{re.escape(lexicon.symbols['&'])}|o|{lexicon.range_word})\s)"
    row = rf"(?<!\w)(?i:{alternatives(lexicon.articles)})\s{number}(?:{joint}{number})+(?![\w/–-]|[.,]\d)"

    def read_number(match: re.Match[str]) -> str:
        first, last = match.groups()
        return f"{first} {dash} {last}" if int(first) > int(last) else match[0]

    return re.sub(row, lambda match: re.sub(r"(\d+)-(\d+)", read_number, match[0]), text)


def read_scores(text: str, lexicon: Lexicon) -> str:
    """Read the hyphen in 3-2 and 13-0-2, where the second number is not larger."""
    if not lexicon.score_word:
        return text

    def read(match: re.Match[str]) -> str:
        first, second = match.groups()
        if not _is_score(match, lexicon):
            return match[0]
        # In Arabic, what begins with such numbers is a numbered paragraph.
        is_paragraph = lexicon.proclitics and not match.start() and _NEXT_WORD.match(text, match.end())
        return f"{first} {lexicon.url['-'] if is_paragraph else lexicon.score_word} {second}"

    return _SCORE.sub(read, _THREE.sub(r"\1, \2, \3", text))


def _is_score(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Return whether two numbers with a hyphen are a result, and no range, number of a document or code: MC 54-13."""
    first, second = match.groups()
    if word_before(match.string, match.start()) in {lexicon.number_word.casefold(), *lexicon.references}:
        return False
    if int(first) < int(second) or (second[0] == "0" != second):
        return False
    return len(second) == 1 or not _INITIALISM_BEFORE.search(just_before(match.string, match.start()))
