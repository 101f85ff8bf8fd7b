"""Contents of items that are left out of the cascade and of the boxes, since their pages are expected in the cache.

Of a long document of which a sentence was changed, most of the time would go into the styles and boxes of all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import msgspec

from exporter.contracts import StepCache
from exporter.writers.pdf.parts.keys import Keys, digest
from exporter.writers.pdf.patches.page_breaks import CHAPTER, LONG_CHAPTER

_ON_CONTENTS = re.compile(r":has\(|:empty\b|target-text\(")
"""In style sheets: what is around an item may look at its contents."""


class KnownItem(msgspec.Struct, frozen=True, array_like=True):
    """An item of a part that is in the cache."""

    digest: str
    strings: dict[str, str]
    """What it sets for running heads."""


class KnownPart(msgspec.Struct, frozen=True, array_like=True):
    """A part that is in the cache."""

    items: tuple[KnownItem, ...]
    following: str
    """What is known of the item after it from its markup."""


class ContentsNeededError(Exception):
    """An item has to be laid out whose contents were left out."""

    def __init__(self, element: Any) -> None:
        super().__init__()
        self.element = element


class Omission:
    """The contents that are left out of one document.

    Args:
        cache: Where parts are kept.
        keys: The keys of the document.
    """

    def __init__(self, cache: StepCache, keys: Keys) -> None:
        self._cache = cache
        self._keys = keys
        self._end = 0 if keys.has_counters or any(map(_ON_CONTENTS.search, keys.sheets)) else len(keys.elements)
        self._omitted: dict[Any, tuple[KnownItem, str | None, list[Any]]] = {}

    def remember(self, elements: Sequence[Any], strings: Sequence[dict[str, str]]) -> None:
        """Remember the items of a part that is put into the cache.

        Args:
            elements: Their elements, and that of the item after them, if there is one.
            strings: What each of them sets for running heads.
        """
        digests = self._keys.digests
        if all(element in digests for element in elements):
            items = tuple(KnownItem(digests[element], own) for element, own in zip(elements, strings, strict=False))
            part = KnownPart(items, self._following(elements[len(items) :]))
            self._cache.put(self._key(elements[0]), msgspec.msgpack.encode(part))

    def omit(self) -> None:
        """Leave out the contents of items that are known, until `restore` is called."""
        self._omitted = {}
        elements, number = self._keys.elements, 0
        while number < self._end:
            part = self._known(number)
            for item in part.items if part else ():
                element = elements[number]
                self._omitted[element] = item, element.text, list(element)
                element.text, element[:] = None, []
                number += 1
            number += not part

    def restore(self) -> None:
        """Restore what was left out."""
        for element, (_, text, children) in self._omitted.items():
            element.text, element[:] = text, children

    def strings(self, element: Any) -> dict[str, str] | None:
        """Return what an item without contents sets for running heads; None if it has its contents."""
        return self._omitted[element][0].strings if element in self._omitted else None

    def require(self, elements: Iterable[Any]) -> None:
        """Raise `ContentsNeededError` if the contents of one of these items were left out."""
        for element in elements:
            if element in self._omitted:
                raise ContentsNeededError(element)

    def end_before(self, element: Any) -> None:
        """From now on, leave out only what is before an item."""
        self._end = self._keys.elements.index(element)

    def collect_targets(self, collector: Any) -> None:
        """Add the names in what is left out to the targets that page numbers may be asked of."""
        for _, _, children in self._omitted.values():
            for name in (inner.get("id") for child in children for inner in child.iter()):
                if name and name not in collector.target_lookup_items:
                    collector.collect_anchor(name)
                    target = collector.target_lookup_items[name]
                    target.state, target.target_box = "up-to-date", SimpleNamespace(cached_counter_values={})

    def _known(self, first: int) -> KnownPart | None:
        """Return the part that begins with an item, if it was kept with the same items, and the same one after it.

        Otherwise its key is another one, and its contents would be needed after all.
        """
        elements = self._keys.elements
        classes = _classes(elements[first])
        # Whether a short chapter begins a page depends on its contents.
        if CHAPTER in classes and LONG_CHAPTER not in classes:
            return None
        data = self._cache.get(self._key(elements[first]))
        if data is None:
            return None
        part = msgspec.msgpack.decode(data, type=KnownPart)
        end = first + len(part.items)
        is_same = [item.digest for item in part.items] == [self._keys.digests[item] for item in elements[first:end]]
        is_followed = part.following == self._following(elements[end : end + 1])
        return part if is_same and is_followed and end <= self._end else None

    def _following(self, elements: Sequence[Any]) -> str:
        """Return what is known of the item after a part, if there is one, from its markup."""
        for element in elements:
            return LONG_CHAPTER if LONG_CHAPTER in _classes(element) else self._keys.digests[element]
        return ""

    def _key(self, element: Any) -> str:
        return digest(["known", self._keys.environment, self._keys.digests[element]])


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()
