"""Years, thousands, decimals, percentages and powers."""

from __future__ import annotations

import re

from exporter.formulas import raised
from exporter.lexicon import Lexicon
from exporter.speech.normalisation.arabic_figures import turn_thousands
from exporter.speech.normalisation.patterns import NUMBER, alternatives, just_before, word_before
from exporter.speech.normalisation.quantities.units import is_counted

_ROW_BEFORE = re.compile(r"(?:\d[\d.]*,?\s(?:[a-z]{1,3}\s)?)*$")
"""The earlier numbers of a row."""
_BEFORE_COUNT = re.compile(r"(?<!\w)(?:total\sof|as\smany\sas|fewer\sthan)\s$", re.IGNORECASE)
_REPORT = re.compile(r"(?:19|20)\d\d[\])]?(?:\s(?:\d{1,3}|[A-Z][\w.]*)){0,2}\s[A-Z]{2,5}\s$")
"""What is before the number of things or of a judgment, (2011) 4 SCC 1154, and not before a year."""
_TITLE = re.compile(r"\s(?:[A-ZÀ-Þ][a-zß-ÿ]|ال[ء-ي]{2})|\.(?:\s|$)")
"""What follows the number of a heading or a paragraph."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_RAISED = str.maketrans(_RAISED, "0123456789")
TO_RAISED = str.maketrans("0123456789−-", f"{_RAISED}⁻⁻")
"""Raised digits, and a raised minus, as characters."""


def move_percent(text: str, lexicon: Lexicon) -> str:
    """Write the percent sign once, and after its figures: ٪٣٥, 10%-15%; 60 p. 100 des cas is French."""
    if "p. 100" in lexicon.units:
        numbering = lexicon.numbering_words | lexicon.references

        def read_share(match: re.Match[str]) -> str:
            row = re.search(r"([^\s\d’'(]+)\s(?:\d+,?\s(?:\w{1,2}\s)?)*$", just_before(text, match.start()))
            word = row[1] if row else ""
            is_page = word.casefold() in numbering or re.search(r"n[oº°]s?$|\.$", word) or word.isupper()
            return match.group() if is_page else f"{match[1]} %"

        follows = r"\s(?:d|en\s|par\s|à\s)|(?<=\sà\s\d\d\sp\.\s100)(?:[;)]|[.,](?!\d)|$)"
        share = rf"(?<![\w.,])(\d{{1,3}}(?:,\d+)?)\sp\.\s100(?={follows})"
        text = re.sub(share, read_share, text)
    if "٪" in lexicon.symbols:
        text = re.sub(rf"([%٪])\s?({NUMBER})(?!\s?[%٪])", r"\2\1", text)
    return re.sub(rf"(?<=\d)\s?[%٪](?:\s?[–-]\s|\s?–|-)(?={NUMBER}\s?[%٪])", "–", text)


def read_double_years(text: str, lexicon: Lexicon) -> str:
    """Read two consecutive years, 2019/20 or 2019/2020, as two numbers, without the slash."""
    del lexicon

    def read(match: re.Match[str]) -> str:
        year, following = match.groups()
        return f"{year} {following}" if str(int(year) + 1).endswith(following) else match.group()

    return re.sub(r"(?<![\w.,/-])((?:19|20)\d\d)/((?:\d\d){1,2})(?![\w/-]|[.,]\d)", read, text)


def read_years(text: str, lexicon: Lexicon) -> str:
    """Read years in pairs, if the language does: 1998 as 19 98; 2000 to 2009 are not changed.

    Years before 1100 are known by the word before them, and so are numbers of resolutions, which are read in pairs too.
    """
    if not lexicon.year:
        return text

    def read(match: re.Match[str]) -> str:
        century, rest, plural = match.groups()
        before = just_before(match.string, match.start())
        if not plural and (_BEFORE_COUNT.search(before) or (century != "20" and _REPORT.search(before))):
            return match.group()
        if rest == "00":
            return f"{century} {lexicon.year['hundred']}{plural}"
        if rest[0] == "0":
            return f"{century} {lexicon.year['oh']} {rest[1]}{plural}"
        return f"{century} {rest}{plural}"

    if joint := lexicon.year.get("joint"):
        references = rf"(?:(?<!\w)({alternatives(lexicon.references)})\s)?"
        hundreds = rf"{references}(?<![\w.,/-])(1[1-9])(\d\d)\b(?!/|[.,]\d|-\d|\s{lexicon.slash}\s)"

        def read_hundreds(match: re.Match[str]) -> str:
            return match[0] if match[1] else f"{match[2]} {joint} {match[3].lstrip('0')}".strip()

        return re.sub(hundreds, read_hundreds, text, flags=re.IGNORECASE)
    text = re.sub(r"(?<!\w)[’‘'](?=\d0s\b)", "", text)
    text = re.sub(r"(?<=[a-z])-(?=(?:1[1-9]|20)\d\ds?\b)", " ", text)
    words = alternatives((*lexicon.before_years, *lexicon.references))
    paired = rf"(?<!\w)({words})(,?\s)([1-9]\d)([1-9]\d)(?![\w/–-]|[.,]\d|\s{lexicon.slash}\s)"

    def read_pair(match: re.Match[str]) -> str:
        before, space, century, rest = match.groups()
        is_pair = century == "10" or before.casefold() in lexicon.references
        return f"{before}{space}{century} {rest}" if is_pair else match.group()

    text = re.sub(paired, read_pair, text, flags=re.IGNORECASE)
    return re.sub(r"(?<![\w.,/-])(1[1-9](?=\d\d)|20(?=[1-9]\d))(\d\d)(s?)\b(?!/|[.,]\d|-\d)", read, text)


def join_thousands(text: str, lexicon: Lexicon) -> str:
    """Join thousands that a space separates, if the language does: 52 000, and not 2024 881."""
    # 12,50,000 in India
    text = re.sub(
        r"(?<![\d,])(?<!\d\.)[1-9]\d?(?:,\d\d)+,\d{3}(?![\w,]|\.\d{3})", lambda match: match[0].replace(",", ""), text
    )
    # 2'500,000 in Mexico, 2'500.000 in Colombia, and 4'500 in Switzerland
    text = re.sub(r"(?<![\w.,'’])([1-9]\d{0,2})['’´](?=\d{3}([,.])\d{3}(?:\2\d{3})*(?![\w,'’]))", r"\1\2", text)
    text = re.sub(
        r"(?<![\w.,'’])[1-9]\d{0,2}(?:['’]\d{3})+(?![\w'’])", lambda match: re.sub("['’]", "\u00a0", match[0]), text
    )
    # N$ 45:000.000 in Uruguay, also with .00
    text = re.sub(r"(?<![\w.,:])([1-9]\d{0,2}):(\d{3}\.\d{3})(?:\.00)?(?![\w.])", r"\1.\2", text)
    if lexicon.agreement.thousand == "mil":  # 1 millón 065 mil 087
        text = re.sub(r"(?<=\d\s)((?:mil|mill[oõó]n|millones)\s)0{1,2}(?=[1-9]\d?(?!\w|[.,]\d))", r"\1", text)
    if lexicon.declension.half:  # 30,000 руб.
        text = re.sub(r"(?<![\w.,])([1-9]\d{0,2}),000(?=\s[а-яё])", r"\g<1>000", text)
    if "," in lexicon.decimal:  # £12,000
        english = r"(?<=£)\s?[1-9]\d{0,2}(?:,\d{3})+|(?<!R\$)(?<=[$€¥])\s?[1-9]\d{0,2}(?:,\d{3})*,000"
        text = re.sub(rf"(?:{english})(?!\w|[,.]\d)", lambda match: match[0].replace(",", ""), text)
    if "." in lexicon.decimal and "." not in lexicon.grouping:
        # 42.000 people, where the full stop is the decimal mark; if it alone is, 1.000 is a coefficient
        coefficient = "" if "," in lexicon.decimal else r"(?!1\.000\s)"
        counted = r"\s?[ء-ي]" if lexicon.proclitics else r"\s[^\W\d_]{4}"
        rounded = rf"(?<![\w.,=])(?<!=\s){coefficient}([1-9]\d{{0,2}}(?:\.000)+)(?={counted})"
        text = re.sub(rounded, lambda match: match[1].replace(".", ""), text)
    if "٬" in lexicon.grouping:
        text = turn_thousands(re.sub(r"(?<=\d)،(?=\d{3}(?!\d))", ",", text), lexicon)  # 145،000
    if " " not in lexicon.grouping:
        return text
    tied = r"(?<![\w.,+])[1-9]\d{0,2}(?: \d{3})+(?!\w| \d)"
    return re.sub(tied, lambda match: match.group().replace(" ", "\u00a0"), text)


def read_powers(text: str, lexicon: Lexicon) -> str:
    """Read an exponent after ten: 10⁶ is not 106."""
    if not lexicon.maths.get("power"):
        return text
    text = re.sub(r"(?<![\w.,])10\^(\d{1,2})(?!\w)", lambda match: f"10{match[1].translate(TO_RAISED)}", text)  # 10^6

    def read(match: re.Match[str]) -> str:
        sign, digits = match.groups()
        number = digits.translate(_FROM_RAISED)
        minus = f"{lexicon.symbols.get('−', '−')} " if sign else ""
        named = "" if sign else {"2": lexicon.maths.get("squared", ""), "3": lexicon.maths.get("cubed", "")}.get(number)
        return f"10 {named or raised(f'{minus}{number}', lexicon.maths)}"

    return re.sub(rf"(?<![\w.,])10(⁻?)([{_RAISED}]+)(?!\w)", read, text)


def read_mixed_fractions(text: str, lexicon: Lexicon) -> str:
    """Read a fraction after a whole number: 3½ as three and a half."""
    fractions = alternatives(lexicon.mixed)
    if not fractions:
        return text
    return re.sub(rf"(?<=\d)\s?({fractions})", lambda match: f" {lexicon.mixed[match.group(1)]}", text)


def read_numbers(text: str, lexicon: Lexicon) -> str:
    """Remove thousands separators and read the decimal mark, so that voices do not confuse them."""
    groups = re.escape(lexicon.grouping.replace(" ", "")) + "\u00a0\u202f" if lexicon.grouping else ""

    parts = lexicon.part_words | lexicon.references

    def is_part(match: re.Match[str]) -> bool:
        # paragraphs 9.10 and 9.12, and not a target 1.25 million; 5.10 Conclusions
        is_title = "." in match[0] and _TITLE.match(text, match.end())
        whole = re.match(r"1\d\d\.", match[0])  # UPR recommendations: 131.14, 131.15 and 131.20
        if is_title and (whole or not match.start()):
            return True
        around = f"{text[: match.start()][-20:]}|{text[match.end() :][:20]}"
        if whole and re.search(
            rf"(?<![\d.]){re.escape(whole[0])}\d|\|(?:-|\s{lexicon.range_word}\s)\d\d?(?![\d.,])", around
        ):
            return True
        before = just_before(text, match.start())
        begin = match.start() - len(before) + len(_ROW_BEFORE.sub("", before, count=1))
        return match[0][0] != "0" and word_before(text, begin) in parts and not is_counted(text, match.end(), lexicon)

    def read(match: re.Match[str]) -> str:
        number = match.group()
        if re.fullmatch(r"0\d{2,}", number) and not re.search(r"\d\s$", just_before(text, match.start())):
            return " ".join(number)
        if groups and re.fullmatch(rf"[1-9]\d{{0,2}}([{groups}]\d{{3}})(?:[{groups}]\d{{3}})*(?:[.,٫]\d+)?", number):
            mark = number[re.search(r"\D", number).start()]  # type: ignore[union-attr]  # the pattern above has one
            number = number.replace(mark, "")
        match_decimal = re.fullmatch(r"(\d+)([.,٫])(\d+)", number)
        if match_decimal and match_decimal.group(2) in lexicon.decimal:
            whole, mark, decimals_ = match_decimal.groups()
            is_whole = len(decimals_) in (2, 3) and decimals_[0] != "0" and mark == "." and is_part(match)
            if lexicon.decimals_apart and is_whole:
                return f"{whole} {lexicon.decimal[mark]} {decimals_}"
            apart = lexicon.decimals_apart and not (len(decimals_) == 2 and is_part(match))
            word = word_before(text, match.start())
            is_numbered = not (parts | lexicon.articles).isdisjoint({word, word[1:]})
            is_heading = not match.start() and _TITLE.match(text, match.end())
            if lexicon.proclitics and mark == "." and (is_numbered or is_heading):
                return f"{whole} {lexicon.url['.']} {decimals_}"  # القانون رقم 27.11, 2.3 المنهجية
            return f"{whole} {lexicon.decimal[mark]} {_digits(decimals_, apart=apart)}"
        if re.fullmatch(r"\d+(?:\.\d+){2,}", number) and (point := _point_of_parts(lexicon)):
            is_sum = re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", number)  # (20.000.000)
            return number.replace(".", "" if is_sum else f" {point} ")
        return number

    if lexicon.decimals_apart and "." in lexicon.decimal:  # p < .05
        text = re.sub(
            r"(?<![\w.,)\]”’\"'])\.(\d+)(?![\w-]|\.\w)",
            lambda match: f"{lexicon.decimal['.']} {' '.join(match[1])}",
            text,
        )
    # 05 anos, 02 (dois) meses, dois (02) meses
    slash = re.escape(lexicon.slash or "/")
    counted = rf"(?<![\w.,:;/+–-])0([1-9])(?=\s(?:\([^\W\d_]{{2}}|(?!{slash}\s)[^\W\d_A-ZÀ-Þ]{{3}})|\)(?!\s?\d))"
    numbering = parts | {lexicon.range_word}
    text = re.sub(counted, lambda match: match[0] if word_before(text, match.start()) in numbering else match[1], text)
    return re.sub(rf"(?<![A-Za-z\d.,]){NUMBER}", read, text)


def _point_of_parts(lexicon: Lexicon) -> str:
    """Return the word between the parts of a number such as 18.4.1; empty if voices read its points."""
    if lexicon.proclitics or lexicon.declension.half:
        return lexicon.url["."]
    return lexicon.decimal.get(".", "") if lexicon.decimals_apart else ""


def _digits(decimals: str, *, apart: bool) -> str:
    """Return decimals as they are read: one by one if they begin with a nought or are more than two, or `apart`."""
    return " ".join(decimals) if apart or len(decimals) > 2 or decimals.startswith("0") else decimals
