"""Nouns of women and men, or for one and several, with both endings: niños/as, autor(a), tod@s, cidadãos/ãs, hijo/s."""

from __future__ import annotations

import re

from exporter.lexicon import Lexicon

_PAIR = re.compile(r"(?<![\w/.])([^\W\d_]+)(?:/(z?[aoãà]s?)(?![\w/])|\((?i:([aoãà]s?))\)(?:\((?i:e?s)\))?(?![\w(]))")
_BOTH = re.compile(r"(?<![\w.@])([^\W\d_]+)@(s?)(?![\w@]|\.\w)")
_NEUTRAL = re.compile(r"(?<!\w)([^\W\d_]*[b-df-hj-np-tv-zñ])xs(?!\w)")
_MANY = re.compile(
    r"(?<![\w/.-])([^\W\d_]?[a-zß-ÿ]+(?:[aeiou](?=[/(]s)|[lnrds](?=[/(]es)))(?:/(e?s)(?![\w/])|\((e?s)\)(?!\w))"
)
_ARABIC = re.compile(r"(?<!\w)([ء-ي]{2,}?)((?:اً|ًا|ا|ً)?)/ة(?!\w)")
"""A word with the ending of women: معلماً/ة."""
_JOINTS = {"y": ("h?[ií](?!e)", "e"), "o": ("h?[oó]", "u")}
"""Joints with the vowel before which they are others."""
_BEFORE_E = {"c": "qu", "g": "gu", "z": "c"}
_UNACCENTED = str.maketrans("áéíóú", "aeiou")
_PLURAL = re.compile(r"(?i:.*[oa]s|.*(?:[dhstñ]or|ent|jef|al)es)")
_SINGULAR = re.compile(r"(?i:..+[oa]|.*(?:ent|jef)e)")
_CONSONANT = re.compile(r"(?i:u[nm]|.*(?:[dhstñ]or|[áéíóú][ns]|juez|juiz))")
"""Masculine words to which the ending of feminine ones is added, and not menor/a."""


def read_paired_endings(text: str, lexicon: Lexicon) -> str:
    """Read both forms of a word, if its language has such endings: niños y niñas, un o una."""
    either, both = lexicon.agreement.either, lexicon.symbols.get("&", "")
    if not either:
        return text
    if "@" in text:
        text = _BOTH.sub(lambda match: _both_forms(match[1], match[2], both if match[2] else either), text)
    if "xs" in text:  # todxs
        text = _NEUTRAL.sub(lambda match: f"{match[1][:-1]}{_BEFORE_E.get(match[1][-1], match[1][-1])}es", text)
    text = _ARABIC.sub(rf"\1\2 {either} \1ة", text)
    if "/" not in text and "(" not in text:
        return text

    def read_many(match: re.Match[str]) -> str:
        word, ending = match[1], match[2] or match[3]
        return match[0] if word in lexicon.units else _joined(word, either, f"{word}{ending}")

    text = _MANY.sub(read_many, text)

    def read(match: re.Match[str]) -> str:
        word, ending = match[1], (match[2] or match[3]).lower()
        other = _other_form(word, ending, lexicon)
        other = other.upper() if len(word) > 1 and word.isupper() else other
        return _joined(word, both if ending.endswith("s") else either, other) if other else match.group()

    return _PAIR.sub(read, text)


def _both_forms(stem: str, plural: str, joint: str) -> str:
    """Return both forms of a word with an at sign in place of their endings: tod@s."""
    masculine = "e" if plural and stem.endswith("or") else "" if stem.endswith("or") else "o"
    return _joined(f"{stem}{masculine}{plural}", joint, f"{stem}a{plural}")


def _joined(word: str, joint: str, other: str) -> str:
    """Return two words with a joint, which is another one before its own vowel: hijos e hijas, otro u otra."""
    vowel, before_vowel = _JOINTS.get(joint, ("(?!)", ""))
    return f"{word} {before_vowel if re.match(vowel, other, re.IGNORECASE) else joint} {other}"


def _other_form(word: str, ending: str, lexicon: Lexicon) -> str:
    """Return a word with another ending; empty if it is no noun or article."""
    if ending[0] in "ãà":  # cidadãos/ãs, ao(à)
        stem = "ão" if ending[0] == "ã" else "ao"
        return re.sub(f"{stem}s?$", ending, word.lower()) if re.fullmatch(f"(?i:.*{stem}s?)", word) else ""
    if ending[0] == "z":  # jueces/zas
        return f"{re.sub('(?:z|ces)$', '', word)}{ending}" if re.search("(?:z|ces)$", word) else ""
    is_article = word[-1] in "oaOA" and word.casefold() in lexicon.ordinals.articles
    if ending.endswith("s"):
        return f"{word[:-2]}{ending}" if _PLURAL.fullmatch(word) and word[-2] != ending[0] else ""
    if (is_article or _SINGULAR.fullmatch(word)) and word[-1].lower() != ending:
        return f"{word[:-1]}{ending}"
    is_masculine = ending == "a" and _CONSONANT.fullmatch(word)
    return f"{word[:-2]}{word[-2:].translate(_UNACCENTED)}{ending}" if is_masculine else ""
