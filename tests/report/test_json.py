"""report.json: its shape stays what others have learned to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from exporter.report.complete import complete_report
from exporter.report.model import FORMAT, Report
from tests.report.reports import INSTALLED, arabic, clean, full

GOLDEN = Path(__file__).parent / "golden" / f"report-{FORMAT}.schema.json"


def schema() -> dict[str, Any]:
    return msgspec.json.schema(Report)


def test_the_shape_is_the_one_that_was_agreed(update_golden: bool) -> None:
    """A field may be added (`--update-golden`); one that goes or changes its meaning needs another FORMAT."""
    fresh = json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if update_golden:
        GOLDEN.write_text(fresh, "utf-8")
    assert fresh == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("report", [clean(), full(), arabic()], ids=["clean", "full", "arabic"])
def test_reports_keep_their_schema_and_come_back_as_they_were(report: Report) -> None:
    whole = complete_report(report, None, INSTALLED)
    data = msgspec.json.encode(whole, order="deterministic")
    jsonschema.validators.validator_for(schema())(schema()).validate(json.loads(data))
    assert msgspec.json.decode(data, type=Report) == whole


def test_the_schema_is_one_that_refuses() -> None:
    data = json.loads(msgspec.json.encode(clean()))
    data["editions"][0]["standing"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validators.validator_for(schema())(schema()).validate(data)


def test_an_older_report_without_the_later_fields_is_still_read() -> None:
    later = (
        "published",
        "facts",
        "waived",
        "weighed",
        "rules",
        "content",
        "looks",
        "conformance",
        "publisher",
        "date",
        "contact",
    )
    data = {key: value for key, value in json.loads(msgspec.json.encode(full())).items() if key not in later}
    assert msgspec.json.decode(json.dumps(data), type=Report).slug == "informe"
