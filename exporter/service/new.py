"""Begin a manuscript."""

from __future__ import annotations

import datetime
from importlib import resources
from pathlib import Path

from exporter.errors import OutputError, UsageError
from exporter.model import Kind
from exporter.model.language_tags import ADVICE, problem
from exporter.pipeline.manuscripts import MANUSCRIPT, slug_of
from exporter.pipeline.store import replace_file, writing


def new(slug: str, kind: Kind, language: str, folder: Path, today: datetime.date | None = None) -> Path:
    """Put a manuscript to start from into a new folder and give its path.

    Args:
        slug: Name of the publication.
        kind: What sort it is.
        language: BCP 47 tag.
        folder: Where to put its folder.
        today: The date to write into it; that of the clock by default.

    Raises:
        UsageError: The slug cannot be a name of files, or the language is no tag.
        OutputError: It is there already, or cannot be written.
    """
    if slug_of(slug) != slug or not slug:
        better = slug_of(slug).lower()
        raise UsageError(
            f"“{slug}” cannot be the name of a folder and of files.",
            advice=f"Use letters, digits and hyphens, such as “{better}”." if better else "Use letters and digits.",
        )
    if wrong := problem(language):
        raise UsageError(f"The language “{language}” {wrong}.", advice=ADVICE)
    target = folder / slug
    path = target / f"{MANUSCRIPT}.md"
    if target.exists():
        raise OutputError(f"“{target}” is there already.", advice="Choose another name, or go on with what is there.")
    body = resources.files("exporter").joinpath("templates", "new", f"{kind}.md").read_text("utf-8")
    date = today or datetime.date.today()  # the writer's own day
    text = body.replace("{date}", date.isoformat()).replace("{language}", language)
    with writing(target, "The folder"):
        (target / "img").mkdir(parents=True)
        replace_file(path, text.encode(), mode=0o644)
    return path
