"""The Word edition checked by the schemas of Word, openxml-audit and our own rules.

`test_verification` checks that of every publication.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.findings import Severity
from exporter.validate import docx as rules
from exporter.writers import docx
from tests.proof.word import outside
from tests.trees import PUBLICATIONS
from tests.write_context import Memory, Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen
from tests.writers.docx.test_reference import model

NEVER = docx.PageNumbers.NEVER
LOOKS = {
    "harbour": docx.Options(theme="harbour", page_numbers=NEVER),
    "letter": docx.Options(page_size=docx.PageSize.LETTER, page_numbers=NEVER),
    "a5": docx.Options(page_size=docx.PageSize.A5, page_numbers=NEVER),
    "model": docx.Options(reference="house.docx", page_numbers=NEVER),
}


def judged(path: Path) -> list[str]:
    """Return what all judges find."""
    own = [str(finding) for finding in rules.check(path) if finding.severity is not Severity.NOTE]
    return [*outside.sdk(path), *outside.openxml_audit(path), *own]


@pytest.mark.parametrize("look", LOOKS)
def test_no_judge_finds_anything_in_any_look(look: str, tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    context = write_context(tmp_path, pictures=pictures, memory=Memory())
    if look == "model":
        import msgspec

        context = msgspec.structs.replace(context, files={"house.docx": model()})
    publication = kitchen.tidy(kitchen.publication(pictures))
    docx.write(publication, context, LOOKS[look], tmp_path / "look.docx")
    found = judged(tmp_path / "look.docx")
    # The styles of a house are its own: their contrast is reported when they are used.
    assert [each for each in found if not (look == "model" and "[docx-contrast]" in each)] == []


@settings(
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(PUBLICATIONS)
def test_any_tree_becomes_a_file_that_keeps_the_schemas(publication: m.Publication) -> None:
    publication = transforms.apply(publication, "slug")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.docx"
        context = write_context(Path(folder), publication.metadata.language)
        docx.write(publication, context, docx.Options(page_numbers=NEVER), path)
        assert outside.sdk(path) == []
        assert outside.openxml_audit(path) == []
