"""Terminal output: control characters in a manuscript are replaced, and colour is never the only information."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.findings import Finding, Severity
from exporter.installation import shell_command

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def plain(text: str) -> str:
    """Return a text without control characters: a file name may contain any."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


@cache
def console(*, stderr: bool = False) -> Console:
    """Return the console, which respects NO_COLOR and detects terminals."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def print_line(text: str = "", style: str = "") -> None:
    """Print a line."""
    if style and sys.stdout.isatty():
        console().print(plain(text), style=style, soft_wrap=True)
    else:
        sys.stdout.write(plain(text) + "\n")


def print_error(text: str) -> None:
    """Print an error message."""
    sys.stdout.flush()
    sys.stderr.write(f"exporter: {plain(text)}\n")


def line_of(finding: Finding, path: str) -> str:
    """Return a finding as a line that text editors can parse: `file:line: severity: message advice [rule]`."""
    return f"{_prefix(finding, path)}: {_text(finding)} [{finding.rule}]"


def show(finding: Finding, path: str) -> None:
    """Print a finding: on a terminal wrapped at words, elsewhere in one line."""
    if not sys.stdout.isatty():
        print_line(line_of(finding, path))
        return
    print_line(f"{_prefix(finding, path)} [{finding.rule}]", _STYLES[finding.severity])
    for line in textwrap.wrap(
        plain(_text(finding)), min(console().width, 100) - 2, break_long_words=False, break_on_hyphens=False
    ):
        print_line(f"  {line}")


def _prefix(finding: Finding, path: str) -> str:
    source = finding.source
    line = f":{source.line}" if source and source.line else ""
    paragraph = f" ({source.place})" if source and source.place else ""
    where = f"{path}{line}{paragraph}: " if path else ""
    edition = f"{finding.edition}: " if finding.edition else ""
    return f"{where}{edition}{finding.severity}"


def _text(finding: Finding) -> str:
    return " ".join(filter(None, (finding.message, finding.advice)))


def format_counts(findings: Iterable[Finding]) -> str:
    """Return the number of findings by severity, or “no problems found”."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no problems found"


def size_of(size: int) -> str:
    """Return a number of bytes in kB, MB or GB."""
    if size >= 1_000_000_000:
        return f"{size / 1_000_000_000:.1f} GB"
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} bytes"


def time_of(seconds: float) -> str:
    """Return a duration in seconds, minutes or hours."""
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60:02} min"


def command_line(name: str, *paths: Path) -> str:
    """Return a command to copy, quoted for the shell, with the program as the user called it."""
    program, installed = Path(sys.argv[0]), shutil.which("exporter")
    if program.name != "exporter" or (installed and program.exists() and program.samefile(installed)):
        program = Path("exporter")
    elif program.is_relative_to(Path.cwd()):
        program = program.relative_to(Path.cwd())
    return shell_command(str(program), name, *map(str, paths))
