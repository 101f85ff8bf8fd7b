"""Construction of parsed paragraphs from their properties and text runs (ISO/IEC 29500-1, 17.3.1)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exporter.findings import quoted
from exporter.inspect.docx.numbering import Level, Number
from exporter.inspect.docx.xml import VAL, Element, is_on, name, value
from exporter.model import LineBreak, Math, MathBlock, Source
from exporter.readers.docx.borders import CONTENT, as_xml, is_below_blank, is_ruled, neighbours
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.inlines import symbols
from exporter.readers.docx.inlines.languages import is_special
from exporter.readers.docx.inlines.run_reader import RunReader
from exporter.readers.docx.inlines.text_runs import PLAIN_FORMAT, TextRun
from exporter.readers.docx.looks import read_look
from exporter.readers.docx.parsed import Contents, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import PLAIN, Meaning, Role
from exporter.readers.docx.rules import NUMBERING
from exporter.readers.docx.styles import ParagraphFormat, read_paragraph_format, tag_of

Properties = Mapping[str, Element]
"""Properties of a paragraph by tag."""
_R_PR, _LANG, _BORDERS, _SPACING, _PAGE_BREAK = map(name, ("rPr", "lang", "pBdr", "spacing", "pageBreakBefore"))
_P, _P_PR, _P_STYLE, _DEL, _MOVED = map(name, ("p", "pPr", "pStyle", "del", "moveFrom"))
_BOOKMARK = name("bookmarkStart")
_GALLERY = "/".join(map(name, ("sdtPr", "docPartObj", "docPartGallery")))
_SIGNS = {**dict.fromkeys("☐□◻▢", "☐"), **dict.fromkeys("☑🗹", "☑"), **dict.fromkeys("☒🗷", "☒")}
_SIGNS |= dict.fromkeys("✗✘✕✖❌", "✗")
"""Bullets that mean something."""
_ORNAMENTS = {**dict.fromkeys("✓✔", "✓"), **dict.fromkeys("❏❐❑❒", "☐")}
"""Those of Word's library of bullets, which only mean something if the file has crosses or plain boxes besides."""
_BOUND = re.compile(
    r"(?:coreProperties|CoverPageProperties)(?:\[1\])?/(?:\w+:)?(title|subject|creator|PublishDate)(?:\[1\])?$"
)
_PROPERTIES = {"title": Role.TITLE, "subject": Role.SUBTITLE, "creator": Role.LEFT_OUT, "PublishDate": Role.DATE}
"""Roles of the properties that the cover pages of Word show; the creator is often the name of an account."""
AUTHOR = Meaning(Role.LEFT_OUT)
_AUTHOR_ADVICE = "It may be the name of an account. Write the authors below the title, or into the details."
_TIGHT = "60"
"""Space after an item of a tight list of the Word edition, in twentieths of a point."""


class ParagraphElement(NamedTuple):
    """The element of a paragraph, with its properties."""

    element: Element
    properties: Properties
    style: str
    """Identifier of its style."""
    own: ParagraphFormat
    inherited: ParagraphFormat
    """Format of its style."""
    format: ParagraphFormat
    """Its own over that of its style."""

    @property
    def is_joined(self) -> bool:
        """Whether its mark was deleted, so that the next paragraph continues it."""
        mark = self.properties.get(_R_PR)
        return mark is not None and (mark.find(_DEL) is not None or mark.find(_MOVED) is not None)


def read_element(context: ReadContext, element: Element) -> ParagraphElement:
    """Return the element of a paragraph with its properties."""
    container = element.find(_P_PR)
    properties = {child.tag: child for child in container} if container is not None else {}
    style = value(properties.get(_P_STYLE))
    own, inherited = read_paragraph_format(container), context.styles.paragraph_format(style)
    return ParagraphElement(element, properties, style, own, inherited, own.over(inherited))


def build_paragraph(
    context: ReadContext, runs: RunReader, paragraph: ParagraphElement, meaning: Meaning, text_runs: list[TextRun]
) -> ParsedParagraph:
    """Return a parsed paragraph.

    Args:
        context: The file that is being read.
        runs: The reader of its runs, which has just read it.
        paragraph: Its element.
        meaning: Its role.
        text_runs: Its text runs, with a drop cap before it.
    """
    properties, own, paragraph_format = paragraph.properties, paragraph.own, paragraph.format
    words = "".join(" " if isinstance(run.node, LineBreak) else run.text for run in text_runs)
    is_visible = bool(words.strip()) or any(run.node is not None for run in text_runs)
    is_numbered = is_visible or not runs.block_items
    list_number = next_number(context, paragraph_format, text_runs) if is_numbered else None
    if list_number is not None and not list_number.unknown_format:
        marks = (mark.get(name("name")) or "" for mark in paragraph.element.iter(_BOOKMARK))
        context.cross_references.add_number([*runs.bookmarks, *marks], list_number.label)
    if meaning.role is Role.HEADING:
        source = context.locations.heading(words)
    elif is_visible:
        source = context.locations.paragraph(words)
    else:
        source = context.locations.here()
    mark = properties[_R_PR].find(_LANG) if _R_PR in properties else None
    borders, spacing = properties.get(_BORDERS), properties.get(_SPACING)
    if list_number is not None and list_number.level.is_text and meaning.role is not Role.HEADING:
        # "Article 1" is more than a number: it becomes text, so that nothing is lost.
        text_runs = [label_run(context, source, list_number, text_runs), *text_runs]
        list_number = None
    if list_number is not None and (sign := _meaning_of_bullet(context, list_number.level)):
        text_runs = [TextRun(PLAIN_FORMAT, f"{sign} "), *text_runs]
    indent, marker = _indents(list_number, paragraph)
    look = own_look = None
    if meaning.role in (Role.TEXT, Role.HEADING, Role.TITLE) and not context.is_word_edition:
        look = read_look(context.styles, paragraph.element, paragraph.style)
        own_look = read_look(context.styles, paragraph.element, "") if meaning.role is Role.HEADING else None
    title = list(itertools.takewhile(lambda run: run.run_format.part == "title", text_runs))
    if context.is_word_edition and any(run.run_format.part == "title" for run in text_runs):
        title = text_runs
    return ParsedParagraph(
        source=source,
        text_runs=text_runs,
        meaning=meaning,
        paragraph_format=paragraph_format,
        number=list_number,
        frame=as_xml(borders) if context.is_word_edition else paragraph_format.frame or "",
        begins_frame=bool(paragraph_format.frame) and is_below_blank(paragraph.element),
        ruled=borders is not None and is_ruled(borders),
        bookmarks=list(runs.bookmarks),
        language=_mark_language(mark, right_to_left=bool(paragraph_format.bidi)),
        page_break=runs.break_before or is_on(properties.get(_PAGE_BREAK)),
        sequence=runs.sequence,
        tight=spacing is not None and spacing.get(name("after")) == _TIGHT,
        formula=_only_formula(text_runs),
        tabs=runs.tabs,
        has_blanks=runs.has_blanks,
        released=own.number == 0 and not paragraph.inherited.number,
        title=title,
        style=context.styles.name_of(paragraph.style),
        indent=indent,
        marker=marker,
        look=look,
        own_look=own_look,
    )


def _meaning_of_bullet(context: ReadContext, level: Level) -> str:
    """Return the box, tick or cross that a bullet shows, or "" for other bullets."""
    if level.format != "bullet" or level.hidden:
        return ""
    mark = symbols.translate(level.text.strip(), level.font)[0]
    if mark in _ORNAMENTS:
        return "" if context.bullets.isdisjoint(_SIGNS) else _ORNAMENTS[mark]
    return _SIGNS.get(mark, "")


def next_number(context: ReadContext, paragraph_format: ParagraphFormat, text_runs: Sequence[TextRun]) -> Number | None:
    """Return the number of a paragraph and advance the counter, or None if it is in no list."""
    if not paragraph_format.number:
        return None
    language = next((run.run_format.language for run in text_runs if run.has_letters), None)
    language = language or context.styles.default.language or ""
    return context.numbering.next_number(paragraph_format.number, paragraph_format.level or 0, language)


def label_run(context: ReadContext, source: Source, number: Number, text_runs: Sequence[TextRun]) -> TextRun:
    """Return the number before a paragraph as text, in the language of its first words in the same kind of script."""
    if number.unknown_format and number.unknown_format not in context.unknown_formats:
        context.unknown_formats.add(number.unknown_format)
        shown = number.label.strip()[:60]
        message = f"The number format {number.unknown_format[:60]} is replaced by digits, as in “{shown}”."
        context.report.add(NUMBERING, source, message)
    alike = (run for run in text_runs if run.has_letters and is_special(run.text) == is_special(number.label))
    language = next((run.run_format.language for run in alike), None)
    return TextRun(PLAIN_FORMAT._replace(language=language), f"{number.label.strip()} ")


def is_drop_cap(properties: Properties) -> bool:
    """Return whether a paragraph is the large first letter of the paragraph that follows (17.3.1.11 framePr)."""
    frame = properties.get(name("framePr"))
    if frame is None or frame.get(name("dropCap")) not in ("drop", "margin"):
        return False
    following = next(neighbours(next(frame.iterancestors(_P))), None)
    return following is not None and following.tag not in (name("tbl"), name("sectPr"))


def _only_formula(text_runs: list[TextRun]) -> MathBlock | None:
    """Return a formula that is the only content of the paragraph, or None (22.1.2.78 oMathPara)."""
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


def _indents(number: Number | None, paragraph: ParagraphElement) -> tuple[int, int]:
    """Return the indents of a paragraph, beyond that of its style, and of its number, in twentieths of a point."""
    own, style_indent = paragraph.own, paragraph.inherited.left or 0
    if number is None:
        return own.left - style_indent if own.left is not None else 0, 0
    indent = own.left if own.left is not None else number.level.left or style_indent
    return indent, indent + (own.first if own.first is not None else number.level.first)


def take_page_break(content: list[ParsedBlock]) -> bool:
    """Remove the page break of the first block of a container; return whether there was one, to be put before it."""
    first = content[0] if content else None
    if first is None or isinstance(first, Contents) or not first.page_break:
        return False
    first.page_break = False
    return True


def meaning_of(own: ParagraphFormat, inherited: ParagraphFormat) -> Meaning:
    """Return the meaning of a paragraph; its own outline level outweighs its style (17.3.1.20)."""
    if own.outline is not None:
        if 0 <= own.outline < 9 and (inherited.meaning is None or inherited.meaning.role in (Role.TEXT, Role.HEADING)):
            return Meaning(Role.HEADING, own.outline + 1)
        if own.outline >= 9 and inherited.meaning is not None and inherited.meaning.role is Role.HEADING:
            return PLAIN
    return inherited.meaning or PLAIN


def bound_meaning(element: Element) -> Meaning | None:
    """Return the meaning of a paragraph whose text is that of a document property on a cover page (17.5.2.6)."""
    texts = list(element.iter(name("t")))
    control = next(texts[0].iterancestors(name("sdt")), None) if texts else None
    if control is None or not all(control in text.iterancestors(name("sdt")) for text in texts):
        return None
    binding = control.find(f"{name('sdtPr')}/{name('dataBinding')}")
    match = _BOUND.search(binding.get(name("xpath")) or "") if binding is not None else None
    meaning = Meaning(_PROPERTIES[match[1]]) if match else None
    return None if meaning == AUTHOR and not _is_on_cover(element) else meaning


def _is_on_cover(paragraph: Element) -> bool:
    """Return whether a paragraph of words is on a cover page that Word made, and in no table beside other words."""
    galleries = (control.find(_GALLERY) for control in paragraph.iterancestors(name("sdt")))
    row = next(paragraph.iterancestors(name("tr")), None)
    is_alone = row is None or len(row.findall(name("tc"))) == 1
    has_words = next(paragraph.iter(*CONTENT), None) is None
    return is_alone and has_words and any(value(gallery) == "Cover Pages" for gallery in galleries)


def report_author(context: ReadContext, text_runs: Sequence[TextRun]) -> None:
    """Report that the creator in the properties of the file was left out of the cover page."""
    shown = quoted("".join(run.text for run in text_runs))
    context.report_unsupported(f"The author of the file on the cover was ignored: {shown}.", _AUTHOR_ADVICE)


def _mark_language(mark: Element | None, *, right_to_left: bool) -> str | None:
    """Return the language of a paragraph mark."""
    if mark is None:
        return None
    bidi = tag_of(mark.get(name("bidi")) or "")
    return bidi if right_to_left and bidi else tag_of(mark.get(VAL) or "") or bidi
