"""A DAISY 2.02 talking book: contents, steps and sound held against each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from exporter.findings import Finding
from exporter.inspect.archive import Archive
from exporter.validate.audio import rules, sound
from exporter.validate.audio.archive import hear
from exporter.validate.html import motion
from exporter.validate.html.page import local, own_language, text
from exporter.xml_parser import xml_parser

_LATE = 0.5
_MUST = ("dc:title", "dc:format", "dc:language", "dc:identifier", "ncc:totalTime")
_CLIP = re.compile(r"(?:npt=)?(\d+(?:\.\d+)?)s?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)")
_MAY_MOVE = (".html", ".htm", ".xhtml", ".gif", ".png", ".webp", ".svg")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check(archive: Archive) -> Iterator[Finding]:
    """Check ncc.html, the target of every link in it, and every sound."""
    ncc_name = next(name for name in archive.names if name.rpartition("/")[2].lower() == "ncc.html")
    ncc = _parse(archive, ncc_name)
    yield from _metadata(ncc, ncc_name)
    smils: dict[str, Any] = {}
    headings = 0
    for link in (element for element in ncc.iter() if local(element) == "a"):
        name, _, fragment = _resolve(ncc_name, link.get("href") or "").partition("#")
        parent = local(link.getparent())
        headings += parent in _HEADINGS
        if name not in archive:
            yield rules.DAISY.finding(f"“{text(link)[:60]}” points to “{name}”, which was not found.", place=ncc_name)
            continue
        if name not in smils:
            smils[name] = _parse(archive, name)
        if fragment and not _with_id(smils[name], fragment):
            message = f"“{text(link)[:60]}” points to “#{fragment}”, but nothing in “{name}” has that ID."
            yield rules.DAISY.finding(message, place=ncc_name)
        if parent in _HEADINGS and not text(link):
            yield rules.CHAPTER_TITLE.finding("A heading of the navigation is empty.", place=ncc_name)
    if not headings:
        yield rules.NO_CHAPTERS.finding("The navigation has no headings.", place=ncc_name)
    clips = [clip for name, smil in smils.items() for clip in _clips(name, smil)]
    for lost in dict.fromkeys(source for source, *_ in clips if source not in archive):
        yield rules.DAISY.finding(f"The sound “{lost}” was not found.", place=ncc_name)
    for name, smil in smils.items():
        yield from _texts(archive, name, smil)
    yield from _motion(archive)
    analyses, findings = hear(archive, [source for source, *_ in clips if source in archive])
    yield from findings
    total = 0.0
    for source, begin, end, location in clips:
        total += max(0.0, end - begin)
        if end <= begin:
            yield rules.CHAPTER_ORDER.finding(f"A clip runs from {begin:.3f} to {end:.3f} seconds.", place=location)
        elif source in analyses and end > analyses[source].seconds + _LATE:
            message = (
                f"A clip ends at {end:.1f} seconds, after the end of “{source}” at {analyses[source].seconds:.1f}."
            )
            yield rules.CHAPTER_BEYOND.finding(message, place=location)
    yield from _total(ncc, total, ncc_name)


def _parse(archive: Archive, name: str) -> Any:
    from lxml import etree

    parser = xml_parser(recover=True)
    root = etree.fromstring(archive.read(name), parser)
    if root is None:
        raise ValueError(f"“{name}” is no XML")
    return root


def _resolve(base: str, address: str) -> str:
    path, mark, fragment = address.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) + mark + fragment


def _with_id(root: Any, name: str) -> bool:
    return any(element.get("id") == name for element in root.iter() if isinstance(element.tag, str))


def _metas(root: Any) -> dict[str, str]:
    metas = (element for element in root.iter() if local(element) == "meta")
    return {(element.get("name") or "").lower(): (element.get("content") or "").strip() for element in metas}


def _metadata(ncc: Any, location: str) -> Iterator[Finding]:
    metas = _metas(ncc)
    for name in _MUST:
        if not metas.get(name.lower()):
            yield rules.DAISY_DATA.finding(f"The metadata have no {name}.", place=location)
    if not own_language(ncc):
        yield rules.LANGUAGE.finding("The navigation states no language.", place=location)


def _total(ncc: Any, true: float, location: str) -> Iterator[Finding]:
    stated_text = _metas(ncc).get("ncc:totaltime", "")
    match = _CLOCK.fullmatch(stated_text)
    if stated_text and match is None:
        yield rules.DAISY_DATA.finding(f"“{stated_text[:40]}” is not a valid duration.", place=location)
    elif match:
        stated = float(match[1] or 0) * 3600 + float(match[2]) * 60 + float(match[3])
        if abs(stated - true) > max(2.0, true * 0.01):
            message = f"Stated length {sound.clock(stated)}, length of all clips {sound.clock(true)}."
            yield rules.DURATION.finding(message, place=location)


def _clips(name: str, smil: Any) -> Iterator[tuple[str, float, float, str]]:
    for audio in (element for element in smil.iter() if local(element) == "audio"):
        begin, end = (_CLIP.fullmatch(audio.get(key) or "") for key in ("clip-begin", "clip-end"))
        source = _resolve(name, audio.get("src") or "")
        if begin and end:
            yield source, float(begin[1]), float(end[1]), f"{name}, line {audio.sourceline}"


def _texts(archive: Archive, name: str, smil: Any) -> Iterator[Finding]:
    """Look whether every text that a step shows is there."""
    documents: dict[str, Any] = {}
    for step in (element for element in smil.iter() if local(element) == "text"):
        document, _, fragment = _resolve(name, step.get("src") or "").partition("#")
        if document not in archive:
            yield rules.DAISY.finding(f"The text “{document}” was not found.", place=name)
            return
        if document not in documents:
            documents[document] = {e.get("id") for e in _parse(archive, document).iter() if isinstance(e.tag, str)}
        if fragment and fragment not in documents[document]:
            message = f"A clip points to “#{fragment}”, but nothing in “{document}” has that ID."
            yield rules.DAISY.finding(message, place=f"{name}, line {step.sourceline}")


def _motion(archive: Archive) -> Iterator[Finding]:
    files = [name for name in archive.names if name.lower().endswith(_MAY_MOVE)]
    return motion.check_files(archive, files, [name for name in archive.names if name.lower().endswith(".css")])
