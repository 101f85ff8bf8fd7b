"""Planted defects before all judges: our own rules find every one, the others some."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from exporter.validate import docx as rules
from exporter.writers import docx
from tests.proof.word import outside
from tests.validate.docx.planted import DEFECTS, plant
from tests.write_context import Pictures, write_context
from tests.writers.docx import kitchen_sink as kitchen


@pytest.fixture
def good(tmp_path: Path) -> Path:
    publication = kitchen.tidy(kitchen.publication(Pictures(tmp_path / "pictures")))
    options = docx.Options(page_numbers=docx.PageNumbers.NEVER)
    docx.write(publication, write_context(tmp_path), options, tmp_path / "good.docx")
    return tmp_path / "good.docx"


def test_our_rules_find_every_defect_and_the_table_says_who_else_does(good: Path, tmp_path: Path) -> None:
    assert outside.sdk(good) == outside.openxml_audit(good) == list(rules.check(good)) == []
    judges = {
        "ours": lambda path, rule: rule in {finding.rule for finding in rules.check(path)},
        "Open XML SDK": lambda path, _: bool(outside.sdk(path)),
        "openxml-audit": lambda path, _: bool(outside.openxml_audit(path)),
    }
    table = Table("defect", "rule", *judges)
    found: dict[str, list[str]] = {judge: [] for judge in judges}
    for defect in DEFECTS:
        path = plant(good, defect, tmp_path / "bad.docx")
        verdicts = {judge: look(path, defect.rule) for judge, look in judges.items()}
        for judge, seen in verdicts.items():
            found[judge] += [defect.name] * seen
        table.add_row(defect.name, defect.rule, *("found" if seen else "" for seen in verdicts.values()))
    table.add_section()
    table.add_row(f"{len(DEFECTS)} defects", "", *(str(len(each)) for each in found.values()))
    Console(width=120).print(table)
    assert found["ours"] == [defect.name for defect in DEFECTS]
    assert len(found["Open XML SDK"]) < len(DEFECTS)
