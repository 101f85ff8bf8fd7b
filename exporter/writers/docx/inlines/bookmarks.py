"""Bookmarks: targets of links and fields inside the document (ECMA-376-1, 17.13.6)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from exporter.writers.docx.xml import Element, add, make_element

MAX_LENGTH = 40
"""Maximum length of a bookmark name in Word."""
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]")


class Bookmarks:
    """Names and numbers of the bookmarks of a document."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self._requested: dict[str, str] = {}
        for target in targets:
            if target not in self._names:
                self._assign(target, self._valid_name(target))
        self._count = 0
        self.written: set[str] = set()
        """Names of the bookmarks in the document."""

    def _assign(self, target: str, name: str) -> None:
        self._names[target] = name
        self._used.add(name.casefold())

    def _valid_name(self, target: str) -> str:
        # Word's dialogue allows letters, digits and underscores, but no digit first; in a file, Word also accepts
        # hyphens. A leading underscore hides the name in the dialogue, which suits generated names. Names are not
        # case-sensitive.
        plain = _FORBIDDEN.sub("_", target)
        if (
            plain == target
            and (plain[:1].isalpha() or plain == "_Body")
            and len(plain) <= MAX_LENGTH
            and plain.casefold() not in self._used
        ):
            return plain
        digest = hashlib.sha256(target.encode()).hexdigest()[:10]
        return f"_{plain[: MAX_LENGTH - 12]}_{digest}"

    @property
    def original_names(self) -> dict[str, str]:
        """The IDs that are not valid bookmark names, by the names used instead."""
        return {name: target for target, name in self._names.items() if name != target} | self._requested

    def is_target(self, target: str | None) -> bool:
        """Return whether the node with the ID `target` needs a bookmark."""
        return target in self._names

    def name(self, target: str) -> str:
        """Return the bookmark name for the ID of a node."""
        return self._names[target]

    def add_unique(self, requested: str) -> str:
        """Add a bookmark name; return it, or a similar one if it is in use."""
        name, count = self._valid_name(requested), 1
        while name.casefold() in self._used:
            count += 1
            name = self._valid_name(f"{requested}_{count}")
        self._assign(name, name)
        if name != requested:
            self._requested[name] = requested
        return name

    def open(self, parent: Element, name: str) -> str:
        """Append the start of a bookmark to `parent`; return its number, for `close`; "" if it is there already."""
        if name in self.written:
            return ""
        number = str(self._count)
        self._count += 1
        self.written.add(name)
        add(parent, "bookmarkStart", {"w:id": number, "w:name": name})
        return number

    @staticmethod
    def close(parent: Element, number: str) -> None:
        """Append the end of a bookmark to `parent`."""
        if number:
            parent.append(make_element("bookmarkEnd", {"id": number}))
