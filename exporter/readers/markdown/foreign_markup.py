"""Markup that other programs replace before readers see it: Hugo, Jekyll, Obsidian, MyST and Quarto."""

from __future__ import annotations

import re

from markdown_it.token import Token

from exporter.findings import quoted
from exporter.readers.markdown.context import Context
from exporter.readers.rules import MARKUP_FOREIGN

_NO_TEXT = "\ufffc"
"""Stands for what is not text: code, links, formulas."""
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARKUP = re.compile(
    "|".join(
        (
            r"\{\{[<%].*?[>%]\}\}",  # shortcodes
            r"\{%.*?%\}|\{\{.*?\}\}",  # tags and variables of templates
            r"!?\[\[[^\[\]\n]+\]\]",  # links and embedded files by name
            r"(?<!\w)%%.+?%%(?!\w)",  # comments
            r"(?<!\S)==(?=\S)[^=\n]+(?<=\S)==",  # highlighted words
            rf"\{{[a-z][\w:-]*\}}{_NO_TEXT}",  # roles before code
            r"(?<![\w@])@(?:fig|tbl|sec|eq|lst)-[\w-]+",
            r"\[-?@(?:[\w:.-]*\d|[\w:.-]+[,;])[^\]\n]*\]",  # citations
        )
    ),
    re.DOTALL,
)

_ENGINES = "r|python|julia|ojs|sql|bash|mermaid|dot|stan|code-cell"
_CELL = re.compile(rf"\{{(?:{_ENGINES})(?:[\s,][^}}]*)?\}}.*", re.IGNORECASE)
_SHOWN = re.compile(r"\{[^}]*\beval\s*=\s*F|^(?:#|%%)\|\s*eval:\s*false\s*$", re.MULTILINE)
"""What is only to be shown: it has no result."""
_INLINE_CELL = re.compile(rf"\{{(?:{_ENGINES})\}} .+")
_INLINE_KNITR = re.compile(r"r .+")
_COMPUTED = (".qmd", ".rmd")
"""Suffixes of files in which code that begins with “r ” is run."""


def is_code_cell(info: str) -> bool:
    """Return whether what follows a code fence is of code that Quarto, R Markdown or MyST run (`{r setup}`)."""
    return _CELL.fullmatch(info) is not None


def has_result(info: str, code: str) -> bool:
    """Return whether such code is run for its result, not only shown (`{r, eval=FALSE}`, `#| eval: false`)."""
    return _SHOWN.search(f"{info}\n{code}") is None


def report_code_cell(written: str, line: int, context: Context) -> None:
    """Report code of which readers are to see the result, which is not in the manuscript."""
    context.report.add(
        MARKUP_FOREIGN,
        line,
        f"The code {quoted(written, 40)} is printed, and not its result.",
        advice="Create Markdown with the results (quarto render FILE --to markdown), and name that file; or delete the "
        "code.",
    )


def report_inline_cell(code: str, line: int, context: Context) -> None:
    """Report code in a paragraph that Quarto or R Markdown replaces by its result (`r nrow(data)`)."""
    is_knitr = context.report.file.lower().endswith(_COMPUTED) and _INLINE_KNITR.fullmatch(code)
    if is_knitr or _INLINE_CELL.fullmatch(code):
        report_code_cell(code, line, context)


def report_foreign_markup(token: Token, line: int, context: Context) -> None:
    """Report markup in the text of an `inline` token that no edition can replace, so that it would be printed."""
    if not any(mark in token.content for mark in ("{", "[[", "%%", "==", "@")):
        return
    text = "".join(_written(child) for child in token.children or ())
    source = _ESCAPE.sub(_NO_TEXT, token.content)
    for match in _MARKUP.finditer(text):
        if match[0][:3] not in source:
            continue
        written = match[0].removesuffix(_NO_TEXT)
        message = f"Markup of another program: {quoted(written, 60)} is printed as it is."
        context.report.add(MARKUP_FOREIGN, line + text.count("\n", 0, match.start()), message)


def _written(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type == "text" else _NO_TEXT
