"""The edition as a whole: text with its notes, volumes with title pages and contents, and the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporter import formulas
from exporter.braille import files, liblouis
from exporter.braille.codes import UNTRANSLATABLE, Code, code_of, file_suffix
from exporter.braille.liblouis import SPACE
from exporter.contracts import WriteContext, WriteResult
from exporter.errors import UnavailableError
from exporter.lexicon import Lexicons
from exporter.model import Described, PageBreak, Publication
from exporter.model.walk import walk
from exporter.writers import imprint
from exporter.writers.braille.blocks import BlockWriter
from exporter.writers.braille.line_breaks import CONTINUATION, Block, spaced
from exporter.writers.braille.pages import Page, Paginator, finish
from exporter.writers.braille.translation import Translator
from exporter.writers.braille.volumes import Volume, contents, volumes
from exporter.writers.xhtml.page_list import OuterDocument, mark_pages

if TYPE_CHECKING:
    from exporter.writers.braille import Options

_NOTE_INDENT = 4


def write_edition(publication: Publication, context: WriteContext, options: Options, target: Path) -> WriteResult:
    """Write the edition.

    Raises:
        UnavailableError: liblouis is not installed, or has no code for the language of the publication.
    """
    code = require_code(publication.metadata.language)
    edition = _Edition(publication, context, options, code)
    parts = edition.volumes()
    context.progress(0.9)
    if options.format == "pef":
        data = files.pef(parts, publication.metadata, options.cells, options.lines, duplex=options.duplex)
    else:
        data = files.brf(parts)
    target.write_bytes(data)
    suffix = file_suffix(code, edition.grade, options.cells, options.lines, options.format)
    count = sum(len(section) for volume in parts for section in volume)
    pages = msgspec.json.encode({"labels": [str(number) for number in range(1, count + 1)]})
    return WriteResult(tuple(edition.translator.findings()), {"pages": pages}, suffix=suffix)


def require_code(language: str) -> Code:
    """Return the braille code of the language of a publication.

    Raises:
        UnavailableError: liblouis is not installed, or has no code for the language.
    """
    if not liblouis.library_path():
        raise UnavailableError(
            "liblouis, which translates text into braille, is not installed.", advice=liblouis.install()
        )
    code = code_of(language)
    if code is None and language.partition("-")[0].lower() in UNTRANSLATABLE:
        raise UnavailableError(
            "There is no braille edition: no program puts Chinese into braille without a person. Braille has spaces "
            "between words, which the text has not, and the reading of many characters depends on the word.",
            advice="Give the Word edition to a transcriber.",
        )
    if code is None:
        raise UnavailableError(
            f"There is no braille edition: no braille code is known for the language “{language}”.",
            advice="Check the language of the publication (lang); give the Word edition to a transcriber.",
        )
    return code


class _Edition:
    def __init__(self, publication: Publication, context: WriteContext, options: Options, code: Code) -> None:
        self.metadata, self.options, self.labels, self.code = publication.metadata, options, context.labels, code
        self.grade = code.grade(options.grade)
        self.translator = Translator(
            code,
            self.grade,
            self.metadata.language,
            self.labels,
            formulas.names(publication, context.styles),
            addresses=options.addresses,
            notes={note.id: number for number, note in enumerate(publication.notes, 1)},
            signs=Lexicons(context.styles)(self.metadata.language).character_names,
        )
        paged = mark_pages(publication, context.sidecars)
        self.has_print_pages = bool(paged.marks) or any(
            isinstance(node, PageBreak) and node.label for node in walk(publication)
        )
        before = (*paged.outer.get(OuterDocument.TITLE, ()), *paged.outer.get(OuterDocument.CONTENTS, ()))
        self.first_label = before[-1].label if before else ""
        """The page of print on which the text begins, if it begins in its middle."""
        after = (*paged.outer.get(OuterDocument.NOTES, ()), *paged.outer.get(OuterDocument.ABOUT, ()))
        self.last_pages = [Block(print_page=mark.label) for mark in after]
        """The pages of print that begin after the text."""
        self.writer = BlockWriter(paged, self.translator, options.cells)
        self.number: Callable[[str], str] = cache(lambda label: self._text(label, literal=True))
        self.paginator = Paginator(options.cells, options.lines, self.writer.page_labels, self.number)
        self.head = self._text(self.metadata.title)
        self.written_notes: set[str] = set()

    def volumes(self) -> list[list[list[list[str]]]]:
        """Return the lines of each page: of title page and contents, and of the text, by volume."""
        blocks = self._with_notes(self.writer.body())
        parts = volumes(
            blocks,
            self.paginator,
            self.first_label,
            limit=self.options.volume_pages,
            duplex=self.options.duplex,
            closing=self._closing,
        )
        return [
            [self._preliminary(part, number, len(parts)), self._pages(part)] for number, part in enumerate(parts, 1)
        ]

    def _text(self, text: str, *, literal: bool = False) -> str:
        return self.translator.text(text, literal=literal)

    def _with_notes(self, blocks: Sequence[Block]) -> list[Block]:
        """Return blocks with the notes that they refer to after them or at the end of their chapter, if set so."""
        out: list[Block] = []
        waiting: list[Block] = []
        for block in blocks:
            if self.options.notes == "chapter" and block.heading == 1:
                out += self._notes(waiting)
                waiting = []
            out.append(block)
            if self.options.notes == "paragraph":
                out += [note.indented(_NOTE_INDENT) for note in self._notes([block], heading=False)]
            waiting.append(block)
        return [*out, *self._notes(waiting)] if self.options.notes == "chapter" else out

    def _notes(self, blocks: Iterable[Block], *, heading: bool = True) -> list[Block]:
        """Return the notes that blocks refer to, and those that these refer to, each once in the edition."""
        waiting = [note for block in blocks for note in block.notes]
        out: list[Block] = []
        for note in waiting:  # grows while notes refer to other notes
            if note not in self.written_notes:
                self.written_notes.add(note)
                inner = self.writer.note(note)
                waiting += [other for block in inner for other in block.notes]
                out += inner
        if out and heading:
            title = Block(self._text(self.labels("common.notes")), 4, 4, space_before=True, keep_with_next=True)
            return [title, *out]
        return out

    def _closing(self, blocks: Sequence[Block], number: int, count: int) -> list[Block]:
        """Return what follows the text of a volume: its notes, its end, and after the last one the imprint."""
        out = self._notes(blocks) if self.options.notes == "end" else []
        if number == count:
            out += self.last_pages
            out += spaced([Block(cells, 0, 4) for cells in self._imprint()])
        key = "braille.end" if number == count else "braille.end_volume"
        return [*out, Block(self._text(self.labels(key, number=number)), centred=True, space_before=True)]

    def _imprint(self) -> Iterator[str]:
        """Yield the lines of the imprint, as cells; an identifier letter by letter."""
        about = imprint.about(self.metadata, self.labels)
        for name, value in about["details"]:
            is_identifier = value == self.metadata.identifier
            yield f"{self._text(self.labels('pdf.head', name=name))}{SPACE}{self._text(value, literal=is_identifier)}"
        for name, others in about["relations"]:
            for other in others:
                described = ((other.language, other.tag if other.is_own_name else ""), (other.form, ""))
                parts = [
                    self._text(self.labels("pdf.head", name=name)),
                    self.translator.text(other.title, other.tag),
                    *(self.translator.text(f"({words})", tag) for words, tag in described if words),
                ]
                yield SPACE.join(parts)

    def _preliminary(self, volume: Volume, number: int, count: int) -> list[list[str]]:
        """Return title page and contents of a volume."""
        last = volume.first_page + len(volume.pages) - 1
        title_page = [Block(self._text(line), centred=True, space_before=True) for line in self._title_page()]
        facts = [self.labels("braille.pages", first=volume.first_page, last=last)]
        if count > 1:
            facts.insert(0, self.labels("braille.volume", number=number, count=count))
        title_page += spaced([Block(self._text(fact), centred=True) for fact in facts])
        blocks = [*title_page, *spaced([Block(cells, 2, 0) for cells in self._explanations()])]
        if number == 1:
            blocks += self._cover()
        entries = contents(volume.entries, self.number, self.options.cells, self.options.contents_depth)
        if entries:
            title = self._text(self.labels("common.contents"))
            blocks += [Block(title, centred=True, space_before=True, space_after=True, keep_with_next=True), *entries]
        pages = Paginator(self.options.cells, self.options.lines, (), self.number).paginate(blocks).pages
        pages = (*pages, Page(())) if self.options.duplex and len(pages) % 2 else pages
        return [
            self._finish(page, f"{files.PRELIMINARY}{self.number(str(index))}", head=index > 1)
            for index, page in enumerate(pages, 1)
        ]

    def _title_page(self) -> list[str]:
        values = imprint.title_page(self.metadata, self.labels)
        lines = (self.metadata.title, self.metadata.subtitle, *values["credits"], values["publisher"], values["date"])
        return [line for line in lines if line]

    def _explanations(self) -> Iterator[str]:
        """Yield what a reader has to know about this edition, as cells."""
        options = self.options
        # The label of a language names its code; labels in place of missing ones are in English.
        code = self.labels("braille.code") if self.labels.complete else self.code.name
        size = self.labels("braille.size", cells=options.cells, lines=options.lines)
        yield self._text(f"{code}, {self.labels(f'braille.{self.grade.value}')}. {size}")
        before, _, after = self.labels("braille.transcriber", signs="\0").partition("\0")
        yield f"{self._text(before)}{self.translator.transcriber_note(SPACE)}{self._text(after)}"
        if languages := self.translator.other_languages():
            yield self._text(self.labels("braille.other_codes", languages=", ".join(languages)))
        if self.has_print_pages:
            yield self._text(self.labels("braille.print_pages"))

    def _cover(self) -> list[Block]:
        cover = self.metadata.cover
        if cover is None or not isinstance(cover.alt, Described):
            return []
        text = f"{self.labels('pdf.head', name=self.labels('common.cover'))} {cover.alt.text}"
        return [Block(self.translator.transcriber_note(self._text(text)), 6, 4, space_before=True)]

    def _pages(self, volume: Volume) -> list[list[str]]:
        return [
            self._finish(page, self.number(str(number))) for number, page in enumerate(volume.pages, volume.first_page)
        ]

    def _finish(self, page: Page, number: str, *, head: bool = True) -> list[str]:
        print_number = self.number(page.print_label) if page.print_label else ""
        size = (self.options.cells, self.options.lines)
        lines = finish(page, size, number=number, head=self.head if head else "", print_number=print_number)
        return [line.replace(CONTINUATION, self.code.continuation) for line in lines]
