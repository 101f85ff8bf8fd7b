"""Pages made for tests, and what is found in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lxml import etree

from exporter import model as m
from exporter.contracts import WriteResult
from exporter.writers import web
from tests.write_context import Memory, Pictures, write_context
from tests.writers import sample

HTML = "{http://www.w3.org/1999/xhtml}"


class Page:
    """A finished page, read as XML."""

    def __init__(self, path: Path, written: WriteResult) -> None:
        self.path = path
        self.data = path.read_bytes()
        self.text = self.data.decode("utf-8")
        self.written = written
        self.root = etree.fromstring(self.data)

    def all(self, *names: str) -> list[Any]:
        return list(self.root.iter(*(HTML + name for name in names)))

    def one(self, name: str) -> Any:
        (found,) = self.all(name)
        return found

    def ids(self) -> list[str]:
        return [element.get("id") for element in self.root.iter() if isinstance(element.tag, str) and element.get("id")]

    def parts(self) -> dict[str, Any]:
        return json.loads(self.written.sidecars["page"])

    def schema(self) -> dict[str, Any]:
        (script,) = self.all("script")
        return json.loads(script.text)

    def css(self) -> str:
        return self.one("style").text


def make(
    folder: Path,
    publication: m.Publication | None = None,
    *,
    pictures: Pictures | None = None,
    memory: Memory | None = None,
    **options: Any,
) -> Page:
    """Make a page of a publication, of the sample that holds everything when none is given."""
    pictures = pictures or Pictures(folder / "pictures")
    publication = publication or sample.everything(pictures)
    target = folder / "page.html"
    context = write_context(folder, publication.metadata.language, pictures=pictures, memory=memory)
    options = {"fonts": False, **options}
    return Page(target, web.write(publication, context, web.Options(**options), target))


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def rules(css: str) -> str:
    """Return a style sheet without its typefaces."""
    return re.sub(r"@font-face\s*\{[^}]*\}", "", css)
