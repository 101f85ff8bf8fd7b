"""Style sheets of the documents of an archive."""

from __future__ import annotations

from typing import Any

from exporter.inspect.archive import Archive, resolve
from exporter.parity.xhtml import elements


class Sheets:
    """The style sheets of a book, each read once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._texts: dict[str, str] = {}

    def of(self, root: Any, name: str) -> list[str]:
        """Return those of a document, in order."""
        texts: list[str] = []
        for element in root.iter():
            tag, href = elements.name(element), element.get("href")
            if tag == "style":
                texts.append(element.text or "")
            elif tag == "link" and "stylesheet" in (element.get("rel") or "") and href:
                texts.append(self._read(resolve(name, href)))
        return texts

    def _read(self, name: str) -> str:
        if name not in self._texts:
            data = self._archive.read(name) if name in self._archive else b""
            self._texts[name] = data.decode("utf-8", "replace")
        return self._texts[name]
