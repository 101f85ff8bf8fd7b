"""Reads hostile pages one after the other and tells the CPU seconds and the most memory of each."""

from __future__ import annotations

import json
import resource
import sys
import time

from exporter.errors import SourceError
from exporter.model.codec import decode, encode
from exporter.readers.html import read
from exporter.transforms import apply
from tests.readers.html.hostile import PAGES


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
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(
            json.dumps({"name": name, "seconds": round(seconds, 2), "megabytes": round(memory), "said": said}) + "\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:] or list(PAGES))
