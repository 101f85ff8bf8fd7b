from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.findings import Severity
from exporter.transforms import apply
from exporter.validate.lint import RULES, lint
from tests.trees import PUBLICATIONS, examples


@given(PUBLICATIONS)
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
def test_no_tree_makes_it_crash_and_every_finding_can_be_acted_on(publication: m.Publication) -> None:
    for tree in (publication, apply(publication, "slug")):
        found = lint(tree)
        assert found == lint(tree)
        for finding in found:
            assert finding.rule in RULES
            assert finding.message.endswith(".")
            assert finding.advice
        places = [(f.source.file, f.source.line) for f in found if f.source]
        assert places == sorted(places)


def test_an_empty_publication_is_told_all_that_it_lacks() -> None:
    rules = {finding.rule for finding in lint(m.Publication(m.Metadata()))}
    assert rules == {
        "title-missing", "language-missing", "kind-missing", "date-missing", "who-missing", "description-missing",
    }  # fmt: skip


def test_whatever_leaves_people_out_stops_the_export() -> None:
    errors = {rule.id for rule in RULES.values() if rule.severity is Severity.ERROR}
    assert errors == {
        "alt-missing", "alt-file-name", "alt-placeholder", "alt-is-caption", "title-missing", "language-missing",
        "language-invalid", "table-headless", "link-empty", "link-target-missing", "note-empty",
    }  # fmt: skip
