"""Bookmarks, so that links and fields inside the document find their place (ECMA-376-1, 17.13.6)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from exporter.writers.docx.xml import Element, add, make

LIMIT = 40
"""Characters that Word allows in the name of a bookmark."""
_FORBIDDEN = re.compile(r"\W", re.ASCII)


class Bookmarks:
    """Names and numbers of the bookmarks of a document."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for target in targets:
            self._names.setdefault(target, self._free(target))
        self._count = 0
        self.opened: set[str] = set()
        """Names of the bookmarks that stand in the document."""

    def _free(self, target: str) -> str:
        # Word takes letters, digits and underscores, the first no digit; a leading underscore hides the name from
        # its dialogues, which is right for names that nobody chose.
        plain = _FORBIDDEN.sub("_", target)
        if plain == target and plain[:1].isalpha() and len(plain) <= LIMIT and plain not in self._names.values():
            return plain
        digest = hashlib.sha256(target.encode()).hexdigest()[:10]
        return f"_{plain[: LIMIT - 12]}_{digest}"

    def wanted(self, target: str | None) -> bool:
        """Whether something points at `target`, the id of a node."""
        return target in self._names

    def name(self, target: str) -> str:
        """Give the bookmark that stands for the id of a node."""
        return self._names[target]

    def free(self, wish: str) -> str:
        """Give a name like `wish` that no other bookmark has."""
        name, count = self._free(wish), 1
        while name in self._names.values():
            count += 1
            name = self._free(f"{wish}_{count}")
        self._names[name] = name
        return name

    def open(self, parent: Element, name: str) -> str:
        """Begin a bookmark at the end of `parent` and give its number, for `close`."""
        number = str(self._count)
        self._count += 1
        self.opened.add(name)
        add(parent, "bookmarkStart", {"w:id": number, "w:name": name})
        return number

    @staticmethod
    def close(parent: Element, number: str) -> None:
        """End a bookmark at the end of `parent`."""
        parent.append(make("bookmarkEnd", {"id": number}))
