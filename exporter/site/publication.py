"""The page of a publication: its text, its recording, and all its editions.

The pipeline gives it a `Page`: the fact `html.page` as `text`, the editions as the catalogue's entry has them, the
facts `audio.chapters` and `audio.clips` where there is a recording among them, what the checks found lacking in each
edition, and the translations that `translations` gives for the publications that are published too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from exporter.labels import Labels, direction_of
from exporter.model import Metadata
from exporter.site import formatting, read_along
from exporter.site.entry import PAGE, EditionFile, name_of
from exporter.templates import TEMPLATES, environment, safe

SHEET = "site/publication.css"
"""In the folder of styles."""
WEB = ("https://", "http://")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_BROKEN = re.compile(r"[\s<>\"\\^`{|}]")
GENERATOR = "exporter, publication page"


class Text(msgspec.Struct, frozen=True):
    """The fact `html.page` (see the HTML edition's `document.Parts`)."""

    title: str
    language: str
    direction: str
    css: str
    opening: str
    contents: str
    body: str
    about: str
    schema: dict[str, Any] = {}


class Chapter(msgspec.Struct, frozen=True):
    """A chapter of the recording: an element of the fact `audio.chapters`."""

    title: str
    begin: float
    """Seconds."""
    end: float = 0.0
    level: int = 0
    """0 for the opening, else the level of its heading."""
    section: str = ""
    """Identifier of its section."""


class Translation(msgspec.Struct, frozen=True):
    """The same publication in another language."""

    title: str
    language: str
    """BCP 47; empty when nobody has said."""
    href: str
    """As seen from the page."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page shows."""

    metadata: Metadata
    text: Text
    """Its `body` is empty where no HTML edition stands beside the page."""
    files: tuple[EditionFile, ...]
    """The editions that stand beside the page, in the order of lists."""
    gaps: Mapping[str, tuple[str, ...]] = {}
    """By name of the edition what is known to be lacking in it, in English sentences."""
    chapters: tuple[Chapter, ...] = ()
    clips: bytes = b""
    """The fact `audio.clips`; empty without a recording, and for one of an earlier run."""
    translations: tuple[Translation, ...] = ()
    report: str = ""
    """File name of the report; empty when there is none."""


class Download(msgspec.Struct, frozen=True):
    """An edition as the page shows it."""

    href: str
    media_type: str
    name: str
    details: str
    """Size, pages or duration."""
    good: str
    """What it is good for; empty for an edition of another package."""
    gaps: tuple[str, ...]
    sha256: str


def translations(metadata: Metadata, published: Collection[str]) -> tuple[Translation, ...]:
    """Return the translations that a page can lead to: those on the web, and those among the published slugs."""
    found = []
    for other in metadata.translations:
        if other.target.startswith(WEB):
            found.append(Translation(other.title, other.language, other.target))
        elif other.target in published:
            found.append(Translation(other.title, other.language, f"../{quote(other.target)}/{PAGE}"))
    return tuple(found)


def render(page: Page, labels: Labels, sheet: str) -> bytes:
    """Return the page in UTF-8; the same input gives the same bytes.

    Args:
        page: What it shows.
        labels: Fixed words in the language of the publication.
        sheet: The style sheet `SHEET`.
    """
    sound = next((file for file in page.files if file.media_type.startswith("audio/")), None)
    heard = sound and page.clips and page.text.body
    follow = read_along.follow(page.text.body, page.clips) if heard else read_along.ReadAlong()
    css = f"\n{page.text.css}{sheet}"
    script = _player() if sound else ""
    frame = _prefix(page.text)
    values = {
        "m": page.metadata,
        "text": page.text,
        "labels": labels,
        # Words of another language than the page's say so (WCAG 3.1.2).
        "foreign": "" if labels.complete else Markup(' lang="en" dir="ltr"'),
        "frame": frame,
        "generator": GENERATOR,
        "policy": _policy(css, script),
        "css": safe(css),
        "opening": safe(page.text.opening),
        "contents": safe(page.text.contents),
        "body": safe(page.text.body),
        "about": safe(page.text.about),
        "schema": safe(_json(_schema(page, sound))),
        "downloads": [_download(file, page, labels) for file in page.files],
        "language_name": labels.language_name(page.text.language) if page.metadata.language else "",
        "translations": [_translation(other, labels) for other in page.translations],
        "sound": sound,
        "source": quote(sound.file) if sound else "",
        "duration": formatting.duration(sound.seconds, labels.language) if sound and sound.seconds else "",
        "chapters": [(chapter, _clock(chapter.begin)) for chapter in page.chapters],
        "speeds": [(speed, formatting.number(speed, labels.language)) for speed in (0.75, 1.0, 1.25, 1.5, 2.0)],
        "follow": safe(_json({"targets": follow.targets, "clips": follow.clips})),
        "script": safe(script),
        "report": quote(page.report),
        "mail": _mail(page.metadata),
        "web": _web(page.metadata),
        "comma": "، " if page.text.direction == "rtl" and labels.complete else ", ",
    }
    text: str = _environment().get_template("publication.html").render(values)
    return (text.strip() + "\n").encode()


def _policy(css: str, script: str) -> str:
    """Return the policy: our style sheet, our script, the recording beside the page, and nothing else."""
    scripts = f"script-src 'sha256-{_digest(script)}'; media-src 'self'; " if script else ""
    return (
        f"default-src 'none'; {scripts}style-src 'sha256-{_digest(css)}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _download(file: EditionFile, page: Page, labels: Labels) -> Download:
    language = labels.language
    details = [formatting.size(file.size, language)]
    if file.pages:
        details.append(labels("catalogue.pages", count=file.pages))
    if file.seconds:
        details.append(formatting.duration(file.seconds, language))
    return Download(
        href=quote(file.file),
        media_type=file.media_type,
        name=name_of(file, labels),
        details=("، " if direction_of(language).value == "rtl" else ", ").join(details),
        good=_good(file.name, labels),
        gaps=page.gaps.get(file.name, ()),
        sha256=file.sha256,
    )


def _good(name: str, labels: Labels) -> str:
    """Return what an edition is good for; nothing for one of another package."""
    try:
        return labels(f"page.good_{name}")
    except KeyError:
        return ""


def _translation(other: Translation, labels: Labels) -> tuple[Translation, str, str]:
    """Return a translation, the name of its language and its direction."""
    name = labels.language_name(other.language) if other.language else ""
    return other, name, direction_of(other.language).value if other.language else "auto"


def _mail(metadata: Metadata) -> str:
    """Return the address of a mail link for other formats; empty when there is none that could be written to."""
    email = metadata.contact.email if metadata.contact else ""
    return f"mailto:{quote(email, safe='@')}" if _MAIL.fullmatch(email) else ""


def _web(metadata: Metadata) -> str:
    url = metadata.contact.url if metadata.contact else ""
    return url if url.lower().startswith(WEB) and not _BROKEN.search(url) else ""


def _schema(page: Page, sound: EditionFile | None) -> dict[str, Any]:
    """Return the publication as JSON-LD with each edition as an encoding of it (schema.org/encoding)."""
    values = dict(page.text.schema)
    values["encoding"] = [
        {
            "@type": "AudioObject" if file.seconds else "MediaObject",
            "contentUrl": quote(file.file),
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
            **({"duration": f"PT{round(file.seconds)}S"} if file.seconds else {}),
        }
        for file in page.files
    ]
    if sound:
        values["audio"] = {"@type": "AudioObject", "contentUrl": quote(sound.file), "encodingFormat": sound.media_type}
    if page.translations:
        values["workTranslation"] = [
            {"@type": "CreativeWork", "name": one.title, "inLanguage": one.language, "url": one.href}
            for one in page.translations
        ]
    return values


def _json(values: object) -> str:
    """Return JSON for a script element: what could end it is escaped (HTML 4.12.1.3)."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _clock(seconds: float) -> str:
    """Return a time as players show it: 1:05:09, 12:40."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _prefix(text: Text) -> str:
    """Return what identifiers of the page begin with, so that none is that of a node of the text."""
    prefix = "page"
    while f'id="{prefix}-' in text.body + text.contents + text.opening + text.about:
        prefix += "-page"
    return prefix


@cache
def _player() -> str:
    return (TEMPLATES / "site" / "player.js").read_text("utf-8")


@cache
def _environment() -> Any:
    return environment("site")
