"""Page of a publication: its text, its recording, and all its editions.

The pipeline passes a `Page`: the sidecar `html.page` as `text`, the editions of the catalogue entry, the sidecars
`audio.chapters` and `audio.clips` if there is a recording, the known gaps of each edition from the checks, and the
published translations from `translations`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from exporter.contracts import PageLinks
from exporter.contracts.sidecars import Chapter, PageParts, Video
from exporter.labels import Labels, MissingLabelError
from exporter.model import Metadata
from exporter.model.addresses import is_web
from exporter.site import alternates, display, formatting, json_ld, read_along
from exporter.site.alternates import Translation
from exporter.site.entry import PAGE, Accessibility, EditionFile, edition_label
from exporter.templates import TEMPLATES, environment, safe, script_json

STYLESHEET = "site/publication.css"
"""Path in the folder of styles."""
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_BROKEN = re.compile(r"[\s<>\"\\^`{|}]")
GENERATOR = "exporter, publication page"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Contents of the page."""

    metadata: Metadata
    text: PageParts
    """Its `body` is empty if there is no HTML edition."""
    files: tuple[EditionFile, ...]
    """The editions in the folder of the page, in their order."""
    gaps: Mapping[str, tuple[str, ...]] = {}
    """Known gaps by name of the edition: what readers may miss, as in `page.gap_…` of the labels."""
    follows: tuple[str, ...] = ()
    """Names of editions that are not in `files` yet, or whose recording follows."""
    chapters: tuple[Chapter, ...] = ()
    clips: bytes = b""
    """The sidecar `audio.clips`; empty without a recording, and for one of an earlier run."""
    translations: tuple[Translation, ...] = ()
    report: str = ""
    """File name of the report; empty if there is none."""
    accessibility: Accessibility | None = None
    """Metadata of the EPUB; None if there is none."""
    video: Video | None = None
    """Of the sign language edition, if this run has it."""
    links: PageLinks = PageLinks()
    """Its own address, if it is known, and that of the results of its checks."""


class Download(msgspec.Struct, frozen=True):
    """An edition on the page."""

    href: str
    media_type: str
    name: str
    details: str
    """Size, pages or duration."""
    purpose: str
    """What it is suited for; empty for an edition without such a label."""
    language: str
    """BCP 47 tag of its text, or of its signs; empty if unknown."""
    recording_follows: bool
    gaps: tuple[str, ...]
    sha256: str


def render(page: Page, labels: Labels, stylesheet: str) -> bytes:
    """Return the page as HTML in UTF-8; equal input gives equal bytes.

    Args:
        page: Contents of the page.
        labels: Labels in the language of the publication.
        stylesheet: Contents of `STYLESHEET`.
    """
    recording = next((file for file in page.files if file.media_type.startswith("audio/")), None)
    film = next((file for file in page.files if file.media_type.startswith("video/")), None)
    video = page.video if film else None
    has_read_along = recording and page.clips and page.text.body
    positions = read_along.align_clips(page.text.body, page.clips) if has_read_along else read_along.ReadAlong()
    css = f"\n{page.text.css}{stylesheet}"
    script = _player() if recording else ""
    prefix = _prefix(page.text)
    seconds = recording.seconds if recording else 0
    duration = formatting.format_duration(seconds, labels.language) if seconds else ""
    spoken = labels("page.recording", duration=duration) if duration else ""
    values = {
        "m": page.metadata,
        "text": page.text,
        "labels": labels,
        # Labels in another language than that of the page are marked (WCAG 3.1.2).
        "foreign": "" if labels.complete else Markup(' lang="en" dir="ltr"'),
        "prefix": prefix,
        "catalogue": f"../{PAGE}",
        "generator": GENERATOR,
        "policy": _policy(css, script, has_video=video is not None),
        "css": safe(css),
        "opening": safe(page.text.opening),
        "contents": safe(page.text.contents),
        "body": safe(page.text.body),
        "about": safe(page.text.about),
        "schema": script_json(json_ld.schema(page, recording, spoken)),
        "downloads": [_download(file, page, labels) for file in page.files],
        "language_name": labels.language_name(page.text.language) if page.metadata.language else "",
        "translations": [
            (other, alternates.shown_name(other.language, other.form, labels), alternates.direction(other.language))
            for other in page.translations
        ],
        "alternates": alternates.alternates(page.metadata, page.translations),
        "recording": recording,
        "video": video,
        "film": quote(film.file) if film else "",
        "follows": bool(page.follows),
        "source": quote(recording.file) if recording else "",
        "duration": duration,
        "chapters": [(chapter, formatting.format_time(chapter.begin)) for chapter in page.chapters],
        "speeds": [(speed, formatting.format_number(speed, labels.language)) for speed in (0.75, 1.0, 1.25, 1.5, 2.0)],
        "follow": script_json({"targets": positions.targets, "clips": positions.clips}),
        "script": safe(script),
        "report": quote(page.report),
        "accessibility": display.statements(page.accessibility, labels) if page.accessibility else (),
        "certifier": page.accessibility.certifier if page.accessibility else "",
        "conformance": page.links.conformance,
        "mail": _mail_link(page.metadata),
        "web": _web_link(page.metadata),
        "comma": labels.comma,
    }
    text: str = _environment().get_template("publication.html").render(values)
    return (text.strip() + "\n").encode()


def _policy(css: str, script: str, *, has_video: bool) -> str:
    """Return the Content Security Policy: stylesheet, script, recording and video of the page, nothing else."""
    scripts = f"script-src 'sha256-{_digest(script)}'; " if script else ""
    media = f"media-src 'self'{' data:' if has_video else ''}; " if script or has_video else ""
    return (
        f"default-src 'none'; {scripts}{media}style-src 'sha256-{_digest(css)}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _download(file: EditionFile, page: Page, labels: Labels) -> Download:
    language = labels.language
    details = [formatting.format_size(file.size, language)]
    if file.pages:
        details.append(labels("catalogue.pages", count=file.pages))
    if file.seconds:
        details.append(formatting.format_duration(file.seconds, language))
    return Download(
        href=quote(file.file),
        media_type=file.media_type,
        name=edition_label(file, labels),
        details=labels.comma.join(details),
        purpose=_purpose(file.name, labels),
        language=language_of(file, page),
        recording_follows=file.name in page.follows,
        gaps=page.gaps.get(file.name, ()),
        sha256=file.sha256,
    )


def language_of(file: EditionFile, page: Page) -> str:
    """Return the language of an edition: a video has that of its signs; empty if it is unknown."""
    if not file.media_type.startswith("video/"):
        return page.metadata.language
    return page.video.language if page.video else ""


def _purpose(name: str, labels: Labels) -> str:
    """Return what an edition is suited for, or "" if it has no such label."""
    try:
        return labels(f"page.good_{name}")
    except MissingLabelError:
        return ""


def _mail_link(metadata: Metadata) -> str:
    """Return the mailto address of the contact, or "" if it has no valid one."""
    email = metadata.contact.email if metadata.contact else ""
    return f"mailto:{quote(email, safe='@')}" if _MAIL.fullmatch(email) else ""


def _web_link(metadata: Metadata) -> str:
    url = metadata.contact.url if metadata.contact else ""
    return url if is_web(url) and not _BROKEN.search(url) else ""


def _prefix(text: PageParts) -> str:
    """Return a prefix for IDs of the page that no ID of the text begins with."""
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
