"""Collector of the inline content of a paragraph as text runs with formats and groups."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from lxml import etree

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import Element, child_value, name
from exporter.model import Abbreviation, Direction, Image, LineBreak, Math, NoteReference
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.graphics.drawings import DrawnItem
from exporter.readers.docx.inlines import symbols
from exporter.readers.docx.inlines.encoded_fonts import is_encoded
from exporter.readers.docx.inlines.fields import Fields
from exporter.readers.docx.inlines.languages import Languages, natural_direction
from exporter.readers.docx.inlines.text_runs import Group, RunFormat, Target, TextRun
from exporter.readers.docx.limits import MAX_TEXT, NODE_LENGTH
from exporter.readers.docx.notes import NoteKey
from exporter.readers.docx.roles import WordRole
from exporter.readers.docx.styles import NO_CHARACTER_FORMAT, CharacterFormat, read_character_format

_LINE_ENDS = re.compile(r"[\n\r]+")
_CLOSED_BY = {"“": "”", "‘": "’", "«": "»", "‹": "›", "„": "“”", "‚": "‘", "「": "」", "『": "』", "”": "“”", "’": "‘’"}
"""Marks that may end a quotation, by the mark that begins it."""
_PARTS = {WordRole.ASIDE_TITLE: "title", WordRole.SPEAKER_ROLE: "role"}

_ENCODING_ADVICE = (
    "Convert the text to Unicode with a converter for this font, and give it a font of Unicode such as Noto Sans."
)
SYMBOL_ADVICE = "Insert a character that every font has (Insert, Symbol, normal text)."
"""Advice for a symbol that is only meaningful in its font."""


class _Formats(NamedTuple):
    """Formats of a run."""

    effective: CharacterFormat
    specific: CharacterFormat
    """Without the defaults of the document."""


class InlineCollector:
    """Collector of inline content, paragraph by paragraph."""

    def __init__(self, context: ReadContext, fields: Fields) -> None:
        self._context = context
        self._fields = fields
        self._languages = Languages(context)
        self._cached_formats: dict[tuple[bytes, int], _Formats] = {}
        self._run_formats: dict[int, RunFormat] = {}
        self._bookmarks: dict[str, Group] = {}
        """Open bookmarks by number, across paragraphs."""
        self._groups = 0
        self._line = NO_CHARACTER_FORMAT
        """Format that runs inherit from the style of their paragraph."""
        self._line_key = 0
        self._reset()

    def _reset(self) -> None:
        self.text_runs: list[TextRun] = []
        self._blank = 0
        """Number of runs at the beginning that are known to have no content."""
        self.block_items: list[DrawnItem] = []
        self.bookmarks: list[str] = []
        self.sequence = ""
        self.break_before = False
        self.break_after = False
        self.tabs = 0
        self.has_blanks = False
        """Whether lines to fill in are drawn in its text."""
        self._underlined: set[int] = set()
        """Indexes of underlined runs."""
        self.page_references = 0
        """Number of references to pages of the Word file in its text."""
        self.left_out = False
        """Whether text that the Word edition adds was ignored."""
        self.is_generated = False
        """Whether the paragraph belongs to a table of contents or an index."""
        self._depth = 0
        self._formats = _Formats(NO_CHARACTER_FORMAT, NO_CHARACTER_FORMAT)
        self._links: list[Target] = []
        self._turns: list[Direction] = []
        self._quotation: list[Group] = []
        self._marked_note: NoteKey | None = None
        """The note whose mark, such as “*”, is the rest of the run."""
        self._expansion = ""

    def _formats_of(self, properties: Element | None) -> _Formats:
        key = (etree.tostring(properties) if properties is not None else b"", self._line_key)
        if key not in self._cached_formats:
            specific = read_character_format(properties)
            style = child_value(properties, name("rStyle"))
            if style:
                specific = specific.over(self._context.styles.character_format(style))
            specific = specific.over(self._line)
            self._cached_formats[key] = _Formats(specific.over(self._context.styles.default), specific)
        return self._cached_formats[key]

    def _add_text(self, text: str) -> None:
        if self._fields.hidden:
            return
        character_format = self._formats.specific
        if self._skip_hidden(has_content=bool(text.strip())):
            return
        self._count_characters(len(text))
        self._check_encoding(text, self._formats.effective.font)
        text, unknown = symbols.translate(text, character_format.font)
        for letter in unknown:
            self._context.report_unsupported(
                f"Unknown symbol: {ord(letter):04X} in the font “{character_format.font}”.", SYMBOL_ADVICE
            )
        if "\n" in text or "\r" in text:
            text = _LINE_ENDS.sub(" ", text)
        run_format = self._run_format(character_format)
        match character_format.role:
            case WordRole.QUOTATION_MARK if self._context.is_word_edition:
                self._toggle_quotation(text)
                return
            case WordRole.ABBREVIATION if self._context.is_word_edition:
                self._abbreviate(text, run_format)
                return
            case WordRole.EXPANSION if self._context.is_word_edition:
                self._expand(text)
                return
            case WordRole.LEFT_OUT if self._context.is_word_edition:
                self.left_out = True
                return
            case _:
                pass
        first = len(self.text_runs)
        for language, part in self._languages.split(text, self._formats.effective, character_format):
            self.text_runs.append(
                TextRun(run_format if language is None else run_format._replace(language=language), part)
            )
        if character_format.underline:
            self._underlined.update(range(first, len(self.text_runs)))

    def _check_encoding(self, text: str, font: str | None) -> None:
        """Report a font with an encoding of its own, once."""
        if font and font not in self._context.encoded_fonts and is_encoded(text, font):
            self._context.encoded_fonts.add(font)
            message = (
                f"The font “{font}” has an encoding of its own: every edition shows and says “{text.strip()[:40]}”."
            )
            self._context.report_unsupported(message, _ENCODING_ADVICE)

    def _skip_hidden(self, *, has_content: bool = True) -> bool:
        """Return whether the run is hidden, and count what is hidden."""
        is_hidden = bool(self._formats.specific.hidden)
        if is_hidden and has_content:
            self._context.count("hidden")
        return is_hidden

    def _run_format(self, character_format: CharacterFormat) -> RunFormat:
        if self._links or self._turns or self._bookmarks or self._quotation or self._fields.is_open:
            return self._create_format(character_format)
        # Formats are cached while the story is read, so that each has a stable identity.
        if id(character_format) not in self._run_formats:
            self._run_formats[id(character_format)] = self._create_format(character_format)
        return self._run_formats[id(character_format)]

    def _create_format(self, character_format: CharacterFormat) -> RunFormat:
        link = self._links[-1] if self._links else self._fields.link
        groups = self._open_groups()
        role = character_format.role
        code = role is WordRole.CODE
        return RunFormat(
            link=link,
            groups=groups,
            direction=self._turns[-1] if self._turns else None,
            bold=bool(character_format.bold) or role in (WordRole.STRONG, WordRole.STRONG_EMPHASIS),
            italic=bool(character_format.italic)
            or role in (WordRole.EMPHASIS, WordRole.STRONG_EMPHASIS)
            or (bool(character_format.underline) and link is None),
            italic_first=role is WordRole.EMPHASIS,
            strike=bool(character_format.strike),
            vertical=character_format.vertical if character_format.vertical in ("superscript", "subscript") else "",
            code=code,
            part=_PARTS.get(role, "") if role else "",
        )

    def _node_format(self) -> RunFormat:
        """Return the format of a node without text: its link and groups."""
        return RunFormat(
            link=self._links[-1] if self._links else self._fields.link,
            groups=self._open_groups(),
            part=_PARTS.get(self._formats.specific.role or WordRole.TEXT, ""),
        )

    def _open_groups(self) -> tuple[Group, ...]:
        """Return the groups of the next run; a bookmark at the start of a paragraph belongs to the whole paragraph."""
        if not self._bookmarks and not self._quotation:
            return ()
        return (*(group for group in self._bookmarks.values() if group.number), *self._quotation)

    def _add_node(self, node: Image | Math | NoteReference | LineBreak | Abbreviation) -> None:
        if not self._fields.hidden and not self._skip_hidden(has_content=not isinstance(node, LineBreak)):
            self._count_characters(NODE_LENGTH)
            self.text_runs.append(TextRun(self._node_format(), node=node))

    def _count_characters(self, characters: int) -> None:
        self._context.length += characters
        if self._context.length > MAX_TEXT:
            raise DocxError(f"The text has more than {MAX_TEXT:,} characters.", "Divide it into several publications.")

    @property
    def drawn_items(self) -> list[DrawnItem]:
        """Pictures in the text, and what is drawn beside it."""
        return [*(DrawnItem(run.node) for run in self.text_runs if isinstance(run.node, Image)), *self.block_items]

    @property
    def has_content(self) -> bool:
        """Whether the paragraph has text or nodes so far."""
        blank = itertools.takewhile(
            lambda run: run.node is None and not run.text.strip(), itertools.islice(self.text_runs, self._blank, None)
        )
        self._blank += sum(1 for _ in blank)
        return self._blank < len(self.text_runs)

    def _toggle_quotation(self, text: str) -> None:
        """Begin or end a quotation of the Word edition at a quotation mark."""
        mark = text.strip()
        if self._quotation and mark in _CLOSED_BY.get(self._quotation[-1].name, ""):
            self._quotation.pop()
        else:
            self._groups += 1
            self._quotation.append(Group(self._groups, "quotation", mark))

    def _abbreviate(self, text: str, run_format: RunFormat) -> None:
        self._expansion = ""
        before = self.text_runs[-1] if self.text_runs else None
        if (
            before is not None
            and isinstance(before.node, Abbreviation)
            and before.run_format == run_format
            and (natural_direction(before.node.text) is not natural_direction(text) or natural_direction(text) is None)
        ):
            text = before.node.text + text  # it is split where the direction changes
            self.text_runs.pop()
        text = text.strip("\u202a\u202b\u202c")
        expansion = self._context.variables.get(f"abbreviation:{text}", "")
        self.text_runs.append(TextRun(run_format, node=Abbreviation(text=text, expansion=expansion)))

    def _expand(self, text: str) -> None:
        for index in range(len(self.text_runs) - 1, -1, -1):
            node = self.text_runs[index].node
            if isinstance(node, Abbreviation):
                self._expansion += text
                expansion = self._expansion.strip(" \u202a\u202b\u202c").removeprefix("(").removesuffix(")")
                self.text_runs[index] = self.text_runs[index]._replace(
                    node=Abbreviation(text=node.text, expansion=expansion)
                )
                return
