"""The examples of the CommonMark Spec, read by our reader and rendered from the tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.readers.markdown.document import read_text
from exporter.readers.markdown.grammar import parser
from exporter.readers.rules import FindingCollector
from tests.readers.markdown.as_html import normal, render

EXAMPLES = json.loads((Path(__file__).parents[2] / "data/commonmark/spec-0.31.2.json").read_text("utf-8"))

DELIBERATE = {
    "raw HTML blocks become nodes of the tree, or findings": set(range(148, 192)) | {21, 31},
    "raw HTML among words becomes nodes of the tree, or findings": (
        {344, 475, 476, 477, 613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643}
    ),
    "a tag that is never closed is taken out, with a finding": {201, 491, 494, 524, 536},
    "comments are not part of the text": {308, 309},
    "the title of a picture is its caption, which a picture among words cannot have": {579, 587},
    "links lead only where it is safe to go": {598, 599, 601},
}
"""Examples in which we part from the specification, and why."""

APART = set().union(*DELIBERATE.values())


def _agrees(example: dict[str, str]) -> bool:
    report = FindingCollector("spec.md")
    blocks, _ = read_text(example["markdown"], report, flat=True)
    # What is text by the specification and looks like a link, here or elsewhere, is reported, and still agrees.
    found = {finding.rule for finding in report.findings()} - {"link-unreadable", "markup-foreign"}
    return normal(render(blocks)) == normal(example["html"]) and not found


def test_the_specification_has_all_its_examples():
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("section", sorted({example["section"] for example in EXAMPLES}))
def test_every_example_agrees_outside_the_deliberate_extensions(section):
    examples = [example for example in EXAMPLES if example["section"] == section and example["example"] not in APART]
    assert [example["example"] for example in examples if not _agrees(example)] == []


@pytest.mark.parametrize("reason", DELIBERATE)
def test_no_deliberate_difference_is_listed_that_is_none(reason):
    agreeing = [number for number in sorted(DELIBERATE[reason]) if _agrees(EXAMPLES[number - 1])]
    assert agreeing == []


def test_the_count_of_examples_that_agree_is_known():
    assert sum(map(len, DELIBERATE.values())) == len(APART) == 77
    assert len(EXAMPLES) - len(APART) == 575


def test_the_tokens_as_configured_render_as_the_specification_says():
    """Raw HTML included: what the tree does not carry, the grammar still sees as CommonMark does."""
    from exporter.readers.markdown.grammar.parsers import PARSE_STATE, ParseState

    parted = [
        example["example"]
        for example in EXAMPLES
        if normal(parser().render(example["markdown"], {PARSE_STATE: ParseState(FindingCollector("spec.md"))}))
        != normal(example["html"])
    ]
    assert parted == [148, 190, 191]  # an HTML table stays one piece across empty lines
