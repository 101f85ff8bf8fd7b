"""A reading app (foliate-js) in a headless browser: what a reader of an EPUB sees and can do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from exporter.programs import run
from tests.proof import validators

HERE = Path(__file__).parent


def ask(script: str, book: Path, *, seconds: float = 300, **options: Any) -> Any:
    """Open a book and give what a script beside this file tells about it.

    Args:
        script: Its name without `.mjs`; it prints JSON.
        book: The EPUB.
        seconds: Wall time after which it is stopped.
        options: What the script reads besides, as JSON; `width` and `height` of the window in CSS px, `dark` for a dark
            theme, `style` for the reader's own CSS are known to all (`app.mjs`).
    """
    validators.module("foliate-js/view.js")
    validators.module("playwright-core/index.mjs")
    given = {"book": str(book), "program": validators.chromium(), "flags": validators.CHROMIUM_FLAGS, **options}
    done = run([validators.node(), HERE / f"{script}.mjs", json.dumps(given)], seconds=seconds)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)
