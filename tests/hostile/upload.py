"""A file uploaded to a studio, as a browser sends it: `python -m tests.hostile.upload FILE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from exporter.errors import ExitCode
from tests.studio.conftest import Opened


def main(file: Path, folder: Path) -> int:
    """Upload the file; print the answer, and return an exit code."""
    studio = Opened(folder)
    with file.open("rb") as data:
        answer = studio.browser().post("/publications", files={"files": (file.name, data)})
    studio.jobs.close()
    sys.stdout.write(f"{answer.status_code} {answer.headers.get('location', answer.text)}\n")
    return ExitCode.DONE if answer.is_redirect else ExitCode.SOURCE if answer.is_client_error else ExitCode.BUG


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
