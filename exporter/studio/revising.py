"""Changes written into manuscripts: those of the forms of tasks, and fixes that are kept; and the list of images."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from exporter.errors import ExporterError
from exporter.model import Publication, Section, Source, Turn
from exporter.model.language_tags import problem as tag_problem
from exporter.model.text_keys import letters_key
from exporter.model.walk import headings, walk
from exporter.pipeline import direct_reading
from exporter.revise import (
    CaptionParagraph,
    Change,
    HeaderRows,
    HeadingLevel,
    PassageLanguage,
    Revision,
    SpeakerName,
    TableCaption,
    Title,
    TypedList,
    history,
    revise,
)
from exporter.revise.carry_over import carried_over
from exporter.revise.fixes import Fix, LostFix
from exporter.revise.places import NOWHERE, Position, position
from exporter.service.pictures import PictureRow, pictures
from exporter.service.tables import TableRow, tables
from exporter.studio.database import PublicationRow
from exporter.studio.tasks import ALL_AT_ONCE, HEADINGS, LEVELS, is_among_tables, shared_places

LONGEST_CAPTION = 500
"""Characters of a caption that is entered."""
_LONGEST_PASSAGE = 5_000
"""Characters of a passage in another language."""


def changes_of(
    publication: PublicationRow, form: Mapping[str, object], tree: Publication | None, manuscript: Path
) -> tuple[Change, ...]:
    """Return the changes of a form: of the finding with a number, so that no form names a position of its own.

    One button fixes all findings of a rule, or makes all lines headings that look like headings.
    """
    if (rule := form.get("all")) in ALL_AT_ONCE:
        numbers = (number for number, finding in enumerate(publication.all_findings) if finding.rule == rule)
        every = (_change_of(publication, {"finding": str(number)}, tree) for number in numbers)
        return tuple(filter(None, every))
    change = _change_of(publication, form, tree)
    if change is None and form.get("headings") in ("all", "title"):
        titles, levels = _headings_by_look(manuscript)
        return titles if form["headings"] == "title" else (*titles, *levels)
    return (change,) if change else ()


def _headings_by_look(manuscript: Path) -> tuple[tuple[Title, ...], tuple[HeadingLevel, ...]]:
    """Return the line that only looks like the title, if there is one, and those that only look like headings."""
    try:
        data = direct_reading.load(manuscript)
        marked, guessed = (
            direct_reading.read(manuscript, data, guess_headings=guess).publication for guess in (False, True)
        )
    except ExporterError:
        return (), ()
    known = {_place_of(heading.section) for heading in headings(marked)}
    levels = (
        HeadingLevel(heading.section.at.source, heading.level)
        for heading in headings(guessed)
        if heading.section.at.source is not None and _place_of(heading.section) not in known
    )
    title = guessed.metadata.title
    return (Title(title),) if title != marked.metadata.title else (), tuple(levels)


def _place_of(section: Section) -> Position:
    return position(section.at.source) if section.at.source else NOWHERE


def _change_of(publication: PublicationRow, form: Mapping[str, object], tree: Publication | None) -> Change | None:
    number, level = str(form.get("finding", "")), str(form.get("level", "2"))
    findings = publication.all_findings
    if not number.isdecimal() or int(number) >= len(findings) or (source := findings[int(number)].source) is None:
        return None
    details = findings[int(number)].details
    if is_among_tables(findings[int(number)], shared_places(tree)):
        return None
    match findings[int(number)].rule:
        case "table-headless":
            return HeaderRows(source, details.count if details else 1)
        case "figure-caption" | "table-caption" if details is not None and details.caption is not None:
            return CaptionParagraph(details.caption, source)
        case "table-caption" if caption := " ".join(str(form.get("caption", "")).split())[:LONGEST_CAPTION]:
            return TableCaption(source, caption)
        case "list-by-hand" if details is not None and details.items:
            return TypedList(details.items[0], details.items[1:])
        case "language-unmarked" if (tag := str(form.get("language", ""))) and not tag_problem(tag):
            return PassageLanguage(source, tag, " ".join(str(form.get("words", "")).split())[:_LONGEST_PASSAGE])
        case "speaker-spelling" if tree is not None:
            return _first_spelling(tree, source)
        case rule if rule in HEADINGS and level in map(str, LEVELS):
            return HeadingLevel(source, int(level))
        case _:
            return None


def _first_spelling(tree: Publication, source: Source) -> SpeakerName | None:
    """Return the change of a speaker's name to the spelling of that speaker's first turn, or None."""
    turns = [node for node in walk(tree) if isinstance(node, Turn)]
    name = next((turn.speaker.name for turn in turns if turn.at.source == source), "")
    first = next((turn.speaker.name for turn in turns if letters_key(turn.speaker.name) == letters_key(name)), "")
    return SpeakerName(source, name, first) if name and first != name else None


def apply_changes(manuscript: Path, changes: Sequence[Change]) -> tuple[int, tuple[str, ...]]:
    """Write changes into a manuscript; return how many are saved, and why others are not, in sentences."""
    if not changes:
        return 0, ()
    try:
        revision = revise(manuscript, changes)
        history.write(revision)
    except ExporterError as error:
        return 0, (str(error),)
    reasons = tuple(result.reason for result in revision.results if not result.is_applied)
    return len(changes) - len(reasons), reasons


class KeptFixes(msgspec.Struct, frozen=True):
    """The fixes that were written into a newer version, and those that were not."""

    counts: Mapping[str, int] = {}
    """By kind."""
    lost: tuple[LostFix, ...] = ()


def keep_fixes(manuscript: Path, before: bytes, fixed: bytes, name: str = "") -> KeptFixes:
    """Write the fixes of the version before into a newer one.

    Args:
        manuscript: The newer version.
        before: The version before, as it was brought.
        fixed: The same with the fixes.
        name: The file name of the version before; by default that of the newer one.
    """
    old = manuscript.with_name(name) if name else manuscript
    try:
        newer = direct_reading.read(manuscript, direct_reading.load(manuscript))
        fixes = carried_over(direct_reading.read(old, before), direct_reading.read(old, fixed), newer)
        revision = _revision_with(manuscript, fixes.carried, newer.publication) if fixes.carried else None
        if revision:
            history.write(revision)
    except ExporterError:
        return KeptFixes()  # what cannot be read has no fixes, and the check says why
    reasons = [result.reason for result in revision.results] if revision else []
    results = list(zip(fixes.carried, reasons, strict=True))
    refused = [LostFix(fix.kind, fix.subject, reason) for fix, reason in results if reason]
    return KeptFixes(Counter(fix.kind for fix, reason in results if not reason), (*fixes.lost, *refused))


def _revision_with(manuscript: Path, fixes: Sequence[Fix], newer: Publication) -> Revision:
    """Return a manuscript with fixes; headings are written one level lower where its title is a heading of the text."""
    changes = [fix.change for fix in fixes]
    first = revise(manuscript, changes)
    new = Counter((fix.subject, fix.change.level) for fix in fixes if isinstance(fix.change, HeadingLevel))
    wanted = _levels(newer) + new
    if not new or _levels_in(first) == wanted:
        return first
    below = [
        msgspec.structs.replace(change, level=change.level + 1) if isinstance(change, HeadingLevel) else change
        for change in changes
    ]
    lower = revise(manuscript, below)
    return lower if _levels_in(lower) == wanted else first


def _levels_in(revision: Revision) -> Counter[tuple[str, int]]:
    data = revision.files.get(revision.manuscript.name)
    return _levels(direct_reading.read(revision.manuscript, data).publication) if data else Counter()


def _levels(publication: Publication) -> Counter[tuple[str, int]]:
    """Return how often there is a heading with certain words and level."""
    return Counter((heading.text, heading.level) for heading in headings(publication))


def picture_rows(manuscript: Path) -> tuple[PictureRow, ...]:
    """Return the images of a manuscript; none if it cannot be read."""
    state = manuscript.stat()
    return _picture_rows(manuscript, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _picture_rows(manuscript: Path, _changed: int, _size: int) -> tuple[PictureRow, ...]:
    try:
        return pictures(manuscript)
    except ExporterError:
        return ()


def table_rows(manuscript: Path) -> tuple[TableRow, ...]:
    """Return the tables of a manuscript; none if it cannot be read."""
    state = manuscript.stat()
    return _table_rows(manuscript, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=32)
def _table_rows(manuscript: Path, _changed: int, _size: int) -> tuple[TableRow, ...]:
    try:
        return tables(manuscript)
    except ExporterError:
        return ()
