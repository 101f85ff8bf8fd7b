"""Fields, read by their last result (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.inspect.docx.xml import Element, name
from exporter.readers.docx.inlines.text_runs import Target

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')
_GENERATED = frozenset({"TOC", "INDEX", "TOA"})
_REFERENCES = frozenset({"REF", "PAGEREF"})
_HIDDEN = frozenset({"XE", "TC", "TA", "RD", "ASK", "SET", "PRIVATE", "ADVANCE"})
_CHARACTER = name("fldChar")
_TYPE = name("fldCharType")
_DELETED = tuple(map(name, ("del", "moveFrom")))
_LONGEST = 5_000
"""Characters of a code."""


class Field:
    """A field that is being read."""

    def __init__(self) -> None:
        self.code = ""
        self.has_result = False
        """Whether its result has begun."""
        self.kind = ""
        self.words: list[str] = []
        self.form: Element | None = None
        """Properties of a legacy form field (17.16.17 ffData)."""
        self.link: Target | None = None
        self.first_run = 0
        """Index of the first text run of its result in its paragraph."""
        self.is_ignored = False
        """Whether its result is ignored, as every edition generates it."""

    def begin_result(self) -> None:
        """Parse the code at the start of the result."""
        self.has_result = True
        self.kind, self.words, switches = parse(self.code)
        if self.kind in _GENERATED or self.kind in _HIDDEN:
            self.is_ignored = True
        elif self.kind == "HYPERLINK":
            self.link = _hyperlink(self.words, switches)
        elif self.kind in _REFERENCES and "h" in switches and self.words:
            self.link = Target(f"#{self.words[0]}")


def parse(code: str) -> tuple[str, list[str], dict[str, str]]:
    """Return the kind of a field in capitals, its arguments, and its switches with their arguments."""
    parts = [
        (re.sub(r"\\(.)", r"\1", quoted), True) if quoted or not plain else (plain, False)
        for quoted, plain in _WORD.findall(code[:_LONGEST])
    ]
    if not parts:
        return "", [], {}
    words: list[str] = []
    switches: dict[str, str] = {}
    waiting = ""
    for text, quoted in parts[1:]:
        if text.startswith("\\") and not quoted:
            waiting = text[1:].lower()
            switches.setdefault(waiting, "")
        elif waiting in ("l", "o", "t", "m", "f", "c", "s", "b"):
            switches[waiting] = text
            waiting = ""
        else:
            words.append(text)
            waiting = ""
    return parts[0][0].upper(), words, switches


def _hyperlink(words: list[str], switches: dict[str, str]) -> Target | None:
    url = words[0] if words else ""
    if anchor := switches.get("l", ""):
        url = f"{url}#{anchor}"
    return Target(url, switches.get("o", "")) if url else None


class Fields:
    """The open fields at the current position of a story, outermost first.

    Args:
        story: The roots of the story; field characters in it without a partner are ignored, and those that are deleted
            are partners of none.
    """

    def __init__(self, story: Iterable[Element]) -> None:
        self._open: list[Field] = []
        self._unmatched: set[Element] = set()
        unclosed: list[Element] = []
        for root in story:
            for mark in root.iter(_CHARACTER):
                kind = mark.get(_TYPE)
                if next(mark.iterancestors(*_DELETED), None) is not None:
                    continue
                if kind == "begin":
                    unclosed.append(mark)
                elif kind == "end" and unclosed:
                    unclosed.pop()
                elif kind == "end":
                    self._unmatched.add(mark)
        self._unmatched.update(unclosed)

    def take(self, mark: Element) -> Field | None:
        """Process a `begin`, `separate` or `end` mark; return the field whose result begins or that ends with it."""
        if mark in self._unmatched:
            return None
        match mark.get(_TYPE):
            case "begin":
                field = Field()
                field.form = mark.find(name("ffData"))
                self._open.append(field)
            case "separate" if self._open:
                self._open[-1].begin_result()
                return self._open[-1]
            case "end" if self._open:
                field = self._open.pop()
                if not field.has_result:
                    field.begin_result()
                    field.has_result = False
                return field
            case _:
                pass
        return None

    def code(self, text: str) -> None:
        """Add to the code of the innermost field if its result has not begun; Apple Pages writes codes as text."""
        if self._open and not self._open[-1].has_result and len(self._open[-1].code) < _LONGEST:
            self._open[-1].code += text

    @property
    def is_open(self) -> bool:
        """Whether a field is open."""
        return bool(self._open)

    @property
    def hidden(self) -> bool:
        """Whether the current content is not shown, or is generated by every edition."""
        return any(not field.has_result or field.is_ignored for field in self._open)

    @property
    def link(self) -> Target | None:
        """The innermost link."""
        return next((field.link for field in reversed(self._open) if field.link), None)
