"""Ordinals in the case and gender of what they stand with: в 2019 году, 5 мая, 2-го, Николая II.

The tables of the lexicon decide: without `declension` nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from exporter.lexicon import Declension, Lexicon
from exporter.model.list_numbers import roman_value
from exporter.speech.normalisation.inflection.number_words import LOCATIVE, cardinal, compound, declined_ordinal
from exporter.speech.normalisation.inflection.numeral_parts import join_parts
from exporter.speech.normalisation.patterns import ROMAN, alternatives, just_before, month_names, sentence_end

BEFORE = r"(?:(?<!\w)([^\W\d]+)(\s))?"
SMALL = "[а-яёіїєґ’ʼ]"
UNTIL = re.compile(r"(?:\s[\w%]+)?\s(?:до|по)\s")
"""Between the start of a range and its end: с 183 человек до 200."""
_LAST_DAY = 31
_DASH = r"\s?[–—-]\s?"
_TO_ROMAN = str.maketrans("ІХ", "IX")
_LIKE_ROMAN = re.compile(
    r"(?<![\w-])(?=[IVXІХ]*[ІХ])(?:[IVXІХ]{2,}|Х)(?=\s?[–—-]\s?[IVXІХ]+\s|\s(?:и|і|й|та)\s[IVXІХ]+\s|\s(?:ст|в|вв)\.|\s[а-яёіїєґ]{3,})"
)
"""Roman numbers in Cyrillic letters: ХХ століття."""
_MISSING_HYPHEN = re.compile(
    r"(?<=\d)(?=(?:го|му|й|е|я|летн[а-яёіїєґ]{2,4})(?!\w)|м\s(?!расстоян)(?:[а-яё]+(?:ом|ем|ых|их)\s)?[а-яё]+[ае]ни(?:и|ях)(?!\w))"
)
"""Where the hyphen before the ending of a number is missing: 7395го, на 276м заседании."""
_AFTER_M = re.compile(
    r"(?:(?:,|\s(?:и|или))\s(?:[а-яё]+ом\s)?\d{1,4}-м)*((?:\s[а-яё]+(?:[оеё]м|[ыи]м|[ыи]х)(?!\w))*(?:\s[а-яё]+(?:[еиу]|[ая]х)(?!\w))?)(?<=\w)"
)
"""What follows figures with -м in their row up to the noun: 15-м, 26-м и возобновленном 27-м заседаниях."""
_LOCATIVE = re.compile(r"(?:[еиу]|[ая]х)$")
_FEMININE = re.compile(
    r"(?:\s[а-яё]{2,}(?:ой|ей)(?=\s[а-яё]+(?:е|и|ы|[оеё]й|ью)(?!\w)))*"
    r"\s(?!(?:уже|также|тоже|даже|после|более|менее|кроме|возле|около|если|чтобы|дабы|хотя)(?!\w))"
    r"(?!(?:музе|юбиле|лице|геро|бо|сло|стро|трофе|евре)й(?!\w)|[а-яё]+(?:[аиуя]ли|[оеё]й)\s)"
    r"[а-яё]{3,}(?:е|и|ы|[оеё]й|ью)(?!\w)"
)
"""Nouns that are feminine and neither nominative nor accusative, with adjectives: 5-й армии, 3-й пехотной дивизией."""
_NEUTER_ENDING = re.compile("(?:[аея]ние|тие|о)$")
"""A noun in the singular after a number that might be a decade: 550-е заседание."""
_PLURAL = re.compile(r"(?:(?:,|\s[а-я]+)\s\d{1,4}-е)*\s[а-яё]{3,}[ыи](?!\w)")
"""Several things after one or several numbers: 5-е и 6-е сутки."""
_SHORT_PART = re.compile(r"(?<!\w)(?:гл|разд|ч|т|ст|прил|кн|вып)\.\s$", re.IGNORECASE)
"""What stands before the number of a part: гл. V Конституции."""
_ACADEMIC = re.compile(r"((?:(?<!\w)[а-яёА-ЯЁ]+\s)?)((?:19|20)\d\d/(?:\d\d){1,2})\sуч\.\s?г(?:\.|од[ау]?(?!\w))")
_NEUTER = re.compile("(?!к[ао]мпани)[а-яё]+(?:[аеё]н|лет|год|быт)и(е|я|ю|ем|и)")
"""Nouns such as заседание, with their ending, of which the locative looks feminine: в III чтении."""
_AFTER_ANOTHER = re.compile(r"\d-(?:й|я|е|го)(?:,|,?\s[а-я]{1,5}|,\sа\s[а-я]{5}|\s?[–-])\s?$")
"""What is before the last of several numbers, whose noun is in the plural: 3-й и 4-й пункты."""
_JOINT = rf"(?:{_DASH}|,\s|\s(?:и|і|й|та|по|до)\s)"


def read_declined_dates(text: str, lexicon: Lexicon) -> str:
    """Read the days of months and the years as ordinals: 5 мая 2019 года, в 2019 году, 2018 и 2019 годы."""
    table = lexicon.declension
    if not table.days:
        return text
    months = alternatives(month_names(lexicon.language))
    # 5 мая 2019 and nothing else is a year as well.
    year_word = next(word for word, ending in table.years.items() if ending == "ого")
    words = alternatives(table.years)
    is_alone = re.fullmatch(rf"\W*\d{{1,2}}\s(?:{months})(?:\s\d{{4}}(?:\s(?:{words}))?)?\W*", text)
    text = re.sub(rf"(?<=\d\d\d\d)/(?=\d{{1,2}}\s(?:{months})\s\d{{4}})", ", ", text)  # 8 мая 1942/10 мая 1942
    text = re.sub(rf"(?<=\d\s)({months})\s(\d{{4}})(?!\s(?:{words})|[\w–-])", rf"\1 \2 {year_word}", text)
    # в июле 2016., and not мак 2000., в июле 2016, 2017 гг.
    stems = alternatives({month[:-1] for month in month_names(lexicon.language)})
    month = rf"(?i:{stems})(?:[йьяюеиауії]|(?<=г)о)?"
    text = re.sub(
        rf"(?<![\w–-])({month}\s(?:19|20)\d\d)(?=[,.](?!\s?\d)|[;:)!?»]|\s(?:и|і|й|та|[–—])\s{month}\s\d{{4}}|$)",
        rf"\1 {year_word}",
        text,
    )
    text = re.sub(
        r"(?<![\w.,/–-])((?:19|20)\d\d)/((?:\d\d){1,2})(?=\s(?:[а-яё]{4,}(ый|ого|ому|ом|ым)\s)?(год(?:[ауы]|о[мв]|ах|ами?)?)(?!\w))",
        lambda match: _academic_year(match, lexicon),
        _ACADEMIC.sub(lambda match: _expand_academic(match, lexicon), text),
    )
    others = alternatives(table.other_joints)
    years = rf"{BEFORE}(?<![\w.,/–-])(\d{{3,4}}(?:(?:{_JOINT}|\s(?:{others})\s)\d{{4}}){{0,9}})\s({words})(?!\w)"

    def read_years(match: re.Match[str]) -> str:
        before, space, figures, word = match.groups()
        ending = table.years[word]
        if ending == "ом" and (before or "").casefold() in table.dative:
            ending = "ому"
        spoken = re.sub(r"\d+", lambda year: declined_ordinal(int(year.group()), ending, lexicon), figures)
        if (before or "").casefold() in table.range_starts and " по " in figures:
            first, _, last = figures.partition(" по ")
            spoken = f"{declined_ordinal(int(first), 'ого', lexicon)} по {declined_ordinal(int(last), '', lexicon)}"
        return f"{before or ''}{space or ''}{_dashes(spoken, lexicon)} {word}"

    def read_day(match: re.Match[str]) -> str:
        before, space, figures, month = match.groups()
        start, end = (before or "").casefold(), table.days["alone" if is_alone else ""]
        *others, last = re.findall(r"\d+", figures)
        is_numbered = start in lexicon.numbering_words or just_before(match.string, match.start(3)).endswith("§ ")
        if others and (is_numbered or max(map(int, others)) > _LAST_DAY):  # § 43, 30 ноября
            row = match.group().removesuffix(f"{last} {month}")
            return f"{row}{declined_ordinal(int(last), table.days[''], lexicon)} {month}"
        if start in joints and (pair := after_day.search(match.string, endpos=match.start())):
            start = pair[1].casefold()  # между 20 июня и 10 августа
        first = table.days.get(start, end) if start else end
        parts = re.split(r"(\D+)", figures)
        spoken = [
            declined_ordinal(
                int(part), first if index == 0 or "по" not in parts[index - 1] else table.days["alone"], lexicon
            )
            if part.isdigit()
            else part
            for index, part in enumerate(parts)
        ]
        return f"{before or ''}{space or ''}{_dashes(''.join(spoken), lexicon)} {month}"

    joints = (lexicon.symbols["&"], *table.other_joints)
    after_day = re.compile(
        rf"(?<!\w)({alternatives(table.days)})\s\d{{1,2}}\s(?:{months})(?:\s\w+\s(?:{words}))?\s$", re.IGNORECASE
    )
    text = re.sub(years, read_years, text)
    both = rf"(?<![\w.,:/–-])(\d{{1,2}})\s\((\d{{1,2}})\)(?=\s(?:{months})(?!\w))"  # 3 (15) июня
    text = re.sub(both, lambda match: _read_both_days(match, lexicon), text)
    days = rf"{BEFORE}(?<![\w.,:/–-])(\d{{1,2}}(?:{_JOINT}\d{{1,2}}){{0,9}})\s({months})(?!\w)"
    return re.sub(days, read_day, text, flags=re.IGNORECASE)


def _read_both_days(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a day in the old calendar and that in the new one."""
    old, new = (declined_ordinal(int(day), lexicon.declension.days[""], lexicon) for day in match.groups())
    return f"{old} ({new})"


def _expand_academic(match: re.Match[str], lexicon: Lexicon) -> str:
    before, years = match.groups()
    word = before.strip().casefold()
    ending = "ом году" if word in lexicon.before_years - lexicon.declension.dative else "ого года"
    return f"{before}{years} учебн{'ый год' if word in lexicon.before_whole_years else ending}{sentence_end(match)}"


def _academic_year(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the years before an adjective and the word for year: в 2021/22 учебном году."""
    first, last, adjective, word = match.groups()
    if (int(first) + 1) % 10 ** len(last) != int(last):
        return match.group()
    ending = adjective or lexicon.declension.years.get(word, "")
    years = [declined_ordinal(int(year), "" if ending == "ый" else ending, lexicon) for year in (first, last)]
    return f" {lexicon.range_word} ".join(years)


def _dashes(text: str, lexicon: Lexicon) -> str:
    return re.sub(_DASH, f" {lexicon.range_word} ", text)


def read_declined_romans(text: str, lexicon: Lexicon) -> str:
    """Read the Roman numbers of rulers, of centuries and before nouns."""
    table = lexicon.declension
    if not table.names:
        return text
    centuries = alternatives(table.centuries)
    names = alternatives(table.names)
    parts = "|".join(sorted(lexicon.before_roman))

    def read_century(match: re.Match[str]) -> str:
        before, space, numerals, short = match.groups()
        is_after_short = re.search(r"\w\.\s$", just_before(text, match.start()))  # нач. XX в.
        plain, after, inside = table.centuries[short].split("|")
        word = (
            inside
            if (before or "").casefold() in lexicon.before_years
            else after
            if before or is_after_short
            else plain
        )
        return f"{before or ''}{space or ''}{numerals} {word}" + sentence_end(match)

    def read_ruler(match: re.Match[str]) -> str:
        stem, rest, numeral = match.groups()
        kind = table.names[stem]
        endings = {"m": table.masculine, "f": table.feminine}.get(kind)
        ending = kind if endings is None else _by_ending(rest, endings)
        return f"{stem}{rest} {_roman(numeral, ending, lexicon)}"

    def read_noun(match: re.Match[str]) -> str:
        before, space, numerals, noun = match.groups()
        is_part = not before and _SHORT_PART.search(just_before(text, match.start()))
        if is_part or (before or "") in lexicon.before_roman or (before and noun.endswith("тся")):
            return match.group()
        stem = next((stem for stem in table.masculine_stems if noun.casefold().startswith(stem)), "")
        ending = _by_ending(noun[len(stem) :], table.masculine if stem else table.feminine)
        if neuter := _NEUTER.fullmatch(noun):
            ending = table.neuter.get(neuter[1], ending)
        spoken = re.sub("[IVX]+", lambda numeral: _roman(numeral.group(), ending, lexicon), numerals)
        return f"{before or ''}{space or ''}{_dashes(spoken, lexicon)} {noun}"

    def read_from(match: re.Match[str]) -> str:
        before, first, joint, last, short = match.groups()
        word = table.centuries[short].partition("|")[0]
        until = "" if word[-1] not in "еоя" else table.days["alone"]
        spoken = f"{before} {_roman(first, 'ого', lexicon)} {joint} {_roman(last, until, lexicon)} {word}"
        return spoken + sentence_end(match)

    text = _LIKE_ROMAN.sub(lambda match: match.group().translate(_TO_ROMAN), text)
    numerals = rf"([IVX]+(?:(?:{_DASH}|\s(?:и|і|й|та)\s)[IVX]+)*)"
    # с XVI по XVII в.
    spans = rf"(?<!\w)((?i:со?|зі?|із))\s([IVX]+)\s(по)\s([IVX]+)\s({centuries})(?!\w)"
    text = re.sub(spans, read_from, text)
    text = re.sub(rf"{BEFORE}(?<![\w–-]){numerals}\s({centuries})(?!\w)", read_century, text)
    text = re.sub(rf"(?<!\w)({names})({SMALL}{{0,3}})\s([IVX]+)(?!\w)", read_ruler, text)
    text = re.sub(rf"{BEFORE}(?<![\w–-]){numerals}\s((?:{SMALL}|[А-ЯЁІЇЄҐ]){{2,}})", read_noun, text)
    numbered = rf"(?<!\w)({parts})\s({ROMAN})(?![\w-])"
    return re.sub(numbered, lambda match: f"{match.group(1)} {roman_value(match.group(2)) or match.group(2)}", text)


def _roman(numeral: str, ending: str, lexicon: Lexicon) -> str:
    number = roman_value(numeral)
    return declined_ordinal(number, ending, lexicon) if number else numeral


def _by_ending(word: str, endings: Mapping[str, str]) -> str:
    """Return the ending of an ordinal by that of a word, the longest first."""
    key = max((key for key in endings if word.endswith(key)), key=len, default="")
    return endings.get(key, "")


def _compound(number: int, suffix: str, table: Declension) -> str:
    """Return a number and what follows it as one word: 5-летний, 5000-летний, 5000-ный."""
    first = compound(number, table)
    return f"{first.removesuffix('е') if suffix.startswith('н') else first}{suffix}"


def read_suffixed(text: str, lexicon: Lexicon) -> str:
    """Read figures with letters after a hyphen: 2-го, 1990-е, 5-ти, 15-летний."""
    table = lexicon.declension
    if not table.suffixes:
        return text

    def read_two(match: re.Match[str]) -> str:
        first, between, second, rest = match.groups()
        if rest in table.suffixes:
            return match.group()
        joint = between if between[0] == "-" and len(between) > 1 else "-"
        return f"{compound(int(first), table)}{joint}{compound(int(second), table)}{rest}"

    text = _MISSING_HYPHEN.sub("-", join_parts(text, lexicon))
    # 18–24-летние, 5- и 7-летние
    joints = alternatives((lexicon.symbols["&"], *table.other_joints))
    two = rf"(?<![\w.,/–-])(\d{{1,3}})(\s?[–-]\s?|-\s(?:{joints})\s)(\d{{1,3}})-({SMALL}{{3,}})(?![\w-])"
    text = re.sub(two, read_two, text)

    def read(match: re.Match[str]) -> str:
        before, space, figures, suffix, noun = match.groups()
        start, number = f"{before or ''}{space or ''}", int(figures)
        case = table.counted_suffixes.get(suffix)
        if case is not None and not (suffix == "х" and number > 4):
            return start + cardinal(number, lexicon, case)
        is_decade = number > 19 and number % 10 == 0 and not _NEUTER_ENDING.search(noun.strip())
        ending = table.tens_suffixes.get(suffix) if is_decade else None
        ending = ending or table.suffixes.get(suffix)
        if suffix == "и" and (number % 10 != 3 or number % 100 == 13):
            return match.group()  # 5-и, a cardinal
        if suffix == "е" and ending == "ое" and _PLURAL.match(match.string, match.end()):
            ending = "ые"  # на 5-е сутки
        if ending is None:
            return f"{start}{_compound(number, suffix, table)}" if len(suffix) > 2 else match.group()
        word = (before or "").casefold()
        is_locative = word in lexicon.before_years or table.before_abbreviations.get(word) == LOCATIVE
        counted = _AFTER_M.match(match.string, match.end()) if suffix == "м" else None
        if counted and counted[1]:
            is_locative = _LOCATIVE.search(counted[1]) is not None
            ending = table.suffixes[suffix]
        if suffix == "м" and not is_locative:
            ending = table.oblique[suffix]
        if suffix == "й" and word and (not noun or re.search("(?:ой|ей|е|и|ы|ью|і|ї|ою)$", noun.strip())):
            ending = table.oblique[suffix] if is_locative or table.prepositions.get(word) or word == "по" else ending
        is_one = not _AFTER_ANOTHER.search(just_before(match.string, match.start(3)))
        if suffix == "й" and is_one and _FEMININE.match(match.string, match.end()):
            ending = table.oblique[suffix]
        if suffix == "й" and (noun or "").strip() in table.day_parts:  # о 9-й ранку
            ending = table.hours.get(word, ending)
        return start + declined_ordinal(number, ending, lexicon)

    return re.sub(rf"{BEFORE}(?<![\w.,/–-])(\d{{1,6}})-({SMALL}+)(?![\w-])(?=((?:\s{SMALL}+)?))", read, text)
