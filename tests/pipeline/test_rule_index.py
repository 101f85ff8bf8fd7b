"""The book of rules is complete."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import exporter
from exporter.config.gate import PROTECTED
from exporter.findings import Rule, Severity
from exporter.pipeline.rule_index import all_rules, manuscript_rules

ROOT = Path(exporter.__file__).parent


def test_every_rule_of_the_exporter_is_in_the_book() -> None:
    makes = re.compile(r"\bRule\(")
    known = all_rules()
    for path in sorted(ROOT.rglob("*.py")):
        # What `exporter verify` finds is in no export.
        if makes.search(path.read_text("utf-8")) and path.parent != ROOT / "service":
            parts = path.relative_to(ROOT.parent).with_suffix("").parts
            module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
            for name, value in vars(module).items():
                if isinstance(value, Rule):
                    assert value.id in known, f"{path}: {name} is not in the book of rules"


def test_rules_of_manuscripts_are_apart_from_those_of_editions() -> None:
    assert {"table-caption", "image-missing", "heading-skipped", "word-changes"} <= set(manuscript_rules())
    assert not {"parity-title", "pdf-standard", "waiver-unused"} & set(manuscript_rules())


def test_the_handbook_has_every_rule_but_those_of_finished_files() -> None:
    handbook = (ROOT.parent / "input" / "handbook" / "manuscript.md").read_text("utf-8")
    of_files = "(audio|brf|chapters|docx|ebraille|epub|html|markup|onix|overlay|parity|pdf|press|video|vtt)-"
    others = [rule for rule in all_rules() if not re.match(of_files, rule)]
    assert [rule for rule in others if f"`{rule}`" not in handbook] == []


def test_every_rule_that_cannot_be_made_lighter_is_an_error() -> None:
    for name in PROTECTED:
        assert all_rules()[name].severity is Severity.ERROR
