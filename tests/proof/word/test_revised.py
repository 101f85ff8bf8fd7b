"""Word files in which fixes were made, checked by the schemas of Word, openxml-audit and LibreOffice."""

from __future__ import annotations

from pathlib import Path

from exporter import model as m
from exporter.model.walk import images, plain_text, walk
from exporter.pipeline import direct_reading
from exporter.revise import (
    AltText,
    Change,
    DecorativeImage,
    HeaderRows,
    HeadingLevel,
    Language,
    MetadataField,
    Title,
    revise,
)
from exporter.writers import docx
from tests.proof.word import outside
from tests.write_context import Memory, Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen


def test_no_judge_finds_anything_in_a_file_with_all_kinds_of_fixes(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    path = tmp_path / "report.docx"
    options = docx.Options(page_numbers=docx.PageNumbers.NEVER)
    context = write_context(tmp_path, pictures=pictures, memory=Memory())
    docx.write(kitchen.tidy(kitchen.publication(pictures)), context, options, path)
    tree = direct_reading.read(path, path.read_bytes()).publication
    changes: list[Change] = []
    for number, image in enumerate(images(tree)):
        assert image.at.source is not None
        changes.append(
            DecorativeImage(image.at.source) if number % 2 else AltText(image.at.source, f"“{number}” & <x>")
        )
    nodes = [node for node in walk(tree.body) if node.at.source and node.at.source.anchor]
    tables = [node for node in nodes if isinstance(node, m.Table) and sum(map(len, node.groups)) > 2]
    changes += [HeaderRows(table.at.source, 2) for table in tables if table.at.source]
    texts = [node for node in nodes if isinstance(node, m.Paragraph) and len(plain_text(node)) > 20]
    changes += [
        HeadingLevel(text.at.source, level) for text, level in zip(texts, (1, 2, 7, 8), strict=False) if text.at.source
    ]
    changes += [
        Title("Another title"),
        Language("es-MX"),
        MetadataField("kind", "brief"),
        MetadataField("place", "Bogotá"),
    ]
    revision = revise(path, changes)
    assert [result.reason for result in revision.results if not result.is_applied] == []
    path.write_bytes(revision.files[path.name])
    assert [*outside.sdk(path), *outside.openxml_audit(path)] == []
    assert outside.in_libreoffice(path, tmp_path).is_file()
