"""Word files that the studio has changed: they open in LibreOffice, and differ only in what was fixed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from exporter.model import Table
from exporter.model.walk import walk
from exporter.pipeline import direct_reading
from exporter.readers.docx.other_formats import conversion
from exporter.revise import AltText, Change, HeaderRows, Language, MetadataField, TableCaption, Title, revise
from exporter.revise.places import image_keys
from tests.readers.docx.files import package
from tests.revise.test_word import BODY
from tests.studio.manuscripts import word_report

pytestmark = pytest.mark.proof
MAY_CHANGE = {"word/document.xml", "word/styles.xml", "docProps/core.xml", "docProps/custom.xml"}
LISTS = {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"}
"""Parts that change only if a part is added."""
FILES = {"python-docx": word_report(), "transitional": package(BODY), "strict": package(BODY, strict=True)}


@pytest.mark.parametrize("name", FILES)
def test_a_fixed_word_file_opens_and_differs_only_in_what_was_fixed(name: str, tmp_path: Path) -> None:
    path = tmp_path / "manuscript.docx"
    path.write_bytes(FILES[name])
    tree = direct_reading.read(path, FILES[name]).publication
    changes: list[Change] = [Title("A title"), Language("es"), MetadataField("authors", ("Ana Ruiz", "Ben Okri"))]
    changes += [
        AltText(image.at.source, f"Picture {number} & “what” it says", index)
        for number, (image, (*_, index)) in enumerate(image_keys(tree))
        if image.at.source
    ]
    source = next(node.at.source for node in walk(tree) if isinstance(node, Table))
    assert source is not None
    revision = revise(path, [*changes, HeaderRows(source, 1), TableCaption(source, "Wells")])
    assert [result.reason for result in revision.results if not result.is_applied] == []
    before, after = (parts(data) for data in (FILES[name], revision.files["manuscript.docx"]))
    changed = {part for part in after if before.get(part) != after[part]}
    assert set(before) <= set(after)
    assert changed <= MAY_CHANGE | (LISTS if set(after) - set(before) else set())
    assert conversion.pages(revision.files["manuscript.docx"]).startswith(b"%PDF")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
