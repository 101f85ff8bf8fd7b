"""Characters as people type them: figures of other scripts, typed dashes and degrees, marks of notes."""

from __future__ import annotations

import re
import unicodedata

from exporter.lexicon import Lexicon
from exporter.speech.normalisation import arabic_figures, chinese_numbers
from exporter.speech.normalisation.patterns import APART, WORD_START, alternatives

_TYPED_QUOTE = re.compile(r"(<<)(?:\s?(?=[^\W\d_]))|(?<=[\w.,!?)])\s?>>(?!\s?\d)")
_NOTE_MARK = re.compile(r"(?:(?<=[A-Za-zÀ-ɏА-ӿء-ْ]{3})|(?<=[)\]»”]))\*{1,3}(?=[\s,.;:()؛،]|$)|(?<=\S)\s?\(\*{1,3}\)")
"""The asterisk of a note, maybe in brackets; one that emphasises also stands before a word."""
_RAISED_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[^\W\d_]{3}[.,;:!?”’»])|(?<=(?<!\d)1[5-9]\d\d)|(?<=(?<!\d)20\d\d)"
    r"|(?<=\d[.,;:])|(?<=[”’»\")%][.,;:])|(?<=[^\W\d_]{2}[”’»\")])|(?<=\))(?=[⁰¹²³⁴-⁹]{2}))"
    r"(?:[⁰¹²³⁴-⁹]{1,3}(?![\w⁰¹²³⁴-⁹⁻])|\[\d{1,3}\](?=[.,;:]?(?:\s|$)))"
    r"|(?<=[^\W\d_]{2}[^\W\d_A-Z])\[\d{1,3}\](?=[.,;:]?(?:\s|$))"
)
"""The raised figures of a note, or figures in brackets, after a word or a year; after a unit they are a power."""
_ARTICLE = re.compile(r"(?<!\w)(\w?)الـ(?=([A-Za-z]+))")
"""The Arabic article before a foreign short form: والـUNHCR."""
_TYPED_DASH = re.compile(
    r"(?<=[\dIVX])\s?--\s?(?=\d|(?!I\b)[IVX]+\b)|(?<=(?<!\d)[12]\d\d\d)\s?−\s?(?=[12]\d\d\d(?!\d))"
)
"""Two hyphens or a minus between two numbers, as they are typed for a dash; no range ends in I, which is a word."""
_DEGREE = re.compile(r"(?<=\d)\s?º(?=\s?\d{1,2}(?:[.,]\d+)?\s?[’'′])|(?<=\d,\d)\s?º(?!\w)")
"""The sign of an ordinal before minutes or after decimals, as it is typed for degrees: 33º 35’, 38,5º."""
_NAIRA = re.compile(
    r"(?<![\w.-])N(?=\d{1,3},\d{3}(?!\d)|\d{1,3}(?:\.\d+)?(?:[mbt]n?\b|\s(?:m|b|tr)illion\b)|\d{2,4}\s(?:a|per|notes?)\s)"
)
"""The letter before a sum, as it is typed for the sign of a currency: N500,000, N2.5bn, N617 a litre."""
_DASH_OF_SPEECH = re.compile(r"(?:^|(?<=\s))−(?=\s(?:[^\W\d_]{2}|[^\W\d_]\s[^\W\d_]{2}|[«„“\"]))")
"""A minus before a word, as it is typed for a dash."""
_OMISSION = re.compile(r"<\s?(?:\.{2,3}|…)\s?>")
"""What is left out of a quotation: <...>."""
_APPEARANCE_ONLY = frozenset({"<circle>", "<wide>", "<font>"})
"""Decomposition types that only change the appearance (Unicode Standard Annex 44, 5.7.3)."""


def correct_characters(text: str, lexicon: Lexicon) -> str:
    """Return `text` with the characters that the rules expect, and without marks of notes, which are read elsewhere."""
    wide = chinese_numbers.set_wide_marks_apart(text, lexicon)
    # A no-break space counts only between figures, where it separates thousands.
    spoken = re.sub(r"(?<!\d)[\u00a0\u202f\u2009]|[\u00a0\u202f\u2009](?!\d)", " ", _simplify_characters(wide))
    spoken = re.sub(r"(?:(?<=\d\d)|(?<=\d[.,]\d)|(?<=\d)\s)[º˚°]\s?(?=[CF](?!\w))", " °", spoken)
    if "º" in spoken and "temperatur" in spoken.casefold():
        spoken = re.sub(r"(?<=\d)º\s?(?=C(?!\w))", " °", spoken)  # 2º C, which may also be a flat
    if "₦" in lexicon.currencies:
        spoken = _NAIRA.sub("₦", spoken)
    spoken = _DEGREE.sub("°", spoken)
    spoken = _DASH_OF_SPEECH.sub("–", spoken)
    spoken = _TYPED_DASH.sub(lambda match: re.sub("--|−", "–", match[0]), _OMISSION.sub("…", spoken))
    spoken = _TYPED_QUOTE.sub(lambda match: "«" if match[1] else "»", spoken)
    if "*" in spoken and not re.search(r"\*\w", spoken):
        spoken = _NOTE_MARK.sub("", spoken)
    spoken = _RAISED_MARK.sub("", spoken)
    if lexicon.numbered and "İ" not in lexicon.letters:
        # A letter of Turkish, which other voices do not know.
        spoken = spoken.replace("İ", "I")
    spoken = chinese_numbers.set_apart(spoken, lexicon)
    if lexicon.proclitics:
        spoken = arabic_figures.set_figures_apart(spoken, lexicon)
        # The mark lets the rules see what follows as a word of its own.
        short = alternatives(lexicon.short_forms)
        attached = rf"{WORD_START}([{lexicon.proclitics}])(?=[\dA-Za-z$€£₪%٪#@]|(?:{short}))"
        spoken = re.sub(attached, rf"\1{APART}", spoken)
        spoken = _ARTICLE.sub(lambda match: _mark_article(match, lexicon), spoken)
    return spoken


def _mark_article(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return the article apart from the letters after it; a name that replaces them has one of its own."""
    conjunction, short = match.groups()
    article = "" if short in lexicon.words else "ال "
    return f"{conjunction}{article}" if article or not conjunction else f"{conjunction}{APART}"


def _simplify_characters(text: str) -> str:
    """Return `text` without characters that have no sound, and with ASCII digits in place of those of other scripts."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category == "Nd":
            out.append(str(unicodedata.digit(char)))
        elif category in ("Cf", "Cc"):
            # A line end or tab separates words; a soft hyphen or direction mark does not.
            out.append(" " if category == "Cc" else "")
        else:
            out.append(char if char.isascii() else _plain_form(char, category))
    return "".join(out)


def _plain_form(char: str, category: str) -> str:
    """Return the plain hyphen, letters and digits of forms such as ①, ⑴, ❶, 𝐀 and Ａ, but not of superscript digits."""
    form = unicodedata.decomposition(char).partition(" ")[0]
    if char in "\u2010\u2011":
        return "-"
    if char in "\u2044\u2215":
        return "/"
    if char == "\u02da":  # a ring in place of the sign for degrees
        return "°"
    if form in _APPEARANCE_ONLY or (category == "No" and form == "<compat>"):
        return unicodedata.normalize("NFKC", char)
    if category == "No" and not form and (value := unicodedata.numeric(char)).is_integer():
        return str(int(value))
    return char
