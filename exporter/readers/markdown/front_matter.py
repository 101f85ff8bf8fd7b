"""Front matter: YAML between `---` lines at the beginning, as plain values with their lines."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from exporter.errors import SourceError
from exporter.model import Source
from exporter.model.characters import FORBIDDEN
from exporter.readers.markdown.limits import MAX_FRONT_MATTER, MAX_FRONT_MATTER_NESTING

_OPEN = re.compile(r"---[ \t]*\n(?=[^\n]*\S)")
_TOML = re.compile(r"\+\+\+[ \t]*\n[ \t\n]*[A-Za-z][\w-]*[ \t]*=")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z][\w-]*[ \t]*:(?:\s|$)")
_UNMARKED = re.compile(r"\n*((?:(?:[A-Za-z][\w-]*[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*)\n)+)(?:---[ \t]*\n|\n|\Z)")
"""Lines of keys and values at the beginning, up to an empty line or to one with ---."""


@dataclass(frozen=True)
class Value:
    """A value of the front matter: a text, a list, or a map."""

    line: int
    """From 1."""
    text: str | None = None
    """As written, so that `no` stays “no”; None for lists, maps and empty values."""
    items: tuple[Value, ...] | None = None
    entries: tuple[Entry, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the key has no value."""
        return self.text is None and self.items is None and self.entries is None


class Entry(NamedTuple):
    """A key and its value."""

    key: str
    value: Value
    line: int


class FrontMatter(NamedTuple):
    """Entries of the front matter and the text after it."""

    entries: tuple[Entry, ...]
    text: str
    """Manuscript with empty lines instead of the front matter, so that lines keep their numbers."""
    line: int
    """Line of the first key, or 0 without front matter."""
    is_marked: bool = True
    """Whether it is between lines of `---`."""


def split(text: str, file: str, known: Collection[str] = ()) -> FrontMatter:
    """Split the front matter from a manuscript.

    Args:
        text: The manuscript.
        file: Its name.
        known: Keys by which front matter is recognised that is not between lines of `---`: a title, or
            any three of them.

    Raises:
        SourceError: The front matter is TOML, unclosed, too large, nested too deeply, not a YAML map, or has aliases.
    """
    if _TOML.match(text):
        raise SourceError(
            "Front matter between lines of +++ is TOML, which is not supported.",
            advice="Write it as YAML between lines of ---, with keys such as `title: What it is called`.",
            source=Source(file, 1),
        )
    opening = _OPEN.match(text)
    if not opening:
        return _split_unmarked(text, file, known)
    closing = _CLOSE.search(text, opening.end(), opening.end() + MAX_FRONT_MATTER)
    if not closing:
        if not _KEY.match(text, opening.end()):
            return FrontMatter((), text, 0)  # a thematic break
        if len(text) > opening.end() + MAX_FRONT_MATTER:
            raise SourceError(
                f"The front matter is not closed by a line with --- within {MAX_FRONT_MATTER:,} characters.",
                advice="Close it, or move long texts to the manuscript itself.",
                source=Source(file, 1),
            )
        raise SourceError(
            "Unclosed front matter.",
            advice="Write a line with only --- below its last key.",
            source=Source(file, 1),
        )
    written = text[opening.end() : closing.start()]
    entries = _read(written, file, 2)
    skipped = text.count("\n", 0, closing.end())
    return FrontMatter(entries, "\n" * skipped + text[closing.end() :], 2)


def _split_unmarked(text: str, file: str, known: Collection[str]) -> FrontMatter:
    """Split front matter that has no lines of `---`, or none above it; its keys may have capitals."""
    block = _UNMARKED.match(text, 0, MAX_FRONT_MATTER)
    keys = [key.casefold() for key in re.findall(r"^([A-Za-z][\w-]*)[ \t]*:", block[1], re.MULTILINE)] if block else []
    matching = [key for key in keys if key in known]
    if block is None or keys[:1] != matching[:1] or len(matching) < (1 if "title" in matching else 3):
        return FrontMatter((), text, 0)
    line = text.count("\n", 0, block.start(1)) + 1
    entries = tuple(entry._replace(key=entry.key.casefold()) for entry in _read(block[1], file, line))
    skipped = text.count("\n", 0, block.end())
    return FrontMatter(entries, "\n" * skipped + text[block.end() :], line, is_marked=False)


def _read(written: str, file: str, first: int) -> tuple[Entry, ...]:
    try:
        node = _Loader(written, file, first).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SourceError(
            f"Invalid front matter: {_explain(error)}.",
            advice='Write values with a colon, a # or quotation marks between "straight quotation marks".',
            source=Source(file, mark.line + first if mark else 1),
        ) from error
    except yaml.YAMLError as error:
        raise SourceError(
            "Invalid front matter: it has a character that is not allowed.",
            advice="Delete invisible characters from it.",
            source=Source(file, 1),
        ) from error
    if node is None:
        return ()
    _refuse_forbidden(node, file, first)
    value = _value(node, first)
    if value.entries is None:
        raise SourceError(
            "Invalid front matter: it is not a list of keys and values.",
            advice="Write lines such as `title: What it is called`.",
            source=Source(file, value.line),
        )
    return value.entries


def _refuse_forbidden(node: yaml.Node, file: str, first: int) -> None:
    """Refuse escapes of characters that no edition can contain, such as `"\\0"`."""
    if isinstance(node, yaml.ScalarNode):
        if match := FORBIDDEN.search(str(node.value)):
            raise SourceError(
                f"A value of the front matter has the character U+{ord(match[0]):04X}, which no edition can contain.",
                advice="Delete it; in straight quotation marks, a backslash begins such characters.",
                source=Source(file, node.start_mark.line + first),
            )
        return
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            _refuse_forbidden(part, file, first)


_EXPLANATIONS = {
    "mapping values are not allowed here": "a value has a second colon, or a line is indented without reason",
    r"found character '\t' that cannot start": "a line begins with a tab instead of spaces",
    "that cannot start any token": "a value begins with a reserved character",
    "could not find expected ':'": "a line, or the one above it, has no colon after its key",
    "found unexpected end of stream": "a quotation mark is not closed",
    "expected ',' or": "a bracket is not closed",
    "expected <block end>, but found": "text follows a closing quotation mark, or a line is indented "
    "differently from the lines around it",
}
"""Explanations of the most common errors, by the message of the YAML library."""


def _explain(error: yaml.MarkedYAMLError) -> str:
    message = " ".join(str(part) for part in (error.context, error.problem) if part)
    return next((text for words, text in _EXPLANATIONS.items() if words in message), f"not valid YAML ({message})")


class _Loader(yaml.SafeLoader):
    """Loader of YAML nodes without objects, aliases and deep nesting."""

    def __init__(self, stream: str, file: str, first: int) -> None:
        super().__init__(stream)
        self._file = file
        self._first = first
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # not in the stubs
        if self.check_event(yaml.events.AliasEvent):
            raise SourceError(
                "Aliases (*name) in the front matter are not supported.",
                advice="Write the value itself.",
                source=Source(self._file, mark.line + self._first),
            )
        self._depth += 1
        if self._depth > MAX_FRONT_MATTER_NESTING:
            raise SourceError(
                "The front matter is nested too deeply.",
                advice="Use at most a list of maps.",
                source=Source(self._file, mark.line + self._first),
            )
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _value(node: yaml.Node, first: int) -> Value:
    line = node.start_mark.line + first
    if isinstance(node, yaml.MappingNode):
        entries = tuple(
            Entry(
                str(key.value) if isinstance(key, yaml.ScalarNode) else "?",
                _value(value, first),
                key.start_mark.line + first,
            )
            for key, value in node.value
        )
        return Value(line, entries=entries)
    if isinstance(node, yaml.SequenceNode):
        return Value(line, items=tuple(_value(item, first) for item in node.value))
    if node.tag == "tag:yaml.org,2002:null":
        return Value(line)
    return Value(line, text=str(node.value))
