"""Words that are heard and should not be, and words that are not heard and should be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import NEW_LINE, Marked, Node, PdfFile
from exporter.inspect.pdf.types import HEADINGS
from exporter.validate.pdf.places import letters, on_page, place, quote

ARTIFACT = Rule(
    "pdf-text-artifact",
    Severity.ERROR,
    "No words of the text are hidden from reading software as an artifact.",
    "Tag the words; artifacts are for running heads, page numbers and ornament.",
    "ISO 14289-1, 7.1; MP 01-001, 01-002",
)
RUNNING_HEAD = Rule(
    "pdf-running-head",
    Severity.ERROR,
    "Running heads and page numbers are artifacts, so that no sentence is torn by them.",
    "Mark them as artifacts.",
    "ISO 14289-1, 7.8; MP 18-001",
)
RULES = (ARTIFACT, RUNNING_HEAD)
_LINES = frozenset({"P", "Span", "Lbl", *HEADINGS})
_PARTS = re.compile(r"[,;:·|]+")
WORDS = 12
"""Letters from which an artifact that is said nowhere else counts as text."""
IN_A_ROW = 3
"""Pages with the same first or last line that make it a running head."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Give what is wrong with words."""
    if not file.structure.root.kids:
        return
    yield from _artifacts(file)
    yield from _running_heads(file)


def _artifacts(file: PdfFile) -> Iterator[Finding]:
    tagged = letters("".join(run.text for content in file.contents() for run in content.runs.values()))
    # What is replaced by ActualText is said all the same.
    tagged += letters("".join(node.actual or "" for node in file.structure.root.all()))
    tagged += letters(file.title)
    pages: dict[str, set[int]] = defaultdict(set)
    for index, content in enumerate(file.contents()):
        for artifact in content.artifacts:
            pages[_without_digits(artifact.text)].add(index)
    for index, content in enumerate(file.contents()):
        for artifact in content.artifacts:
            said = _without_digits(artifact.text)
            if len(said) < WORDS or len(pages[said]) >= IN_A_ROW:
                continue
            # Heads of columns that are said again before their values stand in several places of the text.
            if not all(letters(part) in tagged for part in _PARTS.split(artifact.text)):
                message = f"{quote(artifact.text)} is an artifact and is said nowhere else."
                yield ARTIFACT.finding(message, place=on_page(index))


def _without_digits(text: str) -> str:
    return "".join(each for each in letters(text) if not each.isdigit())


def _running_heads(file: PdfFile) -> Iterator[Finding]:
    root = file.structure.root
    owners = {kid: node for node in root.all() for kid in node.kids if isinstance(kid, Marked)}
    everywhere = Counter(letters(file.text(node)) for node in root.all() if node.type in _LINES)
    for edge in (max, min):
        lines: list[tuple[str, float, Node | None]] = []
        for index in range(len(file.pages)):
            lines.append(_edge(file, index, edge is max, owners))
        seen: Counter[tuple[str, int]] = Counter()
        for index, (text, y, node) in enumerate(lines):
            near = [each for each in lines[max(0, index - 4) : index + 5] if each[0] == text and abs(each[1] - y) < 1]
            key = (text, round(y))
            if node is None or len(near) < IN_A_ROW or seen[key]:
                continue
            seen[key] += 1
            here = sum(1 for each in lines if each[0] == text and abs(each[1] - y) < 1)
            # A speaker's name, say, stands at the edge of some pages and in the middle of more.
            if here * 2 <= everywhere[letters(text)]:
                continue
            message = f"{quote(text)} stands in the same place on page after page and is read out on each."
            yield RUNNING_HEAD.finding(message, place=place(node))


def _edge(file: PdfFile, index: int, top: bool, owners: dict[Marked, Node]) -> tuple[str, float, Node | None]:
    """Give the first or last tagged line of a page, without the number of the page, and its element."""
    runs = [(run.y, run.x or 0, key, run.text) for key, run in file.content(index).runs.items() if run.y is not None]
    if not runs:
        return "", 0, None
    y = (max if top else min)(run[0] for run in runs)
    line = sorted(run[1:] for run in runs if abs(run[0] - y) < NEW_LINE)
    found = [owners.get(Marked(index, *key)) for _, key, _ in line]
    node = next((each for each in found if each is not None), None)
    if node is None or node.within("Table", "TOC", "L") or node.type in {"TD", "TH"}:
        return "", 0, None
    labels = file.page_labels
    own = {str(index + 1), labels[index] if labels and index < len(labels) else ""}
    words = [word for word in " ".join(text for *_, text in line).split() if word not in own]
    return " ".join(words) or "(page number)", y, node
