"""Media overlays of any EPUB: targets, clips, order, coverage, durations, what can be skipped, and what is seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.findings import Finding, Rule
from exporter.inspect.archive import Archive, ArchiveError
from exporter.inspect.limits import LimitError
from exporter.inspect.sound import NoAudioError, open_sound, stated_seconds
from exporter.validate.epub import rules
from exporter.validate.epub.package import HTML, OPS_TYPE, Overlay, Package, Par, seconds

PACKET = 0.06
"""Seconds by which a file may seem shorter than it is: what a player skips, and rounding."""
ROUNDING = 0.1
"""Seconds by which a sum may differ."""
APART = frozenset({"noteref", "pagebreak"})
"""What is heard for itself although it may stand in the middle of a sentence."""
SKIPPED = frozenset({"noteref", "pagebreak", "footnote", "endnote"})
LEFT = {f"{HTML}table": "table", f"{HTML}ul": "list", f"{HTML}ol": "list"}
SHOWN = 3
"""Places named in one message."""


def check(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the media overlays of an EPUB; nothing when it has none.

    Raises:
        KeyError, ArchiveError, LimitError, lxml.etree.XMLSyntaxError: It is no EPUB.
    """
    with Archive(path) as archive:
        package = Package(archive)
        overlays = tuple(package.overlays())
        if not overlays:
            return ()
        lengths = _lengths(archive, overlays)
        findings = [
            finding for overlay in overlays for finding in _overlay(package, _own_part(overlay, overlays), lengths)
        ]
        findings += _durations(package, overlays, lengths)
        findings += _style(package)
        return tuple(findings)


def _finding(rule: Rule, message: str, name: str) -> Finding:
    return rule.finding(message, place=name)


def _own_part(overlay: Overlay, overlays: tuple[Overlay, ...]) -> Overlay:
    """Return an overlay without what it reads of other documents that share it (EPUB 3.3, 9.3.1)."""
    others = {other.document for other in overlays if other.id == overlay.id} - {overlay.document}
    return overlay._replace(
        pars=tuple(par for par in overlay.pars if par.document not in others),
        seqs=tuple(seq for seq in overlay.seqs if seq[0] not in others),
    )


def _overlay(package: Package, overlay: Overlay, lengths: dict[str, float | None]) -> Iterator[Finding]:
    root = package.document(overlay.document)
    body = next(root.iter(f"{HTML}body"), root)  # an SVG document has none
    positions = {element.get("id"): position for position, element in enumerate(body.iter()) if element.get("id")}
    positions[""] = 0  # without a fragment, an address is that of the whole document
    yield from _targets(package, overlay, positions, lengths)
    yield from _clips(overlay, lengths)
    order = [positions[par.target] for par in overlay.pars if par.target in positions]
    wrong = [
        par.target for par, before, after in zip(overlay.pars[1:], order, order[1:], strict=False) if after < before
    ]
    if wrong and len(order) == len(overlay.pars):
        yield _finding(rules.ORDER, f"Read too late: {_some(wrong)}.", overlay.name)
    yield from _coverage(overlay, body)
    yield from _skippable(overlay, body)


def _targets(
    package: Package, overlay: Overlay, positions: dict[str, int], lengths: dict[str, float | None]
) -> Iterator[Finding]:
    pointed = [(par.document, par.target) for par in overlay.pars] + list(overlay.seqs)
    lost = [
        target or document for document, target in pointed if document != overlay.document or target not in positions
    ]
    if lost:
        yield _finding(rules.TARGET, f"Not in the document: {_some(lost)}.", overlay.name)
    declared = {package.path(item) for item in package.items.values()}
    # Text without sound is read by the reading system (EPUB 3.3, 9.2.2.7).
    for sound in sorted({par.sound for par in overlay.pars} - {""}):
        if sound not in declared or lengths.get(sound) is None:
            yield _finding(rules.TARGET, f"The sound “{sound}” is not there, or cannot be played.", overlay.name)


def _clips(overlay: Overlay, lengths: dict[str, float | None]) -> Iterator[Finding]:
    empty = [par.target for par in overlay.pars if par.end is not None and par.end <= par.begin]
    if empty:
        yield _finding(rules.CLIP, f"Clips that end before they begin, or are empty: {_some(empty)}.", overlay.name)
    for sound in sorted({par.sound for par in overlay.pars}):
        length = lengths.get(sound)
        if length is None:
            continue
        late = [par for par in overlay.pars if par.sound == sound and max(par.begin, par.end or 0) > length + PACKET]
        if late:
            last = max(max(par.begin, par.end or 0) for par in late)
            message = (
                f"“{sound}” lasts {length:.3f} s, and clips reach to {last:.3f} s: {_some(p.target for p in late)}."
            )
            yield _finding(rules.CLIP, message, overlay.name)


def _coverage(overlay: Overlay, body: Any) -> Iterator[Finding]:
    """Check that every word lies in one element that is read; marks of notes and pages count for themselves."""
    targets = {par.target for par in overlay.pars}
    if "" in targets:
        return
    silent: list[str] = []
    twice: list[str] = []
    for element in body.iter():
        if not isinstance(element.tag, str) or _hidden(element):
            continue
        tail = None if element is body else element.tail
        for holder, text in ((element, element.text), (element.getparent(), tail)):
            if text and _words(text):
                readers = _readers(holder, targets)
                silent += [] if readers else [_short(text)]
                twice += [_short(text)] if len(readers) > 1 else []
        alt = element.get("alt") if element.tag == f"{HTML}img" else None
        if alt and _words(alt) and not _readers(element, targets):
            silent.append(_short(alt))
    if silent:
        yield _finding(rules.COVERAGE, f"Never heard: {_some(silent)}.", overlay.document)
    if twice:
        yield _finding(rules.COVERAGE, f"Heard more than once: {_some(twice)}.", overlay.document)


def _hidden(element: Any) -> bool:
    return any(ancestor.get("hidden") is not None for ancestor in (element, *element.iterancestors()))


def _readers(element: Any, targets: set[str]) -> list[str]:
    """Return the elements around some words that are read."""
    readers: list[str] = []
    for ancestor in (element, *element.iterancestors()):
        if ancestor.get("id") in targets:
            readers.append(ancestor.get("id"))
            if not APART.isdisjoint((ancestor.get(OPS_TYPE) or "").split()):
                break
    return readers


def _skippable(overlay: Overlay, body: Any) -> Iterator[Finding]:
    elements = {element.get("id"): element for element in body.iter() if element.get("id")}
    missed: list[str] = []
    for par in overlay.pars:
        element = elements.get(par.target)
        if element is None:
            continue
        stated = {*par.type.split(), *par.around}
        for ancestor in (element, *element.iterancestors()):
            wanted = SKIPPED & set((ancestor.get(OPS_TYPE) or "").split()) or {LEFT.get(ancestor.tag, "")} - {""}
            if ancestor is not element and wanted <= APART:
                continue
            missed += [f"{par.target} ({term})" for term in wanted - stated]
    if missed:
        yield _finding(rules.SKIPPABLE, f"Without the type of what it reads: {_some(missed)}.", overlay.name)


def _durations(package: Package, overlays: tuple[Overlay, ...], lengths: dict[str, float | None]) -> Iterator[Finding]:
    stated = {name: seconds(value) for name, value in package.metas("media:duration").items()}
    total = 0.0
    for overlay in {item.id: item for item in overlays}.values():
        long = sum(_length(par, lengths) for par in overlay.pars)
        total += long
        duration = stated.get(overlay.id)
        if duration is None or abs(duration - long) > ROUNDING:
            message = f"The clips last {long:.3f} s, and the package says {_format_duration(duration)}."
            yield _finding(rules.DURATION, message, overlay.name)
    if (duration := stated.get("")) is None or abs(duration - total) > ROUNDING:
        yield _finding(
            rules.DURATION,
            f"All clips last {total:.3f} s, and the package says {_format_duration(duration)}.",
            package.name,
        )


def _length(par: Par, lengths: dict[str, float | None]) -> float:
    end = par.end if par.end is not None else lengths.get(par.sound)
    return max(0.0, (end or 0.0) - par.begin)


def _style(package: Package) -> Iterator[Finding]:
    active = package.metas("media:active-class").get("", "")
    if not active:
        yield _finding(rules.STYLE, "The package names no class for what is heard.", package.name)
        return
    known = re.compile(rf"\.{re.escape(active)}(?![\w-])")
    if not any(known.search(sheet) for sheet in package.sheets()):
        yield _finding(rules.STYLE, f"No style sheet knows the class “{active}”.", package.name)


def _lengths(archive: Archive, overlays: tuple[Overlay, ...]) -> dict[str, float | None]:
    """Return how long each sound is in seconds; None for one that is not there or cannot be played."""
    sounds = {par.sound for overlay in overlays for par in overlay.pars if par.sound}
    return {name: _played(archive, name) for name in sorted(sounds)}


def _played(archive: Archive, name: str) -> float | None:
    try:
        with archive.open_sound(name) as file, open_sound(file) as container:
            return stated_seconds(container)
    except (KeyError, ArchiveError, LimitError, NoAudioError):
        return None


def _words(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LN" for char in text)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= 30 else f'{words[:29]}…'}”"


def _format_duration(stated: float | None) -> str:
    return "nothing" if stated is None else f"{stated:.3f} s"


def _some(names: Any) -> str:
    every = list(names)
    more = f" and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more
