"""Labels ("Contents", "Note", "Narrator") in the language of the document, from `styles/labels/<language>.toml`.

A label file is a TOML table of tables. A value is a text with `{names}`, or a table with one text per CLDR plural
category (zero, one, two, few, many, other) if the words depend on `{count}`.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from exporter.errors import SettingsError
from exporter.model import AUTHOR, Contributor, Direction, Form, Source
from exporter.model.language_tags import locale_of, written_fallbacks

FALLBACK = "en"
"""Language of labels if there is no file for that of the document; `Labels.complete` is False then."""

_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Aran", "Armi", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
"""Scripts in use that are written from right to left, and that of Imperial Aramaic (ISO 15924)."""
_UNLISTED = frozenset({"aii", "azb"})
"""Languages in such a script of which langcodes does not know it."""


class _Punctuation(NamedTuple):
    """Signs between words of labels, each with the space after it."""

    comma: str = ", "
    between_names: str = ", "
    full_stop: str = ". "


_PUNCTUATION = {
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "ur"), _Punctuation("، ", "، ")),
    "zh": _Punctuation("，", "、", "。"),
}


@cache
def direction_of(language: str) -> Direction:
    """Return the direction of a BCP 47 tag, by its script subtag or the usual script of its language and region."""
    import langcodes

    try:
        tag = langcodes.Language.get(language)
    except ValueError:
        return Direction.LTR
    is_unlisted = tag.language in _UNLISTED and not tag.script
    return Direction.RTL if is_unlisted or tag.maximize().script in _RIGHT_TO_LEFT else Direction.LTR


class MissingLabelError(SettingsError):
    """A label that neither the language nor English has."""


class Labels:
    """Labels of a language."""

    def __init__(self, language: str, texts: Mapping[str, Any], fallback: Mapping[str, Any], *, complete: bool) -> None:
        self.language = language
        self.complete = complete
        """False if there is no file for the language, so that labels are in English."""
        self._texts = texts
        self._fallback = fallback
        self._locale = locale_of(language) or Locale(FALLBACK)

    @classmethod
    def load(cls, styles: Path, language: str) -> Labels:
        """Read the labels for a BCP 47 tag: `pt-BR.toml`, or `pt.toml`, or English.

        Those in another script are none: simplified Chinese for traditional Chinese.

        Raises:
            SettingsError: A label file is not TOML.
        """
        fallback = _read(styles / "labels" / f"{FALLBACK}.toml")
        for tag in written_fallbacks(language):
            path = styles / "labels" / f"{tag}.toml"
            if path.is_file():
                return cls(language, _read(path), fallback, complete=True)
        return cls(language or FALLBACK, fallback, fallback, complete=False)

    def __call__(self, key: str, **values: object) -> str:
        """Return the label `key`, such as `note.backlink`, with `values` filled in; `count` selects the plural form.

        A label that is missing in the language is in English.

        Raises:
            MissingLabelError: English lacks it, too.
            SettingsError: It has braces with something else than its values.
        """
        text = _find(self._texts, key)
        if text is None:
            text = _find(self._fallback, key)
        if text is None:
            raise MissingLabelError(
                f"The label “{key}” is missing in labels/{FALLBACK}.toml.",
                advice="Add it, or copy that file of the styles that come with exporter.",
            )
        if isinstance(text, Mapping):
            count = values["count"]
            assert isinstance(count, int)
            category = self._locale.plural_form(count)
            text = text.get(category, text.get("other", ""))
        try:
            return str(text).format(**values)
        except (ValueError, LookupError, AttributeError) as error:
            raise SettingsError(
                f"The label “{key}” has braces with something else than its values: “{text}”.",
                advice="Compare it with the label in English of the styles that come with exporter.",
            ) from error

    def texts(self) -> Iterator[str]:
        """Yield every label, with its values in braces: those of the language, then those in English."""
        yield from _texts(self._texts)
        yield from _texts(self._fallback)

    def with_titles(self, titles: Mapping[str, str]) -> Labels:
        """Return labels that have these titles of editions, by name, where there is no label for them."""
        fallback = {**self._fallback, "editions": {**titles, **self._fallback.get("editions", {})}}
        return Labels(self.language, self._texts, fallback, complete=self.complete)

    @property
    def comma(self) -> str:
        """The separator of items, with the space after it."""
        return self._punctuation.comma

    @property
    def full_stop(self) -> str:
        """The end of a sentence, with the space after it."""
        return self._punctuation.full_stop

    @property
    def _punctuation(self) -> _Punctuation:
        primary = self.language.partition("-")[0].lower()
        return _PUNCTUATION.get(primary if self.complete else FALLBACK, _Punctuation())

    def has(self, key: str) -> bool:
        """Return whether the language itself has the label."""
        return _find(self._texts, key) is not None

    def join(self, names: Sequence[str]) -> str:
        """Return names joined as in the language: A, B and C."""
        if len(names) < 2:
            return "".join(names)
        return self("common.and", first=self._punctuation.between_names.join(names[:-1]), last=names[-1])

    def credits(self, people: Iterable[Contributor]) -> list[str]:
        """Return a line for each role of contributors, the authors first, such as "Translated by Ana and Ben"."""
        by_role: dict[str, list[str]] = {}
        for person in people:
            role = person.role if self.has_role(person.role) else "other"
            by_role.setdefault(role, []).append(person.name)
        roles = sorted(by_role, key=lambda role: role != AUTHOR)
        return [self(f"credits.{role}", names=self.join(by_role[role])) for role in roles]

    def has_role(self, role: str) -> bool:
        """Return whether there is a label for a MARC relator code."""
        return _find(self._fallback, f"credits.{role}") is not None

    def form(self, form: Form | None) -> str:
        """Return the form of a member of a family, or "" for a translation, whose language says it."""
        return self(f"forms.{form.value}") if form not in (None, Form.TRANSLATION) else ""

    def date(self, date: datetime.date) -> str:
        """Return a date in the long form of the language."""
        return format_date(date, "long", locale=self._locale)

    def language_name(self, tag: str) -> str:
        """Return the name of another language in this one, or the tag itself if there is none.

        It includes the script, which decides who can read it, but not the region, as names are in brackets.
        """
        try:
            locale = Locale.parse(tag.replace("-", "_"))
            without_region = Locale(locale.language, script=locale.script) if locale.script else Locale(locale.language)
            name = without_region.get_display_name(self._locale)
        except (ValueError, UnknownLocaleError):
            name = self._locale.languages.get(tag.split("-", maxsplit=1)[0])
        return name or tag

    def accent_name(self, tag: str) -> str:
        """Return the name of a language in this one with its region, as of voices that only differ in their accent."""
        _, _, subtags = tag.partition("-")
        region = self._locale.territories.get(subtags.rpartition("-")[2].upper())
        return f"{self.language_name(tag)}, {region}" if region else self.language_name(tag)


def own_language_name(tag: str) -> str:
    """Return the name of a language in that language, with the script but not the region, or "" if it is unknown."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return ""
    return Locale(locale.language, script=locale.script).display_name or ""


def _find(table: Mapping[str, Any], key: str) -> Any:
    value: Any = table
    for part in key.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _texts(table: Mapping[str, Any]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, Mapping):
            yield from _texts(value)
        else:
            yield str(value)


_parse: Callable[[str], Mapping[str, Any]] = lru_cache(32)(tomllib.loads)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return _parse(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Invalid TOML in the label file: {error}.",
            advice="Fix that line.",
            source=Source(path.name),
        ) from error
    except RecursionError as error:
        raise SettingsError(
            "Invalid label file: its values are nested too deeply.",
            advice="Use tables and texts only.",
            source=Source(path.name),
        ) from error
