"""Matching of captions to figures and tables (ISO/IEC 29500-1, 17.16.5.56 SEQ)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from exporter.lexicon.word_lists import all_words
from exporter.model import Figure as FigureBlock
from exporter.model import List
from exporter.model import Table as TableBlock
from exporter.model.text_keys import letters_key
from exporter.readers.docx.inlines.text_runs import TextRun
from exporter.readers.docx.parsed import Container, FinishedBlock, ParsedBlock, ParsedParagraph, Table
from exporter.readers.docx.roles import Role

_TABLE_WORDS = (
    *("table", "tabla", "cuadro", "tableau", "tabela", "quadro", "tabelle", "tabell", "tabel", "tabella", "таблица"),
    *("табл", "таблиця", "tablo", "tabulka", "táblázat", "bảng", "جدول", "الجدول", "表", "附表"),
)
_FIGURE_WORDS = (
    *sorted(all_words("figure_words")),
    *("drawing", "diagram", "rysunek", "rys", "wykres", "afbeelding", "figuur", "малюнок", "hình", "图", "図"),
)
_OTHER_WORDS = (
    *("equation", "ecuación", "équation", "equação", "equazione", "gleichung", "vergelijking", "уравнение", "formula"),
    *("fórmula", "formule", "formel", "формула", "recommend", "recomend", "raccomand", "empfehlung", "aanbeveling"),
    *("rekomend", "rekommend", "рекомендац", "توصية", "معادلة"),
)
"""Beginnings of what is numbered, but is no caption: formulas and recommendations."""
_SHORT_OTHERS = frozenset({"eq", "rec"})
_TYPED = re.compile(
    r"\s*(?P<word>[^\W\d_]+)\.?\s*(?:[\d٠-٩]+(?:[.\-–][\d٠-٩]+)*|[IVXLC]+|[一二三四五六七八九十]+)[a-z]?"
    r"(?P<end>\s*[.:–—-](?=\s)|[:：]|\s|$)"
)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 300
"""Characters of a typed caption."""
_PLAIN_CAPTION = frozenset({Role.TEXT, Role.FIGURE})
_NO_FIGURE = frozenset({Role.HEADING, Role.CAPTION})


def is_table(block: ParsedBlock) -> bool:
    """Return whether a block becomes a table."""
    return isinstance(block, Table) or (isinstance(block, FinishedBlock) and isinstance(block.block, TableBlock))


def is_figure(block: ParsedBlock) -> bool:
    """Return whether a block becomes a figure: images alone."""
    if isinstance(block, ParsedParagraph):
        return block.number is None and block.meaning.role not in _NO_FIGURE and bool(block.images)
    if isinstance(block, Container):
        return block.tag == "box" and len(block.content) == 1 and is_figure(block.content[0])
    return isinstance(block, FinishedBlock) and isinstance(block.block, FigureBlock)


def is_diagram(block: ParsedBlock) -> bool:
    """Return whether a block is the text of a diagram, and no list of an embedded document."""
    if isinstance(block, Container):
        return block.tag == "diagram"
    return isinstance(block, FinishedBlock) and isinstance(block.block, List) and block.source.part != "embedded"


def is_caption(block: ParsedBlock) -> bool:
    """Return whether a block is a caption, by its style or by a sequence number."""
    return (
        isinstance(block, ParsedParagraph)
        and not block.is_empty
        and not block.images
        and (block.meaning.role is Role.CAPTION or (_has_sequence(block) and block.meaning.role in _PLAIN_CAPTION))
        and block.number is None
    )


def _has_sequence(block: ParsedParagraph) -> bool:
    """Return whether a block is numbered like a caption, and not like a formula or a recommendation.

    Word names the sequence of a caption by its first word, which may be any: “Plate 1”.
    """
    sequence, text = letters_key(block.sequence), letters_key(block.text)
    words = (*_TABLE_WORDS, *_FIGURE_WORDS)
    first = _WORD.search(block.text)
    return bool(sequence) and (
        sequence.startswith(tuple(map(letters_key, words)))
        or (first is not None and _is_one_of(first[0], words))
        or (text.startswith(sequence) and not text.startswith(_OTHER_WORDS) and sequence not in _SHORT_OTHERS)
    )


def is_typed_caption(block: ParsedBlock, subject: ParsedBlock) -> bool:
    """Return whether a block is a caption that was typed: “Table 1: Cases” in bold next to a table.

    Args:
        block: The block.
        subject: The block next to it.
    """
    if not isinstance(block, ParsedParagraph) or block.meaning.role is not Role.TEXT or block.number is not None:
        return False
    label = _TYPED.match(block.text) if len(block.text) <= _LONGEST and not block.images else None
    if label is None:
        return False
    words = _TABLE_WORDS if is_table(subject) else _FIGURE_WORDS if is_figure(subject) else ()
    if not _is_one_of(label["word"], words):
        return False
    bold = 0
    for run in block.text_runs:
        if run.text.strip() and not run.run_format.bold:
            break
        bold += len(run.text)
    is_label_bold = bold >= label.end("word") and bold >= len(block.text[: label.start("end")].rstrip())
    return bold >= len(block.text.rstrip()) or (is_label_bold and bool(label["end"].strip()))


def is_figure_label(text: str) -> bool:
    """Return whether a text begins like the caption of a figure: “Figure 1: Cases”."""
    label = _TYPED.match(text) if len(text) <= _LONGEST else None
    return label is not None and _is_one_of(label["word"], _FIGURE_WORDS)


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    return letters_key(word) in map(letters_key, words)


def without_box(block: ParsedBlock) -> ParsedBlock:
    """Return the caption that is alone in a text box, as Word inserts it for a picture with text around it."""
    match block:
        case Container(tag="box", content=[ParsedParagraph() as only]) if is_caption(only) or is_figure_label(
            only.text
        ):
            page_break = block.page_break or only.page_break
            return msgspec.structs.replace(only, bookmarks=block.bookmarks + only.bookmarks, page_break=page_break)
    return block


def text_runs(caption: ParsedParagraph) -> list[TextRun]:
    """Return the text runs of a caption; a typed one is not bold."""
    if caption.meaning.role is not Role.TEXT or caption.sequence:
        return caption.text_runs
    return [run.without_bold() for run in caption.text_runs]


def match_captions(parsed: Sequence[ParsedBlock]) -> dict[int, ParsedParagraph]:
    """Return the captions of figures and tables, by the `id` of the figure or table.

    A caption belongs to the table or figure directly above or below it. If there are both, its sequence decides, and
    otherwise whether it is kept with the next paragraph. It belongs to a diagram only if there is neither, or if the
    other one has a caption of its own below it.
    """
    captions: dict[int, ParsedParagraph] = {}
    before: ParsedBlock | None = None  # a caption that has its figure or table
    for index, block in enumerate(parsed):
        if not isinstance(block, ParsedParagraph) or not (
            is_caption(block) or any(is_typed_caption(block, other) for other in _neighbours(parsed, index))
        ):
            continue
        above = _first_of_row(parsed, index - 1) if index and parsed[index - 1] is not before else None
        below = parsed[index + 1] if index + 1 < len(parsed) else None
        candidates = [
            other
            for other in ((below, above) if block.paragraph_format.keep_next else (above, below))
            if other is not None
            and id(other) not in captions
            and (is_table(other) or is_figure(other) or is_diagram(other))
        ]
        if not any(map(is_caption, parsed[index + 2 : index + 3])):
            candidates.sort(key=is_diagram)
        about_table = letters_key(
            block.sequence or block.text.split(maxsplit=1)[0] if block.text.strip() else ""
        ).startswith(tuple(map(letters_key, _TABLE_WORDS)))
        if block.sequence or about_table:
            candidates.sort(key=lambda other: is_table(other) is not about_table)
        if candidates:
            captions[id(candidates[0])] = before = block
    return captions


def _neighbours(parsed: Sequence[ParsedBlock], index: int) -> list[ParsedBlock]:
    """Return the blocks before and after an index."""
    return [*parsed[max(index - 1, 0) : index], *parsed[index + 1 : index + 2]]


def _first_of_row(parsed: Sequence[ParsedBlock], index: int) -> ParsedBlock:
    """Return the first of several consecutive images that are kept together; the last is at an index."""
    while index > 0 and belongs_to_next(parsed[index - 1], parsed[index]):
        index -= 1
    return parsed[index]


def belongs_to_next(block: ParsedBlock | None, following: ParsedBlock) -> bool:
    """Return whether two consecutive images are one figure."""
    return (
        isinstance(block, ParsedParagraph)
        and isinstance(following, ParsedParagraph)
        and is_figure(block)
        and is_figure(following)
        and block.meaning.role is Role.FIGURE
        and bool(block.paragraph_format.keep_next)
        and not following.page_break
    )
