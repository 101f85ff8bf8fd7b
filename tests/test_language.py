"""The language of the code: the field's terms, docstrings in the imperative, one meaning for each module name."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import exporter

ROOT = Path(exporter.__file__).parent

FIRST_WORDS = re.compile(r"(Give|Gives|Say|Says|Look at|Take|Put|Let|Judge|Tell|Tells|Lay|See that|Hear|Hold)\b")
"""Words with which a docstring of a function does not begin: Return, Yield, Read, Write, Check … say what happens."""
QUESTIONS = re.compile(r"(What|How|Which|Whether|From|Where|When|Who)\b")
"""Words with which the docstring of a module or class does not begin: it names a thing."""
PROSE = re.compile(
    r"""\b(
        houses?(?!\.toml)
        | rooms? | walls? | tapes? | desks? | shelf | shelves | sleeves? | leash | crumbs | neighbours?
        | judg(?:e|es|ed|ing) | mend(?:s|ed|ing)? | anew | somebody | whoever | whatever\ is | blanks? | lettering
        | typefaces? | complaints? | twins? | rulings? | works?\ on\ its\ way
        | is\ no\ more | stands\ (?:in|beside|there|under) | bears? | leans?\ on | keeps?\ (?:it\ )?in | lets?\ out
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that are metaphors, or that the field has another term for."""
NAMES = {
    "one",
    "each",
    "told",
    "said",
    "found",
    "made",
    "kept",
    "met",
    "have",
    "want",
    "house",
    "work",
    "works",
    "judge",
    "judges",
    "room",
    "shelf",
    "mets",
    "survey",
    "workshop",
    "place",
    "places",
    "heard",
    "amounts",
    "amount",
    "standing",
}
"""Names that say nothing of what they hold."""
SERIALISED = {
    ("findings.py", "place"),
    ("node.py", "place"),
    ("publication.py", "place"),
    ("metadata.py", "place"),
    ("model.py", "standing"),
    ("model.py", "amount"),
    ("model.py", "places"),
    ("counts_table.py", "amount"),
}
"""Names that stand in the JSON of the tree or of the report, or in settings, so cannot change."""
_SUBJECTS = """
    abbreviations accessibility addresses archive asides attributes block blocks book braille captions catalogue
    claims collector colours content context contrast cover daisy design directions document documents drawings
    elements epub errors expected export extraction fences fields figures files fonts formatting formulas
    front_matter gate headings html images inline inlines languages libreoffice limits links listing lists locations
    markup metadata motion mp4 navigation normalise notes numbering options package page paragraphs parse passages paths
    pictures placed_sounds preformatted prepare progress properties publication recording report roles rules runs
    sections serialisation settings sidecars sound source stacked_tables structure structured_data styles
    stylesheets symbols tables tags text theme timing title_block toc transcript transcripts unknown_markup verapdf
    worker xml
"""
SUBJECTS = frozenset(_SUBJECTS.split())
"""Names of several modules: in each it is the same subject, for another format or layer."""


class Violation(NamedTuple):
    """A place in the code that the rules of language forbid."""

    path: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT.parent)}:{self.line}: {self.kind}: {self.text}"


def violations(path: Path) -> Iterator[Violation]:
    """Yield what `path` contains against these rules, serialised names excepted."""
    for violation in _violations(path):
        if (path.name, violation.text) not in SERIALISED:
            yield violation


def _violations(path: Path) -> Iterator[Violation]:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node) or ""
            line = node.body[0].lineno if node.body else 1
            forbidden = FIRST_WORDS if isinstance(node, ast.FunctionDef) else QUESTIONS
            if forbidden.match(text):
                yield Violation(path, line, "first word", text.splitlines()[0])
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in NAMES:
            yield Violation(path, node.lineno, "name", node.id)
        if isinstance(node, ast.arg) and node.arg in NAMES:
            yield Violation(path, node.lineno, "name", node.arg)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.strip("_") in NAMES:
            yield Violation(path, node.lineno, "name", node.name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            for found in PROSE.finditer(node.value):
                yield Violation(path, node.lineno, "word", f"{found[0]}: {_around(node.value, found)}")
    # Most files have no such word anywhere, and tokens take the most time.
    tokens = tokenize.generate_tokens(io.StringIO(source).readline) if PROSE.search(source) else ()
    for token in tokens:
        if token.type == tokenize.COMMENT:
            for found in PROSE.finditer(token.string):
                yield Violation(path, token.start[0], "word", f"{found[0]}: {token.string}")


def _around(text: str, match: re.Match[str]) -> str:
    return " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())


def test_the_code_keeps_to_the_terms_of_the_field() -> None:
    assert [str(violation) for path in sorted(ROOT.rglob("*.py")) for violation in violations(path)] == []


def test_a_module_name_that_recurs_is_the_same_subject_for_another_format() -> None:
    modules = Counter(path.stem for path in ROOT.rglob("*.py") if path.stem != "__init__")
    assert {name for name, count in modules.items() if count > 1} - SUBJECTS == set()


def test_violations_are_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        '"""What a house is."""\n\ndef f(place):\n    """Give it back."""\n'
        "    for one in place:  # whoever it is\n        yield 'mend this'\n"
    )
    assert {(violation.kind, violation.line) for violation in violations(path)} == {
        ("first word", 1),
        ("word", 1),
        ("first word", 4),
        ("name", 3),
        ("name", 5),
        ("word", 6),
        ("word", 5),
    }


def test_every_path_in_the_architecture_page_exists() -> None:
    text = (ROOT.parent / "CONTRIBUTING.md").read_text("utf-8")
    paths = set(re.findall(r"`((?:exporter|styles|tests)/[^`<{ ]*)`", text))
    assert len(paths) > 40
    assert [path for path in sorted(paths) if not (ROOT.parent / path).exists()] == []


if __name__ == "__main__":
    for argument in sys.argv[1:] or [str(ROOT)]:
        base = Path(argument).resolve()
        for file in sorted(base.rglob("*.py") if base.is_dir() else [base]):
            sys.stdout.writelines(f"{violation}\n" for violation in violations(file))
