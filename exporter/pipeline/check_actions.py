"""What is asked of an edition once it is made: that it says what the manuscript says, and that it keeps the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from exporter.config import Gate, Validators
from exporter.pipeline.action import Call, Skip, Step, module_of
from exporter.pipeline.context import House, Work
from exporter.pipeline.registry import Edition
from exporter.pipeline.results import Made, key

PLACES = "exporter.pipeline.source_map"


def parity(house: House, work: Work, edition: Edition) -> Call | Skip:
    """Compare one edition with the manuscript."""
    made, why = _made(house, work, edition)
    if made is None:
        return Skip(why)
    arguments = _arguments(work, edition, made) | {"clips": _clips(work, edition, made)}
    source = house.provenance.of(module_of("parity"), PLACES)
    return Call(
        key("parity", source=source, **arguments),
        Step(module_of("parity"), work.settings.check_limit),
        arguments | {"store": house.store.root, "scratch": _scratch(house, work, edition, "parity")},
    )


def check(house: House, work: Work, edition: Edition) -> Call | Skip:
    """Put one edition before our own checks and before the validators that are installed."""
    made, why = _made(house, work, edition)
    if made is None:
        return Skip(why)
    outside = work.settings.validators is Validators.INSTALLED
    arguments = _arguments(work, edition, made) | {"outside": outside}
    source = house.provenance.of(module_of("check"), PLACES)
    installed = house.judges.installed(edition) if outside else {}
    return Call(
        key("check", source=source, installed=installed, **arguments),
        Step(module_of("check"), work.settings.check_limit),
        arguments | {"store": house.store.root, "scratch": _scratch(house, work, edition, "check")},
        late=lambda: {"java": house.judges.java() if any(installed.values()) else None},
    )


def facts(house: House, work: Work) -> Call | Skip:
    """Put the editions side by side."""
    compared = {edition.name: work.made(f"parity:{edition.name}") for edition in house.editions}
    read = {name: made for name, made in compared.items() if made is not None and "reason" not in made.info}
    tree = work.made("prepare")
    if tree is None or not read:
        return Skip("No edition was compared with the manuscript.")
    amounts: Mapping[str, str] = {
        name: made.outputs["amounts"].digest if "amounts" in made.outputs else "" for name, made in read.items()
    }
    broken: Mapping[str, Sequence[str]] = {
        name: sorted({finding.rule for finding in made.findings}) for name, made in read.items()
    }
    arguments = {"tree": tree.outputs["tree"].digest, "amounts": amounts, "broken": broken}
    return Call(
        key("facts", source=house.provenance.of(module_of("facts")), **arguments),
        Step(module_of("facts"), work.settings.check_limit),
        arguments | {"store": house.store.root},
    )


def _made(house: House, work: Work, edition: Edition) -> tuple[Made | None, str]:
    """Give what was made of an edition, or why nothing can be asked of it."""
    result = work.results[f"write:{edition.name}"]
    if result.made is None:
        return None, "The edition was not made." if result.reason else ""
    if house.gate is Gate.OFF:
        return None, "The command line says not to check."
    return result.made, ""


def _arguments(work: Work, edition: Edition, made: Made) -> dict[str, str | bool]:
    tree = work.made("prepare")
    assert tree is not None
    return {
        "tree": tree.outputs["tree"].digest,
        "edition": edition.name,
        "file": f"{work.manuscript.slug}{edition.writer.SUFFIX}",
        "digest": made.outputs["edition"].digest,
    }


def _clips(work: Work, edition: Edition, made: Made) -> str:
    """Give the digest of the utterances of an edition that is heard: its own, or those whose settings it follows."""
    others = (work.made(f"write:{name}") for name in getattr(edition.writer, "FOLLOWS", ()))
    for one in (made, *others):
        if one is not None and "fact:clips" in one.outputs:
            return one.outputs["fact:clips"].digest
    return ""


def _scratch(house: House, work: Work, edition: Edition, step: str) -> Path:
    return house.scratch / f"{work.manuscript.slug}-{edition.name}-{step}"
