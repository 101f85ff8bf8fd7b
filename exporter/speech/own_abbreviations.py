"""Abbreviations that a publication explains in a list of its own: they are read as that list says.

Initialisms stay letters or words, and so does what the lexicon reads in the same sense, since it knows their plurals
and cases. Units and currencies are never those of the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

import msgspec

from exporter.lexicon import Lexicon
from exporter.lexicon.word_lists import folded, words
from exporter.model import Aside, DefinitionList, Line, LineBreak, Node, Paragraph, Publication, Section, Table
from exporter.model.walk import children, plain_text, walk
from exporter.speech.normalisation.short_forms.pronounceability import is_pronounceable
from exporter.speech.text_pieces import resolve_language

_LINE = re.compile(r"(?P<short>\S.{0,19}?)(?:\s[–—-]\s|\s?[:=]\s|：)\s*(?P<meaning>\S.*)")
"""An entry that is a line: DPO – data protection officer."""
_TABBED_LINE = re.compile(r"(?P<short>[^\W\d_]+[./]\S{0,9}|[^\W\d_a-zà-ÿа-я]{2,9}) (?P<meaning>\S.*)")
"""The same where only a tab was between them."""
_ANNEX = r"(?:(?i:annexe?|appendi(?:x|ce)|anexo|apéndice|anhang)\s(?:\d+|[A-Z]|[IVX]+)[.:\s–—-]+)?"
_NUMBER = re.compile(rf"{_ANNEX}(?:[\W\d]|[IVX]+\.\s)*")
"""The number of the heading of the list, as that of an annex."""
_SHORT = re.compile(r"(?=.{2,20}$)[^\W\d_][^\s,;()]*(?:\s[^\s,;()]+){0,2}")
_EXPLANATION = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])|[.;,]+$")
_FURTHER = re.compile(r"[;:]|\.\s|\s[–—]\s|,\s(?:or|o|u|ou|oder|или|або|veya)\s")
"""What ends the first of several definitions."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?<!\w)(?:ال|لل)(?=\w{2})")
"""The Arabic article, whose letters are not in abbreviations."""
_MENTION = re.compile(r"\s\(([A-ZА-ЯЁІЇЄҐ]{2,6})\)")
"""An initialism after what it stands for: the Department of Buildings (DOB)."""
_UNSTOPPED = re.compile(r"(?<!\w)[^\W\d_]+(?![\w.])")
_FEWEST, _LONGEST = 3, 150
"""Entries of a list, and characters of the meaning of one."""
_COMMON = 6
"""Letters at the beginning of two words that surely mean the same."""
_BEFORE = 8
"""Words before an initialism that may be what it stands for, and of a meaning that is heard at every use."""


class _Entry(NamedTuple):
    short: str
    meaning: str
    node: str
    """`At.id` of the paragraph, term or line that begins with the short form."""


class OwnAbbreviations:
    """The abbreviations of a publication, and lexicons that read them as it says."""

    def __init__(self, publication: Publication, lexicon: Callable[[str], Lexicon]) -> None:
        """Find the list in a publication.

        Args:
            publication: With IDs on its nodes.
            lexicon: Returns the reading rules of a language.
        """
        self._lexicon = lexicon
        self._known: dict[str, Lexicon] = {}
        self._meanings: dict[str, dict[str, str]] = {}
        """By the primary subtag of the language, then by short form."""
        self._mentioned: dict[str, dict[str, str]] = {}
        """The same of the initialisms that are explained in the text."""
        self.listed: dict[str, tuple[str, ...]] = {}
        """Short forms of the list by the `At.id` of the node whose lines begin with them."""
        language = publication.metadata.language or ""
        several: set[str] = set()
        for block, own in _lists((*publication.front, *publication.body), language):
            lines = list(_entries(block))
            entries = [entry for entry in lines if _is_entry(entry)]
            if len(entries) >= _FEWEST and len(entries) * 2 >= len(lines):
                meanings = self._meanings.setdefault(_primary(own), {})
                for short, definition, node in entries:
                    if (meaning := _first_meaning(definition)) and meanings.setdefault(short, meaning) != meaning:
                        several.add(short)
                    if node:
                        self.listed[node] = (*self.listed.get(node, ()), short)
        for meanings in self._meanings.values():
            for short in _also_words(publication, meanings) | (several & meanings.keys()):
                del meanings[short]
        self._mentioned[_primary(language)] = dict(_mentions(publication))

    def __call__(self, language: str) -> Lexicon:
        """Return the reading rules of a language, with the abbreviations of the publication."""
        if language not in self._known:
            primary, lexicon = _primary(language), self._lexicon(language)
            meanings = self._meanings.get(primary, {})
            mentioned = self._mentioned.get(primary, {})
            self._known[language] = _with_meanings(lexicon, meanings, mentioned) if meanings or mentioned else lexicon
        return self._known[language]


def _first_meaning(definition: str) -> str:
    """Return the first meaning of a definition; empty if it is too long to be heard at every use, or one of several."""
    meaning = _FURTHER.split(_EXPLANATION.sub("", definition), maxsplit=1)[0]
    return meaning if len(meaning.split()) <= _BEFORE and not re.search("[/|]", meaning) else ""


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _lists(nodes: Iterable[Node], language: str) -> Iterator[tuple[Node, str]]:
    """Yield the sections, boxes and tables that are lists of abbreviations by their title, with their language."""
    for node in nodes:
        own = resolve_language(language, node.at.language)
        match node:
            case Section(title=title) | Aside(title=title) | Table(caption=title):
                is_list = folded(_NUMBER.sub("", plain_text(title), count=1)) in words("abbreviation_lists", own)
            case _:
                is_list = False
        if is_list:
            yield node, own
        elif not isinstance(node, Paragraph):
            yield from _lists(children(node), own)


def _entries(node: Node) -> Iterator[_Entry]:
    """Yield the rows of tables, the items of definition lists and the lines of a list."""
    match node:
        case Table():
            for row in (row for group in (node.head, *node.bodies) for row in group):
                for first, second in zip(row.cells[::2], row.cells[1::2], strict=False):
                    name = first.children[0].at.id if first.children else None
                    yield _Entry(plain_text(first), plain_text(second), name or "")
        case DefinitionList(items):
            for item in items:
                meaning = plain_text(item.definitions[:1])
                yield from (_Entry(plain_text(term), meaning, term.at.id or "") for term in item.terms)
        case Paragraph() | Line():
            for is_break, line in groupby(node.children, lambda inline: isinstance(inline, LineBreak)):
                text = "" if is_break else plain_text(line)
                match = _LINE.fullmatch(text) or _TABBED_LINE.fullmatch(text)
                if text:
                    yield _Entry(match["short"] if match else "", match["meaning"] if match else "", node.at.id or "")
        case Section() | Aside():
            for block in node.children:
                yield from _entries(block)
        case _:
            for child in children(node):
                yield from _entries(child)


def _is_entry(entry: _Entry) -> bool:
    """Return whether an entry has a short form, in capitals or with letters of its meaning, and that meaning."""
    short, meaning, _ = entry
    is_possible = _SHORT.fullmatch(short) is not None and len(short) < len(meaning) <= _LONGEST
    return is_possible and (_is_initialism(short) or _stands_for(short, meaning))


def _is_initialism(short: str) -> bool:
    return short.isupper() and sum(map(str.isupper, short)) > 1


def _stands_for(short: str, meaning: str) -> bool:
    """Return whether the letters of a short form are in its meaning, in their order and from the first one on."""
    letters = "".join(_LETTERS.findall(_fold(short)))
    remaining = iter("".join(_LETTERS.findall(_fold(_ARTICLE.sub("", meaning)))))
    return len(letters) > 1 and letters[0] == next(remaining, "") and all(letter in remaining for letter in letters[1:])


def _fold(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))


def _also_words(publication: Publication, shorts: Iterable[str]) -> set[str]:
    """Return the short forms that the text has without their full stop, too, as words: Act., where the Act is one."""
    candidates = {short for short in shorts if re.fullmatch(r"[^\W\d_]+\.", short)}
    texts = (plain_text(node) for node in walk(publication) if candidates and isinstance(node, Paragraph))
    written = {word.casefold() for text in texts for word in _UNSTOPPED.findall(text)}
    return {short for short in candidates if short[:-1].casefold() in written}


def _mentions(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield the initialisms that follow what they stand for in brackets, and what that is."""
    for node in walk(publication):
        text = plain_text(node) if isinstance(node, Paragraph) else ""
        for match in _MENTION.finditer(text):
            before = text[max(match.start() - _LONGEST, 0) : match.start()]
            written, letters = before.split()[-_BEFORE:], list(_fold(match[1]))
            for count, word in enumerate(reversed(written), start=1):
                if _fold(word)[:1] == letters[-1]:
                    letters.pop()
                elif word[0].isupper():
                    break
                if not letters:
                    yield match[1], " ".join(written[-count:])
                    break


def _with_meanings(lexicon: Lexicon, meanings: Mapping[str, str], mentioned: Mapping[str, str]) -> Lexicon:
    """Return a lexicon that reads short forms by their meanings, where nothing else can be meant.

    Those that are explained in the text only are not read by another meaning.
    """
    own_words, abbreviations, numbered = dict(lexicon.words), dict(lexicon.abbreviations), dict(lexicon.numbered)
    small: set[str] = set()
    others: set[str] = set()
    for short, meaning in {**mentioned, **meanings}.items():
        if not _stands_for(short, meaning) or _is_measure(short, lexicon) or _is_known(short, meaning, lexicon):
            continue
        is_abbreviation = not _any_case(short).isdisjoint(lexicon.abbreviations)
        phrases = {key for key in lexicon.words if key.endswith(f" {short}")}  # del C. P.
        if _is_initialism(short):
            numbered.pop(short, None)
        elif _may_be_other(short, meaning, lexicon):
            continue
        if short not in meanings:
            own_words.pop(short, None)
        elif phrases or short in own_words or " " in short or (short[0].isupper() and not _is_initialism(short)):
            for phrase in phrases & own_words.keys() - meanings.keys():
                del own_words[phrase]
            own_words[short] = meaning
        if is_abbreviation or not short[0].isupper():
            abbreviations[short] = meaning
            (small if short[0].islower() else others).add(short.removesuffix(".").casefold())
    return msgspec.structs.replace(
        lexicon,
        words=own_words,
        abbreviations=abbreviations,
        numbered=numbered,
        before_numbers=lexicon.before_numbers | small,
        before_openers=lexicon.before_openers | others,
    )


def _is_measure(short: str, lexicon: Lexicon) -> bool:
    tables = lexicon.units, lexicon.currencies, lexicon.scales.short, lexicon.year_forms, lexicon.symbols
    return any(form in table for table in tables for form in (short, short.removesuffix(".")))


def _may_be_other(short: str, meaning: str, lexicon: Lexicon) -> bool:
    """Return whether a short form may be a word or a title, or the lexicon reads it in another sense, as before names.

    One with a full stop or slash inside is what the list says; one in small letters may end a sentence, as man. does.
    """
    bare = short.removesuffix(".")
    if re.search("[./]", bare):
        return False
    if any(any(_readings(form, lexicon)) and not _is_known(form, meaning, lexicon) for form in (bare, f"{bare}.")):
        return True
    if not (bare.isalpha() and bare[1:].islower()) or (bare == short and bare.islower()):
        return True
    may_end_sentence = bare.islower() or _primary(lexicon.language) == "de"
    return (bare == short or may_end_sentence) and is_pronounceable(bare.upper())


def _readings(short: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what the lexicon reads for a short form, in any of its forms."""
    any_case = _any_case(short)
    for table, variants in (
        (lexicon.words, {short}),
        (lexicon.abbreviations, any_case),
        (lexicon.numbered, any_case - {short.capitalize()} | {short}),
        (lexicon.named, {short}),
        (lexicon.after_ordinals, {short}),
    ):
        for key in variants & table.keys():
            yield from re.split("[|/]", table[key])


def _any_case(short: str) -> set[str]:
    return {short, short.lower(), short.capitalize()}


def _is_known(short: str, meaning: str, lexicon: Lexicon) -> bool:
    """Return whether the lexicon reads a short form in the sense of the list, or by its letters, or it is Latin.

    Latin short forms are read by phrases that do not have their letters: for example, and not e.g.
    """
    first = _fold(meaning).split()[0]
    return any(
        _is_pronunciation(reading, short, lexicon)
        or _fold(reading)[: (size := min(_COMMON, len(first), len(reading)))] == first[:size]
        or not _stands_for(short, reading)
        for reading in _readings(short, lexicon)
    )


def _is_pronunciation(reading: str, short: str, lexicon: Lexicon) -> bool:
    """Return whether a reading is how a short form is said, A D or U S Aid, and not what it means."""
    is_as_short = _is_initialism(short) and sum(map(str.isalpha, reading)) * 2 <= len(short) * 3
    return is_as_short or {*reading.split()} <= {*lexicon.letters.values(), *short.upper()}
