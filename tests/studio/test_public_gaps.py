"""What the page for readers says about gaps is said before it is published, with where each can be fixed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter import service
from exporter.config import GateLevel
from exporter.errors import ExitCode
from exporter.findings import Finding, Severity
from exporter.report.model import FORMAT, EditionReport, EditionStatus, Report
from exporter.service import Request
from exporter.service.outcome import Outcome, OutputFile, PublicationOutcome
from exporter.studio.database import Task
from tests.studio.conftest import Opened
from tests.studio.test_flow import checked

SPANISH = "Los vecinos de las islas dijeron que el agua no llega a sus casas desde el mes de marzo."
MANUSCRIPT = f"---\ntitle: A\nlang: en\nkind: report\nauthors: [Ana]\n---\n\n# C\n\n{SPANISH}\n"


@pytest.mark.parametrize(
    ("gap", "edition", "expected"),
    [
        (
            ("markup-language-passage", "It seems to be in “es”."),
            "html",
            "Some passages in another language may be read aloud with a wrong pronunciation.</q> "
            '<a href="{address}#warning-language-unmarked">Fix it in the manuscript</a>',
        ),
        (
            ("not-carried", "Part of it is left out."),
            "html",
            "Some of the content may be missing here; another edition has it.</q> "
            '<a href="{address}/read?finding={number}#here">See the place</a>',
        ),
        (("not-carried", "Part of it is left out."), "epub", "The page for your readers names no gaps."),
        (("markup-fonts", "A font is missing."), "html", "The page for your readers names no gaps."),
    ],
)
def test_known_gaps_are_said_before_publication_with_where_they_are_fixed(
    gap: tuple[str, str], edition: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "input" / "water"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(MANUSCRIPT, "utf-8")
    opened = Opened(tmp_path / "own", tmp_path / "input", published=tmp_path / "output")
    browser = opened.browser()
    address = checked(browser, browser.post("/open", data={"slug": "water"}).headers["location"])
    publication = opened.workspace.database.publication(address.rpartition("/")[2])
    assert publication is not None
    findings = publication.all_findings
    (unmarked,) = [finding for finding in findings if finding.rule == "language-unmarked"]
    rule, message = gap
    findings += (Finding(rule, Severity.WARNING, message, "", source=unmarked.source, edition=edition),)

    def export(request: Request, *_: object) -> Outcome:
        file = request.output / "water" / "water.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"edition")
        made = EditionReport("html", file.name, EditionStatus.MADE)
        report = Report(FORMAT, "", "water", "", "", "en", "", GateLevel.ERROR, (made,), (), findings, {})
        file.with_name("report.json").write_bytes(msgspec.json.encode(report))
        files = (OutputFile(str(file), 7, changed=True, is_edition=True),)
        return Outcome((PublicationOutcome("water", "water", ExitCode.DONE, findings, files, tree=publication.tree),))

    monkeypatch.setattr(service, "export", export)
    browser.post(f"{address}/editions", data={"edition": ["html"]})
    job = opened.workspace.database.last_job(publication.id, Task.EXPORT)
    assert job is not None
    opened.jobs.wait(job.id, 60)
    before, button, _ = browser.get(f"{address}/editions").text.partition("Publish these editions")
    assert button
    assert expected.format(address=address, number=len(findings) - 1) in before
    if "#" in expected:
        assert 'id="warning-language-unmarked"' in browser.get(address).text
    opened.jobs.close()
