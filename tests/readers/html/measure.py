"""Reads hostile pages one after the other and tells the CPU seconds and the most memory of each."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from exporter.errors import SourceError
from exporter.model.serialisation import decode, encode
from exporter.readers.html import read
from exporter.transforms import apply
from tests.readers.html.hostile import PAGES


def _peak() -> float:
    """Give the most memory of this process in MB; `getrusage` would begin with that of the process that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


def main(names: list[str]) -> None:
    """Write one line of JSON for each page."""
    for name in names:
        before = time.process_time()
        file = "page.xhtml" if PAGES[name].startswith(b"<?xml") else "page.html"
        try:
            publication = read(PAGES[name], file).publication
            said = ""
        except SourceError as error:
            said = str(error)
        seconds = time.process_time() - before
        if not said:
            assert decode(encode(publication)) == publication
            apply(publication, "x")
        memory = _peak()
        sys.stdout.write(
            json.dumps({"name": name, "seconds": round(seconds, 2), "megabytes": round(memory), "said": said}) + "\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:] or list(PAGES))
