"""Rules for files of braille pages, BRF and PEF (BANA Braille Formats 2016, 1; PEF 1.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from exporter.braille import files
from exporter.braille.liblouis import SPACE
from exporter.findings import Finding, Rule, Severity
from exporter.inspect.xml import parse
from exporter.validate.validators import limit_repeats

UNREADABLE = Rule(
    "brf-unreadable",
    Severity.ERROR,
    "A BRF file is in ASCII braille, a PEF file in XML.",
    "Write the file again; editors that save UTF-8 or other line ends damage it.",
    "PEF 1.0",
)
NAME = Rule(
    "brf-name",
    Severity.WARNING,
    "The name of a braille file says code, grade and size of the page, which the file itself cannot say.",
    "Give it its name back, such as report-en-ueb-g2-40x25.brf.",
)
CHARACTER = Rule(
    "brf-character",
    Severity.ERROR,
    "A braille file contains only cells of six dots, spaces and line ends.",
    "Write the file again.",
    "PEF 1.0",
)
LINE = Rule(
    "brf-line",
    Severity.ERROR,
    "No line has more cells than the page is wide.",
    "Export with the cells of the embosser or display.",
    "BANA Braille Formats 1.1",
)
PAGE = Rule(
    "brf-page",
    Severity.ERROR,
    "No page has more lines than the embosser has.",
    "Export with the lines of the embosser.",
    "BANA Braille Formats 1.1",
)
END = Rule(
    "brf-end",
    Severity.ERROR,
    "Lines end with CR LF, pages with a form feed.",
    "Write the file again; editors that change line ends damage it.",
)
NUMBER = Rule(
    "brf-number",
    Severity.ERROR,
    "Every page has its own number at the right of its last line.",
    "Write the file again.",
    "BANA Braille Formats 1.12",
)
STRUCTURE = Rule(
    "brf-structure",
    Severity.ERROR,
    "A PEF file states format, identifier and size of the pages, and consists of volumes, sections, pages and rows.",
    "Write the file again.",
    "PEF 1.0",
)
CONTENTS = Rule(
    "brf-contents",
    Severity.ERROR,
    "Every line of the contents names the page with its heading.",
    "Write the file again.",
    "BANA Braille Formats 2.10",
)
RULES = (UNREADABLE, NAME, CHARACTER, LINE, PAGE, END, NUMBER, CONTENTS, STRUCTURE)
_SCHEMA = Path(__file__).with_name("pef.rng")
MAX_BYTES = 50_000_000
_CELLS = re.compile("[\u2800-\u283f]*")
_NUMBER_SIGN = "⠼"
_DIGITS = "⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊"
_ENTRY = re.compile(
    f"{SPACE}*(?P<words>[^{SPACE}](?:.*[^{SPACE}⠐])?)(?:{SPACE}+⠐{{2,}}{SPACE}+|{SPACE}{{2,}})"
    f"(?P<number>{_NUMBER_SIGN}[^{SPACE}]+)"
)
"""The last line of an entry of the contents, with leaders unless it is too long (BANA Braille Formats 2.10)."""
_CAPITALS = "⠠⠄|⠠"
"""Signs of capitals: those of three words or more differ where a note is between them."""
_NOTES = r"[^\0]{0,12}?"
"""Cells of references to notes, and the end of a line, between two words of a heading."""
_LONE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def check(path: Path) -> tuple[Finding, ...]:
    """Check a braille file."""
    if path.stat().st_size > MAX_BYTES:
        return (UNREADABLE.finding(f"The file is too large: the limit is {MAX_BYTES // 1_000_000} MB."),)
    try:
        pages = files.read_pages(path)
    except (ValueError, etree.XMLSyntaxError) as error:
        return (UNREADABLE.finding(f"The file cannot be read: {str(error).rstrip('.')}."),)
    if not pages:
        return (UNREADABLE.finding("The file has no pages."),)
    findings = [*_name_and_ends(path), *_pages(path, pages)]
    if named := files.read_name(path.name):
        findings += _contents(pages, named.code.continuation)
    return tuple(limit_repeats(findings))


def _name_and_ends(path: Path) -> Iterator[Finding]:
    if files.read_name(path.name) is None:
        yield NAME.finding(f"“{path.name}” does not say code, grade and size of the page.")
    data = path.read_bytes()
    if data.lstrip().startswith(b"<"):
        schema = etree.RelaxNG(etree.parse(_SCHEMA))
        schema.validate(parse(data))
        yield from (STRUCTURE.finding(f"{error.message}.", place=f"line {error.line}") for error in schema.error_log)
        return
    if lone := len(_LONE_END.findall(data)):
        yield END.finding(f"{lone} line ends are not CR LF.")
    if not data.rstrip(b"\x1a").endswith(b"\f"):
        yield END.finding("The last page does not end with a form feed.")


def _pages(path: Path, pages: list[list[str]]) -> Iterator[Finding]:
    named = files.read_name(path.name)
    # Files of others are as large as they are, and have their numbers elsewhere.
    width = named.cells if named else max(len(line) for page in pages for line in page)
    height = named.lines if named else max(map(len, pages))
    seen: dict[str, int] = {}
    last: dict[bool, int] = {}
    """Number of the last page, of title pages and contents, and of the text."""
    # Volumes have title pages of their own, whose numbers begin again.
    volume = 0
    for index, page in enumerate(pages, 1):
        location = f"page {index}"
        if len(page) > height:
            yield PAGE.finding(f"{len(page)} lines; the page has {height}.", place=location)
        for line_number, line in enumerate(page, 1):
            where = f"{location}, line {line_number}"
            if len(line) > width:
                yield LINE.finding(f"{len(line)} cells; the line has {width}.", place=where)
            if not _CELLS.fullmatch(line):
                odd = next(character for character in line if not _CELLS.fullmatch(character))
                yield CHARACTER.finding(f"U+{ord(odd):04X} is no cell of six dots.", place=where)
        if named is None:
            continue
        number = page[-1].lstrip(SPACE) if len(page) == height else ""
        if not number or SPACE in number or len(page[-1]) != width:
            yield NUMBER.finding("The last line has no number of the page.", place=location)
            continue
        is_preliminary = number.startswith(files.PRELIMINARY)
        volume += is_preliminary and index > 1 and not _is_preliminary(pages[index - 2])
        key = f"{volume} {number}" if is_preliminary else number
        value = _value(number)
        expected = 1 if is_preliminary and not _is_preliminary(pages[index - 2]) else last.get(is_preliminary, 0) + 1
        last[is_preliminary] = expected if value is None else value
        if value not in {None, expected}:
            yield NUMBER.finding(f"The page has number {value}; expected {expected}.", place=location)
        if key in seen:
            yield NUMBER.finding(f"The page has the number of page {seen[key]} of the file.", place=location)
        seen.setdefault(key, index)


def _is_preliminary(page: list[str]) -> bool:
    return page[-1].lstrip(SPACE).startswith(files.PRELIMINARY)


def _value(number: str) -> int | None:
    """Return the number that cells are; None for those of codes with other digits."""
    digits = number.removeprefix(files.PRELIMINARY)
    if not digits.startswith(_NUMBER_SIGN) or not set(digits[1:]) <= set(_DIGITS) or len(digits) == 1:
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in digits[1:]))


def _words(line: str) -> str:
    """Return the words of a line; none of one with which a page of print begins."""
    return "" if line.startswith("⠤" * 5) else line.strip(SPACE)


def _contents(pages: list[list[str]], continuation: str) -> Iterator[Finding]:
    """Yield the entries of the contents whose page does not have the words of their first line, in order.

    A heading begins with a line. It may be divided into lines elsewhere than its entry, have notes, and be longer than
    a page.
    """
    left_out = re.compile(f"{continuation}\n?|{_CAPITALS}")
    text = {
        page[-1].strip(SPACE): left_out.sub("", "\n".join(["", *map(_words, page[1:-1])]))
        for page in pages
        if page and not _is_preliminary(page)
    }
    before = 0
    entry: list[str] = []
    for index, page in enumerate(pages, 1):
        if not page or not _is_preliminary(page):
            before, entry = 0, []  # each volume has contents of its own
            continue
        for line in page[1:-1]:
            match = _ENTRY.fullmatch(line)
            entry = [*entry, match["words"] if match else line] if line else []
            if not match:
                continue
            value = _value(match["number"]) or before
            if value < before:
                yield CONTENTS.finding("The lines of the contents are in another order.", place=f"page {index}")
            words = [left_out.sub("", word) for word in entry[0].strip(SPACE).split(SPACE)]
            if not re.search("\n" + _NOTES.join(map(re.escape, words)), text.get(match["number"], "")):
                message = "A line of the contents names a page without its heading."
                yield CONTENTS.finding(message, place=f"page {index}")
            before, entry = value, []
