"""Every rule has a manuscript that breaks it and one that keeps it; see README.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.findings import Finding, Rule
from exporter.images import RULES as IMAGE_RULES
from exporter.images import collect
from exporter.model.serialisation import decode
from exporter.pipeline.registry import discover, styles_of
from exporter.readers import rules as reader_rules
from exporter.readers.docx import rules as word_rules
from exporter.transforms import apply
from exporter.validate.lint import RULES as LINT_RULES
from exporter.validate.lint import compare_translation, lint
from tests.write_context import LANGUAGES, STYLES

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/in"))
READERS = {suffix: one.reader for one in discover().formats for suffix in one.reader.SUFFIXES}
READER_RULES = {
    rule.id: rule for module in (reader_rules, word_rules) for rule in vars(module).values() if isinstance(rule, Rule)
}
ALL_RULES = READER_RULES | IMAGE_RULES | LINT_RULES


def findings(folder: Path, stem: str) -> list[Finding]:
    tree = folder / "tree.json"
    if stem == "manuscript" and tree.is_file():
        publication = apply(decode(tree.read_bytes()), "rule")
        return list(lint(publication))
    path = next(path for path in folder.glob(f"{stem}.*") if path.suffix in READERS)
    reader = READERS[path.suffix]
    given = {"styles": STYLES} if styles_of(reader) else {}
    read = reader.read(path.read_bytes(), path.name, **given)
    gathered = collect(apply(read.publication, "rule"), folder, read.media)
    found = [*read.findings, *gathered.findings, *lint(gathered.publication, read.invalid_keys, labelled=LANGUAGES)]
    original = folder / "original.md"
    if original.is_file():
        source = reader.read(original.read_bytes(), original.name, **given)
        found += compare_translation(gathered.publication, apply(source.publication, "original"), "original")
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_a_manuscript_that_breaks_the_rule_is_told_so(name: str, update_golden: bool) -> None:
    found = findings(HERE / name / "in", "manuscript")
    said = "".join(f"{finding}\n" for finding in found)
    golden = HERE / name / "golden" / "findings.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")
    assert name in {finding.rule for finding in found}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_manuscript_that_keeps_the_rule_is_left_in_peace(name: str) -> None:
    assert [str(finding) for finding in findings(HERE / name / "in", "good")] == []


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert set(FOLDERS) == set(ALL_RULES)


def test_no_two_rules_share_a_name() -> None:
    assert len(ALL_RULES) == len(READER_RULES) + len(IMAGE_RULES) + len(LINT_RULES)


@pytest.mark.parametrize("rule", ALL_RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_must_hold_and_what_to_do(rule: Rule) -> None:
    assert rule.sentence.endswith(".")
    assert rule.advice.endswith(".")
    assert rule.id == rule.id.lower().replace(" ", "-").replace("_", "-")
