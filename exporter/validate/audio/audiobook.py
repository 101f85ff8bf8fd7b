"""A W3C audiobook (Audiobooks; Publication Manifest; Lightweight Packaging Format)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.validate.audio import rules, sound
from exporter.validate.audio.archive import hear
from exporter.validate.html.page import local

MANIFEST = "publication.json"
_LATE = 1.0
_DURATION = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_MUST = ("name", "inLanguage", "readBy", "accessMode", "accessibilityFeature")
_FROM = ("author", "publisher")
"""Who it is from: an organisation may publish what nobody signs (Audiobooks, 5.2: authors are recommended)."""


def check(archive: Archive) -> Iterator[Finding]:
    """Check the manifest, the sounds that it lists, and the table of contents."""
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        yield rules.UNREADABLE.finding("The manifest is not JSON.", place=MANIFEST)
        return
    for name in _MUST:
        if not manifest.get(name):
            yield rules.MANIFEST.finding(f"The manifest has no “{name}”.", place=MANIFEST)
    if not any(manifest.get(name) for name in _FROM):
        yield rules.AUTHOR.finding("The manifest has neither author nor publisher.", place=MANIFEST)
    order = [item for item in _items(manifest.get("readingOrder")) if item.get("url")]
    if not order:
        yield rules.MANIFEST.finding("The manifest has no reading order.", place=MANIFEST)
    names = [_path(str(item["url"])) for item in order]
    resources = [_path(str(item["url"])) for item in _items(manifest.get("resources")) if item.get("url")]
    resources += [
        _path(str(alternate["url"]))
        for item in order
        for alternate in _items(item.get("alternate"))
        if alternate.get("url")
    ]
    for lost in [name for name in (*names, *resources) if name not in archive and "://" not in name]:
        yield rules.LIST.finding(f"The manifest lists “{lost}”, which was not found.", place=MANIFEST)
    analyses, findings = hear(archive, [name for name in names if name in archive])
    yield from findings
    total = 0.0
    for item, name in zip(order, names, strict=True):
        if name not in analyses:
            continue
        total += analyses[name].seconds
        if not str(item.get("name") or "").strip():
            yield rules.CHAPTER_TITLE.finding(f"The part “{name}” has no title.", place=MANIFEST)
        yield from _duration(item.get("duration"), analyses[name].seconds, name)
    if total:
        yield from _duration(manifest.get("duration"), total, MANIFEST)
    yield from _contents(archive, names, {name: analysis.seconds for name, analysis in analyses.items()})


def _items(value: object) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else [value] if value else []
    return [item if isinstance(item, dict) else {"url": item} for item in items]


def _path(url: str) -> str:
    return url if "://" in url else posixpath.normpath(unquote(url.partition("#")[0]))


def _duration(stated_text: object, true: float, location: str) -> Iterator[Finding]:
    if stated_text is None:
        return
    match = _DURATION.fullmatch(str(stated_text))
    if match is None:
        yield rules.DURATION.finding(f"“{str(stated_text)[:40]}” is not a valid duration.", place=location)
        return
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    stated = days * 86400 + hours * 3600 + minutes * 60 + seconds
    if abs(stated - true) > max(_LATE, true * 0.005):
        message = f"Stated length {sound.clock(stated)}, actual length {sound.clock(true)}."
        yield rules.DURATION.finding(message, place=location)


def _contents(archive: Archive, names: list[str], seconds: dict[str, float]) -> Iterator[Finding]:
    """Check the table of contents, if there is one: every link points to a sound, at a time within it."""
    from lxml import html

    pages = [name for name in archive.names if name.lower() in {"index.html", "toc.html"}]
    if not pages:
        if len(names) > 1:
            yield rules.NO_CHAPTERS.finding("The audiobook has no table of contents.", place=MANIFEST)
        return
    for link in html.fromstring(archive.read(pages[0])).iter("a"):
        address = link.get("href") or ""
        if not address or "://" in address or address.startswith("mailto:") or local(link) != "a":
            continue
        path, _, fragment = address.partition("#")
        if not path:
            continue
        name = _path(path)
        if name not in archive:
            yield rules.LIST.finding(f"The table of contents points to “{name}”, which was not found.", place=pages[0])
        else:
            moment = re.match(r"t=(\d+(?:\.\d+)?)", fragment)
            if moment and name in seconds and float(moment[1]) > seconds[name] + _LATE:
                message = f"The table of contents points to {sound.clock(float(moment[1]))}, after the end of “{name}”."
                yield rules.CHAPTER_BEYOND.finding(message, place=pages[0])
