"""Running text as cells: each passage in the code of its language, with emphasis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import assert_never

import msgspec

from exporter import model as m
from exporter.braille.codes import UEB, Code, Grade, code_of
from exporter.braille.liblouis import BOLD, ITALIC, SPACE, is_defined, translate, translate_parts
from exporter.findings import NOT_CARRIED, Finding
from exporter.labels import Labels
from exporter.model.quotation_marks import quotation_marks
from exporter.model.walk import plain_text
from exporter.writers.braille import mathematics
from exporter.writers.braille.pieces import Edge, Piece, Style
from exporter.writers.braille.rules import FORMULA, LANGUAGE
from exporter.writers.braille.undefined_characters import SUBSCRIPTS, SUPERSCRIPTS, CharacterWriter, shift
from exporter.writers.markup.links import may_be_followed, report_refused

PAGE_MARK = 0xF0000
"""First of the characters that mark the beginning of a page of print among cells."""
BREAK = "\ue001"
"""Character among the cells of an address, at which it may be divided."""
_PART_OF_ADDRESS = re.compile(r"[^/?&=]*[/?&=]*")
_SPACES = re.compile(r"\s+")


class Translator:
    """Translation of a publication into cells.

    Args:
        code: Code of the publication.
        grade: Its grade; passages in other languages are uncontracted.
        language: Language of the publication.
        labels: Labels in it.
        name_formula: Names a formula in words.
        addresses: Whether the addresses of links are written.
        notes: Number of each note, by its ID.
        signs: Names of characters in the language, for those without cells.
    """

    def __init__(
        self,
        code: Code,
        grade: Grade,
        language: str,
        labels: Labels,
        name_formula: Callable[[m.Math | m.MathBlock], str],
        *,
        addresses: bool,
        notes: dict[str, int],
        signs: Mapping[str, str],
    ) -> None:
        self.code, self.grade, self.language, self.labels = code, grade, language, labels
        self._name_formula, self._addresses, self._notes = name_formula, addresses, notes
        self._characters = CharacterWriter(signs)
        self._languages: dict[str, m.Source | None] = {}
        self._reported: list[Finding] = []
        self._unmarked: dict[str, m.Source | None] = {}
        """First emphasis in codes that have no sign for it, by the name of the code."""
        self.used: Counter[tuple[str, Code, Grade]] = Counter()
        """Letters in each language, code and grade."""
        self.marks: dict[str, str] = {}
        """Characters that mark pages of print, by the ID of the empty span in the text."""
        self.met_notes: list[str] = []
        """IDs of the notes that the text translated last refers to."""

    def text(self, text: str, language: str = "", *, literal: bool = False, source: m.Source | None = None) -> str:
        """Return text as cells."""
        return self._cells([Piece(text, Style(language or self.language, literal=literal), source)])[0]

    def inlines(self, nodes: Iterable[m.Inline], language: str = "", *, plain: bool = False) -> str:
        """Return running text as cells.

        Args:
            nodes: The text.
            language: That of the block around it; empty for that of the publication.
            plain: Whether emphasis is left out, as in headings.
        """
        return "".join(part for part in self.parts(nodes, language, plain=plain) if isinstance(part, str))

    def parts(self, nodes: Iterable[m.Inline], language: str = "", *, plain: bool = False) -> Iterator[str | Edge]:
        """Yield running text as cells, and between them where each of its nodes starts and ends.

        The cells are those of the text as a whole: a contraction may contain an edge, which then is before it.
        """
        pieces = list(self._pieces(nodes, Style(language or self.language, plain=plain)))
        for piece, cells in zip(pieces, self._cells(pieces), strict=True):
            yield piece.edge or cells

    def transcriber_note(self, cells: str) -> str:
        """Return cells as a note of the transcriber (The Rules of Unified English Braille, 3.27)."""
        opening, closing = self.code.transcriber_signs
        if not opening:
            opening, closing = self.text("["), self.text("]")
        return f"{opening}{cells}{closing}"

    def note_mark(self, note: str) -> str:
        """Return the reference to a note: raised in UEB, in parentheses elsewhere."""
        number = str(self._notes[note])
        return f"⠰⠔{self.text(number)}" if self.code is UEB else self.text(f"({number})")

    def other_languages(self) -> list[str]:
        """Return the names of the languages of passages in another code than the publication."""
        tags = (language for (language, code, _), _ in self.used.most_common() if code is not self.code)
        return list(dict.fromkeys(map(self.labels.language_name, tags)))

    def findings(self) -> Iterator[Finding]:
        """Yield what could not be represented."""
        yield from self._characters.findings()
        for language, source in self._languages.items():
            message = f"No braille code is known for the language “{language}”"
            yield LANGUAGE.finding(
                f"{message}; its passages are in the code of the publication ({self.code.name}).",
                source,
                edition="braille",
            )
        yield from self._reported
        for code, source in self._unmarked.items():
            message = f"Emphasis is left out: no sign is known for it in the braille code {code}."
            yield NOT_CARRIED.finding(message, source, edition="braille")

    def bullet(self) -> str:
        """Return the sign of a list item without a number."""
        table = self.code.table(self.grade)
        return translate(table, "•" if is_defined(table, "•") else "-")

    def alt(self, image: m.Image, language: str = "") -> str:
        """Return the description of an image as a note of the transcriber; empty for a decorative image."""
        match image.alt:
            case m.Decorative():
                return ""
            case m.Described(text):
                tongue = image.at.language or language or self.language
                label = self.text(self.labels("braille.image"))
                return self.transcriber_note(f"{label}{SPACE}{self.text(text, tongue)}")
            case m.Undescribed():
                return self.transcriber_note(self.text(self.labels("speech.undescribed")))

    def formula(self, node: m.Math | m.MathBlock) -> str:
        """Return a formula: in UEB, else in words with a finding."""
        if self.code is UEB and (cells := mathematics.translate(node.mathml)) is not None:
            return cells
        words = self._name_formula(node)
        self._reported.append(
            FORMULA.finding(f"A formula is written in words: “{words[:80]}”.", node.at.source, edition="braille")
        )
        return self.text(words)

    def _pieces(self, nodes: Iterable[m.Inline], outer: Style) -> Iterator[Piece]:
        for node in nodes:
            style = msgspec.structs.replace(outer, language=node.at.language or outer.language)
            yield Piece(edge=Edge(node))
            yield from self._inline(node, style)
            yield Piece(edge=Edge(node, is_end=True))

    def _inline(self, node: m.Inline, style: Style) -> Iterator[Piece]:
        source = node.at.source
        match node:
            case m.Text(text) | m.Abbreviation(text):
                yield Piece(text, style, source)
            case m.Code(text):
                yield Piece(text, msgspec.structs.replace(style, literal=True), source)
            case m.Emphasis(children):
                yield from self._emphasised(children, style, ITALIC, source)
            case m.Strong(children):
                yield from self._emphasised(children, style, BOLD, source)
            case m.Strikethrough(children):
                yield Piece(cells=self.transcriber_note(self.text(self.labels("speech.struck"))) + SPACE)
                yield from self._pieces(children, style)
                yield Piece(cells=SPACE + self.transcriber_note(self.text(self.labels("speech.end_struck"))))
            case m.Superscript(children):
                yield from self._raised(children, style, "⠰⠔", SUPERSCRIPTS)
            case m.Subscript(children):
                yield from self._raised(children, style, "⠰⠢", SUBSCRIPTS)
            case m.Span(children):
                if node.at.id in self.marks:
                    yield Piece(cells=self.marks[node.at.id])
                yield from self._pieces(children, style)
            case m.Quotation(children):
                opening, closing = quotation_marks(style.language, style.quotations)
                yield Piece(opening.strip(), style, source)
                yield from self._pieces(children, msgspec.structs.replace(style, quotations=style.quotations + 1))
                yield Piece(closing.strip(), style, source)
            case m.Link(children, target):
                yield from self._pieces(children, style)
                if self._addresses and "://" in target and target.strip() not in plain_text(children):
                    yield from self._address(target.strip(), style, source)
            case m.NoteReference(note):
                if note in self._notes:
                    self.met_notes.append(note)
                    yield Piece(cells=self.note_mark(note))
            case m.Image():
                if cells := self.alt(node, style.language):
                    yield Piece(cells=f"{SPACE}{cells}{SPACE}")
            case m.Math():
                yield Piece(cells=self.formula(node))
            case m.LineBreak():
                yield Piece(" ", style, source)
            case _:
                assert_never(node)

    def _address(self, address: str, style: Style, source: m.Source | None) -> Iterator[Piece]:
        """Yield the address of a link, after its words."""
        if not may_be_followed(address):
            self._reported += report_refused(address, source)
            return
        literal = msgspec.structs.replace(style, literal=True, form=0, language=self.language)
        for index, part in enumerate(_PART_OF_ADDRESS.findall(f" <{address}>")):
            yield from (Piece(cells=BREAK),) * (index > 0) + (Piece(part, literal, source),)

    def _emphasised(self, nodes: m.Inlines, style: Style, form: int, source: m.Source | None) -> Iterator[Piece]:
        """Yield text with the signs of emphasis: those of liblouis, or those of the code around it."""
        code, grade = self._code(style)
        sign = code.emphasis if grade is Grade.UNCONTRACTED else None
        inner = style if style.plain else msgspec.structs.replace(style, form=style.form | form)
        if sign is None or style.plain or style.form:
            yield from self._pieces(nodes, inner)
            return
        if not sign:
            self._unmarked.setdefault(code.name, source)
        yield Piece(cells=sign)
        yield from self._pieces(nodes, inner)
        yield Piece(cells=sign)

    def _raised(self, nodes: m.Inlines, style: Style, sign: str, table: dict[int, int]) -> Iterator[Piece]:
        """Yield a number above or below the line: after its sign in UEB, else as such characters; words as they are."""
        if self.code is UEB and plain_text(nodes).isdigit():
            yield Piece(cells=sign)
            yield from self._pieces(nodes, style)
        else:
            for piece in self._pieces(nodes, style):
                yield msgspec.structs.replace(piece, text=shift(piece.text, table))

    def _cells(self, pieces: Sequence[Piece]) -> list[str]:
        """Return the cells of each piece; adjacent text in one code is translated as a whole."""
        out = [piece.cells for piece in pieces]
        group: list[int] = []

        def translate_group() -> None:
            for index, cells in zip(group, self._translate([pieces[index] for index in group]), strict=True):
                out[index] = cells
            group.clear()

        for index, piece in enumerate(pieces):
            if piece.edge or piece.cells == BREAK:
                continue
            if piece.style is None or (group and self._code(piece.style) != self._code(pieces[group[0]].style)):
                translate_group()
            if piece.style is not None:
                group.append(index)
        translate_group()
        return out

    def _code(self, style: Style | None) -> tuple[Code, Grade]:
        assert style is not None
        code = code_of(style.language) or self.code
        return code, Grade.UNCONTRACTED if code is not self.code or style.literal else self.grade

    def _translate(self, group: list[Piece]) -> list[str]:
        """Return the cells of each piece of a text in one code."""
        if not group:
            return []
        code, grade = self._code(group[0].style)
        table = code.table(grade)
        parts, forms = list[str](), list[int]()
        for piece in group:
            assert piece.style is not None
            if code_of(piece.style.language) is None:
                self._languages.setdefault(piece.style.language, piece.source)
            parts.append(self._characters.representable(_SPACES.sub(" ", piece.text), table, piece.source))
            forms += [piece.style.form] * len(parts[-1])
            if letters := sum(map(str.isalpha, parts[-1])):
                self.used[piece.style.language, code, grade] += letters
        return translate_parts(table, parts, forms if any(forms) else ())
