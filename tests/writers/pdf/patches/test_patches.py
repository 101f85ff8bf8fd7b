"""All patches of WeasyPrint are in one package, of one version, and none replaces what another has replaced."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest
import weasyprint

import exporter
from exporter.errors import MissingToolError
from exporter.writers import large_print, pdf
from exporter.writers import print as print_edition
from exporter.writers.pdf import layout, patches
from tests.write_context import Pictures, write_context
from tests.writers import sample

SOURCES = {path: path.read_text("utf-8") for path in Path(exporter.__file__).parent.rglob("*.py")}


def test_patches_are_in_one_package() -> None:
    patching = {path.parent.name for path, text in SOURCES.items() if "unittest.mock" in text}
    assert patching == {"patches"}


def test_nothing_depends_on_the_name_of_its_caller() -> None:
    frames = ("_getframe", "currentframe", "inspect.stack", "f_back", "co_name")
    assert [path.name for path, text in SOURCES.items() if any(name in text for name in frames)] == []


def test_no_function_is_replaced_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced: Counter[str] = Counter()
    original = mock.patch.object

    def record(owner: object, name: str, *arguments: object, **options: object) -> object:
        replaced[f"{getattr(owner, '__module__', '')}.{getattr(owner, '__name__', '')}.{name}"] += 1
        return original(owner, name, *arguments, **options)

    for context in (patches.layout(), patches.drawing(mock.Mock())):
        replaced.clear()
        with monkeypatch.context() as recording:
            recording.setattr(mock.patch, "object", record)
            with context:
                assert len(replaced) > 10
        assert set(replaced.values()) == {1}


@pytest.mark.parametrize("edition", [pdf, large_print, print_edition], ids=lambda module: module.NAME)
def test_no_way_to_write_a_pdf_collects_reference_cycles(
    edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = Pictures(tmp_path / "pictures")
    publication = sample.everything(pictures)
    context = write_context(tmp_path, publication.metadata.language, pictures=pictures)
    collecting = []

    def lay_out(*_: object, **__: object) -> None:
        collecting.append(gc.isenabled())
        raise LookupError

    monkeypatch.setattr(layout, "lay_out", lay_out)
    with pytest.raises(LookupError):
        edition.write(publication, context, edition.Options(), tmp_path / "a.pdf")
    assert collecting == [False]
    assert gc.isenabled()


@pytest.mark.parametrize("edition", [pdf, large_print, print_edition], ids=lambda module: module.NAME)
def test_every_way_to_write_a_pdf_accepts_one_version(edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    pictures = Pictures(tmp_path / "pictures")
    publication = sample.everything(pictures)
    context = write_context(tmp_path, publication.metadata.language, pictures=pictures)
    with pytest.raises(MissingToolError, match=r"need 70\.0"):
        edition.write(publication, context, edition.Options(), tmp_path / "a.pdf")


def test_the_subsetter_of_fonttools_is_imported_when_it_is_used() -> None:
    code = (
        "import sys; from exporter.writers.pdf import patches; patches.load(); from weasyprint.pdf import fonts;"
        "assert not {'fontTools.subset', 'fontTools.varLib.instancer'} & {*sys.modules};"
        "assert fonts.subset.Options(hinting=False).hinting is False;"
        "from fontTools.subset import Options; assert type(fonts.subset.Options()) is Options"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_weasyprint_still_imports_the_subsetter_of_fonttools_at_once() -> None:
    """If this fails, `load` need not replace its modules."""
    code = "import sys, weasyprint; assert 'fontTools.subset' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are found by the dynamic loader on Linux only")
def test_weasyprint_still_looks_for_its_libraries_with_other_programs() -> None:
    """If this fails, `load` needs no patch."""
    code = (
        "import ctypes.util as util; calls = []; util.find_library = lambda name: calls.append(name);"
        "import weasyprint; assert calls"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
