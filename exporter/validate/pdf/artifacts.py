"""Words that are heard and should not be, and words that are not heard and should be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from exporter.findings import Finding, Rule, Severity
from exporter.inspect.pdf import NEW_LINE, Marked, Node, PdfFile
from exporter.inspect.pdf.types import HEADINGS, INLINE, NOTES
from exporter.validate.pdf.locations import letters, location_of, on_page, quote

ARTIFACT = Rule(
    "pdf-text-artifact",
    Severity.ERROR,
    "No words of the text are hidden from reading software as an artifact.",
    "Tag the text; artifacts are for running headers, page numbers and ornament.",
    "ISO 14289-1, 7.1; MP 01-001, 01-002",
)
RUNNING_HEAD = Rule(
    "pdf-running-head",
    Severity.ERROR,
    "Running headers and page numbers are artifacts, so that they do not interrupt sentences.",
    "Mark them as artifacts.",
    "ISO 14289-1, 7.8; MP 18-001",
)
RULES = (ARTIFACT, RUNNING_HEAD)
_LINES = frozenset({"P", "Span", "Link", "Lbl", *HEADINGS})
_EDGES = frozenset({"Header", "Footer"})
"""Artifacts that say they are the head or the foot of a page (ISO 32000-2, table 363)."""
_PARTS = re.compile(r"[,;:·|]+")
WORDS = 12
"""Letters from which an artifact that is said nowhere else counts as text."""
_REPEATED = 0.75
"""Share of the letters of a line that have to be in header cells, so that it repeats them."""
IN_A_ROW = 3
"""Pages with the same words in the same place that make them a running head."""
NEAR = 6
"""Pages within which they have to come again: chapters open without, and left pages differ from right ones."""


def check(file: PdfFile) -> Iterator[Finding]:
    """Yield what is wrong with words."""
    if not file.structure.root.kids:
        return
    yield from _artifacts(file)
    yield from _running_heads(file)


def _artifacts(file: PdfFile) -> Iterator[Finding]:
    tagged = letters("".join(run.text for content in file.contents() for run in content.runs.values()))
    # What is replaced by ActualText is said all the same.
    tagged += letters("".join(node.actual or "" for node in file.structure.root.all()))
    tagged += letters(file.title)
    heads = letters("".join(file.text(node) for node in file.structure.root.all("TH")))
    pages: dict[str, set[int]] = defaultdict(set)
    pages_by_text: dict[tuple[str, float | None], set[int]] = defaultdict(set)
    for index, content in enumerate(file.contents()):
        for artifact in content.artifacts:
            text = _without_digits(artifact.text)
            pages[text].add(index)
            pages_by_text[text, artifact.y and round(artifact.y)].add(index)
    for index, content in enumerate(file.contents()):
        for artifact in content.artifacts:
            text = _without_digits(artifact.text)
            again = len(pages[text]) >= IN_A_ROW or len(pages_by_text[text, artifact.y and round(artifact.y)]) > 1
            # A decorative picture may have words in it.
            is_picture = artifact.type == "Layout" and artifact.is_picture
            if len(text) < WORDS or again or is_picture or artifact.subtype in _EDGES:
                continue
            # Heads of columns that are said again before their values stand in several places of the text.
            is_said = all(letters(part) in tagged for part in _PARTS.split(artifact.text))
            if not is_said and not _repeats(heads, artifact.text):
                message = f"{quote(artifact.text)} is an artifact, and its text is nowhere else."
                yield ARTIFACT.finding(message, place=on_page(index))


def _repeats(heads: str, text: str) -> bool:
    """Whether a line repeats header cells, without their marks of notes and with the signs of their formulas."""
    words = [letters(word) for word in text.split()]
    return sum(len(word) for word in words if _is_in(heads, word)) >= _REPEATED * sum(map(len, words))


def _is_in(heads: str, word: str) -> bool:
    """Whether a word is in header cells, or the end of one and the beginning of another are."""
    return any(word[:index] in heads and word[index:] in heads for index in range(len(word)))


def _without_digits(text: str) -> str:
    return "".join(letter for letter in letters(text) if not letter.isdigit())


def _running_heads(file: PdfFile) -> Iterator[Finding]:
    root = file.structure.root
    owners = {kid: node for node in root.all() for kid in node.kids if isinstance(kid, Marked)}
    everywhere = Counter(letters(file.text(node)) for node in root.all() if node.type in _LINES)
    bookmarks = Counter(letters(bookmark.title) for bookmark in file.bookmarks)
    lines: dict[tuple[str, int, int], list[tuple[int, Node]]] = defaultdict(list)
    for index in range(len(file.pages)):
        for text, x, y, node in _edges(file, index, owners):
            lines[text, round(x), round(y)].append((index, node))
    for (text, *_), repeated in lines.items():
        pages = [page for page, _ in repeated]
        row = any(pages[last + IN_A_ROW - 1] - pages[last] <= NEAR for last in range(len(pages) - IN_A_ROW + 1))
        # A heading that many sections have has as many bookmarks.
        is_heading = bookmarks[letters(text)] >= len(repeated)
        # A speaker's name, say, stands at the edge of some pages and in the middle of more.
        if row and not is_heading and len(repeated) * 2 > everywhere[letters(text)]:
            message = f"{quote(text)} is in the same position on {len(repeated)} pages and is read out on each."
            yield RUNNING_HEAD.finding(message, place=location_of(repeated[0][1]))


def _is_one_line(file: PdfFile, paragraph: Node, y: float) -> bool:
    """Whether a paragraph has no other line; sentences that go on are no running heads."""
    runs = (file.run(marked) for marked in paragraph.contents())
    return all(run.y is None or abs(run.y - y) <= NEW_LINE for run in runs)


def _paragraph(node: Node) -> Node:
    """Return the paragraph around an element."""
    while node.type in INLINE and node.parent is not None:
        node = node.parent
    return node


def _edges(file: PdfFile, index: int, owners: dict[Marked, Node]) -> Iterator[tuple[str, float, float, Node]]:
    """Yield what is in the first and the last tagged line of a page: the words, place and element.

    These are paragraphs, and their long parts: a head may be the title of the whole beside that of a chapter. A short
    part, which in Chinese is a character, may be in the same place by chance.
    """
    content = file.content(index).runs.items()
    runs = [(run.y, run.x or 0.0, key, run.text) for key, run in content if run.y is not None]
    labels = file.page_labels
    own = {str(index + 1), labels[index] if labels and index < len(labels) else ""}
    for y in {max(run[0] for run in runs), min(run[0] for run in runs)} if runs else ():
        read: set[int] = set()
        for height, x, key, text in runs:
            node = owners.get(Marked(index, *key))
            if abs(height - y) > NEW_LINE or node is None or not text.strip():
                continue
            paragraph = _paragraph(node)
            is_placed = node.type == "Caption" or node.within("Table", "TOC", "L", "Caption", *NOTES)
            if is_placed or not _is_one_line(file, paragraph, y):
                continue
            if id(paragraph) in read:
                whole = ""
            else:
                read.add(id(paragraph))
                whole = " ".join(word for word in file.text(paragraph).split() if word not in own) or "(page number)"
                yield whole, x, y, node
            if len(letters(text)) >= WORDS and text.strip() != whole:
                yield text.strip(), x, y, node
