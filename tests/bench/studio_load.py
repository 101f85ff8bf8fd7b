"""Twenty people who check Word reports in one studio at once: how long pages and verdicts take them.

usage: python -m tests.bench.studio_load
"""

from __future__ import annotations

import io
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2
from docx import Document
from rich.console import Console
from rich.table import Table

from tests.bench.manuscript import TEXT
from tests.studio.manuscripts import word_report

PEOPLE = 20
PARAGRAPHS = 120
"""Of a report of some twenty pages."""
PAGE, VERDICT = 0.3, 5.0
"""Seconds in which nineteen of twenty pages and verdicts should be there."""
_PATIENCE = 300
_PAUSE = 0.5
"""Seconds between two looks of a page at the progress."""
_ARRIVAL = 0.5
"""Seconds between two people."""


class Visit(NamedTuple):
    """What one person met."""

    pages: tuple[float, ...]
    """Seconds of each page."""
    verdict: float
    """Seconds from the manuscript to its verdict; infinite if there was none."""


def manuscript(person: int) -> bytes:
    """Return a report that no other person has."""
    document = Document(io.BytesIO(word_report()))
    for number in range(PARAGRAPHS):
        document.add_paragraph(f"Interview {person}.{number}: {TEXT}.")
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@contextmanager
def studio(folder: Path) -> Iterator[str]:
    """Yield the address of a studio, with its token."""
    command = [sys.executable, "-m", "exporter", "studio", "--no-open", "--port", "0", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        (address,) = re.findall(r"http\S+", server.stdout.readline())
        yield address
        server.terminate()


def visit(address: str, cookies: httpx2.Cookies, person: int) -> Visit:
    """Bring a report, wait for its verdict, and look at its pages."""
    time.sleep(person * _ARRIVAL)
    pages: list[float] = []
    with httpx2.Client(base_url=address, cookies=cookies, headers={"Sec-Fetch-Site": "same-origin"}) as browser:

        def look(path: str) -> str:
            begun = time.monotonic()
            answer = browser.get(path, timeout=_PATIENCE)
            pages.append(time.monotonic() - begun)
            return answer.raise_for_status().text

        look("/")
        begun = time.monotonic()
        files = [("files", (f"Report {person}.docx", manuscript(person)))]
        path = browser.post("/publications", files=files, timeout=_PATIENCE).headers["location"]
        while "data-progress" in look(path):
            if time.monotonic() > begun + _PATIENCE:
                return Visit(tuple(pages), float("inf"))
            time.sleep(_PAUSE)
        verdict = time.monotonic() - begun
        for name in ("", "/pictures", "/pictures/1", "/details", "/read", "/editions"):
            look(path + name)
    return Visit(tuple(pages), verdict)


def report() -> bool:
    """Print the table; return whether pages and verdicts are there in time, and nobody waits for ever."""
    with tempfile.TemporaryDirectory() as name, studio(Path(name)) as opened:
        address, _, _ = opened.partition("/?")
        with httpx2.Client() as browser:
            browser.get(opened)
            cookies = browser.cookies
        with ThreadPoolExecutor(PEOPLE) as people:
            visits = list(people.map(lambda person: visit(address, cookies, person), range(PEOPLE)))
    pages = [seconds for each in visits for seconds in each.pages]
    verdicts = [each.verdict for each in visits]
    table = Table("", "number", "median s", "p95 s", "slowest s", "goal s", title=f"{PEOPLE} people in one studio")
    good = True
    for title, seconds, goal in (("page", pages, PAGE), ("verdict", verdicts, VERDICT)):
        late = statistics.quantiles(seconds, n=20)[-1]
        good = good and late <= goal
        figures = (statistics.median(seconds), late, max(seconds), goal)
        table.add_row(title, str(len(seconds)), *(f"{figure:.2f}" for figure in figures))
    Console().print(table)
    return good


if __name__ == "__main__":
    sys.exit(not report())
