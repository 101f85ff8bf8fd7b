"""What decides the work of a step besides what other steps made: pictures, styles, side facts of other editions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from exporter.contracts import Reader
from exporter.images.limits import MAX_BYTES
from exporter.images.paths import Folder
from exporter.images.probe_result import ImageRefusedError
from exporter.pipeline.context import PublicationRun, RunContext
from exporter.pipeline.registry import Edition, styles_of


def pictures(context: RunContext, folder: Path, names: tuple[str, ...]) -> list[str]:
    """Return what decides which pictures are gathered: for each name its file and bytes, or why it is refused."""
    search = Folder(folder)
    states = []
    for name in names:
        try:
            path = (search.root / search.find(name)).resolve()
            size = path.stat().st_size
            if not path.is_relative_to(search.root):
                states.append("outside")
            elif size > MAX_BYTES:
                states.append(f"{path.relative_to(search.root)} {size}")
            else:
                states.append(f"{path.relative_to(search.root)} {context.fingerprints.digest(path, search.root)}")
        except ImageRefusedError as refusal:
            states.append(f"{refusal.rule.id} {refusal.what} {refusal.advice}")
        except (OSError, RuntimeError) as error:
            states.append(f"unreadable {error}")
    return states


def reader_styles(context: RunContext, reader: Reader) -> Mapping[str, str]:
    """Return the digests of the styles that a reader reads."""
    wanted = styles_of(reader)
    found = context.provenance.folder(context.styles) if wanted else {}
    return {name: digest for name, digest in found.items() if any(Path(name).is_relative_to(part) for part in wanted)}


def side_facts(publication_run: PublicationRun, edition: Edition) -> Mapping[str, str]:
    """Return the digests of what the editions that this one needs have handed on, by name such as `pdf.pages`."""
    facts = {}
    for need in edition.writer.NEEDS:
        made = publication_run.made(f"write:{need}")
        for name, output in (made.outputs if made else {}).items():
            if name.startswith("fact:"):
                facts[f"{need}.{name.removeprefix('fact:')}"] = output.digest
    return facts


def styles_of_others(context: RunContext, edition: Edition) -> list[str]:
    """Return the folders of styles that belong to other writers alone: those that bear the name of their module."""
    mine = edition.module.partition(":")[0].rpartition(".")[2]
    rooms = {other.module.partition(":")[0].rpartition(".")[2] for other in context.registry.editions}
    return sorted(rooms - {mine, *edition.styles})


def libraries(source: Mapping[str, str]) -> list[str]:
    """Return the libraries, with their versions, among what a step leans on."""
    return [name for name in source if name.startswith("library ")]
