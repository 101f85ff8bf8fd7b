"""What each step of a publication asks for: its key, and the call that does the work."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from exporter.config import (
    HOUSE_FILE,
    PUBLICATION_FILE,
    Gate,
    Layer,
    edition_options,
    export_settings,
    metadata_settings,
    read_toml,
)
from exporter.contracts import Reader
from exporter.errors import SourceError
from exporter.images.limits import MAX_BYTES
from exporter.images.paths import Folder
from exporter.images.verdict import Refusal
from exporter.model import Source
from exporter.pipeline.files import named_files
from exporter.pipeline.made import Made, key
from exporter.pipeline.registry import Edition, followed, styles_of
from exporter.pipeline.work import House, Work

_REPORT_LIMIT = 120.0
"""Seconds."""


class Call(NamedTuple):
    """Work for another process."""

    key: str
    function: Step
    arguments: dict[str, Any]
    inputs: Callable[[], object] = lambda: None
    """Gives the state of the files that the step reads: when it changes meanwhile, the result is not kept."""


class Skip(NamedTuple):
    """Nothing to do."""

    reason: str
    """One sentence; empty when nobody asked for the step."""


def parse(house: House, work: Work) -> Call | Skip:
    """Read the manuscript and, before it, the settings beside it."""
    manuscript = work.manuscript
    names = [edition.name for edition in house.registry.editions]
    work.publication_layer = read_toml(manuscript.folder / PUBLICATION_FILE, PUBLICATION_FILE)
    if work.publication_layer:
        work.publication_layer.check_names(names)
    work.over = metadata_settings(work.publication_layer)
    work.under = metadata_settings(house.house)
    _settle(house, work, {})
    found = house.registry.reader(manuscript.path.suffix.lower())
    assert found is not None

    def inputs() -> str:
        try:
            return house.fingerprints.digest(manuscript.path)
        except OSError as error:
            raise SourceError(
                f"The manuscript cannot be read: {error.strerror}.", source=Source(manuscript.file)
            ) from error

    return Call(
        key(
            "parse",
            source=house.provenance.of(found.module.partition(":")[0], _step("parse")),
            manuscript=inputs(),
            file=manuscript.file,
            styles=_styles(house, found.reader),
        ),
        Step(_step("parse"), work.settings.read_limit),
        {
            "store": house.store.root,
            "reader": found.module,
            "path": manuscript.path,
            "file": manuscript.file,
            "styles": house.styles,
        },
        inputs,
    )


def prepare(house: House, work: Work) -> Call | Skip:
    """Complete the tree."""
    made = work.made("parse")
    if made is None:
        return Skip("The manuscript could not be read.")
    options = made.info.get("options", {})
    _settle(house, work, options)
    folder = work.manuscript.folder
    names = tuple(made.info["pictures"])
    media = {
        name.removeprefix("media:"): output.digest for name, output in made.outputs.items() if name.startswith("media:")
    }

    def inputs() -> object:
        return _pictures(house, folder, names)

    return Call(
        key(
            "prepare",
            source=house.provenance.of(_step("prepare")),
            tree=made.outputs["tree"].digest,
            media=media,
            pictures=inputs(),
            slug=work.manuscript.slug,
            over=work.over,
            under=work.under,
        ),
        Step(_step("prepare"), work.settings.read_limit),
        {
            "store": house.store.root,
            "tree": made.outputs["tree"].digest,
            "media": media,
            "folder": folder,
            "slug": work.manuscript.slug,
            "over": work.over,
            "under": work.under,
        },
        inputs,
    )


def lint(house: House, work: Work) -> Call | Skip:
    """Check the manuscript."""
    made = work.made("prepare")
    if made is None:
        return Skip("The text could not be prepared.")
    if house.gate is Gate.OFF:
        return Skip("The command line says not to check.")
    tree = made.outputs["tree"].digest
    return Call(
        key("lint", source=house.provenance.of(_step("lint")), tree=tree),
        Step(_step("lint"), work.settings.read_limit),
        {"store": house.store.root, "tree": tree},
    )


def write(house: House, work: Work, edition: Edition) -> Call | Skip:
    """Make one edition."""
    if not wanted(house, work, edition):
        return Skip("")
    made = work.made("prepare")
    if made is None:
        return Skip("The manuscript could not be read.")
    if house.gate is not Gate.OFF and work.made("lint") is None:
        return Skip("The manuscript could not be checked.")
    if house.gate is Gate.ERROR and work.manuscript_errors:
        return Skip("The manuscript has errors, which stop the export.")
    options = edition_options(work.layers, edition.name, edition.writer.Options)
    settings = {
        other.name: edition_options(work.layers, other.name, other.writer.Options)
        for other in followed(house.registry, edition)
    }
    facts = dict(_facts(work, edition))
    module = edition.module.partition(":")[0]
    decides = {
        "source": house.provenance.of(module, _step("write")),
        "styles": house.provenance.folder(house.styles, [HOUSE_FILE, *_others(house, edition)]),
    }
    outside = getattr(edition.writer, "outside", None)
    if outside is not None:
        decides["outside"] = outside(options)
    files = named_files(house, work, edition, options)
    tree = made.outputs["tree"].digest
    return Call(
        key(
            "write",
            edition=edition.name,
            tree=tree,
            options=msgspec.to_builtins(options),
            settings=msgspec.to_builtins(settings),
            facts=facts,
            files=files,
            **decides,
        ),
        Step(_step("write"), work.settings.time_limit),
        {
            "store": house.store.root,
            "writer": edition.module,
            "tree": tree,
            "options": options,
            "settings": settings,
            "facts": facts,
            "files": files,
            "styles": house.styles,
            "scratch": house.scratch / f"{work.manuscript.slug}-{edition.name}",
            # Memos name their own inputs; what they cannot know is the versions of the libraries.
            "room": key("memo", edition=edition.name, libraries=_libraries(decides["source"])),
            "recordings": key("memo", libraries=_libraries(house.provenance.of("exporter.speech.mix"))),
        },
    )


def report(house: House, work: Work, digest: str) -> Call:
    """Complete and render the report with this digest."""
    made = work.made("prepare")
    tree = made.outputs["tree"].digest if made else ""
    return Call(
        key("report", source=house.provenance.of(_step("report")), report=digest, tree=tree),
        Step(_step("report"), _REPORT_LIMIT),
        {"store": house.store.root, "report": digest, "tree": tree},
    )


def wanted(house: House, work: Work, edition: Edition) -> bool:
    """Whether an edition is asked for: by the command line, else by the settings, else all are."""
    return house.named or not work.settings.editions or edition.name in work.settings.editions


def _settle(house: House, work: Work, options: Mapping[str, Any]) -> None:
    """Lay the settings over each other; `options` are those of the manuscript itself."""
    names = [edition.name for edition in house.registry.editions]
    layers = []
    if options:
        general = {name: options[name] for name in ("editions",) if name in options}
        tables = {name: value for name, value in options.items() if name not in general}
        layer = Layer(work.manuscript.file, tables | ({"export": general} if general else {}), work.head, lax=True)
        layer.check_names(names, general=("export",))
        layers.append(layer)
    layers += [layer for layer in (work.publication_layer, house.house, house.command) if layer]
    work.layers = tuple(layers)
    work.settings = export_settings(work.layers)
    for layer in layers:
        chosen = layer.table("export").get("editions", ())
        unknown = next((name for name in chosen if name not in names), None)
        if unknown is not None:
            raise layer.wrong(
                f"There is no edition “{unknown}”.",
                advice=f"Editions are: {', '.join(names)}.",
                table="export",
                key="editions",
            )
    for edition in house.registry.editions:
        edition_options(work.layers, edition.name, edition.writer.Options)


def _pictures(house: House, folder: Path, names: tuple[str, ...]) -> list[str]:
    """Give what decides which pictures are gathered: for each name its file and bytes, or why it is refused."""
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
                states.append(f"{path.relative_to(search.root)} {house.fingerprints.digest(path)}")
        except Refusal as refusal:
            states.append(f"{refusal.rule.id} {refusal.what} {refusal.advice}")
        except (OSError, RuntimeError) as error:
            states.append(f"unreadable {error}")
    return states


def _styles(house: House, reader: Reader) -> Mapping[str, str]:
    """Give the digests of the styles that a reader reads."""
    wanted = styles_of(reader)
    found = house.provenance.folder(house.styles) if wanted else {}
    return {name: digest for name, digest in found.items() if any(Path(name).is_relative_to(part) for part in wanted)}


def _facts(work: Work, edition: Edition) -> Mapping[str, str]:
    facts = {}
    for need in edition.writer.NEEDS:
        made = work.made(f"write:{need}")
        for name, output in (made.outputs if made else {}).items():
            if name.startswith("fact:"):
                facts[f"{need}.{name.removeprefix('fact:')}"] = output.digest
    return facts


def _others(house: House, edition: Edition) -> list[str]:
    """Give the folders of styles that belong to other writers alone: those that bear the name of their module."""
    mine = edition.module.partition(":")[0].rpartition(".")[2]
    rooms = {other.module.partition(":")[0].rpartition(".")[2] for other in house.registry.editions}
    uses = set(getattr(edition.writer, "STYLES", ()))
    return sorted(rooms - {mine} - uses)


def _libraries(source: Mapping[str, str]) -> list[str]:
    return [name for name in source if name.startswith("library ")]


def _step(name: str) -> str:
    return f"exporter.pipeline.steps.{name}"


class Step:
    """The `run` of a module, imported where it is called: finding out that there is nothing to do needs none of it.

    `StepPool` looks at `seconds`, `label` and `weight`; other executors need not.
    """

    def __init__(self, module: str, seconds: float, label: tuple[int, str] | None = None, weight: float = 0.0) -> None:
        self.module = module
        self.seconds = seconds
        """Time limit."""
        self.label = label
        """Goes with the progress of the step."""
        self.weight = weight
        """The heaviest step is run first."""

    def __call__(self, **arguments: Any) -> Made:
        made: Made = importlib.import_module(self.module).run(**arguments)
        return made

    def for_task(self, label: tuple[int, str], weight: float) -> Step:
        """Give the same step with a label and a weight."""
        return Step(self.module, self.seconds, (label[0], label[1]), weight)
