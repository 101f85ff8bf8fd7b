"""Web addresses, email addresses and phone numbers."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.patterns import alternatives, fold, word_before
from exporter.speech.normalisation.short_forms.initialisms import spell_out
from exporter.speech.normalisation.short_forms.pronounceability import is_unsayable

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”»]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@/-])(?:(?:[a-z0-9]|[A-Za-z0-9][a-z0-9-]+)\.)+(?:org|com|net|info|edu|gov|gob|gouv|int|ngo|news|ly|me|tv|io|eu"
    r"|ar|at|au|be|bo|br|by|ca|ch|cl|cr|cz|de|ec|es|fi|fr|gt|hn|ie|il|it|jo|ke|kz|lb|ma|mx|ng|ni|nl|nz|pa|pe|ph|pk"
    r"|pl|ps|pt|py|ru|se|sn|sv|tn|tr|ua|uk|us|uy|ve|za)\b(?!\.?\w)(?:/[^\s<>\"”»]*)?"
    r"|(?:doi:\s?)?10\.\d{4,9}/[^\s<>\"”»]+"
)
_ANGLED = re.compile(r"<(?:mailto:)?((?:https?://|www\.|[\w.+-]+@)[^\s<>]+)>")
"""An address in angle brackets: Al Marsh <marsh@example.org>."""
_SHORT_LABEL = re.compile(r"(?<![^\W_])[a-z]{2,5}(?![^\W_])")
_SHORTEST = 6
"""Digits of a phone number after the word for one, at least."""
_SHORTEST_NATIONAL = 8
"""The same after what may be another word, as `port` in French."""
_LARGE, _SMALL = "A-ZÀ-ÞА-ЯЁІЇЄҐİŞĞ", "a-zß-ÿа-яёіїєґışğ"
_TAG = re.compile(r"(?<![\w&/])([#@])((?:\d{1,2}(?=[A-Z]))?[^\W\d]\w*)")
_LONG_PATH = 40
_GROUPS = r"\(?\d++\)?(?:(?:[\s\u00a0./-]{0,2}+|\s/\s)\(?\d++\)?){0,9}"
_INTERNATIONAL = re.compile(rf"(?<![\w+])\(?\+({_GROUPS})(?![\w-])|(?<![\w+-])({_GROUPS})\+(?!\w)")
# (202) 555-0143, 202-555-0143, 8 (800) 555-35-35, 020 7946 0958
_NATIONAL = re.compile(
    r"(?<![\w.,/+(-])(?:\d[\s-])?(?:\(\d{2,4}(?:-\d{1,3})?\)[\s-]?\d{2,5}(?:[\s-]\d{2,4}){1,3}"
    r"|0[ \u00a0]\d{3}(?:[ \u00a0]\d{2,3}){2,3}|8[ \u00a0-]\d{3}[ \u00a0-]\d{3}-\d\d-\d\d"
    r"|(?:1-)?\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}|0\d{1,3}-\d{3,4}-\d{3,4}|0\d{3,4}-\d{3}"
    r"|0\d{1,4}(?:[ \u00a0]\d{2,4}){2,4})(?![\w/-]|[.,]\d)"
)
_FREE = re.compile(r"(?<![\w.,/+-])0[389]00[ .-]\d{3}[ .-]?\d{3,4}(?![\w/-]|[.,]\d)")
"""A number that costs nothing in Brazil: (0800.281.2127)."""


def read_addresses(text: str, lexicon: Lexicon) -> str:
    """Read addresses with their punctuation, without scheme and www; a long path is only mentioned."""
    if not lexicon.url:
        return text

    def read(match: re.Match[str]) -> str:
        whole = match.group()
        address = whole.rstrip(".,;:!?)]’'")
        tail = whole[len(address) :].replace(".", " .")
        address = re.sub(r"^https?://", "", address).removeprefix("www.").rstrip("/")
        if address.startswith("doi:"):
            return f"{spell_out('DOI', lexicon)} {_spell_out(address[4:], lexicon)}{tail}"
        host, slash, path = address.partition("/")
        if len(path) > _LONG_PATH:
            return f"{_spell_out(host, lexicon)}, {lexicon.url.get('long', '')}{tail}"
        return _spell_out(host + slash + path, lexicon) + tail

    text = _ANGLED.sub(r"\1", text)
    # A full stop is kept apart: gov. and org. are abbreviations of their own.
    return _ADDRESS.sub(lambda match: f"{read(match)}{' ' if text[match.end() :].startswith('.') else ''}", text)


def _spell_out(text: str, lexicon: Lexicon) -> str:
    """Return an address with its punctuation in words, and parts that cannot be said, as ohchr, letter by letter."""
    if lexicon.spell:
        text = _SHORT_LABEL.sub(
            lambda match: spell_out(match[0].upper(), lexicon) if is_unsayable(match[0].upper()) else match[0], text
        )
    return " ".join("".join(f" {lexicon.url[char]} " if char in lexicon.url else char for char in text).split())


def read_tags(text: str, lexicon: Lexicon) -> str:
    """Read hashtags and names of accounts word by word: #MeToo, @amnesty_es."""
    names = lexicon.symbols

    def read(match: re.Match[str]) -> str:
        sign, tag = match.groups()
        name = names.get(sign)
        if not name:
            return match.group()
        # The hashtag #MeToo
        start = "" if word_before(text, match.start()) == name.casefold() else f"{name} "
        return f"{start}{_split_capitals(tag.replace('_', ' ') if sign == '#' else _spell_out(tag, lexicon))}"

    return _TAG.sub(read, text)


def _split_capitals(tag: str) -> str:
    """Return MeToo and UNRefugees2020 as words."""
    between_kinds = r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
    return re.sub(rf"{between_kinds}|(?<=[{_SMALL}])(?=[{_LARGE}])|(?<=[{_LARGE}])(?=[{_LARGE}][{_SMALL}])", " ", tag)


def read_telephone_numbers(text: str, lexicon: Lexicon) -> str:
    """Read phone numbers digit by digit, group by group: international ones, and those after the word for phone."""
    plus = lexicon.symbols.get("+")
    if not plus:
        return text

    def groups(written: str) -> str:
        return ", ".join(
            group if lexicon.telephone_pairs and len(group) == 2 and group[0] != "0" else " ".join(group)
            for group in re.findall(r"\d+", written)
        )

    def read_number(match: re.Match[str]) -> str:
        number = match.group(1) or match.group(2)
        return f"{plus} {groups(number)}" if sum(map(str.isdigit, number)) >= _SHORTEST else match.group()

    def read_named(match: re.Match[str]) -> str:
        word, colon, sign, number = match.groups()
        bracket = number.rfind("(") if number.count("(") > number.count(")") else len(number)
        number, rest = number[:bracket], number[bracket:]  # 900 123 123 (24 h)
        shortest = _SHORTEST_NATIONAL if word.casefold() in lexicon.also_words else _SHORTEST
        if sum(map(str.isdigit, number)) < shortest:
            return match.group()
        return f"{names[fold(word)]}{colon} {f'{plus} ' if sign else ''}{groups(number)}{' ' * bool(rest)}{rest}"

    names = {fold(word): read for word, read in lexicon.telephone.items()}
    if names:
        named = rf"(?<!\w)({alternatives(names)})\.?\s?(:?)\s?\(?(\+?)({_GROUPS})(?![\w+-])"
        text = re.sub(named, read_named, text, flags=re.IGNORECASE)
        # Call 999 or 112.
        last = r"(?=[.,;:!?)]|$|\s(?:{}))".format(alternatives(lexicon.prepositions) or r"(?!)")
        words = alternatives(tuple(names.keys() - lexicon.also_words))
        short = rf"((?<!\w)(?:{words})\s\d{{3}}(?:(?:,|\s\w{{1,3}})\s\d{{3}}){{0,2}}){last}"
        text = re.sub(
            short,
            lambda match: re.sub(r"\d{3}", lambda figures: " ".join(figures.group()), match.group()),
            text,
            flags=re.IGNORECASE,
        )
    text = _FREE.sub(lambda match: groups(match.group()), _INTERNATIONAL.sub(read_number, text))
    return _NATIONAL.sub(lambda match: groups(match.group()), text)
