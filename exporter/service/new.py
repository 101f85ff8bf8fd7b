"""New publications: from a template, or from an existing manuscript with a settings file."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from exporter.config import PUBLICATION_FILE
from exporter.contracts import ReadResult
from exporter.errors import OutputError, UsageError
from exporter.files import read_regular
from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.installation import shell_command
from exporter.labels import FALLBACK
from exporter.model import AUTHOR, Kind, Metadata
from exporter.model.language_tags import ADVICE, problem, script_of
from exporter.model.walk import images
from exporter.pipeline import direct_reading
from exporter.pipeline.file_writing import replace_file, writing
from exporter.pipeline.manuscripts import MANUSCRIPT, readable, slug_of
from exporter.pipeline.registry import discover
from exporter.templates import TEMPLATES

_FIELDS: Mapping[str, tuple[str, str]] = {
    "title": ('"What it is called"', "the title"),
    "subtitle": ('"What it is about"', "the subtitle, if it has one"),
    "kind": ('"report"', "report, dispatch, commentary, submission, brief, news or manual"),
    "authors": ('["First Last", { name = "First Last", role = "trl" }]', "who wrote it; trl: translated, edt: edited"),
    "publisher": ('"Name of the publisher"', "who publishes it"),
    "date": ("2026-03-01", "the day on which it is published"),
    "lang": ('"en"', "the language of the text: en, es-MX, ar"),
    "description": ('"What it says."', "two or three sentences for catalogues"),
    "keywords": ('["word", "word"]', "what readers look for"),
    "rights": ('"CC BY 4.0"', "who may do what with it"),
    "identifier": ('"https://doi.org/..."', "DOI, ISBN or web address; created from the other fields if missing"),
    "series": ('"Name of the series"', "if it belongs to one"),
    "place": ('"City, Country"', "where a dispatch comes from"),
    "cover": ('{ source = "cover.jpg", alt = "What the cover shows" }', "an image in this folder"),
    "contact": ('{ name = "Who", email = "formats@example.org" }', "where to ask for another format"),
}
"""Metadata by key, each with an example and its meaning, in the order in which they are written."""
_ATTRIBUTES = {"lang": "language", "keywords": "subjects"}
"""Attributes of `Metadata` whose names differ from their keys."""
_UNKNOWN = Metadata()
_LONGEST_SLUG = 50
"""Characters of a name that is suggested."""
_HEADER = """\
# Metadata of {file} for all editions. Lines that begin with # have no effect: fill them in and remove the #,
# or leave them. Values here take precedence over those in the manuscript, even if these are corrected there later.
{naming}
[metadata]
"""


def new(slug: str, kind: Kind, language: str, folder: Path, today: datetime.date | None = None) -> Path:
    """Create a manuscript from a template in a new folder; return its path.

    Args:
        slug: Name of the publication.
        kind: Kind of publication.
        language: BCP 47 tag.
        folder: Parent of the publication's folder.
        today: The date to write into it; by default that of the clock.

    Raises:
        UsageError: The slug cannot be a file name, or the language tag is invalid.
        OutputError: It already exists, or cannot be written.
    """
    _refuse_bad_slug(slug)
    _refuse_bad_language(language)
    target = folder / slug
    path = target / f"{MANUSCRIPT}.md"
    _refuse_existing(target)
    body = (TEMPLATES / "new" / template_language(language) / f"{kind}.md").read_text("utf-8")
    date = today or datetime.date.today()  # the writer's own day
    text = body.replace("{date}", date.isoformat()).replace("{language}", language)
    with writing(target, "The folder"):
        (target / "img").mkdir(parents=True)
        replace_file(path, text.encode(), mode=0o644)
    return path


def template_language(language: str) -> str:
    """Return the language of the templates for a language: its own, else English."""
    primary = language.partition("-")[0].lower()
    is_own = (TEMPLATES / "new" / primary).is_dir() and script_of(primary) == script_of(language)
    return primary if is_own else FALLBACK


def new_from(
    manuscript: Path,
    slug: str = "",
    folder: Path | None = None,
    styles: Path | None = None,
    *,
    kind: Kind | None = None,
    language: str | None = None,
) -> Path:
    """Write a settings file for an existing manuscript; return its path.

    Args:
        manuscript: The file, in a format that some reader reads.
        slug: Name of a new publication: the manuscript is copied into its folder, with the images beside it that it
            names. Empty to leave it where it is and to write the settings beside it.
        folder: Parent of the publication's folder.
        styles: The folder of styles; by default as `styles_folder` finds it.
        kind: Kind of publication, whatever the manuscript says.
        language: BCP 47 tag, in the same way.

    Raises:
        UsageError: It does not exist, is in no format that is read, the slug cannot be a file name, or the language
            tag is invalid; or, without a slug, the settings would also apply to other manuscripts beside it.
        SourceError: It cannot be read.
        OutputError: The settings or the folder already exist, or cannot be written.
    """
    if language is not None:
        _refuse_bad_language(language)
    registry = discover()
    data = direct_reading.load(manuscript)
    read = direct_reading.read(manuscript, data, registry, styles)
    target = manuscript.parent
    if slug:
        _refuse_bad_slug(slug)
        target = (folder or Path("input")) / slug
        _refuse_existing(target)
    else:
        _refuse_other_manuscripts(manuscript, registry.suffixes())
    path = target / PUBLICATION_FILE
    if path.exists():
        raise OutputError(f"“{path}” already exists.", advice="Continue with it, or move it away first.")
    name = f"{MANUSCRIPT}{manuscript.suffix.lower()}" if slug else manuscript.name
    with writing(target, "The folder"):
        target.mkdir(parents=True, exist_ok=True)
        if slug:
            replace_file(target / name, read_regular(manuscript), mode=0o644)
            for image, content in _images(read, manuscript.parent):
                (target / image).parent.mkdir(parents=True, exist_ok=True)
                replace_file(target / image, content, mode=0o644)
        given = {key: value for key, value in (("kind", kind), ("language", language)) if value}
        metadata = read.publication.metadata
        title = metadata.title
        if any(finding.details and finding.details.is_title for finding in read.findings):
            guessed = direct_reading.read(manuscript, data, registry, styles, guess_headings=True)
            title = guessed.publication.metadata.title
            metadata = msgspec.structs.replace(metadata, title=title)
        naming = "" if slug else _naming(manuscript, title)
        text = settings_text(msgspec.structs.replace(_UNKNOWN, **given), name, metadata, read.suggested, naming)
        replace_file(path, text.encode(), mode=0o644)
    return path


def slug_of_title(title: str) -> str:
    """Return a name for files and addresses from the first words of a title; empty if it has no letter or digit."""
    slug = slug_of(re.sub(r"['’]", "", title).replace(".", " ")).lower()
    return slug if len(slug) <= _LONGEST_SLUG else slug[: _LONGEST_SLUG + 1].rpartition("-")[0]


def _naming(manuscript: Path, title: str) -> str:
    """Return a comment that says after what the editions are called, if the title suggests another name."""
    used, suggested = slug_of(manuscript.stem), slug_of_title(title)
    if manuscript.stem.lower() == MANUSCRIPT or suggested in ("", used.lower()):
        return ""
    command = shell_command("exporter", "new", suggested, "--from", manuscript.name)
    return (
        f"#\n# The files and the address of the editions have the name of what is exported: “{used}”, or that of its "
        "folder.\n"
        f"# To name them after the title, delete this file and run, before anything is published: {command}\n"
    )


def _refuse_bad_slug(slug: str) -> None:
    if slug_of(slug) != slug or not slug:
        better = slug_of(slug).lower()
        raise UsageError(
            f"“{slug}” cannot be the name of a folder and of files.",
            advice=f"Use letters, digits and hyphens, such as “{better}”." if better else "Use letters and digits.",
        )


def _refuse_bad_language(language: str) -> None:
    if reason := problem(language):
        raise UsageError(f"The language “{language}” {reason}.", advice=ADVICE)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise OutputError(
            f"“{target}” already exists.", advice="Choose another name or continue with the existing folder."
        )


def _refuse_other_manuscripts(manuscript: Path, suffixes: Sequence[str]) -> None:
    others = [path.name for path in readable(manuscript.parent, suffixes) if not path.samefile(manuscript)]
    if others:
        name = slug_of(manuscript.stem).lower() or "my-report"
        command = shell_command("exporter", "new", name, "--from", str(manuscript))
        raise UsageError(
            f"“{others[0]}” is in the same folder as “{manuscript.name}”; the settings would apply to both.",
            advice=f"Give it a folder of its own: {command}",
        )


def _images(read: ReadResult, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the images beside a manuscript that it names; `exporter check` reports those that cannot be read."""
    search = Folder(folder)
    cover = read.publication.metadata.cover
    names = [cover.source] if cover else []
    names += [image.source for image in images(read.publication)]
    for name in dict.fromkeys(names):
        if name not in read.media:
            try:
                path = search.find(name)
                yield path, search.read(path)
            except ImageRefusedError:
                continue


def settings_text(
    given: Metadata, file: str, known: Metadata = _UNKNOWN, suggested: Metadata = _UNKNOWN, naming: str = ""
) -> str:
    """Return a settings file: a line for each value that was given, and a comment for each other one.

    Args:
        given: Values for the settings.
        file: Name of the manuscript.
        known: Values in the manuscript, where they can be corrected.
        suggested: Values that a program may have filled in.
        naming: Comment about the names of the editions.
    """
    lines = []
    for key, (example, meaning) in _FIELDS.items():
        attribute = _ATTRIBUTES.get(key, key)
        value, own, suggestion = (_toml(key, getattr(source, attribute)) for source in (given, known, suggested))
        if value:
            lines.append(f"{key} = {value}")
        elif own and own != suggestion:
            lines.append(f"# {key} = {own}  # {meaning}; from the manuscript")
        elif suggestion:
            lines.append(f"# {key} = {suggestion}  # {meaning}; from the properties of the file")
        else:
            lines.append(f"# {key} = {example}  # {meaning}")
    return _HEADER.format(file=file, naming=naming) + "\n".join(lines) + "\n"


def _toml(key: str, value: Any) -> str:
    """Return a value as TOML; empty if there is none, or if only the manuscript can contain it."""
    match key:
        case _ if not value:
            return ""
        case "cover":
            return ""  # it is inside the manuscript
        case "authors":
            people = [
                _string(person.name)
                if person.role == AUTHOR
                else f"{{ name = {_string(person.name)}, role = {_string(person.role)} }}"
                for person in value
            ]
            return f"[{', '.join(people)}]"
        case "contact":
            parts = [f"{field} = {_string(text)}" for field, text in msgspec.structs.asdict(value).items() if text]
            return f"{{ {', '.join(parts)} }}"
        case _ if isinstance(value, datetime.date):
            return value.isoformat()
        case _ if isinstance(value, tuple):
            return f"[{', '.join(map(_string, value))}]"
        case _:
            return _string(str(value))


def _string(text: str) -> str:
    """Return a text as a basic string of TOML; JSON writes the same except for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
