"""Files that settings name: found in the publication's folder or among the styles, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.images.rules import MISSING
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.registry import Edition


def named_files(
    context: RunContext, publication_run: PublicationRun, edition: Edition, options: Any
) -> Mapping[str, str]:
    """Put the files that the options of an edition name into the store, and give their digests by name.

    Raises:
        SettingsError: There is no such file, or its name leads out of the folder.
        UsageError: The same, when the command line named it.
    """
    named = edition.option_files(options).items()
    return {name: context.store.put(_read(context, publication_run, edition, key, name)) for key, name in named}


def _read(context: RunContext, publication_run: PublicationRun, edition: Edition, key: str, name: str) -> bytes:
    why = ImageRefusedError(MISSING, "is neither in the publication's folder nor in the folder of styles")
    for place in (publication_run.manuscript.folder, context.styles):
        folder = Folder(place)
        try:
            return folder.read(folder.find(name))
        except ImageRefusedError as refusal:
            if refusal.rule is not MISSING:
                why = refusal
                break
    layer = next(layer for layer in reversed(publication_run.layers) if key in layer.table(edition.name))
    advice = "Put the file beside the manuscript or into the folder of styles, and name it by its path from there."
    raise layer.error(f"The file “{name}” {why.what}.", advice=advice, table=edition.name, key=key)
