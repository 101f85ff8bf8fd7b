"""Rules for the findings of readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from exporter.findings import Finding, FindingDetails, Rule, Severity, limited
from exporter.model import Source

ATTRIBUTES_UNREADABLE = Rule(
    id="attributes-unreadable",
    severity=Severity.ERROR,
    sentence="Attributes in braces are valid.",
    advice='Write attributes as {#name .class lang=es alt="words"}, with straight quotation marks and a closing brace.',
)
ATTRIBUTES_UNATTACHED = Rule(
    id="attributes-unattached",
    severity=Severity.ERROR,
    sentence="Attributes in braces directly follow the element to which they belong.",
    advice="Put the words in square brackets directly before the braces, such as [palabras]{lang=es}.",
)
ATTRIBUTE_UNKNOWN = Rule(
    id="attribute-unknown",
    severity=Severity.WARNING,
    sentence="All attributes are supported where they are used.",
    advice="Remove it, or see the handbook for the attributes that are supported here.",
)
ABBREVIATION_UNREADABLE = Rule(
    id="abbreviation-unreadable",
    severity=Severity.WARNING,
    sentence="An abbreviation has a short form and a single long form.",
    advice='Write [UN]{abbr="United Nations"}, or a separate line: *[UN]: United Nations.',
    clause="WCAG 3.1.4",
)
CAPTION_MISPLACED = Rule(
    id="caption-misplaced",
    severity=Severity.WARNING,
    sentence="A caption is directly before or after its table; an image with a caption has a paragraph of its own.",
    advice="Move the caption directly before or after its table, and an image with a caption to its own paragraph.",
)
CHARACTER_REMOVED = Rule(
    id="character-removed",
    severity=Severity.WARNING,
    sentence="A manuscript has no control characters.",
    advice="Delete the invisible character; it often comes from copying from a PDF or a spreadsheet.",
    clause="XML 1.0, 2.2",
)
DESCRIPTION_MISPLACED = Rule(
    id="description-misplaced",
    severity=Severity.ERROR,
    sentence="A long description directly follows its figure or table.",
    advice="Move the block `::: description` directly after its figure or table.",
    clause="WCAG 1.1.1",
)
ENCODING_UNCLEAR = Rule(
    id="encoding-unclear",
    severity=Severity.WARNING,
    sentence="A page declares its encoding correctly.",
    advice='Check the text for wrong characters, and save the page as UTF-8 with <meta charset="utf-8"> in its head.',
    clause="HTML 4.2.5.4",
)
FENCE_UNCLOSED = Rule(
    id="fence-unclosed",
    severity=Severity.ERROR,
    sentence="Each block that `:::` opens is closed by a line with only `:::`.",
    advice="Close it by a line with only `:::`.",
)
FENCE_STRAY = Rule(
    id="fence-stray",
    severity=Severity.ERROR,
    sentence="A line with only `:::` closes a block that was opened before.",
    advice="Delete the line, or open the block with a name, such as `::: aside`.",
)
FENCE_UNKNOWN = Rule(
    id="fence-unknown",
    severity=Severity.ERROR,
    sentence="The name after `:::` is known.",
    advice="Use transcript, description, quote, aside, box, summary, recommendations, notice, warning, testimony or "
    "pull-quote; or {lang=es} for a passage in another language.",
)
MARKUP_FOREIGN = Rule(
    id="markup-foreign",
    severity=Severity.ERROR,
    sentence="The text has no markup that only another program replaces.",
    advice="Write it in Markdown, such as ![What it shows](img/chart.png) or [words](#name); or delete it; or begin it "
    "with a backslash if readers need to see it.",
)
FRONT_MISPLACED = Rule(
    id="front-misplaced",
    severity=Severity.WARNING,
    sentence="Sections marked {.front} come before all others.",
    advice="Move the section to the beginning of the text, or remove {.front}.",
)
HEADING_EMPTY = Rule(
    id="heading-empty",
    severity=Severity.ERROR,
    sentence="A heading is not empty.",
    advice="Write the heading, or delete the line.",
    clause="WCAG 2.4.6",
)
HEADING_SKIPPED = Rule(
    id="heading-skipped",
    severity=Severity.WARNING,
    sentence="Headings do not skip levels.",
    advice="Write this heading at most one level deeper than the one above it; it is read as that.",
    clause="WCAG 1.3.1, ISO 14289-1 7.4.2",
)
HTML_DROPPED = Rule(
    id="html-dropped",
    severity=Severity.WARNING,
    sentence="A manuscript has text, not scripts, styles, forms or embedded pages.",
    advice="Delete it, or describe in words what it shows.",
)
HTML_UNKNOWN = Rule(
    id="html-unknown",
    severity=Severity.WARNING,
    sentence="HTML in a manuscript has only elements that all editions support.",
    advice="Delete the tag; its content was kept.",
)
HTML_UNCLOSED = Rule(
    id="html-unclosed",
    severity=Severity.ERROR,
    sentence="Each HTML start tag has an end tag in the same paragraph or block.",
    advice="Write the end tag, or delete the start tag.",
)
LEFT_OUT = Rule(
    id="page-parts-left-out",
    severity=Severity.NOTE,
    sentence="Ignored parts of a page do not belong to its text.",
    advice="No action needed if they do not belong to the text; else put the text between <main> and </main>.",
)
LIST_NUMBER = Rule(
    id="list-number",
    severity=Severity.WARNING,
    sentence="The items of a list have the numbers that are written in the manuscript.",
    advice="Number the items consecutively, and fix references to them. To skip a number, put a paragraph "
    "between the items: the list after it begins with the number that is written there.",
)
LINK_UNREADABLE = Rule(
    id="link-unreadable",
    severity=Severity.ERROR,
    sentence="Text that looks like a link or an image is a valid one.",
    advice="Write an address with spaces between < and >, close its bracket, or write \\[ if no link is intended.",
)
LINK_UNSAFE = Rule(
    id="link-unsafe",
    severity=Severity.ERROR,
    sentence="A link has a web address, an email address, a phone number or an ID of the text as its target.",
    advice="Write an address that begins with https:, http:, mailto: or tel:, or #name; the text was kept.",
)
MATH_UNREADABLE = Rule(
    id="math-unreadable",
    severity=Severity.ERROR,
    sentence="A formula is valid.",
    advice="Fix the formula between the dollar signs; for an amount of money write \\$ instead of $.",
)
MEDIA_LEFT_OUT = Rule(
    id="media-left-out",
    severity=Severity.WARNING,
    sentence="The text contains the content of videos, recordings and embedded pages.",
    advice="Replace it by its transcript and a link to it.",
    clause="WCAG 1.2.1, 1.2.3",
)
FRONT_MATTER_UNMARKED = Rule(
    id="front-matter-unmarked",
    severity=Severity.WARNING,
    sentence="The front matter is between two lines of ---.",
    advice="Write a line with only --- above and below it; if it is part of the text, write a heading above it.",
)
METADATA_UNKNOWN = Rule(
    id="metadata-unknown",
    severity=Severity.WARNING,
    sentence="All keys of the front matter are known.",
    advice="See the handbook for the keys of the front matter.",
)
METADATA_VALUE = Rule(
    id="metadata-value",
    severity=Severity.ERROR,
    sentence="All values of the front matter are valid.",
    advice="Write the value as the handbook shows it.",
)
NOTE_DUPLICATE = Rule(
    id="note-duplicate",
    severity=Severity.ERROR,
    sentence="Each note has a unique name.",
    advice="Rename one of the two notes, and its reference in the text.",
)
NOTE_MISSING = Rule(
    id="note-missing",
    severity=Severity.ERROR,
    sentence="Each note reference has a note.",
    advice="Write the note on a separate line, such as [^1]: words; or delete the reference.",
)
TABLE_SPAN = Rule(
    id="table-span",
    severity=Severity.ERROR,
    sentence="Merged cells stay within their table and do not overlap.",
    advice="Fix rowspan and colspan, so that every row has the same number of columns.",
    clause="ISO 14289-1 7.5",
)
TABLE_RAGGED = Rule(
    id="table-ragged",
    severity=Severity.ERROR,
    sentence="Every row of a table has as many cells as its head.",
    advice="Add the missing cell, or remove the extra one; write \\| for a | inside a cell.",
    clause="ISO 14289-1 7.5",
)
TABLE_UNREADABLE = Rule(
    id="table-unreadable",
    severity=Severity.ERROR,
    sentence="A table has a line of dashes below its head.",
    advice="Write a line such as |---|---| below the first row, with as many columns as the rows have.",
)
TRANSCRIPT_UNREADABLE = Rule(
    id="transcript-unreadable",
    severity=Severity.WARNING,
    sentence="A turn of a transcript begins with the speaker, in bold up to a colon.",
    advice="Begin the paragraph with **Name, role:**, or write what is seen or heard in *(italics and parentheses)*.",
)
UNSUPPORTED = Rule(
    id="not-read",
    severity=Severity.WARNING,
    sentence="All content of the manuscript is supported.",
    advice="Write it in another way; see the handbook.",
)


class FindingCollector:
    """Collector of the findings of a reader about a manuscript.

    Args:
        file: Path of the manuscript inside the publication's folder.
        advice: Advice by rule, where that of the rule is about Markdown.
    """

    def __init__(self, file: str, advice: Mapping[str, str] = MappingProxyType({})) -> None:
        self.file = file
        self._advice = advice
        self._findings: dict[Finding, None] = {}

    def add(
        self,
        rule: Rule,
        position: int | Source | None,
        message: str,
        *,
        advice: str = "",
        details: FindingDetails | None = None,
    ) -> None:
        """Add a finding at a line, from 1, or at a source; ignore duplicates."""
        source = Source(self.file, max(position, 0)) if isinstance(position, int) else position or Source(self.file)
        advice = advice or self._advice.get(rule.id, "")
        self._findings[rule.finding(message, source, advice=advice, details=details)] = None

    @property
    def count(self) -> int:
        """The number of findings so far."""
        return len(self._findings)

    def take(self, findings: Iterable[Finding]) -> None:
        """Add findings of another reader."""
        self._findings.update(dict.fromkeys(findings))

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings in the order of their lines, those without a line first, as they were added."""
        return limited(sorted(self._findings, key=lambda finding: finding.source.line if finding.source else 0))
