"""What writes down the words of a paragraph as pieces, each with how it looks and what it belongs to."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from exporter.inspect.docx import DocxError
from exporter.inspect.docx.xml import Element, child_value, name
from exporter.model import Abbreviation, Direction, Image, LineBreak, Math, NoteReference
from exporter.readers.docx import symbols
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.drawings import DrawnItem
from exporter.readers.docx.fields import Fields
from exporter.readers.docx.languages import Languages, natural_direction
from exporter.readers.docx.limits import MAX_TEXT, NODE_LENGTH
from exporter.readers.docx.roles import WordRole
from exporter.readers.docx.styles import NO_CHARACTER_FORMAT, CharacterFormat, read_character_format
from exporter.readers.docx.text_runs import Group, RunFormat, Target, TextRun

_LINE_ENDS = re.compile(r"[\n\r]+")
_CLOSED_BY = {"“": "”", "‘": "’", "«": "»", "‹": "›", "„": "“”", "‚": "‘", "「": "」", "『": "』", "”": "“”", "’": "‘’"}
"""What may end a short quotation, by the mark that begins it."""
_PARTS = {WordRole.ASIDE_TITLE: "title", WordRole.SPEAKER_ROLE: "role"}


class _Look(NamedTuple):
    """How a run looks."""

    words: CharacterFormat
    said: CharacterFormat
    """Without what the whole document says."""


class InlineCollector:
    """Writes down one paragraph after the other."""

    def __init__(self, context: ReadContext, fields: Fields) -> None:
        self._context = context
        self._fields = fields
        self._languages = Languages(context)
        self._looks: dict[tuple[bytes, int], _Look] = {}
        self._run_formats: dict[int, RunFormat] = {}
        self._bookmarks: dict[str, Group] = {}
        """Open ones by their number, over the borders of paragraphs."""
        self._groups = 0
        self._line = NO_CHARACTER_FORMAT
        """What words take over from the style of their paragraph."""
        self._line_key = 0
        self._reset()

    def _reset(self) -> None:
        self.text_runs: list[TextRun] = []
        self.block_items: list[DrawnItem] = []
        self.bookmarks: list[str] = []
        self.sequence = ""
        self.break_before = False
        self.break_after = False
        self.tabs = 0
        self.left_out = False
        """Whether words of ours were passed over."""
        self.is_generated = False
        """Whether the paragraph belongs to a list of contents or an index."""
        self._depth = 0
        self._look = _Look(NO_CHARACTER_FORMAT, NO_CHARACTER_FORMAT)
        self._links: list[Target] = []
        self._turns: list[Direction] = []
        self._quotation: list[Group] = []
        self._custom_mark = False
        self._expansion = ""

    def _look_of(self, properties: Element | None) -> _Look:
        key = (etree.tostring(properties) if properties is not None else b"", self._line_key)
        found = self._looks.get(key)
        if found is None:
            said = read_character_format(properties)
            style = child_value(properties, name("rStyle"))
            if style:
                said = said.over(self._context.styles.words(style))
            said = said.over(self._line)
            found = self._looks[key] = _Look(said.over(self._context.styles.default), said)
        return found

    def _add_text(self, text: str) -> None:
        if self._fields.hidden:
            return
        words = self._look.said
        if words.hidden:
            if text.strip():
                self._context.count("hidden")
            return
        self._count_characters(len(text))
        if not text.isascii() and symbols.has_private(text):
            text = symbols.translate(text, words.font)
        if "\n" in text or "\r" in text:
            text = _LINE_ENDS.sub(" ", text)
        run_format = self._run_format(words)
        match words.role:
            case WordRole.QUOTATION_MARK if self._context.own:
                self._toggle_quotation(text)
                return
            case WordRole.ABBREVIATION if self._context.own:
                self._abbreviate(text, run_format)
                return
            case WordRole.EXPANSION if self._context.own:
                self._expand(text)
                return
            case WordRole.LEFT_OUT if self._context.own:
                self.left_out = True
                return
            case _:
                pass
        for language, part in self._languages.split(text, self._look.words, words):
            self.text_runs.append(
                TextRun(run_format if language is None else run_format._replace(language=language), part)
            )

    def _run_format(self, words: CharacterFormat) -> RunFormat:
        if self._links or self._turns or self._bookmarks or self._quotation or self._fields.is_open:
            return self._create_format(words)
        # Looks are kept as long as the story is read, so that each is known by its place in memory.
        found = self._run_formats.get(id(words))
        if found is None:
            found = self._run_formats[id(words)] = self._create_format(words)
        return found

    def _create_format(self, words: CharacterFormat) -> RunFormat:
        link = self._links[-1] if self._links else self._fields.link
        groups = self._open_groups()
        role = words.role
        code = role is WordRole.CODE
        return RunFormat(
            link=link,
            groups=groups,
            direction=self._turns[-1] if self._turns else None,
            bold=bool(words.bold) or role in (WordRole.STRONG, WordRole.STRONG_EMPHASIS),
            italic=bool(words.italic)
            or role in (WordRole.EMPHASIS, WordRole.STRONG_EMPHASIS)
            or (bool(words.underline) and link is None),
            italic_first=role is WordRole.EMPHASIS,
            strike=bool(words.strike),
            vertical=words.vertical if words.vertical in ("superscript", "subscript") else "",
            code=code,
            part=_PARTS.get(role, "") if role else "",
        )

    def _bare(self) -> RunFormat:
        """Return the face of a node that has no words: what it belongs to."""
        return RunFormat(
            link=self._links[-1] if self._links else self._fields.link,
            groups=self._open_groups(),
            part=_PARTS.get(self._look.said.role or WordRole.TEXT, ""),
        )

    def _open_groups(self) -> tuple[Group, ...]:
        """Return what the next piece stands in; a bookmark that begins a paragraph belongs to all of it."""
        if not self._bookmarks and not self._quotation:
            return ()
        return (*(group for group in self._bookmarks.values() if group.number), *self._quotation)

    def _add_node(self, node: Image | Math | NoteReference | LineBreak | Abbreviation) -> None:
        if not self._fields.hidden:
            self._count_characters(NODE_LENGTH)
            self.text_runs.append(TextRun(self._bare(), node=node))

    def _count_characters(self, characters: int) -> None:
        self._context.length += characters
        if self._context.length > MAX_TEXT:
            raise DocxError(f"The text has more than {MAX_TEXT:,} characters.", "Divide it into several publications.")

    @property
    def _has_content(self) -> bool:
        return any(run.node is not None or run.text.strip() for run in self.text_runs)

    def _toggle_quotation(self, text: str) -> None:
        """Take the mark before or after a short quotation of our own edition."""
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
            text = before.node.text + text  # cut where the direction of its letters changes
            self.text_runs.pop()
        text = text.strip("\u202a\u202b\u202c")
        expansion = self._context.variables.get(f"abbreviation:{text}", "")
        self.text_runs.append(TextRun(run_format, node=Abbreviation(text=text, expansion=expansion)))

    def _expand(self, text: str) -> None:
        for index in range(len(self.text_runs) - 1, -1, -1):
            node = self.text_runs[index].node
            if isinstance(node, Abbreviation):
                self._expansion += text
                said = self._expansion.strip(" \u202a\u202b\u202c").removeprefix("(").removesuffix(")")
                self.text_runs[index] = self.text_runs[index]._replace(
                    node=Abbreviation(text=node.text, expansion=said)
                )
                return
