"""A manuscript is read up to a size, by an export and by all that reads it outside one."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import service
from exporter.errors import SourceError
from exporter.pipeline import direct_reading


@pytest.mark.parametrize("name", ["a.md", pytest.param("a.docx", marks=pytest.mark.proof)])
def test_a_manuscript_without_an_end_is_refused(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(10**11)
    with pytest.raises(SourceError, match="larger than 256 megabytes"):
        direct_reading.load(tmp_path / name)
    with pytest.raises(SourceError, match="larger than 256 megabytes"):
        service.new_from(tmp_path / name, "a", tmp_path / "new")


def test_a_link_to_a_manuscript_elsewhere_may_be_begun_with(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.md").write_text("# A", "utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "there" / "a.md")
    assert direct_reading.load(tmp_path / "b.md") == b"# A"
