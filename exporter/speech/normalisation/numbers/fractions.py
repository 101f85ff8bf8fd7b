"""Two numbers with a sign between them: fractions, ratios, results, resolutions."""

from __future__ import annotations

import re
import unicodedata

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.inflection.agreement import is_feminine
from exporter.speech.normalisation.inflection.declension import UNTIL
from exporter.speech.normalisation.inflection.number_words import (
    DATIVE,
    GENITIVE,
    LOCATIVE,
    NOMINATIVE,
    cardinal,
    is_one,
)
from exporter.speech.normalisation.patterns import (
    NUMBER,
    alternatives,
    count,
    inflect,
    just_before,
    word_before,
)

_VULGAR = re.compile(r"(?<!\d)(?<!\d\s)[⅐-⅞]")
_SLASHED = re.compile(r"(?<![\w.,/-])(?:(\w+)(\s))?(?<![\w.,/-])(\d{1,6})/(\d{1,5})(?![\w/]|[.,]\d|-\d)")
_FRACTIONS = re.compile(r"(?<![\w.,/–-])(\d{1,2}/\d{1,2})\s?[–-]\s?(\d{1,2}/\d{1,2})(?![\w/–-]|[.,]\d)")
_RATE = re.compile(
    r"(?<![\w.,/-])(\d+[.,٫]\d{1,2}(?=\s?/\s?10)|\d{1,4}(?=\s?/\s?1\d{0,2}[.,\u00a0\u202f]\d))"
    r"\s?/\s?(100(?!\d|[.,\u00a0\u202f]\d)|10{0,2}(?:[.,\u00a0\u202f]?000){1,2})(?![\w/-]|[.,]\d)"
)
_MAP = re.compile(r"(?<![\w.,/-])1/((?!10)\d{2,3}(?:[.,\u00a0\u202f]000)+)(?![\w/-]|[.,]\d)(\s[^\W\d]+)?")
"""What may be the scale of a map: 1/25 000."""
_PART = re.compile(r"\(\d+/\d+\)|\d+/\d+[:)]")
"""The number of a post in a thread and how many it has, at the beginning of its text: “(1/3):”."""
_LINES = re.compile(r"(?<![\w.:,/])(\d{1,3}):(\d{1,2})\s?[–-]\s?(\d{1,3}):(\d{1,2})(?![\w:])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[A-Z]{2,}")
_LAST_DAY = 31
_LARGEST_RANK = 1000
_LARGEST_DENOMINATOR = 10
"""Denominator of a fraction that may begin a text before a capital; larger ones are of the number of a resolution."""
_CAPITALISED = re.compile(r"\s[A-ZÀ-Þ][^\W\d_A-Z]")
_CROSSED = re.compile(r"\d\s?x")
_HALVES = {"1/2": "½", "1/4": "¼", "3/4": "¾"}


def read_fractions(text: str, lexicon: Lexicon) -> str:
    """Read 5/8 as five eighths; after the word for a resolution, and where it is no fraction, with the slash."""
    if not lexicon.fractions:
        return text
    if lexicon.rank_word:  # 1/5e, 2/3rds
        text = re.sub(r"(?<![\w.,/-])(\d{1,2}/\d{1,2})(?:ème|e|th|rd)s?(?!\w)", r"\1", text)
    text = re.sub(r"(?<=\d)\s(1/2|1/4|3/4)(?![\w/])", lambda match: _HALVES[match.group(1)], text)
    if half := lexicon.agreement.half:
        text = _read_halves(text, half, lexicon)
    if lexicon.range_word:
        text = _FRACTIONS.sub(lambda match: _read_ends(match, lexicon), text)
    text = _VULGAR.sub(lambda match: unicodedata.normalize("NFKC", match.group()).replace("⁄", "/"), text)

    def read(match: re.Match[str]) -> str:
        before, space, upper, lower = match.groups()
        start = f"{before or ''}{space or ''}"
        forms = lexicon.fractions.get(lower)
        if match.start() <= 1 and _PART.match(text):
            return match.group()
        if not match.start() and int(lower) > _LARGEST_DENOMINATOR and _CAPITALISED.match(text, match.end()):
            return match.group()  # 14/15 Rights of the child
        if not forms or upper == "0" or int(upper) >= int(lower) or (before or "").casefold() in lexicon.references:
            return match.group()
        if upper == "1" and before in lexicon.agreement.short.values():
            return start + forms.partition("|")[0]  # un 1/3
        if lexicon.declension.cardinals:
            return start + _declined_fraction(int(upper), forms, match, lexicon)
        words = forms.format(upper) if "{}" in forms else count(upper, forms, lexicon.language)
        is_construct = lexicon.proclitics and text.startswith(" ال", match.end()) and words.endswith("ان")
        return start + (words.removesuffix("ن") if is_construct else words)  # ثلثا الأعضاء

    return _SLASHED.sub(read, text)


def _read_ends(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return two fractions with the word of a range between them: 1/3–3/4."""
    first, last = (tuple(map(int, part.split("/"))) for part in match.groups())
    are_fractions = all(str(lower) in lexicon.fractions for _, lower in (first, last))
    are_fractions = are_fractions and word_before(match.string, match.start()) not in lexicon.references
    is_range = are_fractions and 0 < first[0] * last[1] < last[0] * first[1] < first[1] * last[1]
    return f"{match[1]} {lexicon.range_word} {match[2]}" if is_range else match.group()


def _declined_fraction(upper: int, forms: str, match: re.Match[str], lexicon: Lexicon) -> str:
    """Return a fraction in the case that the word before it asks for: около двух третей, на одну треть."""
    table, word = lexicon.declension, (match[1] or "").casefold()
    following = match.string[match.end() :]
    part = inflect(forms, str(upper), lexicon.language)
    single = forms.partition("|")[0]
    ending = next((ending for ending in table.fractions if single.endswith(ending)), "")
    case = table.prepositions.get(word) or (DATIVE if word in table.dative else NOMINATIVE)
    if word in table.range_starts and UNTIL.match(following):
        case = GENITIVE
    elif word in lexicon.before_years - table.dative and not _is_of_majority(match, table.majority):
        case = LOCATIVE
    if ending and case:
        endings = table.fractions[ending].split("/")[not is_one(upper)].split("|")
        part = f"{single.removesuffix(ending)}{endings[case - 1]}"
    words = f"{cardinal(upper, lexicon, case, 'f')} {part}".split()
    if not case and is_one(upper) and word in table.accusative_before | table.accusative_verbs:
        words = [re.sub("ая$", "ую", re.sub("а$", "у", table.accusative.get(spoken, spoken))) for spoken in words]
    return " ".join(words)


def _is_of_majority(match: re.Match[str], majority: str) -> bool:
    """Return whether the word before a fraction asks for the accusative: большинством в 2/3 голосов."""
    return bool(majority) and re.search(rf"{majority}\w+ $", just_before(match.string, match.start())) is not None


def _read_halves(text: str, half: str, lexicon: Lexicon) -> str:
    """Read a half before or after what is counted: ½ hora as media hora, 2½ horas as 2 horas y media."""
    masculine, feminine = half.split("|")

    def read(match: re.Match[str]) -> str:
        whole, noun = match.groups()
        if noun in lexicon.agreement.no_nouns or (whole and not noun.endswith("s") and whole != "1"):
            return match.group()
        if whole == "1":
            noun = re.sub("(?<=[ao])s$", "", noun)
        form = feminine if is_feminine(noun, 2 if noun.endswith("s") else 1, lexicon.agreement) else masculine
        return f"{whole} {noun} {lexicon.agreement.joint} {form}" if whole else f"{form} {noun}"

    symbols = alternatives(lexicon.units)  # 1/2 l de leche
    counted = rf"(?<![\w.,/])((?:(\d+)\s?)?½|1/2)\s({symbols})(?![\w²³/])"
    text = re.sub(
        counted, lambda match: f"{match[1]} {inflect(lexicon.units[match[3]], match[2] or '1', lexicon.language)}", text
    )
    return re.sub(r"(?<![\w.,/])(?:(\d+)\s?½|½|1/2)\s([^\W\d_A-Z]{3,})(?!\w)", read, text)


def read_rates(text: str, lexicon: Lexicon) -> str:
    """Read 0.31/100,000 as a rate, and 12/10,000 likewise; 12/1000 may be a number of a document."""
    if not lexicon.rate_word:
        return text
    # 12 deaths/1,000 people
    text = re.sub(r"(?<=[a-z]{3})/(?=10{0,2}(?:,000|0)(?![\w,/]))", f" {lexicon.rate_word} ", text)
    maps = re.compile(rf"(?<!\w)(?:{alternatives(lexicon.maps)})(?!\w)", re.IGNORECASE) if lexicon.maps else None

    def read_map(match: re.Match[str]) -> str:
        figures, noun = match[1], match[2] or ""
        is_map = not noun or (maps and maps.search(just_before(text, match.start()) + noun))
        return f"1 {lexicon.ratio_word if is_map else lexicon.rate_word} {figures}{noun}"

    text = _MAP.sub(read_map, text) if lexicon.ratio_word else text

    def read(match: re.Match[str]) -> str:
        joint = lexicon.rank_word if _is_rank(text, match.start(), lexicon) else lexicon.rate_word
        return f"{match[1]} {joint} {match[2]}"

    return _RATE.sub(read, text)


def _is_rank(text: str, position: int, lexicon: Lexicon) -> bool:
    """Return whether a place in a list or a number of points is at a position: ranked 75/193, scored 42.5/100."""
    words = alternatives(lexicon.ranks)
    rank = rf"(?<!\w)(?:{words})(?:\s[^\W\d]{{1,3}})?:?\s\(?$"
    return bool(words) and re.search(rank, just_before(text, position).casefold()) is not None


def read_crossed_scores(text: str, lexicon: Lexicon) -> str:
    """Read a result that is written with a cross, which is no unit's: por 5x0."""
    words = alternatives(lexicon.before_scores)
    if not words or not _CROSSED.search(text):
        return text
    units = alternatives(frozenset((*lexicon.units, *"|".join(lexicon.units.values()).split("|"))))
    last = rf"\d\d?(?!\w|[.,]\d|\s?(?:{units})(?!\w))"
    return re.sub(rf"((?<!\w)(?:{words})\s)(\d\d?)\s?x\s?(?={last})", rf"\1\2 {lexicon.score_word} ", text)


def read_dimensions(text: str, lexicon: Lexicon) -> str:
    """Read 2 m x 3 m and 210 × 297 mm as sides of an area, 4x4 likewise, and 3x as 3 times."""
    if not lexicon.dimension_word:
        return text
    unit = f"(?:{alternatives(lexicon.units)})"
    sides = rf"(?={NUMBER}(?:\s?[x×]\s?{NUMBER}){{0,3}}\s?{unit}(?![\w/²³-]))"
    by = rf"\1 {lexicon.dimension_word} "
    text = re.sub(rf"(?<![\w.,])({NUMBER}(?:\s?{unit})?)\s?[x×]\s?{sides}", by, text)
    text = re.sub(rf"(?<![\w.,])({NUMBER})x(?={NUMBER}(?!\w))", by, text)
    times = lexicon.symbols.get("×", "")
    is_times = times != lexicon.dimension_word and " " not in times
    return re.sub(rf"(?<![\w.,])({NUMBER})x(?!\w)", rf"\1 {times}", text) if is_times else text


def read_slashes(text: str, lexicon: Lexicon) -> str:
    """Read the slash between two numbers that are no fraction: resolution 60/147, Directive 2011/36/EU."""
    if not lexicon.slash:
        return text

    def read(match: re.Match[str]) -> str:
        first, *parts = match.group().split("/")
        is_whole = len(parts) == 1 and parts[0].isdigit() and int(first) <= int(parts[0]) < _LARGEST_RANK
        if is_whole and _is_rank(text, match.start(), lexicon):
            return f"{first} {lexicon.rank_word} {parts[0]}"
        if parts == [first] and word_before(text, match.start()) not in lexicon.references:
            return f"{first} {first}"  # 50/50, and not resolution 1/1
        if len(parts) == 1 and parts[0].isdigit() and word_before(text, match.start()) in lexicon.page_words:
            return f"{first} {lexicon.range_word} {parts[0]}"  # fls. 181/185
        if len(parts) == 2 and parts[-1].isdigit():
            is_list = all(part.isdigit() and int(part) > _LAST_DAY for part in (first, *parts))
            may_be_date = len(first) == 4 or len(parts[-1]) == 4 or len(max(first, *parts, key=len)) < 3
            if is_list or may_be_date:
                return ", ".join((first, *parts)) if is_list else match.group()  # 147/148/149
        return f" {lexicon.slash} ".join([first, *(" ".join(part) if part[0] == "0" else part for part in parts)])

    text = re.sub(r"(?<=\d)\s/(?=(?:19|20)\d\d(?!\d))", "/", text)  # 58 /2015
    if lexicon.range_word:  # Nos. 12–15/2020
        text = re.sub(r"(?<![\w.,/–-])(\d+)–(?=\d+/(?:19|20)\d\d(?!\d))", rf"\1 {lexicon.range_word} ", text)
    return re.sub(r"(?<![/\d])\d+/\d+(?:/(?:\d+|[A-ZА-Я]{2,}|(?<=\d{4}/)[A-Z]))*(?![\w/])", read, text)


def read_ratios(text: str, lexicon: Lexicon) -> str:
    """Read 3:1 as 3 to 1; what may be a time of day only after words such as ratio.

    Of page and line, 45:12–46:3, and of volume and page, 328:2056, the numbers are read.
    """
    if not lexicon.ratio_word:
        return text

    def read_lines(match: re.Match[str]) -> str:
        *first, hour, minute = match.groups()
        is_time = max(int(first[0]), int(hour)) < 25 and len(first[1]) == len(minute) == 2
        return match.group() if is_time else f"{' '.join(first)} {lexicon.range_word} {hour} {minute}"

    def read(match: re.Match[str]) -> str:
        before, first, second = match.groups()
        if min(len(first), len(second)) > 2 and not lexicon.ratios.intersection(before.casefold().split()):
            return f"{before}{first}, {second}"
        if _YEAR.fullmatch(second) and len(first) > 1 and any(map(_NAME.fullmatch, before.split())):
            return f"{before}{first}, {second}"  # ISO Guide 51:1999
        is_time = re.fullmatch(r"[0-5]\d", second) and first.isdigit() and int(first) < 25
        clause = re.split("[,;，；]", f"{just_before(text, match.start())}{before}".casefold())[-1]
        words = re.findall(r"\w+", clause)
        if is_time and not lexicon.ratios.intersection(words):
            return match.group()
        joint = "" if lexicon.ratio_word.startswith("'") else " "
        return f"{before}{first}{joint}{lexicon.ratio_word} {second}"

    return re.sub(
        r"(?<!\w)((?:[^\W\d_]+\s){0,2})(?<![\w.:,/])(\d{1,4}(?:\.\d+)?):(\d[\d,.\u00a0]*(?<=\d))(?!:)(?!\w)",
        read,
        _LINES.sub(read_lines, text) if lexicon.range_word else text,
    )
