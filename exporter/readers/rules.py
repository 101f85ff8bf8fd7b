"""The rules under which readers report what they could not take as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exporter.findings import Finding, Rule, Severity
from exporter.model import Source

ATTRIBUTES_UNREADABLE = Rule(
    id="attributes-unreadable",
    severity=Severity.ERROR,
    sentence="Attributes in braces can be read.",
    advice='Write attributes as {#name .class lang=es alt="words"}, with straight quotation marks and a closing brace.',
)
ATTRIBUTES_UNATTACHED = Rule(
    id="attributes-unattached",
    severity=Severity.ERROR,
    sentence="Attributes in braces stand directly after what they describe.",
    advice="Put the words in square brackets directly before the braces, such as [palabras]{lang=es}.",
)
ATTRIBUTE_UNKNOWN = Rule(
    id="attribute-unknown",
    severity=Severity.WARNING,
    sentence="Each attribute means something where it stands.",
    advice="Take it out, or see the handbook for the attributes that this place knows.",
)
ABBREVIATION_UNREADABLE = Rule(
    id="abbreviation-unreadable",
    severity=Severity.WARNING,
    sentence="An abbreviation has a short form and says what it stands for.",
    advice='Write [UN]{abbr="United Nations"}, or a line of its own: *[UN]: United Nations.',
    clause="WCAG 3.1.4",
)
CAPTION_MISPLACED = Rule(
    id="caption-misplaced",
    severity=Severity.WARNING,
    sentence="A caption stands directly before or after its table, and a picture with a caption stands alone.",
    advice="Put the caption directly before or after its table, and a picture with one in a paragraph of its own.",
)
CHARACTER_REMOVED = Rule(
    id="character-removed",
    severity=Severity.WARNING,
    sentence="A manuscript has no control characters.",
    advice="Delete the invisible character; it often comes from copying out of a PDF or a spreadsheet.",
    clause="XML 1.0, 2.2",
)
DESCRIPTION_MISPLACED = Rule(
    id="description-misplaced",
    severity=Severity.ERROR,
    sentence="A long description stands directly after its figure or table.",
    advice="Move the block `::: description` directly behind the figure or table that it describes.",
    clause="WCAG 1.1.1",
)
ENCODING_UNCLEAR = Rule(
    id="encoding-unclear",
    severity=Severity.WARNING,
    sentence="A page says rightly in which encoding it is.",
    advice='Look for wrong letters, and save the page as UTF-8 with <meta charset="utf-8"> in its head.',
    clause="HTML 4.2.5.4",
)
FENCE_UNCLOSED = Rule(
    id="fence-unclosed",
    severity=Severity.ERROR,
    sentence="Each block that `:::` opens is closed by a line with `:::` alone.",
    advice="Close it by a line with nothing but `:::`.",
)
FENCE_STRAY = Rule(
    id="fence-stray",
    severity=Severity.ERROR,
    sentence="A line with `:::` alone closes a block that was opened before.",
    advice="Delete the line, or open the block with a name, such as `::: aside`.",
)
FENCE_UNKNOWN = Rule(
    id="fence-unknown",
    severity=Severity.ERROR,
    sentence="The name after `:::` is one that is known.",
    advice="Use transcript, description, quote, aside, box, summary, recommendations, notice, warning, testimony or "
    "pull-quote; or {lang=es} for a passage in another language.",
)
FRONT_MISPLACED = Rule(
    id="front-misplaced",
    severity=Severity.WARNING,
    sentence="Sections marked {.front} come before all others.",
    advice="Move the section to the beginning of the text, or take {.front} away.",
)
HEADING_EMPTY = Rule(
    id="heading-empty",
    severity=Severity.ERROR,
    sentence="A heading has words.",
    advice="Write the heading, or delete the line.",
    clause="WCAG 2.4.6",
)
HEADING_SKIPPED = Rule(
    id="heading-skipped",
    severity=Severity.WARNING,
    sentence="Headings go down one level at a time.",
    advice="Write this heading one level deeper than the one above it, not more; here it is taken as that.",
    clause="WCAG 1.3.1, ISO 14289-1 7.4.2",
)
HTML_DROPPED = Rule(
    id="html-dropped",
    severity=Severity.WARNING,
    sentence="A manuscript holds text, not scripts, styles, forms or embedded pages.",
    advice="Delete it, or say in words what it shows.",
)
HTML_UNKNOWN = Rule(
    id="html-unknown",
    severity=Severity.WARNING,
    sentence="HTML in a manuscript is of the kinds that every edition can carry.",
    advice="Delete the tag; what stands inside it was kept.",
)
HTML_UNCLOSED = Rule(
    id="html-unclosed",
    severity=Severity.ERROR,
    sentence="Each HTML tag that opens is closed, inside the same paragraph or block.",
    advice="Write the closing tag, or delete the opening one.",
)
LEFT_OUT = Rule(
    id="page-parts-left-out",
    severity=Severity.NOTE,
    sentence="Everybody knows which parts of a page were not taken over.",
    advice="Nothing to do if none of it belongs to the text; else put the text of the page between <main> and </main>.",
)
LIST_NUMBER = Rule(
    id="list-number",
    severity=Severity.WARNING,
    sentence="The items of a list bear the numbers that the manuscript gives them.",
    advice="Number the items one after the other, and mend what refers to them. To leave a number out, put a paragraph "
    "between the items: what follows it begins with the number that is written there.",
)
LINK_UNREADABLE = Rule(
    id="link-unreadable",
    severity=Severity.ERROR,
    sentence="What looks like a link or a picture can be read as one.",
    advice="Put an address with spaces between < and >, close its bracket, or write \\[ where no link is meant.",
)
LINK_UNSAFE = Rule(
    id="link-unsafe",
    severity=Severity.ERROR,
    sentence="A link leads to a web address, a mail address, a telephone number or a place in the text.",
    advice="Give an address that begins with https:, http:, mailto: or tel:, or #name; the words were kept.",
)
MATH_UNREADABLE = Rule(
    id="math-unreadable",
    severity=Severity.ERROR,
    sentence="A formula can be read.",
    advice="Mend the formula between the dollar signs; for a sum of money write \\$ instead of $.",
)
MEDIA_LEFT_OUT = Rule(
    id="media-left-out",
    severity=Severity.WARNING,
    sentence="What a film, a recording or an embedded page says is said in the text too.",
    advice="Put its transcript, and a link to it, in its place.",
    clause="WCAG 1.2.1, 1.2.3",
)
METADATA_UNKNOWN = Rule(
    id="metadata-unknown",
    severity=Severity.WARNING,
    sentence="Each key of the front matter is one that is known.",
    advice="See the handbook for the keys of the front matter.",
)
METADATA_VALUE = Rule(
    id="metadata-value",
    severity=Severity.ERROR,
    sentence="Each value of the front matter is of the kind that its key asks for.",
    advice="Write the value as the handbook shows it.",
)
NOTE_DUPLICATE = Rule(
    id="note-duplicate",
    severity=Severity.ERROR,
    sentence="Each note has a name of its own.",
    advice="Give one of the two notes another name, and its mark in the text too.",
)
NOTE_MISSING = Rule(
    id="note-missing",
    severity=Severity.ERROR,
    sentence="Each mark of a note has its note.",
    advice="Write the note on a line of its own, such as [^1]: words; or delete the mark.",
)
TABLE_SPAN = Rule(
    id="table-span",
    severity=Severity.ERROR,
    sentence="Merged cells stay within their table and do not overlap.",
    advice="Mend rowspan and colspan, so that every row has the same number of columns.",
    clause="ISO 14289-1 7.5",
)
TABLE_RAGGED = Rule(
    id="table-ragged",
    severity=Severity.ERROR,
    sentence="Every row of a table has as many cells as its head.",
    advice="Write the missing cell, or take the extra one out; a | inside a cell is written \\|.",
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
    sentence="A transcript begins with who speaks, in bold up to a colon.",
    advice="Begin the paragraph with **Name, role:**, or put what is seen or heard in *(italics and parentheses)*.",
)
UNSUPPORTED = Rule(
    id="not-read",
    severity=Severity.WARNING,
    sentence="All that the manuscript says can be read.",
    advice="Write it in another way; see the handbook.",
)


class FindingCollector:
    """Gathers what a reader has to say about one file.

    Args:
        file: Its path inside the publication's folder.
        advice: What to do, by rule, where the format has other words for it than Markdown.
    """

    def __init__(self, file: str, advice: Mapping[str, str] = MappingProxyType({})) -> None:
        self.file = file
        self._advice = advice
        self._findings: dict[Finding, None] = {}

    def add(self, rule: Rule, where: int | Source | None, message: str, *, advice: str = "") -> None:
        """Note a finding at a line, from 1, or at a place in words; the same one twice counts once."""
        source = Source(self.file, max(where, 0)) if isinstance(where, int) else where or Source(self.file)
        self._findings[rule.finding(message, source, advice=advice or self._advice.get(rule.id, ""))] = None

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings in the order of their lines, those without one in the order in which they were met."""
        return tuple(sorted(self._findings, key=lambda finding: finding.source.line if finding.source else 0))
