"""Words in capitals: spelt out, or read as a number or as a word."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from exporter.lexicon import Lexicon
from exporter.lexicon.word_lists import by_language, words
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.numbers.roman_numbers import read_roman_numbers
from exporter.speech.normalisation.patterns import (
    alternatives,
    just_before,
    lower,
    month_names,
    sentence_end,
    word_before,
)
from exporter.speech.normalisation.short_forms.pronounceability import (
    CAPITAL,
    LONGEST_SHORT,
    NO_CODA,
    ROMANCE_SYLLABLES,
    SYLLABLES,
    is_pronounceable,
    is_unsayable,
)

_CAPITALS = re.compile(r"(?<![\w.@])(?<![a-z]{2}/)([^\W\d_a-z]{2,6}|[B-DF-HJ-NP-TV-Z]{5}[A-Z]{2,3})([’']?s)?(?![\w@])")
_HEADING = re.compile(rf"(?<!\w)(?=.{{0,80}}{CAPITAL}{{7}}){CAPITAL}+(?:[,:]?\s{CAPITAL}+){{2,}}(?!\w)")
"""Words in capitals of which one is too long to be an initialism: DECLARES THE CASE ADMISSIBLE."""
_PLACE = re.compile(rf"\W*{CAPITAL}{{2,}}(?:\s{CAPITAL}{{2,}}){{1,2}},\s")
"""The place of a dispatch before its date, or a name: NEW YORK, 3 March."""
_WORD = re.compile(rf"(?<![\w/]){CAPITAL}{{2,}}(?![\w/])")
_FEWEST_WORDS = 3
_ROMAN = re.compile(r"[IVX]{2,}|[IVXLC]{4,}")
_NO_NUMBERS = frozenset({"VI", "XI"})
"""Roman numbers that may be words in a heading: LO QUE VI, XI JINPING."""
_INITIAL_BEFORE = re.compile(r"(?<=\w\s)[A-Z]\.\s$")
"""The initial before a surname, and not the letter of an item: Mister T. OKE."""
_CITATION = re.compile(r"(?<=\d\]\s)[A-Z]{3,9}(?=\s\d)|(?<=\d\s)[A-Z]{4,6}(?=\s\d)")
"""The court of a neutral citation, [2024] ZAECMHC 65, or a series before its page, 999 UNTS 171."""
_LONGEST_COURT = 6
"""Letters of the court of a neutral citation that are always spelt."""
_WITH_OF = re.compile(r"(?<![\w.@#/-])([A-Z]o[A-Z]{1,2})(s)?(?![\w@])")
"""Initialisms with the small letter of a small word: MoU, DoJ."""
_MIXED = re.compile(r"(?<![\w.@#/-])([A-Z]{1,3}[a-z][A-Z]{1,4})(s)?(?![\w@])")
"""Initialisms with any small letter: AfDB, NDoH."""
_A_ALONE = re.compile(
    r"(?<![\w.’'&/-])(?<![^\W\d]\()A(?=[,;)]|\.$|\.?\sv\.?\s|\s(?:\(|(?:of|and|or|to|is|was|has|had|versus)(?![\w-])))"
)
"""A letter that is no article: greater than A, the amount; (Schedule A); 217 A (III); A and others."""
_WITH_JOINT = re.compile(r"(?<![\w.@#/-])([A-Z]{1,3})(y|d[aeo])([A-Z])(?![\w@])")
"""Initialisms with a small word: UPyD, PCdoB."""
_POINTED = re.compile(r"(?<![\w.-])((?:[A-Z]\.){3,6}|(?:[A-Z]\.){2}(?=\s\d)|(?<=[Tt]he\s)(?:[A-Z]\.){2}(?=\s))(?!\w)")
"""Initialisms with full stops: F.B.I., S.B. 1070, the D.C. Circuit; other ones of two letters are often of a name."""
_SYLLABLED = re.compile(r"(?<![\w.])(?=(?:[A-Z]+\.)*[A-Z][AEIOU])(?!([A-Z])\1)((?:[A-Z]{1,3}\.){2,5}[A-Z]{0,4})(?!\w)")
"""Initialisms with full stops that are read as a word: FO.NA.VI."""
_ACCENTED = re.compile("[ÀÁÂÃÈÊÌÍÎÒÓÔÕÙÚÛ]|^(?=.{4}).*É")
"""Letters that no initialism has."""
_NUMBER_BEHIND = re.compile(r"\s\d{1,3}(?!\d)")
_FIGURE_BEFORE = re.compile(r"\d\s$")
_SHARE = re.compile(r"\s?(?:%|per\s?cent\b)")
_NUMBER_OF_CASE = re.compile(r"(?:-[A-Z]{2}|-[^\W\d_]+(?:\s[^\W\d_]+)?)?\s\d{2,7}(?!\d)")
"""What follows the kind of an appeal: ADI 4277, ADI-MC 1969."""
_NEXT_YEAR = re.compile(r"\s(?:19|20)\d\d(?!\w)")
_NEXT_CAPITALS = re.compile(rf"\s({CAPITAL}{{3,}})(?!\w)")


def is_in_capitals(text: str, lexicon: Lexicon) -> bool:
    """Return whether all words of a text are in capitals, as those of a heading, and not a few initialisms."""
    if not text.isupper():
        return False
    in_capitals = _WORD.findall(text)
    small_words = {word.lower() for word in lexicon.small_words}
    return len(in_capitals) >= _FEWEST_WORDS and any(
        word.lower() in small_words or (len(word) > LONGEST_SHORT and is_pronounceable(word)) for word in in_capitals
    )


def read_initialisms(text: str, lexicon: Lexicon) -> str:
    """Read words in capitals; of a text entirely in capitals, only those that cannot be said."""
    if not lexicon.spell:
        return text
    # J. R. R. Tolkien
    initials = r"(?<![\w.])(?<!(?<![\w.])[A-Z]\.\s)((?:[A-Z]\.\s){2,})(?=[A-Z][a-z])"
    text = re.sub(initials, lambda match: f"{spell_out(re.sub(r'[^A-Z]', '', match.group(1)), lexicon)} ", text)
    has_words = any(char.isalpha() and not char.isupper() for char in text)

    headings = [match.span() for match in _HEADING.finditer(text) if re.search(f"{CAPITAL}{{7}}", match.group())]
    small_words = lexicon.small_words

    own = by_language("known_abbreviations").get(lexicon.language.partition("-")[0], frozenset())
    spelled = (
        own - {word.upper() for word in small_words | lexicon.also_words} - lexicon.words.keys()
        if is_in_capitals(text, lexicon)
        else ()
    )
    known = _known_initialisms(lexicon.language or "en")
    dateline = _dateline_end(text, lexicon, known)

    def read(match: re.Match[str]) -> str:
        word, plural = match.group(1), match.group(2) or ""
        if _ACCENTED.search(word):
            return match.group()
        if match.end() < dateline and word not in lexicon.as_words:
            return match.group().capitalize()
        in_heading = any(start <= match.start() < end for start, end in headings)
        in_heading = in_heading and not (is_unsayable(word) or NO_CODA.search(word))
        if in_heading and (word.lower() in small_words or (len(word) > 3 and word not in lexicon.as_words)):
            return lower(match.group(), lexicon.language)
        number = roman_value(word) if word not in lexicon.as_words and _ROMAN.fullmatch(word) else 0
        if number and _is_placeholder(match):
            return spell_out(word, lexicon)
        if word in spelled:
            return say_initialism(word, lexicon, plural)  # HIV AND THE LAW
        is_numbered = word.lower() in known and _NUMBER_OF_CASE.match(match.string, match.end())
        if not word.isupper() or not (has_words or is_unsayable(word) or _is_code(match) or is_numbered):
            return str(number) if number and word not in _NO_NUMBERS else match.group()
        following = _NEXT_CAPITALS.match(match.string, match.end())
        is_word = following and (
            _ACCENTED.search(following[1])
            or following[1] in lexicon.emphasised
            or say_initialism(following[1], lexicon).isalpha()
        )
        is_dated = word.lower() == lexicon.days.year and _NEXT_YEAR.match(match.string, match.end())
        if is_dated or (is_word and word.lower() in small_words - known):
            return word.lower()  # EL MUNDO, LEY DE 2019
        if has_words and word in lexicon.emphasised and not _is_code(match):
            return word.lower()
        is_name = len(word) == LONGEST_SHORT and is_pronounceable(word) and not is_unsayable(word)
        is_name = is_name and following is not None and following[1] not in lexicon.as_words  # OSCE ODIHR
        if is_word and is_name and word.lower() not in known:
            return word.capitalize()  # JUAN PÉREZ
        if len(word) > 2 and word_before(match.string, match.start()) in lexicon.before_names:
            return match.group().capitalize()
        is_surname = _INITIAL_BEFORE.search(just_before(match.string, match.start())) and is_pronounceable(word)
        if len(word) > 2 and is_surname and word.lower() not in known and word not in lexicon.as_words:
            return match.group().capitalize()
        if number:
            return f"{number}{plural}"
        if word in lexicon.roman_words - lexicon.before_roman and _NUMBER_BEHIND.match(match.string, match.end()):
            return lower(word, lexicon.language)  # EK 2
        return say_initialism(word, lexicon, plural)

    if "A" in lexicon.letters and lexicon.letters["A"] != "a":
        text = _A_ALONE.sub(lexicon.letters["A"], text)
    text = _WITH_JOINT.sub(lambda match: _with_joint(match, lexicon), text)
    if text.count(".") > 1:
        text = _SYLLABLED.sub(_without_stops, text)
        text = _POINTED.sub(lambda match: _letters(match[1].replace(".", ""), lexicon) + sentence_end(match), text)
    mixed = _MIXED if lexicon.spell_mixed else _WITH_OF
    text = mixed.sub(lambda match: say_initialism(match[1].upper(), lexicon, match[2] or ""), text)
    text = re.sub(r"(?<!\w)([IVX]{2,})[–-](?=[IVX]{2,}(?!\w))", rf"\1 {lexicon.range_word} ", text)
    text = re.sub(r"(?<![\w-])I[–-](?=[IVX]{2,}(?![\w-]))", f"1 {lexicon.range_word} ", text)
    text = re.sub(r"(?<=[A-ZА-ЯІЇЄ]{2})/(?=[A-ZА-ЯІЇЄ]{2})", " ", text) if has_words else text
    # Lei n.º 15/IX/2023
    text = re.sub(r"(?<=\d)/([IVX]+)/(?=(?:19|20)\d\d(?!\d))", lambda match: f", {roman_value(match[1])}, ", text)
    text = _read_regions_of_cases(text, lexicon)
    text = re.sub(r"(?<=\d)/(?=[A-Z]{2,6}(?!\w))", ", ", text)  # CF/88, Súmula 12/TST
    text = re.sub(r"(?<=\d)/(?=[A-Z](?![\w./-]))", f" {lexicon.slash or '/'} ", text)  # 109/L
    text = _CITATION.sub(
        lambda match: match.group() if _is_read_as_word(match) else spell_out(match.group(), lexicon), text
    )
    text = re.sub(  # CCDR-N
        r"(?<![\w-])([A-Z]{2,6})-([A-Z])(?![\w’'.-])",
        lambda match: f"{match[1]}-{spell_out(match[2], lexicon)}",
        text,
    )
    return _CAPITALS.sub(read, read_roman_numbers(text, lexicon))


@cache
def _known_initialisms(language: str) -> frozenset[str]:
    """Return the initialisms that readers know, in small letters."""
    return frozenset(short.lower() for short in words("known_abbreviations", language))


def _dateline_end(text: str, lexicon: Lexicon, known: Set[str]) -> int:
    """Return where the place before the date of a dispatch ends; 0 if there is none, or a word of it may be spelt."""
    match = _PLACE.match(text)
    months = alternatives(month_names(lexicon.language))
    if not match or not months or not re.compile(rf".{{0,20}}?(?<!\w)(?:{months})(?!\w)").match(text, match.end()):
        return 0
    parts = match[0].strip(" ,").split()
    return match.end() if all(_may_be_name(part) and part.lower() not in known for part in parts) else 0


def _is_read_as_word(match: re.Match[str]) -> bool:
    """Return whether capitals in a citation can be said, and are not those of a court of few letters."""
    is_court = match.string.endswith("] ", 0, match.start()) and len(match[0]) <= _LONGEST_COURT
    return is_pronounceable(match[0]) and not is_court


def _is_placeholder(match: re.Match[str]) -> bool:
    """Return whether letters stand for a number to be filled in: 20 XX people, XX %."""
    is_blank = set(match[1]) == {"X"} and not match[2]
    before = just_before(match.string, match.start())
    return is_blank and (_FIGURE_BEFORE.search(before) or _SHARE.match(match.string, match.end())) is not None


def _may_be_name(word: str) -> bool:
    return not is_unsayable(word) if len(word) > LONGEST_SHORT else is_pronounceable(word)


def say_initialism(word: str, lexicon: Lexicon, plural: str = "") -> str:
    """Return a word in capitals as it is said: as a word if it can be one, otherwise letter by letter."""
    if word in lexicon.as_words:
        return word.capitalize().replace("i\u0307", "i") + plural
    if len(word) > 4 and is_pronounceable(word):
        return word + plural
    syllables = ROMANCE_SYLLABLES if lexicon.romance_syllables else SYLLABLES
    if syllables.fullmatch(word) and word not in lexicon.as_letters:
        return word.capitalize() + plural
    return spell_out(word, lexicon) + _plural(word, plural, lexicon)


def _without_stops(match: re.Match[str]) -> str:
    """Return syllables in capitals as a word, if it can be said."""
    word = match[2].replace(".", "")
    return word + sentence_end(match) if is_pronounceable(word) else match[0]


def _letters(word: str, lexicon: Lexicon) -> str:
    """Return letters that have full stops, as a word if they are known to be one: O.N.U., and not U.N."""
    return word.capitalize() if word in lexicon.as_words else spell_out(word, lexicon)


def _plural(word: str, plural: str, lexicon: Lexicon) -> str:
    """Return what is heard at the end of the plural of letters: UFs as u éfes, and nothing in French."""
    if not plural or lexicon.silent_plural:
        return ""
    return "s" if lexicon.letters.get(word[-1], "")[-1:] in tuple("aeiouáéêó") else "’s"


def _with_joint(match: re.Match[str], lexicon: Lexicon) -> str:
    before, word, after = match.groups()
    if word not in lexicon.agreement.no_nouns:
        return match.group()
    return f"{spell_out(before, lexicon)} {word} {spell_out(after, lexicon)}"


def spell_out(word: str, lexicon: Lexicon) -> str:
    """Return a word letter by letter."""
    return " ".join(lexicon.letters.get(letter, letter) for letter in word)


def spell_short_form(short: str, lexicon: Lexicon) -> str:
    """Return how a list of abbreviations reads a short form before its meaning: by its letters, or as a word."""
    if short.isalpha() and short.isupper():
        return say_initialism(short, lexicon)
    parts = re.findall(r"[^\W\d_]+", short)
    separator = ", " if any(len(part) > 1 for part in parts) else " "
    return separator.join(
        spell_out(part.removesuffix("s" * (len(part) > 2 and part[:-1].isupper())).upper(), lexicon) for part in parts
    )


def _read_regions_of_cases(text: str, lexicon: Lexicon) -> str:
    """Read the code of a region after the number of a case: HC 143641/SP, ADI 4277 MC/DF."""
    codes = alternatives(lexicon.regions)
    if not codes:
        return text
    case = rf"(\d(?:[\s-](?:[A-Z]{{2}}|[a-zà-ÿ\s]{{4,40}}))?)/({codes})(?![\w/-])"
    return re.sub(case, lambda match: f"{match[1]}, {spell_out(match[2], lexicon)}", text)


def _is_code(match: re.Match[str]) -> bool:
    """Return whether a word is the beginning of a name such as AK-47, or a direction: S-SE."""
    is_first = len(match[1]) < 4 and re.match(r"-\d", match.string[match.end() :]) is not None
    is_after_letter = re.search(r"(?<![^\W_])[A-Z]-$", just_before(match.string, match.start())) is not None
    return is_first or (len(match[1]) == 2 and is_after_letter)
