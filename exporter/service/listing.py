"""Lists of manuscript formats, editions, engines and voices."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from exporter.config import Location, store_folder, styles_folder
from exporter.errors import UsageError
from exporter.pipeline.execution.measurements import Measurements
from exporter.pipeline.registry import discover
from exporter.pipeline.storage.store import Store
from exporter.speech import engines
from exporter.speech.engines import Voice


class FormatRow(msgspec.Struct, frozen=True):
    """A manuscript format."""

    name: str
    suffixes: tuple[str, ...]


class Setting(msgspec.Struct, frozen=True):
    """A setting of an edition."""

    name: str
    default: str
    """As TOML; empty if there is none."""
    values: str
    """Allowed values as text, such as `"a4", "letter" or "a5"`; empty if not limited."""
    meaning: str
    """A sentence; empty if the writer has none."""


class EditionRow(msgspec.Struct, frozen=True):
    """An edition."""

    name: str
    suffix: str
    about: str
    """First line of the writer's docstring."""
    settings: tuple[Setting, ...]
    suits_all: bool = True
    """Whether any publication can have it; others need an original beside them, or a setting such as a video."""


def formats() -> tuple[tuple[FormatRow, ...], tuple[EditionRow, ...], tuple[str, ...]]:
    """Return the manuscript formats, the editions, and messages about plug-ins that cannot be loaded."""
    registry = discover()
    rows = tuple(
        EditionRow(
            edition.name,
            edition.writer.SUFFIX,
            (edition.writer.__doc__ or "").strip().partition("\n")[0],
            tuple(_settings(edition.writer.Options)),
            not edition.writer.WITH_ORIGINAL and edition.has_required(lambda edition: edition.writer.Options()),
        )
        for edition in sorted(registry.editions, key=lambda edition: edition.name)
    )
    readers = tuple(
        FormatRow(format_.module.partition(":")[0].rpartition(".")[2], tuple(format_.reader.SUFFIXES))
        for format_ in registry.formats
    )
    return readers, rows, tuple(f"{finding.message} {finding.advice}" for finding in registry.findings)


def _settings(options: type[Any]) -> Iterator[Setting]:
    (schema,), shared = msgspec.json.schema_components([options], ref_template="{name}")
    fields = shared[schema["$ref"]]["properties"]
    meanings = {name: text for kind in reversed(options.__mro__) for name, text in _meanings(kind).items()}
    for name, value in msgspec.to_builtins(options()).items():
        default = "" if value is None else msgspec.json.encode(value).decode()
        yield Setting(name, default, _values(fields[name], shared), meanings.get(name, ""))


def _values(field: dict[str, Any], shared: dict[str, Any]) -> str:
    """Return the allowed values of a field, from its JSON Schema."""
    kinds = [shared.get(kind.get("$ref"), kind) for kind in field.get("anyOf", [field])]
    for kind in kinds:
        if "enum" in kind:
            *first, last = [msgspec.json.encode(value).decode() for value in kind["enum"]]
            return f"{', '.join(first)} or {last}" if first else last
        low, high = kind.get("minimum"), kind.get("maximum")
        if low is not None:
            return f"{low:g} to {high:g}" if high is not None else f"{low:g} or more"
    return ""


def _meanings(options: type[Any]) -> dict[str, str]:
    """Return the docstring below each field of a class, which Python does not keep."""
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(options))).body[0]
    except (OSError, TypeError, SyntaxError):
        return {}
    assert isinstance(body, ast.ClassDef)
    meanings = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                meanings[name] = " ".join(text.split())
    return meanings


class EngineRow(msgspec.Struct, frozen=True):
    """A voice engine."""

    name: str
    title: str
    network: bool
    """Whether it sends the text over the network."""
    missing: str
    """What has to be installed first, a sentence; empty if nothing is missing."""
    problems: tuple[str, ...] = ()
    """A sentence about each installed voice that cannot be used."""
    work_per_sound: float | None = None
    """Seconds of work for a second of sound, if it has been measured on this machine."""


class LanguageRow(msgspec.Struct, frozen=True):
    """A language with at least one voice."""

    tag: str
    """BCP 47."""
    name: str
    """In English."""
    counts: dict[str, int]
    """Voices by engine."""


def voices(store: Location | None = None) -> tuple[tuple[EngineRow, ...], tuple[LanguageRow, ...]]:
    """Return the voice engines, and the languages of their voices, sorted by name.

    Args:
        store: Folder of the store with the measured speeds; None for the default.
    """
    measured = Measurements(Store(store_folder(store)[0])).engines
    counts: dict[str, dict[str, int]] = {}
    rows = []
    for engine, missing, spoken in _engines():
        speed = measured[engine.NAME].work_per_sound if engine.NAME in measured else None
        rows.append(EngineRow(engine.NAME, engine.TITLE, engine.NETWORK, missing, engine.problems(), speed))
        for voice in spoken:
            row = counts.setdefault(voice.language, {})
            row[engine.NAME] = row.get(engine.NAME, 0) + 1
    languages = (LanguageRow(tag, _name(tag), count) for tag, count in counts.items())
    return tuple(rows), tuple(sorted(languages, key=lambda row: (row.name.casefold(), row.tag)))


def main_languages(languages: Iterable[LanguageRow]) -> tuple[LanguageRow, ...]:
    """Return the languages of which exporter has labels, each with the voices of all its regions."""
    counts: dict[str, Counter[str]] = {path.stem: Counter() for path in (styles_folder() / "labels").glob("*.toml")}
    for row in languages:
        counts.get(_whole(row.tag).partition("-")[0], Counter()).update(row.counts)
    rows = (LanguageRow(tag, _name(tag), dict(sorted(count.items()))) for tag, count in counts.items() if count)
    return tuple(sorted(rows, key=lambda row: row.name))


def voices_of(language: str) -> tuple[Voice, ...]:
    """Return the voices of a language and of its regions: those on this machine first, then the best first.

    Args:
        language: BCP 47 tag: `es` includes `es-419`.

    Raises:
        UsageError: No voice speaks it.
    """
    tag = language.casefold()
    matching = [
        (engine.NETWORK, voice.quality.rank, voice)
        for engine, _, spoken in _engines()
        for voice in spoken
        if f"{_whole(voice.language).casefold()}-".startswith(f"{tag}-") or voice.language.casefold() == tag
    ]
    if not matching:
        shorter = language.rpartition("-")[0]
        advice = f"Try: exporter voices --lang {shorter}" if shorter else "exporter voices lists the languages."
        raise UsageError(f"No voice speaks “{language}”.", advice=advice)
    return tuple(voice for *_, voice in sorted(matching, key=lambda row: row[:2]))


def _whole(tag: str) -> str:
    """Return a tag that names a language as labels do, Mandarin as Chinese; Cantonese is spoken otherwise."""
    return re.sub(r"^cmn(?=-|$)", "zh", tag)


def _engines() -> Iterator[tuple[engines.Engine, str, tuple[Voice, ...]]]:
    for engine in engines.engines():
        missing = engine.missing()
        yield engine, missing, () if missing else engine.voices()


def _name(tag: str) -> str:
    """Return the English name of a language tag; an engine's own code, if not BCP 47, is named as far as possible."""
    import langcodes
    from babel import Locale

    english = Locale("en")
    language, *rest = tag.split("-")
    known = [english.territories.get(part.upper()) or english.scripts.get(part.title()) for part in rest]
    whole = langcodes.standardize_tag(language, macro=True)  # Mandarin is listed as Chinese
    name = english.languages.get(language.lower()) or english.languages.get(whole, tag)
    more = ", ".join(word or part for part, word in zip(rest, known, strict=True) if word or len(part) > 1)
    return f"{name} ({more})" if more and name != tag else name
