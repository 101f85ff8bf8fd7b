"""What is read of files that pandoc and LibreOffice make, feature by feature."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypandoc
import pytest

from exporter.readers import docx
from tests.proof.manuscripts import office_files, pandoc_files
from tests.readers.docx.held import PICTURES
from tests.readers.docx.outlines import blocks
from tests.write_context import STYLES


def missing(data: bytes, expected: tuple[str, ...], suffix: str = ".docx") -> list[str]:
    lines = blocks(docx.read(data, f"manuscript{suffix}", styles=STYLES))
    return [line for line in expected if line not in lines and f"{line} " not in lines] and lines


@pytest.mark.parametrize("name", pandoc_files.FILES)
def test_what_pandoc_writes_is_kept(name: str, tmp_path: Path) -> None:
    text, expected = pandoc_files.FILES[name]
    (tmp_path / "a.png").write_bytes(PICTURES[0][1])
    target = tmp_path / "made.docx"
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-o", str(target), "--metadata", "lang=en"]
    subprocess.run(command, input=text.encode(), cwd=tmp_path, check=True)
    assert missing(target.read_bytes(), expected) == []


@pytest.mark.parametrize("name", office_files.FILES)
def test_what_libreoffice_writes_is_kept(name: str) -> None:
    body, expected = office_files.FILES[name]
    assert missing(office_files.document(body).encode(), expected, ".fodt") == []
