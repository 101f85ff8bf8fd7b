"""`exporter verify`: a verdict on any file, and a sentence on any trap."""

from __future__ import annotations

import json
import os
import random
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pikepdf
import pytest

from exporter import service
from exporter.errors import ExitCode, UsageError
from exporter.findings import Rule, Severity
from exporter.service import FileStatus
from exporter.validate import validators
from exporter.validate.validators import ValidationResult, completed
from tests.command_line import run_here
from tests.pipeline.here import InThisProcess
from tests.writers.epub.books import SILENT, Bench, kitchen_sink

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def cli(tmp_path: Path) -> Run:
    """Run the command in a folder."""
    return partial(run_here, tmp_path, "verify")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bench = Bench(tmp_path_factory.mktemp("good"))
    return bench.write(kitchen_sink(bench), options=SILENT)[0]


def bare(path: Path, **info: str) -> Path:
    with pikepdf.new() as file:
        file.add_blank_page()
        for name, value in info.items():
            file.docinfo[f"/{name}"] = value
        file.save(path)
    return path


def test_the_verdict_comes_first_then_what_to_mend_then_what_was_checked(cli: Run, tmp_path: Path) -> None:
    bare(tmp_path / "a.pdf")
    done = cli("a.pdf", "--ours")
    assert done.returncode == ExitCode.FINDINGS
    lines = done.stdout.splitlines()
    assert lines[0].startswith("a.pdf (PDF): ")
    assert " error" in lines[0]
    places = [done.stdout.index(words) for words in ("Problems to fix:", "[pdf-untagged; ", "Checks:")]
    assert places == sorted(places)
    assert "a.pdf: Structure of the PDF: done" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_many_findings_of_one_kind_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    from exporter.cli import verify_output
    from exporter.service import FileVerdict, VerifyResult

    found = tuple(RULE.finding("It does not.", place=f"page {number}") for number in range(9))
    checked = ValidationResult("made-up", "The judge", ran=True, findings=found)
    verify_output.show(VerifyResult((FileVerdict("a.pdf", "PDF", FileStatus.FINDINGS, checks=(checked,)),)))
    printed = capsys.readouterr().out
    assert printed.count("It does not.") == verify_output.SHOWN
    assert "And 6 more like these" in printed
    assert "9 warnings" in printed.splitlines()[0]


def test_a_good_file_has_nothing_to_mend(cli: Run, good: Path) -> None:
    done = cli(str(good), "--ours", "--progress", "none")
    assert done.returncode == ExitCode.DONE, done.stdout
    assert "no problems found. Checked by Structure of the EPUB." in done.stdout
    assert done.stderr == ""


def test_programs_get_one_document(cli: Run, tmp_path: Path, good: Path) -> None:
    bare(tmp_path / "a.pdf")
    (tmp_path / "empty.docx").write_bytes(b"")
    done = cli("a.pdf", "empty.docx", str(good), "--ours", "--json")
    document = json.loads(done.stdout)
    assert done.stderr == ""
    assert document["code"] == done.returncode == ExitCode.SOURCE
    first, second, third = document["files"]
    assert [first["verdict"], second["verdict"], third["verdict"]] == ["findings", "unreadable", "good"]
    assert {"rule", "severity", "message", "check"} <= set(first["findings"][0])
    assert first["counts"]["error"] == sum(each["severity"] == "error" for each in first["findings"])
    assert first["checks"][0]["ran"] is True
    assert "empty" in second["reason"]


def test_a_folder_stands_for_the_files_in_it(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    bare(tmp_path / "folder" / "deep" / "a.pdf")
    (tmp_path / "folder" / "notes.txt").write_text("not for us")
    done = cli("folder", "--ours")
    assert "a.pdf (PDF)" in done.stdout
    assert "notes.txt" not in done.stdout


def test_no_file_and_a_wrong_name_make_no_sense(cli: Run) -> None:
    for arguments in ((), ("nowhere.pdf",)):
        done = cli(*arguments)
        assert done.returncode == ExitCode.USAGE
        assert len(done.stderr.splitlines()) == 1
    with pytest.raises(UsageError):
        service.verify(())


def test_what_a_file_is_decides_and_not_its_name(cli: Run, tmp_path: Path, good: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(good.read_bytes())
    bare(tmp_path / "page.docx")
    done = cli("book.pdf", "page.docx", "--ours")
    assert done.stdout.count("[file-name; ") == 2
    assert "book.pdf (EPUB)" in done.stdout
    assert "page.docx (PDF)" in done.stdout


def test_a_pdf_that_claims_the_press_is_judged_by_it(cli: Run, tmp_path: Path) -> None:
    bare(tmp_path / "a.pdf", GTS_PDFXVersion="PDF/X-4")
    done = cli("a.pdf", "--ours")
    assert "a.pdf (print PDF)" in done.stdout
    assert "press-" in done.stdout
    assert "file-name" not in done.stdout


def bomb(path: Path, entry: str, beside: str = "") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if beside:
            archive.writestr(beside, "<a/>")
        with archive.open(entry, "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)


def stream_bomb(path: Path) -> None:
    packer = zlib.compressobj(9)
    layers = b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(100)), packer.flush()])
    with pikepdf.new() as file:
        file.add_blank_page()
        stream = pikepdf.Stream(file, b"")
        stream.write(zlib.compress(layers, 9), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        file.pages[0].Contents = file.make_indirect(stream)
        file.save(
            path,
            compress_streams=False,
            recompress_flate=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )


def with_password(path: Path) -> None:
    bare(path)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        file.save(path, encryption=pikepdf.Encryption(user="x", owner="y"))


def many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(30_000):
            archive.writestr(str(number), b"")


def laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", f"<!DOCTYPE c [{entities}]><c>&a9;</c>")


HOSTILE: dict[str, Callable[[Path], object]] = {
    "empty.pdf": lambda path: path.write_bytes(b""),
    "empty.m4b": lambda path: path.write_bytes(b""),
    "random.pdf": lambda path: path.write_bytes(random.Random(1).randbytes(5000)),
    "random.epub": lambda path: path.write_bytes(random.Random(2).randbytes(5000)),
    "random.docx": lambda path: path.write_bytes(random.Random(3).randbytes(5000)),
    "random.mp3": lambda path: path.write_bytes(random.Random(4).randbytes(5000)),
    "head.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n"),
    "cut.epub": lambda path: path.write_bytes(b"PK\x03\x04 cut off"),
    "old.docx": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "deep.pdf": lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer<<>>"),
    "password.pdf": with_password,
    "stream.pdf": stream_bomb,
    "bomb.docx": lambda path: bomb(path, "word/document.xml"),
    "bomb.epub": lambda path: bomb(path, "META-INF/container.xml"),
    "many.epub": many,
    "laughs.epub": laughs,
    "notes.txt": lambda path: path.write_text("Words."),
    "folder.pdf": lambda path: path.mkdir(),
    "pipe.pdf": os.mkfifo,
    "loop.pdf": lambda path: path.symlink_to(path),
}


@pytest.mark.proof
def test_each_trap_gets_a_sentence_within_seconds(cli: Run, tmp_path: Path) -> None:
    for name, make in HOSTILE.items():
        make(tmp_path / name)
    begun = time.monotonic()
    done = cli(*HOSTILE, "--ours", "--json")
    assert time.monotonic() - begun < 60
    assert done.returncode == ExitCode.SOURCE
    files = json.loads(done.stdout)["files"]
    assert {each["file"]: each["verdict"] for each in files} == dict.fromkeys(HOSTILE, "unreadable")
    for each in files:
        assert 10 < len(each["sentence"]) < 300, each["sentence"]
        assert "\n" not in each["sentence"]
        assert "Error" not in each["sentence"]


RULE = Rule("made-up", Severity.WARNING, "Something holds.", "Mend it.")


class Outside:
    """Beside our own check, one from outside."""

    NAME = "outside"
    TITLE = "The outsider"
    SUFFIXES = (".epub",)
    EXTERNAL = True

    def __init__(self, body: Callable[[], ValidationResult] | None = None, missing: str = "") -> None:
        self.body = body
        self.gone = missing

    def missing(self) -> str:
        return self.gone

    def version(self) -> str:
        return ""

    def check(self, path: Path) -> ValidationResult:
        return self.body() if self.body else completed(self, ())


def broken() -> ValidationResult:
    raise ValueError("rubbish")


def finding() -> ValidationResult:
    return completed(Outside(), [RULE.finding("It does not.")])


@pytest.mark.parametrize(
    ("outsider", "standing", "code"),
    [
        (Outside(), FileStatus.GOOD, ExitCode.DONE),
        (Outside(missing="It is not installed. Run: make validators"), FileStatus.GOOD, ExitCode.DONE),
        (Outside(finding), FileStatus.FINDINGS, ExitCode.FINDINGS),
        (Outside(broken), FileStatus.GOOD, ExitCode.STEP),
    ],
)
def test_what_a_validator_does_decides_the_exit_code(
    outsider: Outside, standing: FileStatus, code: ExitCode, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [check for check in validators.validators_for(".epub") if not check.EXTERNAL]
    monkeypatch.setattr(validators, "all_validators", lambda java=None: (*ours, outsider))
    (one,) = service.verify((good,), pool=InThisProcess).files
    assert (one.status, one.code) == (standing, code)
    assert one.checks[-1].ran is (outsider.gone == "" and outsider.body is not broken)


def test_a_check_of_ours_behind_one_from_outside_that_is_not_asked_counts(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [check for check in validators.validators_for(".epub") if not check.EXTERNAL]
    monkeypatch.setattr(validators, "all_validators", lambda java=None: (Outside(), ours[-1]))
    (one,) = service.verify((good,), external=False, pool=InThisProcess).files
    assert one.status is FileStatus.GOOD


def test_no_validator_from_outside_is_asked_about_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "head.pdf").write_bytes(b"%PDF-1.7\n")
    (one,) = service.verify((tmp_path / "head.pdf",), pool=InThisProcess).files
    assert one.status is FileStatus.UNREADABLE
    assert len(one.checks) > 1
    assert all(not checked.ran and "was skipped" in checked.reason for checked in one.checks[1:])


def test_the_doctor_names_every_validator_and_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from exporter.validate.external import installed

    def items() -> dict[str, service.Item]:
        return {item.name: item for item in service.doctor() if item.name.startswith("validator ")}

    titles = {f"validator {check.TITLE}" for check in validators.all_validators() if check.EXTERNAL}
    assert set(items()) == titles
    monkeypatch.setattr(installed, "find_spec", lambda _: None)
    monkeypatch.setattr(installed, "npm_file", lambda _: None)
    assert {item.name for item in items().values() if not item.installed} == titles
    assert {item.install for item in items().values()} == {"Run: make validators"}
    assert {item.need for item in items().values()} == {service.Need.SOMETIMES}
