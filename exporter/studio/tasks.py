"""Findings as tasks: grouped by rule, each with its passage and with where it can be fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from exporter.findings import Finding, FindingDetails, Severity
from exporter.model import Image, Publication, Source, Table, Undescribed
from exporter.model.walk import plain_text, walk
from exporter.readers.markdown import SUFFIXES as MARKDOWN
from exporter.revise.places import Position, position, table_keys
from exporter.service.pictures import PictureRow
from exporter.studio.database import PublicationRow
from exporter.studio.reasons import reason_of

FIELDS = {
    "title-missing": "name",
    "language-missing": "language",
    "language-invalid": "language",
    "language-doubtful": "language",
    "kind-missing": "kind",
    "date-missing": "date",
    "who-missing": "authors",
    "description-missing": "description",
}
"""Fields of the details by the rule of findings that they fix."""
_PICTURES = frozenset(
    {"alt-missing", "alt-file-name", "alt-placeholder", "alt-is-caption", "alt-image-of", "alt-long", "alt-same"}
    | {"decorative-caption", "word-alt-automatic"}
)
"""Rules of findings that a description fixes."""
HEADINGS = frozenset({"heading-by-hand", "word-heading-look"})
"""Rules of findings about paragraphs that look like headings."""
_BY_BUTTON = frozenset({"language-unmarked", "speaker-spelling", "table-caption", "table-headless"})
"""Rules of findings that a button fixes, wherever they are."""
ALL_AT_ONCE = frozenset({"list-by-hand", "table-headless"})
"""Rules of which one button fixes all findings."""
LEVELS = range(1, 5)
"""Levels of headings that are offered."""
_USUAL_LEVEL = 2
"""Level of a heading whose look does not say it."""
_NO_DETAILS = FindingDetails()
MOST = 8
"""Places of a rule that are shown at first."""
_PASSAGE = 280
"""Characters of a passage."""


class ManuscriptTask(msgspec.Struct, frozen=True):
    """A finding."""

    finding: Finding
    number: int
    """Its position among all findings of the check, from 0."""
    passage: str
    """The text that it is about, or ""."""
    picture: PictureRow | None = None
    """The image that it is about, if a description fixes it."""
    field: str = ""
    """Field of the details that fixes it, or ""."""
    level: int = 0
    """The level of the heading that it may be, or 0."""
    caption: str = ""
    """The paragraph that may be the caption of its figure or table, or ""."""
    undescribed: int = 0
    """The number of the image that has to be described before a paragraph becomes its caption, or 0."""
    is_among_tables: bool = False
    """Whether it is about one of several tables of a line, which only the page of the tables tells apart."""

    @property
    def details(self) -> FindingDetails:
        """What it is about, and what may correct it."""
        return self.finding.details or _NO_DETAILS

    @property
    def is_fixed_here(self) -> bool:
        """Whether a button or a page of the studio fixes it."""
        rule, about = self.finding.rule, self.details
        has_button = rule in _BY_BUTTON and self.finding.source is not None
        is_line = bool(self.level or about.is_title or about.items or about.caption)
        return has_button or is_line or bool(self.field) or rule in _PICTURES


class TaskGroup(msgspec.Struct, frozen=True):
    """The findings of a rule with one severity."""

    rule: str
    severity: Severity
    reason: str
    """Key of the label that says why it matters."""
    tasks: tuple[ManuscriptTask, ...]

    @property
    def anchor(self) -> str:
        """Its ID in the page."""
        return f"{self.severity}-{self.rule}"

    @property
    def fixed_at_once(self) -> int:
        """Number of findings that one button fixes."""
        fixed = (task for task in self.tasks if task.is_fixed_here and not task.is_among_tables)
        return sum(task.finding.rule in ALL_AT_ONCE for task in fixed)

    @property
    def has_several_rows(self) -> bool:
        """Whether several rows of one of the tables seem to name its columns."""
        return any(task.details.count > 1 for task in self.tasks)

    @property
    def has_several_headings(self) -> bool:
        """Whether they are about more than one line that looks like a heading."""
        counts = [task.details.count for task in self.tasks if task.level or task.details.is_title]
        return sum(counts) > 1


class Verdict(msgspec.Struct, frozen=True):
    """The result of the check of a manuscript."""

    groups: tuple[TaskGroup, ...]
    """The most important first."""

    @property
    def title(self) -> str:
        """The line that may be the title, or ""."""
        return next((task.passage for group in self.groups for task in group.tasks if task.details.is_title), "")

    def anchors_from(self, number: str) -> Sequence[str]:
        """Return the IDs of the group of the finding with a number, of those below it, and of that above it."""
        groups = self.groups
        index = next(
            (n for n, group in enumerate(groups) if number in [str(task.number) for task in group.tasks]),
            next((n for n, group in enumerate(groups) if group.has_several_headings), 0),
        )
        return [group.anchor for group in (*groups[index:], *groups[:index][-1:])]

    def of(self, severity: Severity) -> tuple[TaskGroup, ...]:
        """Return the groups of a severity."""
        return tuple(group for group in self.groups if group.severity is severity)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(len(group.tasks) for group in self.of(severity))

    @property
    def stops(self) -> int:
        """Number of findings that block publication."""
        return self.count(Severity.ERROR)

    @property
    def looks(self) -> int:
        """Number of findings that do not block it."""
        return self.count(Severity.WARNING)


def verdict_of(
    publication: PublicationRow,
    tree: Publication | None = None,
    rows: Iterable[PictureRow] = (),
) -> Verdict:
    """Return the findings about a manuscript as tasks.

    Args:
        publication: The publication with its findings.
        tree: Its tree, for the passages.
        rows: Its images.
    """
    passages = dict(_passages(tree)) if tree else {}
    rows, shared = tuple(rows), shared_places(tree)
    groups: dict[tuple[Severity, str], list[ManuscriptTask]] = {}
    for number, finding in enumerate(publication.all_findings):
        if not finding.edition:
            items = finding.details.items if finding.details else ()
            passage = "\n".join(passages.get(source, "") for source in items or filter(None, [finding.source]))
            field, picture = FIELDS.get(finding.rule, ""), _picture_of(finding, rows)
            at = finding.details.caption if finding.details else None
            caption = passages.get(at, "") if at else ""
            undescribed = _undescribed(finding, rows) if publication.file.lower().endswith(MARKDOWN) else 0
            task = ManuscriptTask(
                finding,
                number,
                passage,
                picture,
                field,
                _level_of(finding),
                caption,
                undescribed,
                is_among_tables=is_among_tables(finding, shared),
            )
            # What is missing in the details is one task, since one page fixes it.
            rule = "details" if reason_of(finding.rule) == "details" else finding.rule
            groups.setdefault((finding.severity, rule), []).append(task)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0].rank, _effort(item[0][1])))
    return Verdict(
        tuple(
            TaskGroup(rule, severity, reason_of(rule), tuple(places_of_rule))
            for (severity, rule), places_of_rule in ordered
        )
    )


def _effort(rule: str) -> int:
    """Return the rank of a rule among those of a severity: what can be fixed in the studio comes first."""
    return 0 if rule in _PICTURES else 1 if rule == "details" or rule in FIELDS else 2


def _picture_of(finding: Finding, rows: tuple[PictureRow, ...]) -> PictureRow | None:
    if finding.rule not in _PICTURES or finding.source is None:
        return None
    same = [row for row in rows if _is_at(row.source, finding.source)]
    name = finding.details.image if finding.details else ""
    return next((row for row in same if row.name == name), same[0] if same else None)


def picture_problems(findings: Iterable[Finding], rows: tuple[PictureRow, ...]) -> dict[int, str]:
    """Return the rule that the description of an image breaks and that blocks publication, by number of the image."""
    errors = (finding for finding in findings if finding.severity is Severity.ERROR)
    broken = ((_picture_of(finding, rows), finding.rule) for finding in errors)
    return {row.number: rule for row, rule in broken if row is not None and not isinstance(row.alt, Undescribed)}


def shared_places(tree: Publication | None) -> frozenset[Position]:
    """Return the positions at which several tables begin."""
    return frozenset(where for _, (where, index) in table_keys(tree) if index) if tree else frozenset()


def is_among_tables(finding: Finding, shared: Collection[Position]) -> bool:
    """Return whether a finding about a table is about one of several that begin in its line."""
    is_about_table = finding.rule == "table-headless" or (
        finding.rule == "table-caption" and (finding.details is None or finding.details.caption is None)
    )
    return is_about_table and finding.source is not None and position(finding.source) in shared


def _undescribed(finding: Finding, rows: Sequence[PictureRow]) -> int:
    """Return the number of the image of a figure without a caption if it is not described: Markdown has both in one."""
    if finding.rule != "figure-caption" or finding.source is None:
        return 0
    same = [row for row in rows if _is_at(row.source, finding.source)]
    return same[0].number if same and isinstance(same[0].alt, Undescribed) else 0


def _level_of(finding: Finding) -> int:
    """Return the level of the heading that a line may be, or 0 if it can be none."""
    details = finding.details or _NO_DETAILS
    if finding.rule not in HEADINGS or finding.source is None or details.is_title:
        return 0
    return min(details.level, LEVELS[-1]) or _USUAL_LEVEL


def _is_at(source: Source, other: Source) -> bool:
    if source.anchor or other.anchor:
        return position(source) == position(other)
    return (source.line, source.place) == (other.line, other.place)


def _passages(tree: Publication) -> Iterator[tuple[Source, str]]:
    """Yield the text of the nodes by source; of several with one source, the last that is yielded is the outermost."""
    nodes = [node for node in walk(tree) if node.at.source is not None and not isinstance(node, Image)]
    for node in reversed(nodes):
        text = _first_row(node) if isinstance(node, Table) else plain_text(getattr(node, "title", None) or node)
        if text and node.at.source is not None:
            yield node.at.source, text if len(text) <= _PASSAGE else f"{text[:_PASSAGE].rstrip()}…"


def _first_row(table: Table) -> str:
    """Return the cells of the first row of a table, which tell it from others."""
    row = next((row for group in table.groups for row in group), None)
    return " | ".join(map(plain_text, row.cells)) if row else ""
