"""eBraille of a manuscript in Markdown, unpacked."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from exporter.contracts import WriteResult
from exporter.model import Publication
from exporter.writers import ebraille
from tests.write_context import write_context
from tests.writers.braille.made import tree

HTML = "{http://www.w3.org/1999/xhtml}"
TEXT = """# The first heading

The *people of* the village waited for the [decision](https://example.org/x) of the court.[^1]

They said [nadie nos ha preguntado]{lang=es} and went home. See [the tables](#two).

- one
- two

  3. alpha
  4. beta

# Another heading {#two}

## Below it

| Year | Cases |
|------|------:|
| 2024 | 3,250 |

Table: Some cases

The government should answer each of these questions: $x^2+1$.

> Quoted text.

![A door](img/a.png)

::: warning
Inside
:::

```
if a:
    b
```

[^1]: It came after many years.
"""


class MadeBook:
    """A file of the edition."""

    def __init__(self, publication: Publication, path: Path, result: WriteResult) -> None:
        self.publication, self.path, self.result = publication, path, result
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.data = {name: archive.read(name) for name in archive.namelist()}
        self.package = self.data["package.opf"].decode()
        self.index = self.data["index.html"].decode()

    @property
    def text(self) -> str:
        """All documents of the text."""
        return "".join(data.decode() for name, data in self.data.items() if name.startswith("ebraille/text-"))

    def values(self, name: str) -> list[str]:
        """Return the values of an element or property of the package."""
        root = etree.fromstring(self.data["package.opf"])
        metas: list[Any] = list(root.iter("{http://www.idpf.org/2007/opf}meta"))
        if name.startswith("dc:"):
            return [element.text for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name[3:]}")]
        return [meta.text for meta in metas if meta.get("property") == name and not meta.get("refines")]


def with_metadata(publication: Publication, **changes: object) -> Publication:
    changes = {"date": datetime.date(2026, 5, 1), **changes}
    return msgspec.structs.replace(publication, metadata=msgspec.structs.replace(publication.metadata, **changes))


def make(
    folder: Path,
    text: str | Publication = TEXT,
    language: str = "en",
    facts: Mapping[str, bytes] | None = None,
    **options: object,
) -> MadeBook:
    publication = with_metadata(tree(text, language)) if isinstance(text, str) else text
    path = folder / "wait.ebrl"
    context = write_context(folder, language, facts=facts)
    settings = msgspec.structs.replace(ebraille.Options(), **options)
    result = ebraille.write(publication, context, settings, path)
    return MadeBook(publication, path, result)
