"""Bookmarks, so that links and fields inside the document find their place (ECMA-376-1, 17.13.6)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from exporter.writers.docx.xml import Element, add, make

LIMIT = 40
"""Characters that Word allows in the name of a bookmark."""
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]")


class Bookmarks:
    """Names and numbers of the bookmarks of a document."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._wishes: dict[str, str] = {}
        for target in targets:
            if target not in self._names:
                self._take(target, self._named(target))
        self._count = 0
        self.opened: set[str] = set()
        """Names of the bookmarks that stand in the document."""

    def _take(self, target: str, name: str) -> None:
        self._names[target] = name
        self._taken.add(name.casefold())

    def _named(self, target: str) -> str:
        # Word's dialogue takes letters, digits and underscores, the first no digit; in a file Word also follows names
        # with hyphens. A leading underscore hides the name from the dialogue, which is right for names nobody chose.
        # Capitals and small letters are one to it.
        plain = _FORBIDDEN.sub("_", target)
        if (
            plain == target
            and (plain[:1].isalpha() or plain == "_Body")
            and len(plain) <= LIMIT
            and plain.casefold() not in self._taken
        ):
            return plain
        digest = hashlib.sha256(target.encode()).hexdigest()[:10]
        return f"_{plain[: LIMIT - 12]}_{digest}"

    @property
    def renamed(self) -> dict[str, str]:
        """What bookmarks whose names Word does not take stand for, by the name that they have instead."""
        return {name: target for target, name in self._names.items() if name != target} | self._wishes

    def wanted(self, target: str | None) -> bool:
        """Return whether something points at `target`, the id of a node."""
        return target in self._names

    def name(self, target: str) -> str:
        """Return the bookmark that stands for the id of a node."""
        return self._names[target]

    def free(self, wish: str) -> str:
        """Return a name like `wish` that no other bookmark has."""
        name, count = self._named(wish), 1
        while name.casefold() in self._taken:
            count += 1
            name = self._named(f"{wish}_{count}")
        self._take(name, name)
        if name != wish:
            self._wishes[name] = wish
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
