"""Files uploaded to a studio, one by one, as a browser sends them: `python -m tests.hostile.upload FOLDER FILE ...`.

Prints a line of JSON for each: the answer, the exit code that it amounts to, and the seconds of processor time.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from exporter.errors import ExitCode
from tests.studio.conftest import Opened


def main(folder: Path, files: list[Path]) -> int:
    """Upload the files to a studio in a folder; return the highest of their exit codes."""
    studio = Opened(folder)
    codes = []
    for file in files:
        begin = time.process_time()
        with file.open("rb") as data:
            answer = studio.browser().post("/publications", files={"files": (file.name, data)})
        codes.append(
            ExitCode.DONE if answer.is_redirect else ExitCode.SOURCE if answer.is_client_error else ExitCode.BUG
        )
        said = f"{answer.status_code} {answer.headers.get('location', answer.text)}"
        took = {"file": str(file), "code": codes[-1], "seconds": time.process_time() - begin, "answer": said}
        sys.stdout.write(f"{json.dumps(took)}\n")
    studio.jobs.close()
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
