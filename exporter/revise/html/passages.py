"""Header rows of tables and languages of passages in web pages (HTML 4.9.10, 3.2.6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import islice, zip_longest

from exporter.revise.changes import HeaderRows, PassageLanguage, TableCaption
from exporter.revise.html.tags import set_attribute, visible
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import TextEdits, is_between_tags, words_pattern

TABLE = re.compile(r"<table(?=[\s/>])[^>]*>", re.IGNORECASE)
TABLE_END = re.compile(r"</table(?:\s[^>]*)?>", re.IGNORECASE)
_ROW = re.compile(r"<tr(?=[\s/>]).*?(?=</tr|<tr(?=[\s/>])|</t(?:head|body|foot|able))", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<(?P<end>/?)(?P<name>t[dh])(?=[\s/>])", re.IGNORECASE)
_GROUP = re.compile(r"<t(?:head|body|foot)(?=[\s/>])", re.IGNORECASE)
PARAGRAPH = re.compile(r"<p(?=[\s/>])", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:h[1-6]|li|dt|dd|td|th|figcaption|caption)(?=[\s/>])", re.IGNORECASE)
_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|[uo]l|dt|dd|dl|td|th|tr|figcaption|caption|blockquote|div|section|body)\b", re.IGNORECASE
)
_UNMARKED = RefusedError("The language of this passage is not changed.", 'Write <span lang="…">the words</span>.')


def set_header_rows(edits: TextEdits, change: HeaderRows) -> None:
    """Make the cells of the first rows of a table the headers of their columns.

    Raises:
        RefusedError: The table is not found or contains another one, or has too few rows.
    """
    page, table = visible(edits.text), table_in(edits, change)
    end = TABLE_END.search(page, table.end())
    last = end.end() if end else len(page)
    rows = list(islice(_ROW.finditer(page, table.end(), last), change.count + 1))
    is_plain = TABLE.search(page, table.end(), last) is None and (
        change.count == 1 or _GROUP.search(page, table.end(), last) is None
    )
    if not 0 < change.count < len(rows) or not is_plain:
        raise RefusedError("The header rows of such a table are not changed.", 'Write them as <th scope="col">.')
    if change.count > 1:
        edits.replace(rows[0].start(), rows[0].start(), "<thead>")
        edits.replace(rows[change.count].start(), rows[change.count].start(), "</thead>")
    for cell in (cell for row in rows[: change.count] for cell in _CELL.finditer(page, row.start(), row.end())):
        edits.replace(*cell.span("name"), "th")
        if not cell["end"]:
            set_attribute(edits, cell.start(), "scope", "col")


def set_passage_language(edits: TextEdits, change: PassageLanguage) -> None:
    """Mark a paragraph, or words in it, as written in a language.

    Raises:
        RefusedError: The paragraph is not found, or does not contain the words once, without tags in between.
    """
    start, end = edits.line(change.source.line)
    if not change.source.line:
        raise _UNMARKED
    if change.words:
        page = visible(edits.text)
        closing = _BLOCK_END.search(page, end)
        matches = words_pattern(change.words).finditer(page, start, closing.start() if closing else len(page))
        words = [match for match in matches if is_between_tags(page, match.start())]
        if len(words) != 1:
            raise _UNMARKED
        edits.replace(*words[0].span(), f'<span lang="{escape(change.tag)}">{words[0][0]}</span>')
        return
    for pattern in (PARAGRAPH, _BLOCK):
        tags = list(in_line(edits, change.source.line, pattern))
        if len(tags) == 1:
            names = set_attribute(edits, tags[0].start(), "lang", change.tag)
            if "xml:lang" in names:
                set_attribute(edits, tags[0].start(), "xml:lang", change.tag)
            return
        if tags:
            break
    raise _UNMARKED


def table_in(edits: TextEdits, change: HeaderRows | TableCaption) -> re.Match[str]:
    """Return the start tag of the table of a change.

    Raises:
        RefusedError: It is not found.
    """
    tables = tables_in_line(edits, change.source.line)
    if change.index >= len(tables):
        raise RefusedError("The table was not found in its line.", "Change it there.")
    return tables[change.index]


def tables_in_line(edits: TextEdits, line: int) -> list[re.Match[str]]:
    """Return the start tags of the tables that begin in a line; of nested ones, the innermost."""
    page, tables = visible(edits.text), list(in_line(edits, line, TABLE))
    return [
        table
        for table, following in zip_longest(tables, tables[1:])
        if following is None or TABLE_END.search(page, table.end(), following.start())
    ]


def in_line(edits: TextEdits, line: int, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the tags that begin in a line, without those in comments and scripts."""
    start, end = edits.line(line)
    for match in pattern.finditer(visible(edits.text), start):
        if match.start() > end or not line:
            break
        yield match
