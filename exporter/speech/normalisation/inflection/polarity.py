"""Numbers with the gender of what they count and the case after prepositions, in Arabic: ثلاث نساء, من عشرين.

Voices read figures as before a masculine noun, in the nominative. Where that is wrong, the last two figures are written
in words, and the two of hundreds and thousands in its other case; the others stay figures.
"""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon, Polarity
from exporter.speech.normalisation.numbers.ordinals import ordinal
from exporter.speech.normalisation.patterns import just_before, month_names

_MARKS = re.compile("[\u064b-\u0652\u0640]")
_WORD = r"[^\W\d_][\w\u064b-\u0652]*"
_NUMBER = re.compile(
    rf"(?:(?<![\w\u064b-\u0652])({_WORD})\s)?(?:([وفبلك])\ue000|(?<![\w.,:/–-]))(\d{{1,6}})(?![\w:/–-]|[.,،]\d)(?=\s[\"“«]?({_WORD}))?"
)
_JOINT = re.compile(r"\s(?:إلى|أو|حتى)\s\d+|\sو\ue000\d+")
_IN_BRACKETS = re.compile(rf"(?:(?<![\w\u064b-\u0652])({_WORD})\s)?(?<!\w)\((\d{{1,6}})\)(?=\s({_WORD}))")
"""The number of things or of a day in brackets, as lists of what happened have it: (17) امرأة, (28) إبريل."""
_DEFINITE = re.compile(
    rf"(?:(?<![\w\u064b-\u0652])({_WORD})\s)?(?<!\w)([وفب]?)الـ?\s?([3-9]|[1-9]\d)(?![\w:/–-]|[.,]\d|\s?%)(?=\s({_WORD})|\W|$)"
)
_RANKED = frozenset({"سن", "عمر", "الساعة", "والساعة"})
"""Words before a feminine ordinal: سن الـ18, الساعة الـ8."""
_PARTS_OF_DAY = frozenset({"صباحا", "صباحًا", "مساء", "مساءً", "فجرا", "فجرًا", "ظهرا", "ظهرًا", "ليلا", "ليلًا", "عصرا"})
_COUNTED = re.compile(rf"(?:\s{_WORD}){{1,2}}\s")
"""What a number of a row counts, before the next one: من 40 مدنيا و50 جنديا."""
_MONTH_OF_TWO = re.compile(r"(?<!\w)[وفبلك]?(?:كانون|تشرين)\s(?:الأول|الثاني)\s$")
_NO_NOUN = re.compile(r"\s(?:ل?سنة\s\d{4}(?!\d)|نقطة\s\d)")
"""The year of laws whose numbers are before it, القانونان 7 و9 لسنة 2007, and the point in the number of one."""
_JOINED = re.compile("[وبكل]|ف?ال")
"""What begins a word that is not counted, unless it is listed: 25 بتهمة, عام 1951 الخاصة."""
_NUMERAL = re.compile(r"و?(?:ال)?(?:اثن|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|عشر)\w*")
"""A number in words, which one in brackets repeats: اثنتي عشرة (12) حادثة."""
_PERCENT = re.compile(r"\sفي\sالم[ئا]")
_WITH_PRONOUN = re.compile(r"\w{3,}(?:ه|ها|هم|هن|نا)")
_BETWEEN = re.compile(r"(?<!\w)(\w+)\s(?:في|داخل|قرب|خلال)\s\w+\s$")
"""Where or when, between a verb and its subject: قتل في القصف 40 مدنيا."""
_PAUSES = frozenset("،,؛;.:!؟")
_YEARS, _LIKELY_YEARS = range(1000, 2100), range(1900, 2100)


def read_polarity(text: str, lexicon: Lexicon) -> str:
    """Write numbers in words where their gender or case is not that of the figures."""
    table = lexicon.polarity
    if not table.masculine:
        return text
    other = lexicon.numbering_words | lexicon.references | frozenset(lexicon.decimal.values())
    months = frozenset(month_names(lexicon.language))
    marks = other | frozenset(lexicon.url.values())
    parts, days_of = other | lexicon.articles, months | lexicon.before_years
    is_oblique, end = False, 0

    def open_bracket(match: re.Match[str]) -> str:
        before, figures, noun = match.groups()
        word = before or ""
        is_part = not parts.isdisjoint({word, word[1:]}) or _NUMERAL.fullmatch(word)
        is_counted = not is_part and (noun in days_of or is_feminine(_MARKS.sub("", noun), int(figures), table))
        return match.group().replace(f"({figures})", figures) if is_counted else match.group()

    def read(match: re.Match[str]) -> str:
        nonlocal is_oblique, end
        before, proclitic, figures, noun = match.groups()
        word, number = _MARKS.sub("", before or ""), int(figures)
        is_row = proclitic in ("و", "ف") and _COUNTED.fullmatch(text, end, match.start(2))
        end = match.end()
        if not is_row and (proclitic not in ("و", "ف") or word):
            is_oblique = proclitic in ("ب", "ل", "ك") or not table.oblique_after.isdisjoint({word, word[1:]})
            is_oblique = is_oblique or _is_object(match, word, lexicon)
        elif just_before(text, match.start()).rstrip()[-1:] in _PAUSES:
            is_oblique = False
        is_month = word in months or bool(_MONTH_OF_TWO.search(_MARKS.sub("", just_before(text, match.start(3)))))
        is_dated = number in _YEARS and (word in lexicon.before_years or is_month or noun in lexicon.eras.values())
        is_alone = not (noun or "").endswith(("ا", "ة")) or _JOINED.match(noun) is not None
        is_dated = is_dated or (number in _LIKELY_YEARS and len(word) > 2 and is_alone and word not in marks)
        is_oblique = is_oblique or is_dated
        is_year = is_dated or (word.endswith("سنة") and not proclitic)
        # 60 على 147, and decimals that are read one by one
        is_second = (
            word in ("", lexicon.slash, lexicon.url["."])
            and not proclitic
            and just_before(text, match.start()).rstrip()[-1:].isdigit()
        )
        if number < 2 or is_second or (word in other and not is_year):
            return match.group()
        following = _JOINT.match(text, match.end())
        counted = re.compile(rf"\s({_WORD})").match(text, following.end()) if following else None
        # الفصل 14 مجلة الإجراءات: an article is not counted
        has_no_noun = not lexicon.articles.isdisjoint({word, word[1:]}) or _NO_NOUN.match(
            text, following.end() if following else match.end()
        )
        noun = "" if is_year or has_no_noun else _MARKS.sub("", (counted[1] if counted else noun) or "")
        feminine = word.endswith("سنة") if is_year else is_feminine(noun, number, table)
        # في 2019 منظمة
        feminine = feminine and (is_year or number not in _LIKELY_YEARS or noun in table.feminine_words)
        start = match.group()[: -len(figures)]
        return start + (
            _words(
                number,
                table,
                feminine=feminine,
                oblique=is_oblique,
                is_joined=not following
                and len(noun) > 2
                and noun not in {*lexicon.eras.values(), *lexicon.decimal.values(), *table.oblique_after},
            )
            or figures
        )

    text = _IN_BRACKETS.sub(open_bracket, _DEFINITE.sub(lambda match: _definite(match, lexicon), text))
    return _NUMBER.sub(read, text)


def _is_object(match: re.Match[str], word: str, lexicon: Lexicon) -> bool:
    """Return whether what a number counts is no subject: سجلت 74 حالة, مشاركة 20 طبيبا, and not قُتل 25 رجلا.

    Most are objects or in an annexation, if a word is before them that is no verb with a subject after it, nor one
    with a pronoun: طولها 150 مترا.
    """
    table, noun = lexicon.polarity, _MARKS.sub("", match[4] or "")
    is_counted = noun.endswith(("ا", "ة")) or noun in {*lexicon.scales.words, *lexicon.decimal.values()}
    is_counted = is_counted or int(match[3]) % 100 == 0 or bool(_PERCENT.match(match.string, match.end()))
    phrase = _BETWEEN.search(just_before(match.string, match.start(3)))
    verb = phrase[1] if phrase else word
    is_subject = not table.subjects.isdisjoint({word, word[1:], verb, verb[1:]})
    is_part = noun == lexicon.url["-"] or word in lexicon.articles or bool(_NO_NOUN.match(match.string, match.end()))
    if not word or not is_counted or is_subject or is_part:
        return False
    before = just_before(match.string, match.start(1)).split()[-1:]
    is_after_reach = bool(before) and not table.oblique_after.isdisjoint({before[0], before[0][1:]})
    return is_after_reach or not _WITH_PRONOUN.fullmatch(word)


def _definite(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a number with the article in words: الدول الخمس عشرة, خلال الأربع والعشرين ساعة."""
    before, proclitic, figures, following = match.groups()
    table, number = lexicon.polarity, int(figures)
    word = _MARKS.sub("", before or "")
    if word in _RANKED or (following or "") in _PARTS_OF_DAY:
        return f"{before} {proclitic}{ordinal(number, lexicon, 1)}"
    article = re.match("[وفبك]?ال|[وف]?لل", word)
    feminine = is_feminine(word[article.end() :], 3, table) if article else is_feminine(following or "", number, table)
    spoken = _oblique(_below_hundred(number, table, feminine=feminine), table)
    spoken = spoken.replace(f" {table.joint}", " وال")
    return f"{before or ''}{' ' if before else ''}{proclitic}ال{spoken}"


def _words(number: int, table: Polarity, *, feminine: bool, oblique: bool, is_joined: bool) -> str:
    """Return a number in words, or in figures and words; empty if the figures are read correctly."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    # مئتا امرأة: two hundred and two thousand lose their end before the noun.
    tens = thousands % 100
    has_tens = oblique and (tens == 12 or tens > 19)  # إلى اثنين وأربعين ألف شخص
    is_joined_hundred = is_joined and hundreds == 2 and not rest
    is_joined_thousand = is_joined and thousands == 2 and not hundreds and not rest
    has_two = oblique and (thousands == 2 or hundreds == 2)
    is_other = (feminine and rest > 2 and (rest < 20 or rest % 10)) or (oblique and (rest == 12 or rest > 19))
    if not (has_two or is_other or has_tens or is_joined_hundred or is_joined_thousand):
        return ""
    parts = []
    if thousands == 2 and (oblique or is_joined_thousand):
        parts.append(table.two_thousand[2 * is_joined_thousand + oblique])
        thousands = 0
    elif has_tens:
        parts += [str(thousands - tens)] if thousands > tens else []
        counted = table.thousand[is_joined and not hundreds and not rest]
        parts.append(f"{_oblique(_below_hundred(tens, table, feminine=False), table)} {counted}")
        thousands = 0
    if hundreds == 2 and (oblique or is_joined_hundred):
        parts += [str(thousands * 1000)] if thousands else []
        parts.append(table.two_hundred[2 * is_joined_hundred + oblique])
    elif thousands or hundreds:
        parts.append(str(thousands * 1000 + hundreds * 100))
    if rest:
        words = _below_hundred(rest, table, feminine=feminine)
        parts.append(_oblique(words, table) if oblique else words)
    return f" {table.joint}".join(parts)


def _oblique(words: str, table: Polarity) -> str:
    return " ".join(table.oblique.get(word, word) for word in words.split())


def _below_hundred(number: int, table: Polarity, *, feminine: bool) -> str:
    ones = table.feminine if feminine else table.masculine
    if number < len(ones):
        return ones[number]
    tens, rest = divmod(number, 10)
    # In compounds, one has a form of its own.
    return (
        f"{(table.one_before_tens[feminine] if rest == 1 else ones[rest])} {table.joint}{table.tens[tens - 2]}"
        if rest
        else table.tens[tens - 2]
    )


def is_feminine(noun: str, number: int, table: Polarity) -> bool:
    """Return whether a noun after a number is feminine; from three to ten it is in the plural."""
    if noun in table.feminine_words:
        return True
    if _JOINED.match(noun) or noun in table.masculine_words:
        return False
    if 3 <= number % 100 <= 10:
        return noun.endswith(("ات", "آت")) and not any(re.fullmatch(form, noun) for form in table.masculine_plurals)
    return noun.endswith("ة")
