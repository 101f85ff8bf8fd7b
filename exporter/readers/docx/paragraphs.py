"""A paragraph with all that is known of it (ISO/IEC 29500-1, 17.3.1)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from lxml import etree

from exporter.inspect.docx.xml import Element, is_on, name
from exporter.model import Math, MathBlock
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.paragraph_properties import is_ruled, mark_language
from exporter.readers.docx.parsed import ParsedParagraph
from exporter.readers.docx.roles import Meaning, Role
from exporter.readers.docx.runs import RunReader
from exporter.readers.docx.styles import ParagraphFormat
from exporter.readers.docx.text_runs import PLAIN_FORMAT, TextRun

Said = Mapping[str, Element]
"""Properties of a paragraph, by their names."""
_R_PR, _LANG, _BORDERS, _SPACING, _PAGE_BREAK = map(name, ("rPr", "lang", "pBdr", "spacing", "pageBreakBefore"))
_BOXES = frozenset("☐☑☒")
"""Bullets that say whether something is done."""
_TIGHT = "60"
"""Distance below an item of a tight list of our own edition, in twentieths of a point."""


def build_paragraph(
    context: ReadContext,
    runs: RunReader,
    said: Said,
    known: tuple[ParagraphFormat, ParagraphFormat],
    *,
    meaning: Meaning,
    text_runs: list[TextRun],
) -> ParsedParagraph:
    """Return a paragraph with all that is known of it.

    Args:
        reading: What is read.
        runs: Its words, just read.
        said: Its properties, by their names.
        known: Its own look, and that which it takes over from its style.
        meaning: What it is.
        pieces: Its words, with those that wait for it.
    """
    own, inherited = known
    line = own.over(inherited)
    words = "".join(run.text for run in text_runs)
    shown = bool(words.strip()) or any(run.node is not None for run in text_runs)
    counted = None
    if line.number and (shown or not runs.block_items):
        counted = context.numbering.next_number(line.number, line.level or 0)
    if meaning.role is Role.HEADING:
        source = context.locations.heading(words)
    elif shown:
        source = context.locations.paragraph(words)
    else:
        source = context.locations.here()
    mark = said[_R_PR].find(_LANG) if _R_PR in said else None
    borders, spacing = said.get(_BORDERS), said.get(_SPACING)
    if counted is not None and counted.level.has_words and meaning.role is not Role.HEADING:
        # "Article 1" is more than a number: it is typed, so that nothing is lost.
        text_runs = [TextRun(PLAIN_FORMAT, f"{counted.label} "), *text_runs]
        counted = None
    if counted is not None and counted.level.text.strip() in _BOXES:
        text_runs = [TextRun(PLAIN_FORMAT, f"{counted.level.text.strip()} "), *text_runs]
    title = list(itertools.takewhile(lambda run: run.run_format.part == "title", text_runs))
    if context.own and any(run.run_format.part == "title" for run in text_runs):
        title = text_runs
    return ParsedParagraph(
        source=source,
        text_runs=text_runs,
        meaning=meaning,
        line=line,
        number=counted,
        frame=etree.tostring(borders).decode() if borders is not None and context.own else "",
        ruled=borders is not None and is_ruled(borders),
        bookmarks=list(runs.bookmarks),
        language=mark_language(mark, right_to_left=bool(line.bidi)),
        page_break=runs.break_before or is_on(said.get(_PAGE_BREAK)),
        sequence=runs.sequence,
        tight=spacing is not None and spacing.get(name("after")) == _TIGHT,
        formula=_only_formula(text_runs),
        tabs=runs.tabs,
        released=own.number == 0 and not inherited.number,
        title=title,
    )


def _only_formula(text_runs: list[TextRun]) -> MathBlock | None:
    """Return a formula that has the paragraph for itself (22.1.2.78 oMathPara)."""
    only: Math | None = None
    for run in text_runs:
        if run.node is None and not run.text.strip():
            continue
        if only is not None or not isinstance(run.node, Math):
            return None
        only = run.node
    if only is None or ' display="block"' not in only.mathml.partition(">")[0]:
        return None
    return MathBlock(mathml=only.mathml)


def indent_of(paragraph: ParsedParagraph, own: int | None, inherited: ParagraphFormat) -> int:
    """Return how far a paragraph stands from the margin of its style, in twentieths of a point."""
    usual = inherited.left or 0
    if paragraph.number is not None:
        return own if own is not None else paragraph.number.level.left or usual
    return (own - usual) if own is not None else 0
