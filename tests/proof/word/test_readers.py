"""The Word edition in other readers: LibreOffice through its PDF/UA, pandoc, mammoth. They find what the tree holds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.inspect.pdf import open_pdf
from tests.proof.built_editions import BuiltEditions
from tests.proof.word import outside
from tests.proof.word.expected import expected, plain


def test_libreoffice_makes_the_same_headings_tables_notes_and_pictures_of_it(
    built: BuiltEditions, slug: str, tmp_path: Path
) -> None:
    want = expected(built.tree(slug))
    with open_pdf(outside.in_libreoffice(built.silent(slug) / f"{slug}.docx", tmp_path)) as file:
        nodes = list(file.structure.root.all())
        found = [(int(node.type[1:]), plain(file.text(node))) for node in nodes if re.fullmatch(r"H\d", node.type)]
        tables = [len(list(node.all("TR"))) for node in nodes if node.type == "Table"]
        notes = sum(node.type == "Note" for node in nodes)
        alts = [plain(node.alt) for node in nodes if node.type == "Figure" and node.alt]
        assert file.tagged
        assert (file.language or "").split("-")[0] == built.tree(slug).metadata.language.split("-")[0]
    assert [squashed(words) for _, words in found] == [squashed(words) for _, words in want.headings]
    assert [level for level, _ in found] == [level for level, _ in want.headings]
    assert sum(tables) >= sum(want.tables)
    assert len(tables) == len(want.tables)
    assert notes == want.notes
    assert [squashed(alt) for alt in alts] == [squashed(alt) for alt in want.alts]


def squashed(text: str) -> str:
    """Return the letters, in order but for scripts from right to left, whose glyphs stand in the order of the page."""
    letters = "".join(text.split())
    return "".join(sorted(letters)) if re.search("[\u0590-\u08ff]", letters) else letters


def test_pandoc_reads_the_same_headings_tables_notes_and_pictures(built: BuiltEditions, slug: str) -> None:
    want = expected(built.tree(slug))
    document = outside.in_pandoc(built.silent(slug) / f"{slug}.docx")
    nodes = list(walk(document["blocks"]))
    found = [(node["c"][0], plain(said(node["c"][2]))) for node in nodes if node.get("t") == "Header"]
    tables = [rows(node) for node in nodes if node.get("t") == "Table"]
    notes = [node for node in nodes if node.get("t") == "Note"]
    alts = [plain(said(node["c"][1])) for node in nodes if node.get("t") == "Image"]
    assert found == want.headings
    assert tables == want.tables
    assert len(notes) == want.notes
    assert [alt for alt in alts if alt] == [plain(alt) for alt in want.alts]
    assert alts.count("") == want.decorative
    assert plain(built.tree(slug).metadata.title) in {
        plain(said(node["c"])) for node in nodes if node.get("t") == "Para"
    }


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        yield from walk(node.get("c"))
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def said(inlines: Any) -> str:
    parts = []
    for node in inlines:
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            parts.append(" ")
        elif kind in {"Code", "Math"}:
            parts.append(content[1])
        elif kind == "Quoted":
            quotes = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            parts.append(quotes[0] + said(content[1]) + quotes[1])
        elif kind in {"Span", "Link"}:
            parts.append(said(content[1]))
        elif kind in {"Emph", "Strong", "Underline", "SmallCaps", "Strikeout", "Superscript", "Subscript"}:
            parts.append(said(content))
    return "".join(parts)


def rows(table: dict[str, Any]) -> int:
    _, _, _, head, bodies, foot = table["c"]
    return len(head[1]) + sum(len(body[2]) + len(body[3]) for body in bodies) + len(foot[1])


def test_mammoth_reads_the_same_headings_tables_notes_and_pictures(built: BuiltEditions, slug: str) -> None:
    want = expected(built.tree(slug))
    page = outside.in_mammoth(built.silent(slug) / f"{slug}.docx")
    found = [
        (int(level), plain(html.unescape(re.sub("<[^>]+>", "", words))))
        for level, words in re.findall(r"<h([1-6])>(.*?)</h\1>", page, re.DOTALL)
    ]
    title = plain(built.tree(slug).metadata.title)
    # mammoth makes headings of the title and of what heads the contents, too.
    found = [each for each in found if each[1] != title]
    assert [each for each in found if each in want.headings] == want.headings
    assert page.count("<table>") == len(want.tables)
    assert page.count("<tr>") == sum(want.tables)
    assert len(set(re.findall(r'<li id="((?:foot|end)note-\d+)"', page))) == want.notes
    alts = [plain(html.unescape(alt)) for alt in re.findall(r'<img alt="(.*?)"', page)]
    assert [alt for alt in alts if alt] == [plain(alt) for alt in want.alts]
