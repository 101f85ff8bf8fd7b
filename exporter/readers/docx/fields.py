"""Fields: what Word works out, read as what it last showed (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.inspect.docx.xml import Element, name
from exporter.readers.docx.text_runs import Target

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')
_GENERATED = frozenset({"TOC", "INDEX", "TOA"})
_REFERENCES = frozenset({"REF", "PAGEREF"})
_HIDDEN = frozenset({"XE", "TC", "TA", "RD", "ASK", "SET", "PRIVATE", "ADVANCE"})
_CHARACTER = name("fldChar")
_TYPE = name("fldCharType")
_LONGEST = 5_000
"""Characters of a code."""


class Field:
    """A field while it is being read."""

    def __init__(self) -> None:
        self.code = ""
        self.has_result = False
        """Whether its result has begun."""
        self.kind = ""
        self.words: list[str] = []
        self.link: Target | None = None
        self.is_ignored = False
        """Whether its result is made anew by every edition."""

    def begin_result(self) -> None:
        """Find out what the code asks for."""
        self.has_result = True
        self.kind, self.words, switches = parse(self.code)
        if self.kind in _GENERATED or self.kind in _HIDDEN:
            self.is_ignored = True
        elif self.kind == "HYPERLINK":
            self.link = _hyperlink(self.words, switches)
        elif self.kind in _REFERENCES and "h" in switches and self.words:
            self.link = Target(f"#{self.words[0]}")


def parse(code: str) -> tuple[str, list[str], dict[str, str]]:
    """Return the kind of a field in capitals, its plain words, and its switches with the word behind each."""
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
    """The fields that are open at a place of a story, the outermost first."""

    def __init__(self, story: Iterable[Element]) -> None:
        """Look through a story for the fields that are whole; marks without a partner are passed over."""
        self._open: list[Field] = []
        self._unmatched: set[Element] = set()
        unclosed: list[Element] = []
        for root in story:
            for mark in root.iter(_CHARACTER):
                kind = mark.get(_TYPE)
                if kind == "begin":
                    unclosed.append(mark)
                elif kind == "end" and unclosed:
                    unclosed.pop()
                elif kind == "end":
                    self._unmatched.add(mark)
        self._unmatched.update(unclosed)

    def take(self, mark: Element) -> Field | None:
        """Take a `begin`, `separate` or `end` mark; give the field whose result begins or that ends with it."""
        if mark in self._unmatched:
            return None
        match mark.get(_TYPE):
            case "begin":
                self._open.append(Field())
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
        """Take a part of the code of the innermost field."""
        if self._open and not self._open[-1].has_result and len(self._open[-1].code) < _LONGEST:
            self._open[-1].code += text

    @property
    def is_open(self) -> bool:
        """Whether some field is open."""
        return bool(self._open)

    @property
    def hidden(self) -> bool:
        """Whether what stands here is not shown, or made anew by every edition."""
        return any(not field.has_result or field.is_ignored for field in self._open)

    @property
    def link(self) -> Target | None:
        """The innermost link."""
        return next((field.link for field in reversed(self._open) if field.link), None)
