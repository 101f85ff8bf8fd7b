"""Header rows of tables and languages of passages in OpenDocument texts (OpenDocument 1.3, part 3).

LibreOffice reads the text (see `exporter.readers.docx`), and its places are not those of the file: a table is found by
its position among all tables, a paragraph by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from exporter.model import Paragraph, Publication, Section, Source, Table
from exporter.model.walk import plain_text, walk
from exporter.revise.changes import HeaderRows, PassageLanguage, TableCaption
from exporter.revise.docx.languages import language_attribute
from exporter.revise.elements import Element, PartEdits, text
from exporter.revise.places import position, table_keys
from exporter.revise.refusal import RefusedError
from exporter.revise.text_edits import is_between_tags, words_pattern

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_NOTES = re.compile(r"<(\w+:(?:note|annotation))[\s>].*?</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ATTRIBUTES = {
    "val": ("fo:language", "fo:country"),
    "eastAsia": ("style:language-asian", "style:country-asian"),
    "bidi": ("style:language-complex", "style:country-complex"),
}
"""Of a language and its region (20.191, 20.192), by the kind of its script in Word."""
_NO_TABLE = RefusedError("The table was not found in the file.", "Change it in LibreOffice.")
_NO_PASSAGE = RefusedError("The passage was not found in the file.", "LibreOffice: Tools, Language.")


def set_header_rows(edits: PartEdits, root: Element, before: Publication, change: HeaderRows) -> None:
    """Make the first rows of a table header rows.

    Raises:
        RefusedError: The table is not found, or has header rows, or no other rows.
    """
    table = table_at(root, before, change)
    rows = [child for child in table.children if child.local == "table-row"]
    if table.child("table-header-rows", "table-row-group", "table-rows") or not 0 < change.count < len(rows):
        raise RefusedError("The header rows of such a table are not changed.", "LibreOffice: Table, Properties.")
    edits.insert(table, f'<table:table-header-rows xmlns:table="{_TABLE}">', rows[0])
    edits.insert(table, "</table:table-header-rows>", rows[change.count])


def set_passage_language(edits: PartEdits, root: Element, before: Publication, change: PassageLanguage) -> None:
    """Mark a paragraph, or words in it, as written in a language.

    Raises:
        RefusedError: The paragraph is not found, or does not contain the words once, in one format.
    """
    styles = root.child("automatic-styles")
    paragraph = paragraph_at(edits, root, before, change.source)
    if styles is None:
        raise _NO_PASSAGE
    span = (paragraph.content, paragraph.last)
    if change.words:
        source = edits.source(paragraph)
        matches = words_pattern(text(change.words)).finditer(source)
        words = [match for match in matches if is_between_tags(source, match.start())]
        if len(words) != 1:
            raise _NO_PASSAGE
        start = paragraph.start + len(source[: words[0].start()].encode())
        span = (start, start + len(words[0][0].encode()))
    name = f"Language_{change.tag}"
    if all(style.attributes.get("name") != name for style in styles.children):
        edits.insert_once(styles, _style(name, change.tag))
    edits.insert_around(span, f'<text:span xmlns:text="{TEXT}" text:style-name="{name}">', "</text:span>")


def _style(name: str, tag: str) -> str:
    primary, *others = tag.split("-")
    region = next((other for other in others if re.fullmatch("[A-Z]{2}|[0-9]{3}", other)), "none")
    language, country = _ATTRIBUTES[language_attribute(tag)]
    return (
        f'<style:style xmlns:style="{STYLE}" style:name="{name}" style:family="text"><style:text-properties '
        f'xmlns:fo="{FO}" {language}="{primary}" {country}="{region}"/></style:style>'
    )


def table_at(root: Element, before: Publication, change: HeaderRows | TableCaption) -> Element:
    """Return the table of a change.

    Raises:
        RefusedError: It is not found.
    """
    key = (position(change.source), change.index)
    wanted = next((table for table, other in table_keys(before) if other == key), None)
    tables = [element for element in root.walk(without=("tracked-changes",)) if element.name[:2] == (_TABLE, "table")]
    known = [node for node in walk(before) if isinstance(node, Table)]
    at = next((number for number, table in enumerate(known) if table is wanted), None)
    if at is None or len(tables) != len(known):
        raise _NO_TABLE
    return tables[at]


def paragraph_at(edits: PartEdits, root: Element, before: Publication, source: Source) -> Element:
    """Return the paragraph or heading with a source.

    Raises:
        RefusedError: It is not found.
    """
    passages = list(_passages(before))
    number = _position([at for at, _ in passages], source)
    if number is None:
        raise _NO_PASSAGE
    words = passages[number][1]
    same = [at for at, other in passages if other == words]
    paragraphs = [
        element
        for element in root.walk(without=("tracked-changes",))
        if element.local in ("p", "h") and element.name.namespace == TEXT and _letters(edits, element) == words
    ]
    # In the tree, notes are below the text.
    paragraphs.sort(key=lambda element: any(other.local == "note" for other in element.ancestors()))
    if len(paragraphs) != len(same):
        raise _NO_PASSAGE
    return paragraphs[_position(same, source) or 0]


def _passages(publication: Publication) -> Iterator[tuple[Source | None, str]]:
    """Yield the paragraphs and headings with their letters."""
    for node in walk(publication):
        if isinstance(node, Paragraph | Section):
            yield node.at.source, "".join(plain_text(node.title if isinstance(node, Section) else node).split())


def _letters(edits: PartEdits, element: Element) -> str:
    return "".join(unescape(_TAGS.sub("", _NOTES.sub("", edits.source(element)))).split())


def _position(sources: Sequence[Source | None], source: Source) -> int | None:
    return next((index for index, other in enumerate(sources) if other and position(other) == position(source)), None)
