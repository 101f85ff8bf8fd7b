"""Edits of a manuscript that is text: what is not edited stays as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from exporter.revise.changes import Change
from exporter.revise.refusal import SAME_POSITION, RefusedError, refusals


class TextEdits:
    """Edits of a manuscript that is text.

    Args:
        data: The manuscript.

    Raises:
        RefusedError: It is not in UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self._mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        try:
            self.text = data.removeprefix(self._mark).decode()
        except UnicodeDecodeError as error:
            raise RefusedError("The file is not in UTF-8.", "Save it as UTF-8 and try again.") from error
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.front_matter: list[str] = []
        """Lines of front matter for a manuscript that has none."""
        self._edits: list[tuple[int, int, str]] = []

    def line(self, number: int) -> tuple[int, int]:
        """Return where a line begins and ends, without its line end; beyond the text, both are its end."""
        start = 0
        for _ in range(number - 1):
            end = self._line_end(start)
            if end == len(self.text):
                return end, end
            start = end + (2 if self.text.startswith("\r\n", end) else 1)
        return start, self._line_end(start)

    def _line_end(self, start: int) -> int:
        ends = [end for end in (self.text.find("\n", start), self.text.find("\r", start)) if end >= 0]
        return min(ends, default=len(self.text))

    def content(self, number: int) -> str:
        """Return a line without its line end."""
        start, end = self.line(number)
        return self.text[start:end]

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a range, unless another edit overlaps it.

        Raises:
            RefusedError: Another edit overlaps it.
        """
        for first, last, _ in self._edits:
            if first < end and start < last:
                raise SAME_POSITION
        self._edits.append((start, end, text.replace("\n", self.newline)))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the edits inside the block, or none of them if one is refused."""
        count = len(self._edits)
        try:
            yield
        except RefusedError:
            del self._edits[count:]
            raise

    def result(self) -> bytes:
        """Return the edited manuscript."""
        parts, position = [], 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self.text[position:start], text]
            position = end
        if self.front_matter:
            parts.insert(0, self.newline.join(["---", *self.front_matter, "---", "", ""]))
        text = "".join([*parts, self.text[position:]])
        return self._mark + text.encode()


def find_words(words: str, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """Return where words are first in a text, or in a range of it, with whatever white space between them."""
    return words_pattern(words).search(text, start, len(text) if end is None else end)


def is_between_tags(text: str, position: int) -> bool:
    """Return whether a position in markup is not inside a tag."""
    return text.rfind("<", 0, position) <= text.rfind(">", 0, position)


def words_pattern(words: str) -> re.Pattern[str]:
    """Return a pattern of words with whatever white space between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def apply(
    data: bytes, changes: Sequence[Change], make: Callable[[TextEdits, Change], None]
) -> tuple[bytes, Sequence[RefusedError | None]]:
    """Return a manuscript with changes, and for each change why it was not made, or None.

    Args:
        data: The manuscript.
        changes: The changes.
        make: Edits the text for a change, or raises `RefusedError`.
    """
    try:
        edits = TextEdits(data)
    except RefusedError as error:
        return data, [error] * len(changes)
    refused = refusals(changes, partial(make, edits), edits.together)
    return edits.result(), refused
