"""Tables of contents that were typed by hand: headings with dots or tabs and page numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from exporter.findings import Severity, quoted
from exporter.model.text_keys import letters_key, words_key
from exporter.readers.docx.context import ReadContext
from exporter.readers.docx.parsed import Contents, ParsedBlock, ParsedParagraph
from exporter.readers.docx.roles import Role
from exporter.readers.rules import UNSUPPORTED

_PAGE = re.compile(r"(?<!\w)(?:\d{1,4}|[ivxlc]{1,6})$")
_LEADERS = " \t\xa0.…·_"
"""Characters between a heading and its page number."""
_LONGEST = 300
"""Characters of an entry."""
_NUMBER = re.compile(r"(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.)]?\s+")
_LEAST = 3
"""Lines of a table of contents."""
_LONGEST_GAP = 120
"""Characters of a line without a page number inside."""
_TITLES = frozenset(
    map(
        letters_key,
        (
            *("contents", "table of contents", "list of figures", "list of tables", "list of maps", "list of boxes"),
            *("list of charts", "list of graphs", "list of illustrations", "table of figures"),
            *("list of tables and figures", "list of figures and tables"),
            *("contenido", "contenidos", "índice", "tabla de contenido", "tabla de contenidos", "índice de contenidos"),
            *("índice contenidos", "indice contenidos", "indice de contenidos", "índice de contenido"),
            *("lista de figuras", "lista de tablas", "índice de figuras", "índice de tablas", "índice de cuadros"),
            *("lista de cuadros", "lista de gráficos", "lista de gráficas", "lista de mapas", "lista de recuadros"),
            *("lista de ilustraciones", "índice de gráficos", "índice de mapas", "índice de ilustraciones"),
            *("tabla de ilustraciones", "lista de ilustrações", "índice de quadros", "índice de tabelas"),
            *("sommaire", "table des matières", "liste des figures", "liste des tableaux", "liste des cartes"),
            *("liste des encadrés", "liste des graphiques", "liste des illustrations", "table des illustrations"),
            *("abbildungsverzeichnis", "tabellenverzeichnis", "elenco delle figure", "elenco delle tabelle"),
            *("conteúdo", "sumário", "lista de tabelas", "lista de quadros", "índice geral", "indice", "sommario"),
            *("содержание", "оглавление", "список таблиц", "список рисунков", "inhalt", "inhaltsverzeichnis"),
            *("المحتويات", "جدول المحتويات", "الفهرس", "فهرس", "فهرس المحتويات", "قائمة الجداول", "قائمة الأشكال"),
            *("зміст", "перелік таблиць", "перелік рисунків", "içindekiler", "tablolar listesi", "şekiller listesi"),
            *("inhoud", "inhoudsopgave", "innehåll", "spis treści", "目录", "目次", "图目录", "表目录", "图表目录"),
        ),
    )
)
_OF_THIS = re.compile(
    r"(?:table of )?contents of (?:this|the) (?:report|document|publication|book|guide|handbook|manual|study|paper)"
    r"|(?:contenidos?|índice) (?:del|de este) (?:informe|documento|libro|manual|estudio)"
    r"|содержание (?:(?:этого|настоящего|данного) )?(?:отч[её]та|доклада|документа|издания)"
    r"|зміст (?:цього )?(?:звіту|документа|видання)"
)
"""Such titles that name what they are the contents of. Other words beside them have other meanings, as those of an
index of prices or of the contents of a parcel."""


class _Entry(NamedTuple):
    heading: str
    page: str


def is_title(text: str) -> bool:
    """Return whether a text is the title of a table of contents or of a list of figures."""
    return letters_key(text) in _TITLES or _OF_THIS.fullmatch(words_key(text)) is not None


def drop(blocks: list[ParsedBlock], context: ReadContext) -> list[ParsedBlock]:
    """Return blocks without tables of contents that were typed; each is reported.

    Lines are one if a title such as “Contents” is above them, or if most of them are lines of the text.
    """
    if context.is_word_edition:
        return blocks
    paragraphs = [(at, block) for at, block in enumerate(blocks) if isinstance(block, ParsedParagraph)]
    texts = {_comparison_key(block.text) for _, block in paragraphs} - {""}
    headings = {_comparison_key(block.text): at for at, block in paragraphs if block.meaning.role is Role.HEADING}
    out: list[ParsedBlock] = []
    index = 0
    while index < len(blocks):
        title = out[-1] if out else None
        has_title = isinstance(title, ParsedParagraph) and is_title(title.text)
        end = _end_of_run(blocks, index, headings if has_title else {})
        entries = [entry for block in blocks[index:end] if (entry := _entry(block))]
        lines = end - index if has_title and entries else len(entries)
        repeated = sum(_comparison_key(entry.heading) in texts for entry in entries)
        if lines < _LEAST or not _ascends(entries) or not (has_title or 2 * repeated >= len(entries)):
            out.append(blocks[index])
            index += 1
            continue
        if has_title:
            out.pop()
        first, last = blocks[index], blocks[end - 1]
        assert isinstance(first, ParsedParagraph)
        assert isinstance(last, ParsedParagraph)
        context.report.add(
            msgspec.structs.replace(UNSUPPORTED, severity=Severity.NOTE),
            first.source,
            f"A typed table of contents was ignored: {end - index} lines, from {quoted(first.text, 40)} "
            f"to {quoted(last.text, 40)}.",
            advice="Nothing to do: each edition generates its own from the headings. In Word, use References, Table of "
            "Contents.",
        )
        out.append(Contents(first.source))
        index = end
    return out


def _entry(block: ParsedBlock) -> _Entry | None:
    """Return a line as an entry of a table of contents: words, dots or a tab, a page number; None if it is none."""
    if not isinstance(block, ParsedParagraph) or block.images or block.meaning.role not in (Role.TEXT, Role.CAPTION):
        return None
    line = block.text.strip()
    page = _PAGE.search(line) if len(line) <= _LONGEST else None
    if page is None:
        return None
    heading = line[: page.start()].rstrip(_LEADERS)
    gap = line[len(heading) : page.start()]
    return _Entry(heading, page[0]) if heading and ("\t" in gap or "…" in gap or len(gap) >= 3) else None


def _end_of_run(blocks: Sequence[ParsedBlock], index: int, headings: Mapping[str, int]) -> int:
    """Return the index after consecutive entries, with single lines between them, such as the names of parts.

    Lines without page numbers after the last entry are text, unless a heading or another list follows them.

    Args:
        blocks: The blocks.
        index: Where the entries begin.
        headings: Where headings are: a line that comes again as one is an entry without a page number.
    """
    end = after_entry = index
    while end < len(blocks):
        block = blocks[end]
        if _entry(block):
            after_entry = end + 1
        elif not _is_heading_later(block, end, headings):
            is_inside = (
                index < end < len(blocks) - 1
                and isinstance(block, ParsedParagraph)
                and not block.images
                and len(block.text) <= _LONGEST_GAP
                and not is_title(block.text)
                and _entry(blocks[end + 1])
            )
            if not is_inside:
                break
        end += 1
    following = blocks[end] if end < len(blocks) else None
    is_beginning = isinstance(following, ParsedParagraph) and (
        following.meaning.role is Role.HEADING or is_title(following.text)
    )
    return end if is_beginning else after_entry


def _is_heading_later(block: ParsedBlock, index: int, headings: Mapping[str, int]) -> bool:
    if not isinstance(block, ParsedParagraph) or block.meaning.role is not Role.TEXT or len(block.text) > _LONGEST:
        return False
    key = _comparison_key(block.text)
    return bool(key) and not block.images and not is_title(block.text) and headings.get(key, 0) > index


def _ascends(entries: Sequence[_Entry]) -> bool:
    """Return whether page numbers ascend, Roman ones before Arabic ones."""
    pages = [int(entry.page) if entry.page.isdigit() else 0 for entry in entries]
    return pages == sorted(pages)


def _comparison_key(text: str) -> str:
    """Return the letters and digits of a line without its number."""
    return letters_key(_NUMBER.sub("", text.strip(), count=1))
