"""New words for captions in Markdown; the markup in them stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from exporter.model import Publication
from exporter.model.walk import walk
from exporter.revise.changes import FigureCaption, TableCaption
from exporter.revise.markdown.images import (
    MarkdownImage,
    escape,
    has_caption,
    image_positions,
    read_image,
    replace_bracket,
)
from exporter.revise.places import position, table_keys
from exporter.revise.refusal import RefusedError
from exporter.revise.rewording import Letter, reword
from exporter.revise.text_edits import TextEdits

_UNIT = re.compile(
    r"\\[^\w\s]|&#?\w+;|"
    r"(?P<markup>\]\((?:\\.|[^()\\]|\([^()]*\))*\)|\]\[[^\]]*\]|\[\^[^\]]+\]|\{[^{}]*\}|</?[A-Za-z][\w-]*(?:\s[^<>]*)?>)"
    r"|.",
    re.DOTALL,
)
_MARKS = frozenset("*_~^`[]!>")
"""Characters that may be markup."""
_TABLE = re.compile(r".*?(?:Table)?:[ \t]+(?P<text>\S.*(?:\n(?![ \t>]*(?:\||\r?\n|\Z)).+)*)")
_TITLE = re.compile(r"""\s["'(](?P<text>.+)["')]\s*\)\Z""", re.DOTALL)
_NOT_FOUND = RefusedError("The caption was not found as it was read.", "Change it in your document.")


def reword_image_caption(edits: TextEdits, change: FigureCaption) -> None:
    """Write new words into the caption of an image, or of another image of its figure: brackets, or a title.

    Raises:
        RefusedError: It is not found.
    """
    for image in _images(edits, change):
        title = _TITLE.search(edits.text[slice(*image.link)])
        if has_caption(edits.text, image):
            inside = _reworded(edits.text[slice(*image.bracket)], change, escape)
            if inside is not None:
                replace_bracket(edits, image, inside)
                return
        elif title is not None and (inside := _reworded(title["text"], change, _escape_title)) is not None:
            start = image.link[0]
            edits.replace(start + title.start("text"), start + title.end("text"), inside)
            return
    raise _NOT_FOUND


def _images(edits: TextEdits, change: FigureCaption) -> Iterator[MarkdownImage]:
    """Yield an image, and the others of its paragraph."""
    last = change.source.line
    while edits.content(last + 1).strip():
        last += 1
    positions = image_positions(edits, change.source.line, last)
    for start in (*positions[change.index :], *positions[: change.index]):
        if edits.text[start] == "!":
            yield read_image(edits.text, start)


def reword_table_caption(edits: TextEdits, change: TableCaption, tree: Publication) -> None:
    """Write new words into the caption of a table, which is a line that begins as one.

    Args:
        edits: Edits of the manuscript.
        change: The new words.
        tree: The manuscript as it was read.

    Raises:
        RefusedError: It is not found.
    """
    key = (position(change.source), change.index)
    captions = (table.caption for table, other in table_keys(tree) if other == key)
    sources = (node.at.source for caption in captions for node in walk(caption))
    line = next((source.line for source in sources if source is not None), 0)
    caption = _TABLE.match(edits.text, edits.line(line)[0]) if line else None
    written = _reworded(caption["text"], change, escape) if caption else None
    if caption is None or written is None:
        raise _NOT_FOUND
    edits.replace(*caption.span("text"), written)


def _reworded(written: str, change: FigureCaption | TableCaption, escape: Callable[[str], str]) -> str | None:
    """Return a caption as it is written with new words, or None if it has other words than the change says."""
    letters = _letters(written, " ".join(change.old.split()))
    return None if letters is None else "".join(reword(letters, change.old, change.text, escape))


def _letters(written: str, words: str) -> list[Letter] | None:
    """Return a text as it is written, of which all but markup and white space are its words; None if it has others."""
    letters: list[Letter] = []
    count = 0
    for unit in _UNIT.finditer(written):
        text = unit[0]
        character = text[1:] if len(text) == 2 else text if unit["markup"] else unescape(text)
        is_space = character.isspace()
        is_next = words[count : count + 1] == (" " if is_space else character)
        if not (is_next or is_space or unit["markup"] or text in _MARKS):
            return None
        letters.append(Letter(character if is_next else "", text))
        count += is_next
    return letters if count == len(words) else None


def _escape_title(text: str) -> str:
    return re.sub(r"""(["'()])""", r"\\\1", escape(text))
