"""Times of day."""

from __future__ import annotations

import re
from collections.abc import Mapping

from exporter.lexicon import Lexicon
from exporter.speech.normalisation.inflection.number_words import declined_ordinal
from exporter.speech.normalisation.numbers.ordinals import ordinal
from exporter.speech.normalisation.patterns import alternatives, closes_no_bracket, count, inflect, sentence_end

_DURATION = re.compile(r"(?<![\w.,:])(\d{1,3})\s?h\s(\d{1,2})\s?m(?![\w²³/-])")
"""Hours and minutes of a duration, where an m alone may be another unit: 2h 30m."""
_POINTED = re.compile(r"\d\.\d\d")


def unify_day_halves(text: str, lexicon: Lexicon) -> str:
    """Write am and pm uniformly, 10:30am as 10:30 a.m., which is in the table of words."""
    if "a.m." not in lexicon.words:
        return text
    # Only after a number up to 12: "I am" is not a time.
    clock = r"(?<![\w.:,/])(0?[1-9]|1[0-2])(?:[:.]([0-5]\d(?::[0-5]\d)?))?\s?([ap])\.?\s?m(?:\.|\b)(?!\w)"

    # At 10-30 p.m., and not at 10-11 p.m.
    hyphened = r"(?<=\b[Aa]t\s)(0?[1-9]|1[0-2])-(00|1[3-9]|[2-5]\d)(?=\s?[ap]\.?\s?m\b)"
    text = re.sub(hyphened, r"\1:\2", text)
    # 6.30-10am
    begin = r"(?<![\w.:,/])(0?[1-9]|1[0-2])[.:]([0-5]\d)\s?[–-]\s?"
    text = re.sub(rf"{begin}(?={clock})", rf"\1:\2 {lexicon.range_word} ", text, flags=re.IGNORECASE)

    def read(match: re.Match[str]) -> str:
        hour, minute, half = match.groups()
        return f"{hour}{f':{minute}' if minute else ''} {half.lower()}.m."

    text = re.sub(clock, read, text, flags=re.IGNORECASE)
    if night := lexicon.time.get("night"):
        text = re.sub(r"((?<!\d)(?:8|9|1[01])(?::[0-5]\d)?\s)p\.\s?m\.", rf"\1{night}", text)
    return re.sub(r"(?<=\d\s[ap]\.m\.)\s?[–—-]\s?(?=\d)", f" {lexicon.range_word} ", text)


def read_times(text: str, lexicon: Lexicon) -> str:
    """Read times of day: 10:05 as 10 oh 5, 10:00 as 10 o'clock, 22:00 as 22 hundred hours; 14h30 as 14 heures 30."""
    table = lexicon.time
    if not table:
        return text
    if "min" in lexicon.units:
        text = _DURATION.sub(r"\1 h \2 min", text)
    # 14.30 is a time before the word for hours and after certain words; 14 ч. 30 мин. is one anywhere.
    hour, minute = r"([01]?\d|2[0-4])", r"([0-5]\d)"
    if "hundred" in table:  # 18:00h
        text = re.sub(r"(?<=\d:[0-5]\d)\s?h(?:rs)?(?!\w)", "", text)
        text = re.sub(rf"(?<![\w.:,/-]){hour}h{minute}(?!\w)", r"\1:\2", text)  # 18h00
    if "after" in table:
        text = re.sub(rf"(?<![\w.:,/]){hour}\.{minute}(?=\s?(?:{table['after']})(?!\w))", r"\1:\2", text)
        # Entre las 8.00 y las 9.00 horas
        joint = rf"(?:\s[^\W\d_]{{1,5}}){{1,2}}\s{hour}(?:[:.]{minute})?\s?(?:{table['after']})(?!\w)"
        text = re.sub(rf"(?<![\w.:,/]){hour}\.{minute}(?={joint})", r"\1:\2", text)
    if "hours_of_day" in table:
        first = rf"(?<!\w)((?:{table['before_hours']})\s){hour}[.:]{minute}"
        last = rf"(?:(\s(?:{table['between_hours']})\s){hour}[.:]{minute})?"
        text = re.sub(rf"{first}{last}(\s{table['hours_of_day']})(?!\w)", _on_clock, text, flags=re.IGNORECASE)
        # 0930 hrs, 0600 hours
        clock = rf"(?<![\w.:,/-])0(\d)([0-5]\d)(?=\s?(?:{table['hours_of_day']}|h(?!\w)))"
        text = re.sub(clock, lambda match: _military(match, table), text)
        # Arrived at 2115 hours, and not worked 1500 hours
        late = rf"((?<!\w)(?:{table['before_hours']}|{table['between_hours']})\s)(1\d|2[0-3])(0[1-9]|[1-5]\d)"
        text = re.sub(rf"{late}(?=\s{table['hours_of_day']}(?!\w))", r"\1\2 \3", text, flags=re.IGNORECASE)
        # At 05.15, from 05.15 to 17.40
        begin = rf"((?<!\w)(?:{table['before_hours']})\s)(0\d)\.{minute}(?![\w:%]|[.,]\d)"
        text = re.sub(
            rf"{begin}(\s(?:{table['between_hours']})\s){hour}\.{minute}", r"\1\2:\3\4\5:\6", text, flags=re.I
        )
        text = re.sub(begin, r"\1\2:\3", text, flags=re.IGNORECASE)
        # 09.30–17.00, 09.30 to 17.00, 18.30 GMT, and not days and months as 01.05–03.05
        months = r"(?!0\d\.(?:0[1-9]|1[0-2])\D+\d?\d\.(?:0[1-9]|1[0-2])(?!\d))"
        joint = rf"\s?[–-]\s?|\s(?:{table['between_hours']})\s"
        ends = rf"(?<![\w.:,/$€£]){months}(0\d)\.{minute}({joint}){hour}\.{minute}(?![\w:%]|[.,]\d)"
        text = re.sub(ends, r"\1:\2\3\4:\5", text)
        # The bus leaves at 14.05, and not shares at 14.05
        if not re.search(table["prices"], text, re.IGNORECASE):
            afternoon = r"(?<=\b[Aa]t\s)(1[3-9]|2[0-3])\.([0-5]\d)(?=\.?$|[,;)]|\.\s|\s(?:on|in|and|to|for)\s)"
            text = re.sub(afternoon, r"\1:\2", text)
        text = re.sub(rf"(?<![\w.:,/$€£]){hour}\.{minute}(?=\s(?:GMT|UTC|BST|CES?T)(?!\w))", r"\1:\2", text)
    if "before" in table and _POINTED.search(text):
        end = r"(?![\w:]|[.,]\d)"
        if "first" in table:  # das 9.30 às 10.45, and not às 7.50 euros
            end = rf"(?:\s?{table['sign']}(?!\w)|{end}(?!\s?(?:{_counted(lexicon)})(?!\w)))"
        clock = rf"{hour}\.{minute}{end}"
        if "first" in table:
            begin = rf"((?<!\w)(?:{table['first']})\s)"
            between = rf"(\s(?:{table['until']})\s)"
            text = re.sub(rf"{begin}{hour}\.{minute}{between}{clock}", r"\1\2:\3\4\5:\6", text)
        text = re.sub(rf"(?<!\w)((?i:{table['before']}))\s{clock}", r"\1 \2:\3", text)
    if "between" in table and (sign := table.get("sign")):  # 20.30h, 20:30h
        text = re.sub(rf"(?<![\w.:,/]){hour}[.:]{minute}\s?{sign}(?!\w)", r"\1:\2", text)
    if "between" in table:
        between = rf"(?<![\w.:,/]){hour}\s?(?:{table['between']})\s?"
        if "h" in lexicon.units:  # 22h00
            text = re.sub(rf"{between}00(?!\w)", r"\1 h", text)
        text = re.sub(rf"{between}{minute}\s?(?:{table['end']})(?!\w)", r"\1:\2", text)

    # 9.30–17.00, 9h–17h
    whole = rf"{hour}\.([0-5][05])"
    is_range = re.search("\\d\\s?[^\\W\\d_]?\\s?[–-]", text)
    if is_range and ("before" in table or "after" in table):
        text = re.sub(
            rf"(?<![\w.:,/]){whole}\s?[–-]\s?{whole}(?![\w:]|[.,]\d)", rf"\1:\2 {lexicon.range_word} \3:\4", text
        )
    if is_range and (sign := table.get("sign")):
        text = re.sub(
            rf"(?<=\d)(\s?{sign}(?:[0-5]\d)?)\s?[–-]\s?(?={hour}\s?{sign})", rf"\1 {lexicon.range_word} ", text
        )
    text = re.sub(
        r"(?<![\w.:,/–-])(\d{1,2}:[0-5]\d)\s?[–—-]{1,2}\s?(?=\d{1,2}:[0-5]\d(?![\w:]))",
        rf"\1 {lexicon.range_word} ",
        text,
    )
    if "hours" in table:
        return _hours(_read_playing_times(text, lexicon), lexicon)
    if lexicon.declension.hours:
        text = _ordinal_hours(text, lexicon)

    def read(match: re.Match[str]) -> str:
        hour, minute, half = int(match.group(1)), match.group(2), match.group(3)
        if minute == "00":
            if hour in (0, 24) and (midnight := table.get("midnight")):
                return midnight
            sharp = "" if half else table.get("sharp", "") if hour <= 12 else table.get("hundred", "")
            return f"{table.get('one', '1') if hour == 1 else hour} {sharp}".strip() + (match.group(3) or "")
        oh = table.get("oh", "") if minute[0] == "0" else ""
        figures = table.get("one", "1") if hour == 1 else str(hour)
        return " ".join(filter(None, (figures, table.get("joint", ""), oh, str(int(minute))))) + (half or "")

    half_pattern = r"(\s?[ap]\.?\s?m\b\.?)?"
    return re.sub(rf"(?<![\w.:,/])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]){half_pattern}", read, text, flags=re.IGNORECASE)


def _counted(lexicon: Lexicon) -> str:
    """Return a pattern for what a decimal counts that is no time of day: às 7.50 euros."""
    named = (*lexicon.units.values(), *lexicon.currencies.values())
    hours = lexicon.time.get("hours", "")
    names = {name for forms in named if forms != hours for name in forms.split("|") if name}
    symbols = {symbol for symbol, forms in lexicon.units.items() if forms != hours}
    return alternatives(frozenset((*lexicon.scales.words, *lexicon.currencies, *symbols, *names, "%")))


def _military(match: re.Match[str], table: Mapping[str, str]) -> str:
    """Return an hour before ten in four figures, before the word for hours."""
    hour, minute = match.groups()
    full_hour = table["hundred"].split()[0]
    return f"{table['oh']} {hour} {full_hour}" if minute == "00" else f"{hour} {minute}"


def _on_clock(match: re.Match[str]) -> str:
    """Return one or two times of day with colons; after a full hour the word for hours is read anyway."""
    before, hour, minute, joint, last_hour, last_minute, word = match.groups()
    last = f"{joint}{last_hour}:{last_minute}" if joint else ""
    return f"{before}{hour}:{minute}{last}{'' if (last_minute or minute) == '00' else word}"


def _read_playing_times(text: str, lexicon: Lexicon) -> str:
    """Read minutes and seconds of a recording: في الدقيقة 3:35."""
    if not (minutes := lexicon.time.get("of_recordings")):
        return text

    def read(match: re.Match[str]) -> str:
        seconds = count(str(int(match[2])), lexicon.coordinates.seconds, lexicon.language)
        return f"{match[1]}{lexicon.coordinates.joint}{seconds}"

    return re.sub(rf"((?<!\w)(?:{minutes})\s\d{{1,3}}):([0-5]\d)(?![\d:])", read, text)


def _hours(text: str, lexicon: Lexicon) -> str:
    """Read times in languages that add the word for hours: 14h30, 14 h, 14:30."""
    table, language = lexicon.time, lexicon.language

    def read(match: re.Match[str]) -> str:
        if ":" not in match.group() and closes_no_bracket(text, match.end()):
            return match.group()  # art. 7 h)
        hour, minute = str(int(match.group(1))), match.group(2) or match.group(3) or "00"
        if lexicon.polarity.masculine:
            return f"{_ordinal_hour(hour, minute, lexicon)} {lexicon.day_halves.get(match.group(4) or '', '')}".strip()
        parts = [hour, inflect(table["hours"], hour, language)]
        if minute != "00":
            figures = str(int(minute))
            minutes = inflect(table["minutes"], figures, language) if "minutes" in table else ""
            parts += [f"{table.get('joint', '')}{figures}", minutes]
        parts.append(lexicon.day_halves.get(match.group(4) or "", ""))
        return " ".join(" ".join(parts).split())

    if lexicon.day_halves and table.get("word"):
        # الساعة 00/10, as the United Nations write: minutes and hour
        turned = rf"((?<!\w)[وبلف]?{table['word']}\s)(00|2[5-9]|[3-5]\d)/([01]?\d|2[0-4])(?![\w/]|[.,]\d)"
        both = (
            rf"(?<!\w)({table['word']}\s)([0-5]\d)/([01]?\d|2[0-4])\s?[–-]\s?(00|2[5-9]|[3-5]\d)/([01]?\d|2[0-4])(?!\w)"
        )
        text = re.sub(both, rf"\1\3:\2 {lexicon.range_word} \5:\4", text)
        text = re.sub(turned, r"\1\3:\2", text)
        whole = rf"((?<!\w)[وبلف]?{table['word']}\s\d{{1,2}})\s{_half(lexicon)}"
        text = re.sub(
            whole, lambda match: f"{match.group(1)} {lexicon.day_halves[match.group(2)]}{sentence_end(match)}", text
        )
        # من 9 ص إلى 5 م
        ends = rf"(?<![\w.:,/–-])(1?\d)\s{_half(lexicon)}(\s\w+\s|\s?[–-]\s?)(1?\d)\s{_half(lexicon)}"
        text = re.sub(ends, lambda match: _span(match, lexicon), text)
        part = r"(?:صباح|ظهر|فجر|ليل|عصر)[اً]{1,2}|مساءً?"
        alone = rf"(?<![\w.:,/–-])(?<!-\s)(?<!الـ)(1?\d|2[0-4])(?=\s(?:{part})(?![\w\u064b-\u0652]))"
        text = re.sub(alone, lambda match: _ordinal_hour(str(int(match[1])), "00", lexicon), text)
        counted = rf"\s(?!(?:{table.get('after', '')})(?!\w)|و)\w"
        full = rf"((?<!\w)[وبلف]?{table['word']}\s)(1?\d|2[0-4])(?![\w:/]|[.,]\d|{counted})"
        text = re.sub(full, lambda match: f"{match[1]}{_ordinal_hour(str(int(match[2])), '00', lexicon)}", text)
    sign = re.escape(table.get("sign", ""))
    sign = rf"(?:\s?{sign}|{sign.upper()})(?:\s?([0-5]\d))?(?!\w)" if sign else r"(?!)()"
    halves = alternatives(lexicon.day_halves)
    half = rf"(?:\s?{_half(lexicon)})?" if halves else "()"
    # 14:30 Uhr: the word is there already.
    word = rf"(?:\s(?:{alternatives(tuple(table['hours'].split('|')))})(?!\w))?" if table["hours"] else ""
    return re.sub(rf"(?<![\w.:,/])([01]?\d|2[0-4])(?:{sign}|:([0-5]\d)(?![\d:]){word}){half}", read, text)


def _half(lexicon: Lexicon) -> str:
    """Return a pattern for the letter of a half of the day, maybe with a full stop."""
    return rf"({alternatives(lexicon.day_halves)})(?:\.(?![\w.])|(?![\w.]))"


def _span(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return two full hours with their halves of the day: 9 ص إلى 5 م."""
    first, half, joint, last, last_half = match.groups()
    joint = joint if joint.strip(" –-") else f" {lexicon.range_word} "
    ends = (
        f"{_ordinal_hour(hour, '00', lexicon)} {lexicon.day_halves[half]}"
        for hour, half in ((first, half), (last, last_half))
    )
    return joint.join(ends) + sentence_end(match)


def _ordinal_hour(hour: str, minute: str, lexicon: Lexicon) -> str:
    """Return an Arabic time of day: الثالثة والنصف."""
    table = lexicon.time
    named = (
        table["one"]
        if hour == "1"
        else hour
        if hour == "0" and minute == "00"
        else ordinal(int(hour) or 12, lexicon, 1)
    )
    minutes = count(str(int(minute)), lexicon.coordinates.minutes, lexicon.language)
    # The mark lets the number be seen behind the word for and.
    minutes = table["joint"] + ("\ue000" if minutes[0].isdigit() else "") + minutes
    parts = {"00": "", "15": table["quarter"], "30": table["half"]}
    return f"{named} {parts.get(minute, minutes)}".strip()


def _ordinal_hours(text: str, lexicon: Lexicon) -> str:
    """Read hours as ordinals in the case that the word before them asks for: о 14:30, до 18 години."""
    table = lexicon.declension

    def read_clock(match: re.Match[str]) -> str:
        before, space, hour, minute = match.groups()
        ending = table.hours.get((before or "").casefold(), table.hours[""])
        oh = lexicon.time.get("oh", "") if minute[0] == "0" else ""
        minutes = () if minute == "00" else (oh, str(int(minute)))
        spoken = " ".join(filter(None, (declined_ordinal(int(hour), ending, lexicon), *minutes)))
        return f"{before or ''}{space or ''}{spoken}"

    def read_hour(match: re.Match[str]) -> str:
        before, hour, word = match.groups()
        ending = table.hours[before.casefold()]
        if table.hour_forms[word] != ending:
            return match.group()
        return f"{before} {declined_ordinal(int(hour), ending, lexicon)} {word}"

    before = alternatives(tuple(word for word in table.hours if word))
    clock = r"(?:(?<!\w)([^\W\d]+)(\s))?(?<![\w.:,/])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])"
    text = re.sub(clock, read_clock, text)
    words = alternatives(table.hour_forms)
    return re.sub(rf"(?<!\w)((?i:{before}))\s([01]?\d|2[0-3])\s({words})(?!\w)", read_hour, text)
