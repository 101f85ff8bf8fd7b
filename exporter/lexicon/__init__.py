"""Lexicons: the reading rules of a language, from `styles/lexicon/<language>.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from exporter.errors import SettingsError
from exporter.lexicon.inflection import Declension, Harmony
from exporter.lexicon.lexicon import Lexicon
from exporter.lexicon.tables import Agreement, Polarity
from exporter.model import Source
from exporter.model.language_tags import fallbacks

__all__ = ["Agreement", "Declension", "Harmony", "Lexicon", "Lexicons", "Polarity"]

_TABLES = frozenset(Lexicon.__struct_fields__) - {"language", "digest"}


class Lexicons:
    """Lexicons by language, each read once."""

    def __init__(self, styles: Path) -> None:
        self._folder = styles / "lexicon"
        self._known: dict[str, Lexicon] = {}

    def __call__(self, language: str) -> Lexicon:
        """Return the rules for a BCP 47 tag: `es-MX.toml`, else `es.toml`, else none.

        Raises:
            SettingsError: The file is not TOML, or contains an unknown or invalid table.
        """
        if language not in self._known:
            self._known[language] = self._load(language)
        return self._known[language]

    def _load(self, language: str) -> Lexicon:
        for tag in fallbacks(language):
            path = self._folder / f"{tag}.toml"
            if path.is_file():
                return _parse(path.read_bytes(), language, path.name)
        return Lexicon(language=language)


@lru_cache(32)
def _parse(data: bytes, language: str, file: str) -> Lexicon:
    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        unknown = sorted(set(table) - _TABLES)
        if unknown:
            raise SettingsError(
                f"Unknown table in the lexicon: “{unknown[0]}”.",
                advice=f"Use one of: {', '.join(sorted(_TABLES))}.",
                source=Source(file),
            )
        for name in ("joining", "before_numbers", "before_openers"):
            table[name] = [word.casefold().rstrip(".") for word in table.get(name, [])]
        table |= {"language": language, "digest": hashlib.sha256(data).hexdigest()}
        return msgspec.convert(table, Lexicon)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, AttributeError) as error:
        raise SettingsError(
            f"Invalid lexicon: {error}.", advice="Fix the line that the message names.", source=Source(file)
        ) from error
    except RecursionError as error:
        raise SettingsError(
            "Invalid lexicon: its values are nested too deeply.",
            advice="Use one list inside another at most.",
            source=Source(file),
        ) from error
