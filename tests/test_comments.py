"""`--comments`: the copy of a Word manuscript with the findings as comments, and how people work with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx as python_docx
import pytest

from exporter import service
from exporter.cli import summary
from exporter.config import PUBLICATION_FILE
from exporter.errors import ExitCode
from exporter.pipeline.events import AnyEvent, Notice, Published
from exporter.service import Outcome, Request
from tests.pipeline.here import InThisProcess
from tests.readers.docx.files import p, package, picture, zipped

BODY = (
    p("The title", "Title")
    + p("One", "Heading1")
    + p("Text.")
    + p(picture('descr=""'))
    + p("Figure 1: A map", "Caption")
)
SETTINGS = '[metadata]\nkind = "report"\ndate = 2026-03-01\npublisher = "P"\ndescription = "What it says."\n'


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One store for all: most check the same manuscript."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_STORE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture
def manuscript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a Word manuscript that has one error."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    path = Path("in", "report.docx")
    path.write_bytes(package(BODY))
    path.with_name(PUBLICATION_FILE).write_text(SETTINGS, "utf-8")
    return path


def check(source: Path, events: list[AnyEvent] | None = None, **options: object) -> Outcome:
    listener = (lambda _: None) if events is None else events.append
    request = Request(sources=(source,), comments=True, **options)  # type: ignore[arg-type]
    return service.check(request, listener, InThisProcess)


def comments(path: Path) -> list[str]:
    return [comment.text for comment in python_docx.Document(str(path)).comments if comment.author == "exporter"]


def test_each_finding_is_a_comment_in_a_copy_beside_the_manuscript(manuscript: Path) -> None:
    original = manuscript.read_bytes()
    events: list[AnyEvent] = []
    (publication,) = check(manuscript, events).publications
    copy = manuscript.with_name("report-checked.docx")
    assert publication.code is ExitCode.FINDINGS
    assert publication.checked_copy is not None
    assert (publication.checked_copy.path, publication.checked_copy.comments) == (copy, len(publication.findings))
    assert [str(finding.source) for finding in publication.findings] == [
        "report.docx (under “One”, picture beside “Figure 1: A map”)"
    ]
    assert comments(copy) == [
        "Error: The picture has no alt text.\nWhat to do: Right click the picture, View Alt Text, and "
        "write what it shows; or mark it as decorative if it carries no information. [alt-missing]"
    ]
    assert manuscript.read_bytes() == original
    assert str(copy) in [event.file for event in events if isinstance(event, Published)]


def test_corrections_are_made_in_the_copy_and_checked_there(manuscript: Path) -> None:
    check(manuscript)
    copy = manuscript.with_name("report-checked.docx")
    corrected = rewritten(copy, b'descr=""', b'descr="A map of the coast"')
    copy.write_bytes(corrected)
    (publication,) = check(copy).publications
    assert (publication.slug, publication.findings, publication.code) == ("report", (), ExitCode.DONE)
    assert comments(copy) == []
    assert b"A map of the coast" in part_of(copy.read_bytes(), "word/document.xml")


def test_a_copy_that_somebody_has_changed_is_not_replaced(manuscript: Path) -> None:
    check(manuscript)
    copy = manuscript.with_name("report-checked.docx")
    check(manuscript)
    corrected = rewritten(copy, b"Text.", b"Better text.")
    copy.write_bytes(corrected)
    (publication,) = check(manuscript).publications
    assert publication.code is ExitCode.OUTPUT
    assert "it has been changed since exporter wrote it" in publication.findings[0].message
    assert copy.read_bytes() == corrected


def test_a_copy_without_an_end_is_one_that_has_been_changed(manuscript: Path) -> None:
    with manuscript.with_name("report-checked.docx").open("wb") as file:
        file.truncate(10**11)
    (publication,) = check(manuscript).publications
    assert "it has been changed since exporter wrote it" in publication.findings[0].message


def test_a_copy_that_is_open_in_a_word_processor_is_not_replaced(manuscript: Path) -> None:
    manuscript.with_name("~$port-checked.docx").touch()
    (publication,) = check(manuscript).publications
    assert publication.code is ExitCode.OUTPUT
    assert "is open in a word processor" in publication.findings[0].message
    assert not manuscript.with_name("report-checked.docx").exists()


def test_the_copy_is_not_another_manuscript_of_the_folder(manuscript: Path) -> None:
    check(manuscript)
    events: list[AnyEvent] = []
    (publication,) = check(manuscript.parent, events).publications
    assert (publication.slug, publication.shown) == ("in", str(manuscript))
    assert not [event for event in events if isinstance(event, Notice)]
    copy = manuscript.with_name("report-checked.docx")
    copy.write_bytes(rewritten(copy, b"Text.", b"Better text."))
    check(manuscript.parent, events)
    (notice,) = [event.message for event in events if isinstance(event, Notice)]
    assert "report-checked.docx" in notice


def test_the_copy_can_be_put_elsewhere(manuscript: Path) -> None:
    (publication,) = check(manuscript, output=Path("o"), comments_folder=Path("o")).publications
    assert publication.report == Path("o", "report", "check.html")
    assert publication.checked_copy is not None
    assert publication.checked_copy.path == Path("o", "report", "report-checked.docx")
    assert publication.checked_copy.path.is_file()
    assert not manuscript.with_name("report-checked.docx").exists()


def test_an_export_that_is_stopped_writes_it_too(manuscript: Path) -> None:
    request = Request(sources=(manuscript,), output=Path("o"), editions=("chapters",), comments=True)
    (publication,) = service.export(request, lambda _: None, InThisProcess).publications
    assert publication.code is ExitCode.FINDINGS
    assert len(comments(manuscript.with_name("report-checked.docx"))) == 1


def test_findings_in_settings_name_their_file(manuscript: Path) -> None:
    settings = manuscript.with_name(PUBLICATION_FILE)
    waiver = '[[gate.waivers]]\nrule = "alt-missing"\nreason = "r"\nuntil = 2026-01-01\n'
    settings.write_text(SETTINGS + waiver, "utf-8")
    check(manuscript)
    assert any("Error: publication.toml" in text for text in comments(manuscript.with_name("report-checked.docx")))


def test_other_manuscripts_cannot_have_comments(manuscript: Path) -> None:
    page = manuscript.with_name("page.md")
    page.write_text("---\ntitle: T\n---\n\nText.\n", "utf-8")
    events: list[AnyEvent] = []
    (publication,) = check(page, events).publications
    assert publication.checked_copy is None
    (notice,) = [event.message for event in events if isinstance(event, Notice)]
    assert notice == (
        f"No comments were written for “{page}”. It is not a Word file. Save it as one: .docx, .docm, .dotx, .dotm."
    )


def test_the_last_lines_name_the_copy_or_the_command_that_writes_it(
    manuscript: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary.checked(service.check(Request(sources=(manuscript,)), lambda _: None, InThisProcess))
    command = f"exporter check {manuscript} --comments"
    assert capsys.readouterr().out.splitlines()[-1] == f"  To read them as comments in Word: {command}"
    summary.checked(check(manuscript))
    assert capsys.readouterr().out.splitlines()[-1] == f"  Comments: {Path('in', 'report-checked.docx')} (1 comment)"


def test_pictures_that_findings_are_about_are_in_the_report(manuscript: Path) -> None:
    (publication,) = check(manuscript).publications
    assert publication.report is not None
    page = publication.report.read_text("utf-8")
    assert page.count('<img class="thumbnail" src="data:image/jpeg;base64,') == 1
    assert 'alt="Under “One”, picture beside “Figure 1: A map”"' in page


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def rewritten(path: Path, old: bytes, new: bytes) -> bytes:
    """Return a Word file with other words in its text, as if somebody had corrected it."""
    with zipfile.ZipFile(path) as archive:
        return zipped({name: archive.read(name).replace(old, new) for name in archive.namelist()})
