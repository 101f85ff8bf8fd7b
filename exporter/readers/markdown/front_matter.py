"""The YAML between `---` lines at the beginning, as plain values that know their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from exporter.errors import SourceError
from exporter.model import Source
from exporter.readers.markdown.limits import MAX_FRONT_MATTER, MAX_FRONT_MATTER_NESTING

_OPEN = re.compile(r"---[ \t]*\n(?=[^\n]*\S)")
_TOML = re.compile(r"\+\+\+[ \t]*\n[ \t\n]*[A-Za-z][\w-]*[ \t]*=")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z][\w-]*[ \t]*:(?:\s|$)")


@dataclass(frozen=True)
class Value:
    """A value of the front matter: a text, a list, or a map."""

    line: int
    """From 1."""
    text: str | None = None
    """None for lists, maps and nothing at all; as written, so that `no` stays “no”."""
    items: tuple[Value, ...] | None = None
    entries: tuple[Entry, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return self.text is None and self.items is None and self.entries is None


class Entry(NamedTuple):
    """A key and its value."""

    key: str
    value: Value
    line: int


class FrontMatter(NamedTuple):
    """What the front matter says, and the text behind it."""

    entries: tuple[Entry, ...]
    text: str
    """The manuscript with empty lines in place of the front matter, so that lines keep their numbers."""
    line: int
    """Line of the first key; 0 when there is no front matter."""


def split(text: str, file: str) -> FrontMatter:
    """Take the front matter off a manuscript.

    Raises:
        SourceError: TOML, never closed, too large, nested too deeply, with aliases, or not a YAML map.
    """
    if _TOML.match(text):
        raise SourceError(
            "The front matter stands between lines of +++, so it is TOML, which is not read.",
            advice="Write it as YAML between lines of ---, with keys such as `title: What it is called`.",
            source=Source(file, 1),
        )
    opening = _OPEN.match(text)
    if not opening:
        return FrontMatter((), text, 0)
    closing = _CLOSE.search(text, opening.end(), opening.end() + MAX_FRONT_MATTER)
    if not closing:
        if not _KEY.match(text, opening.end()):
            return FrontMatter((), text, 0)  # a thematic break
        if len(text) > opening.end() + MAX_FRONT_MATTER:
            raise SourceError(
                f"The front matter is not closed by a line with --- within {MAX_FRONT_MATTER:,} characters.",
                advice="Close it, or put long texts into the manuscript itself.",
                source=Source(file, 1),
            )
        raise SourceError(
            "The front matter is never closed.",
            advice="Put a line with nothing but --- below its last key.",
            source=Source(file, 1),
        )
    written = text[opening.end() : closing.start()]
    entries = _read(written, file)
    skipped = text.count("\n", 0, closing.end())
    return FrontMatter(entries, "\n" * skipped + text[closing.end() :], 2)


def _read(written: str, file: str) -> tuple[Entry, ...]:
    try:
        node = _Loader(written, file).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SourceError(
            f"The front matter cannot be read: {_plain(error)}.",
            advice='Put values that hold a colon, a # or quotation marks between "straight quotation marks".',
            source=Source(file, mark.line + 2 if mark else 1),
        ) from error
    except yaml.YAMLError as error:
        raise SourceError(
            "The front matter cannot be read: it holds a character that is not allowed.",
            advice="Delete invisible characters from it.",
            source=Source(file, 1),
        ) from error
    if node is None:
        return ()
    value = _value(node)
    if value.entries is None:
        raise SourceError(
            "The front matter is not a list of keys and values.",
            advice="Write lines such as `title: What it is called`.",
            source=Source(file, value.line),
        )
    return value.entries


_SLIPS = {
    "mapping values are not allowed here": "there is a second colon in a value, or a line is indented for no reason",
    r"found character '\t' that cannot start": "a line begins with a tab, not with blanks",
    "that cannot start any token": "a value begins with a sign that has a meaning of its own",
    "could not find expected ':'": "a line, or the one above it, has no colon behind its key",
    "found unexpected end of stream": "a quotation mark is not closed",
    "expected ',' or": "a bracket is not closed",
    "expected <block end>, but found": "words stand behind a closing quotation mark, or a line is indented unlike "
    "its neighbours",
}
"""The commonest slips of the pen, by the words of the YAML library."""


def _plain(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    return next((slip for words, slip in _SLIPS.items() if words in said), f"it is not valid YAML ({said})")


class _Loader(yaml.SafeLoader):
    """Reads nodes only: no objects, no aliases, no depths."""

    def __init__(self, stream: str, file: str) -> None:
        super().__init__(stream)
        self._file = file
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # a gap in the stubs
        if self.check_event(yaml.events.AliasEvent):
            raise SourceError(
                "The front matter repeats a value by an alias (*name), which is not read.",
                advice="Write the value out.",
                source=Source(self._file, mark.line + 2),
            )
        self._depth += 1
        if self._depth > MAX_FRONT_MATTER_NESTING:
            raise SourceError(
                "The front matter is nested too deeply.",
                advice="No key needs more than a list of maps.",
                source=Source(self._file, mark.line + 2),
            )
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _value(node: yaml.Node) -> Value:
    line = node.start_mark.line + 2
    if isinstance(node, yaml.MappingNode):
        entries = tuple(
            Entry(str(key.value) if isinstance(key, yaml.ScalarNode) else "?", _value(value), key.start_mark.line + 2)
            for key, value in node.value
        )
        return Value(line, entries=entries)
    if isinstance(node, yaml.SequenceNode):
        return Value(line, items=tuple(_value(item) for item in node.value))
    if node.tag == "tag:yaml.org,2002:null":
        return Value(line)
    return Value(line, text=str(node.value))
