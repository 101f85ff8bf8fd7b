"""Broken and hostile manuscripts through the real door: one sentence each, the right code, and the rest is exported."""

from __future__ import annotations

import os
import struct
import time
import zlib
from pathlib import Path
from typing import BinaryIO

import pytest

from exporter.config import GateLevel
from exporter.errors import ExitCode
from exporter.model import addresses
from exporter.pipeline.manuscript_file import MAXIMUM_SIZE
from exporter.pipeline.storage import fingerprints
from tests.pipeline.bench import FRONT_MATTER, Bench

HEAD = f"{FRONT_MATTER}\n"
BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


def enormous_png() -> bytes:
    """A small file that says it is a picture of 30,000 x 30,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = 30_000
    rows = zlib.compress(bytes(1 + size // 8) * 1000, 9)
    head = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture(name: str) -> str:
    return f"{HEAD}# Part\n\nText.\n\n![What it shows.]({name})\n"


CASES: dict[str, tuple[str | bytes, ExitCode]] = {
    "not-utf-8": (b"---\ntitle: caf\xe9\n---\n\n# Part\n\nText\n", ExitCode.SOURCE),
    "binary": (bytes(range(256)) * 64, ExitCode.SOURCE),
    "line-of-50-mb": (b"x" * 50_000_000, ExitCode.SOURCE),
    "yaml-bomb": (BOMB + "---\n\n# Part\n\nText.\n", ExitCode.SOURCE),
    "yaml-object": (
        HEAD.replace("A title", "!!python/object/apply:os.system [true]") + "# Part\n\nText.\n",
        ExitCode.FINDINGS,
    ),
    "empty": ("", ExitCode.SOURCE),
    "only-spaces": (" \n\n\t\n", ExitCode.SOURCE),
    "only-front-matter": (HEAD, ExitCode.SOURCE),
    "zero-in-front-matter": (HEAD.replace("A title", '"A\\0"') + "# Part\n\nText.\n", ExitCode.SOURCE),
    "half-a-character": (HEAD.replace("A title", '"A\\uD800"') + "# Part\n\nText.\n", ExitCode.SOURCE),
    "missing-picture": (picture("nowhere.png"), ExitCode.FINDINGS),
    "up-and-out": (picture("../../secret.png"), ExitCode.FINDINGS),
    "encoded-up": (picture("%2e%2e/%2e%2e/secret.png"), ExitCode.FINDINGS),
    "absolute": (picture("/etc/hostname"), ExitCode.FINDINGS),
    "file-address": (picture("file:///etc/hostname"), ExitCode.FINDINGS),
    "from-the-network": (picture("https://example.org/a.png"), ExitCode.FINDINGS),
    "link-out": (picture("link.png"), ExitCode.FINDINGS),
    "pipe": (picture("pipe.png"), ExitCode.FINDINGS),
    "enormous-picture": (picture("enormous.png"), ExitCode.FINDINGS),
}
QUICK = 20
"""Seconds that no manuscript may need, on a machine that does other things too; alone it is a fraction of one."""


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_manuscript_is_one_sentence_and_its_neighbour_is_exported(bench: Bench, name: str) -> None:
    text, code = CASES[name]
    folder = bench.write("hostile", text, "manuscript.md").parent
    (bench.root / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(bench.root / "secret.png")
    (folder / "enormous.png").write_bytes(enormous_png())
    os.mkfifo(folder / "pipe.png")
    bench.write("good")
    begin = time.monotonic()
    outcome = bench.export("words")
    assert time.monotonic() - begin < QUICK
    assert {one.slug: one.code for one in outcome.publications} == {"hostile": code, "good": ExitCode.DONE}
    hostile = next(one for one in outcome.publications if one.slug == "hostile")
    errors = [str(finding) for finding in hostile.findings if finding.severity == "error"]
    assert len(errors) == 1
    assert "\n" not in errors[0]
    assert errors[0].startswith("manuscript.md")
    assert len(errors[0]) < 600
    assert "secret" not in errors[0].replace("secret.png", "")
    assert bench.files("hostile") == {}
    assert set(bench.files("good")) == {"words.txt"}


def test_a_manuscript_that_is_a_pipe_or_a_folder_is_a_sentence(bench: Bench, tmp_path: Path) -> None:
    bench.write("good")
    (bench.input / "pipe").mkdir()
    os.mkfifo(bench.input / "pipe" / "manuscript.md")
    (bench.input / "folder" / "manuscript.md").mkdir(parents=True)
    outcome = bench.export("words")
    codes = {one.slug: one.code for one in outcome.publications}
    assert codes == {"pipe": ExitCode.SOURCE, "folder": ExitCode.SOURCE, "good": ExitCode.DONE}


def test_a_manuscript_that_is_too_large_is_not_read_before_it_is_refused(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write("good")
    large = bench.write("large")
    with large.open("r+b") as file:
        file.truncate(MAXIMUM_SIZE + 1)
    read: list[Path] = []
    open_regular = fingerprints.open_regular

    def note_and_open(path: Path, folder: Path | None = None) -> BinaryIO:
        read.append(path)
        return open_regular(path, folder)

    monkeypatch.setattr(fingerprints, "open_regular", note_and_open)
    outcome = bench.export("words")
    assert {one.slug: one.code for one in outcome.publications} == {"large": ExitCode.SOURCE, "good": ExitCode.DONE}
    assert "larger than 256 megabytes" in bench.found()["source-unreadable"]
    assert read
    assert large not in read


def test_a_folder_whose_name_is_not_utf_8_is_a_sentence_and_its_neighbour_is_exported(bench: Bench) -> None:
    bench.write("good")
    bench.write("caf\udce9")
    (bench.input / "good" / "b\udce9.png").write_bytes(b"")
    outcome = bench.export("words")
    assert {one.slug: one.code for one in outcome.publications} == {"caf": ExitCode.SOURCE, "good": ExitCode.DONE}
    assert "is not UTF-8" in bench.found()["source-unreadable"]


def test_a_setting_with_a_control_character_is_a_sentence_with_its_line(bench: Bench) -> None:
    (bench.write("hostile").parent / "publication.toml").write_text('[metadata]\nsubtitle = "A\\u0000"\n', "utf-8")
    outcome = bench.export("words")
    assert outcome.publications[0].code is ExitCode.SETTINGS
    assert "publication.toml:2: " in str(outcome.publications[0].findings[0])


@pytest.mark.parametrize("line", ["k{} = 1\n", "[t{}]\n"])
def test_thousands_of_settings_that_are_wrong_are_refused_in_a_hundred_sentences(bench: Bench, line: str) -> None:
    settings = "[metadata]\n" + "".join(line.format(number) for number in range(3_000))
    (bench.write("hostile").parent / "publication.toml").write_text(settings, "utf-8")
    begin = time.process_time()
    outcome = bench.export("words")
    assert time.process_time() - begin < QUICK
    assert outcome.publications[0].code is ExitCode.SETTINGS
    assert len(outcome.publications[0].findings) == 100


def test_an_address_that_runs_code_reaches_no_file(bench: Bench) -> None:
    folder = bench.write("hostile").parent
    (folder / "publication.toml").write_text(
        """[metadata]
contact = { name = "A", url = "java\tscript:alert(1)" }
related = [{ title = "B", target = "JavaScript:alert(2)" }, { title = "C", target = "https://example.org/c" }]
translations = [{ title = "D", target = "data:text/html,alert(3)", lang = "es" }]
""",
        "utf-8",
    )
    outcome = bench.export("words", gate=GateLevel.OFF)
    assert outcome.publications[0].code is ExitCode.DONE
    assert "metadata" in bench.found()["link-unsafe"]
    written = {path.name: path.read_bytes() for path in (bench.output / "hostile").iterdir()}
    assert [name for name, data in written.items() if b"alert(" in data and not name.startswith("report")] == []
    assert b"https://example.org/c" in written["entry.json"]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://example.org/", "https"),
        ("MAILTO:a@b.org", "mailto"),
        ("java\nscript:alert(1)", "javascript"),
        (" \x01javascript:alert(1)", "javascript"),
        ("#name", ""),
        ("page.html?a=b:c", ""),
    ],
)
def test_schemes_are_read_as_browsers_read_them(address: str, scheme: str) -> None:
    assert addresses.scheme(address) == scheme


def test_characters_that_a_format_hides_are_removed(bench: Bench) -> None:
    bench.write("hidden", f"{HEAD}# Part\n\n[Text](#a%00b).\n", "manuscript.md")
    outcome = bench.export("words", gate=GateLevel.OFF)
    assert outcome.publications[0].code is ExitCode.DONE
    assert "U+0000 was removed" in bench.found()["character-removed"]


def test_a_manuscript_that_is_a_link_to_itself_is_a_sentence(bench: Bench) -> None:
    bench.write("good")
    (bench.input / "circle").mkdir()
    (bench.input / "circle" / "manuscript.md").symlink_to("manuscript.md")
    outcome = bench.export("words")
    assert {one.slug: one.code for one in outcome.publications} == {"circle": ExitCode.SOURCE, "good": ExitCode.DONE}


def test_a_folder_that_may_not_be_read_is_a_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("good")
    closed = bench.write("closed").parent
    list_folder = Path.iterdir

    def refuse(path: Path) -> object:
        # Whoever runs the tests may be allowed to read everything: the system's answer is given here.
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    outcome = bench.export("words")
    assert {one.slug: one.code for one in outcome.publications} == {"closed": ExitCode.SOURCE, "good": ExitCode.DONE}
    assert "The folder cannot be read: Permission denied." in bench.found()["source-unreadable"]


def test_settings_that_are_a_link_out_of_the_folder_are_not_read(bench: Bench) -> None:
    bench.write("good")
    secret = bench.root / "secret.toml"
    secret.write_text('[metadata]\ntitle = "A planted secret"\n', "utf-8")
    (bench.write("hostile").parent / "publication.toml").symlink_to(secret)
    outcome = bench.export("words")
    assert {one.slug: one.code for one in outcome.publications} == {
        "hostile": ExitCode.SETTINGS,
        "good": ExitCode.DONE,
    }
    hostile = next(one for one in outcome.publications if one.slug == "hostile")
    assert "link that leads out of its folder" in str(hostile.findings[0])
    written = [path for folder in (bench.output, bench.store) for path in folder.rglob("*") if path.is_file()]
    assert written
    assert not any(b"planted secret" in path.read_bytes() for path in written)


def test_settings_that_are_a_pipe_stop_their_publication_alone(bench: Bench) -> None:
    bench.write("good")
    os.mkfifo(bench.write("hostile").parent / "publication.toml")
    begin = time.monotonic()
    outcome = bench.export("words")
    assert time.monotonic() - begin < QUICK
    assert {one.slug: one.code for one in outcome.publications} == {
        "hostile": ExitCode.SETTINGS,
        "good": ExitCode.DONE,
    }


def test_pipes_and_links_in_the_output_folder_are_neither_waited_for_nor_read(bench: Bench) -> None:
    bench.write("one")
    bench.export("words")
    secret = bench.root / "secret.json"
    secret.write_text("{}", "utf-8")
    for path in sorted((bench.output / "one").iterdir()):
        path.unlink()
        os.mkfifo(path)
    (bench.output / "index.html").unlink(missing_ok=True)
    os.mkfifo(bench.output / "index.html")
    (bench.output / "linked").mkdir()
    (bench.output / "linked" / "entry.json").symlink_to(secret)
    begin = time.monotonic()
    outcome = bench.export("words")
    assert time.monotonic() - begin < QUICK
    assert outcome.publications[0].code is ExitCode.DONE
    assert (bench.output / "one" / "one.words.txt").is_file()
