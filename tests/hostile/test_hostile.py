"""Each kind ends soon, in little memory, in a sentence; the largest honest publication keeps all limits."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from exporter import budgets
from exporter.config import MetadataSettings
from exporter.errors import SourceError
from exporter.model.inline import Text
from exporter.model.oversized import find_oversized, most_notes
from exporter.model.serialisation import encode
from exporter.model.unbroken import MAX_PARTS, find_unbroken
from exporter.model.walk import walk
from exporter.pipeline.registry import discover
from exporter.pipeline.step import StepContext
from exporter.pipeline.steps.parse import MAXIMUM_TREE, Parse
from exporter.pipeline.steps.prepare import Prepare
from exporter.pipeline.storage.store import Store
from exporter.readers import markdown
from exporter.readers.markdown.limits import MARKS, MAX_BYTES, most_lines, most_marks
from tests.hostile import honest
from tests.hostile.kind import HEAD, PART
from tests.hostile.kinds import KINDS
from tests.hostile.lengths import LEAST, LENGTHS
from tests.hostile.together import GOOD, MEGABYTES, SECONDS, groups, run_together, seconds_of_each, try_together
from tests.hostile.trial import SAFETY, ended_well, try_kind
from tests.write_context import STYLES

CHEAP = sorted(name for name, kind in KINDS.items() if kind.cheap)
GROWTH = 2.6
"""Of the time for twice the length; 4 where each part is compared with each other one."""
NOISE = 1.5
"""Seconds by which the same trial differs on a machine that does other things too."""
FACTOR = 10
"""How many times over the largest honest publication keeps each limit, at least."""


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store for all trials: fonts are prepared once."""
    return tmp_path_factory.mktemp("store")


@pytest.mark.proof
@pytest.mark.parametrize("names", groups(), ids=" ".join)
def test_hostile_publications_end_soon_in_little_memory(names: tuple[str, ...], tmp_path: Path, store: Path) -> None:
    # In a store of their own: what was slow together is read again alone, not found in the store of all trials.
    slow = try_together(names, tmp_path / "together", tmp_path / "store") if len(names) > 1 else names
    for name in slow:
        trial = try_kind(KINDS[name], tmp_path / name, store)
        assert ended_well(trial), f"{name}: {trial.output[-2_000:]}"
        # On a machine that does other things too, it takes longer than it works; with two processes, less.
        assert min(trial.seconds, trial.wall) < SECONDS, name
        assert trial.megabytes < MEGABYTES, name
        assert not trial.orphans, name
        assert "step-crashed" not in trial.rules, name


@pytest.mark.proof
@pytest.mark.soak
def test_what_is_twice_as_long_takes_twice_as_long(tmp_path: Path, store: Path) -> None:
    kinds = {f"{name}-{times}": LENGTHS[name].kind(times) for name in LENGTHS for times in (1, 2)}
    together = run_together(kinds, tmp_path / "together", tmp_path / "store")
    took = seconds_of_each(together)
    assert took.keys() == {*kinds, GOOD}, together.output[-2_000:]
    # What grows faster when all processes have much to do is tried alone.
    doubtful = [
        name
        for name in LENGTHS
        if took[f"{name}-2"] - took[GOOD] >= GROWTH * (took[f"{name}-1"] - took[GOOD]) + NOISE / 2
    ]
    if doubtful:
        # Of another length than any trial, which would find its steps in the store.
        try_kind(LENGTHS["words"].kind(3), tmp_path / "first", store)
        least = try_kind(LEAST, tmp_path / "least", store).seconds
    for name in doubtful:
        once, twice = (try_kind(LENGTHS[name].kind(times), tmp_path / f"{name}-{times}", store) for times in (1, 2))
        assert ended_well(once), f"{name}: {once.output[-2_000:]}"
        assert ended_well(twice), f"{name}: {twice.output[-2_000:]}"
        assert twice.seconds - least < GROWTH * (once.seconds - least) + NOISE, name


@pytest.mark.parametrize("name", CHEAP)
def test_a_cheap_kind_is_read_or_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    KINDS[name].write(tmp_path)
    Store.open(tmp_path / "store")
    file = next(tmp_path.glob("manuscript.*"))
    context = StepContext(tmp_path / "store", STYLES, tmp_path / "scratch", code="")
    refusal = ""
    reader = discover().reader(file.suffix)
    assert reader is not None
    try:
        parsed = Parse.run(Parse.Inputs(reader=reader.module, path=file, file=file.name), context)
        raw = Prepare.Inputs(
            tree=parsed.outputs["tree"].digest,
            media={},
            folder=tmp_path,
            slug="hostile",
            overrides=MetadataSettings(),
            defaults=MetadataSettings(),
        )
        Prepare.run(raw, context)
    except SourceError as error:
        refusal = error.message
    assert "\n" not in refusal


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_a_trial_ends_with_what_started_it() -> None:
    waiting = ["timeit", "-n", "1", "import time; time.sleep(60)"]
    supervisor = subprocess.Popen([sys.executable, "-m", "tests.hostile.supervisor", "60", str(SAFETY), *waiting])
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children")
    while not (pids := children.read_text("ascii").split()):
        time.sleep(0.02)
    supervisor.terminate()
    supervisor.wait()
    stat = Path("/proc", *pids, "stat")
    end = time.monotonic() + 20
    while stat.exists() and stat.read_text("ascii").rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_tenth_of_all_kinds_is_cheap() -> None:
    assert len(CHEAP) >= len(KINDS) // 10


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("_*" * 3 * MAX_PARTS, True),
        ("*a***b**" * MAX_PARTS, True),
        ("x" * 60_000, True),
        ("*a* **b** " * MAX_PARTS, False),
        ("word " * 15_000, False),
        ("字" * 60_000, False),
    ],
)
def test_a_paragraph_that_no_line_can_hold_is_found(text: str, is_refused: bool) -> None:
    tree = markdown.read(f"{HEAD}{PART}{text}\n".encode(), "manuscript.md").publication
    unbroken = find_unbroken(tree)
    assert (unbroken is not None) == is_refused
    assert unbroken is None or (unbroken.node.at.source and unbroken.node.at.source.line == 15)


@pytest.mark.proof
def test_the_largest_honest_publication_keeps_the_limits_of_reading(tmp_path: Path) -> None:
    honest.write(tmp_path)
    data = (tmp_path / "manuscript.md").read_bytes()
    assert len(data) * FACTOR < MAX_BYTES
    assert data.count(b"\n") * FACTOR < most_lines(len(data))
    assert (len(data) - len(data.translate(None, MARKS))) * FACTOR < most_marks(len(data))
    tree = markdown.read(data, "manuscript.md").publication
    size = len(encode(tree))
    assert size * FACTOR < MAXIMUM_TREE
    assert find_unbroken(tree) is None
    assert find_oversized(tree) is None
    characters = sum(len(node.text) for node in walk(tree) if isinstance(node, Text))
    assert len(tree.notes) * FACTOR < most_notes(characters)
    assert budgets.seconds(size) > 3_600
    assert budgets.memory(size, most=10_000_000_000) > 2_500_000_000


@pytest.mark.proof
@pytest.mark.soak
def test_the_largest_honest_publication_is_exported(tmp_path: Path, store: Path) -> None:
    (tmp_path / "input" / "honest").mkdir(parents=True)
    honest.write(tmp_path / "input" / "honest")
    command = [sys.executable, "-m", "exporter", "export", str(tmp_path / "input"), "--to", "pdf,epub,docx,html"]
    command += ["--check", "off", "--output", str(tmp_path / "output"), "--store", str(store), "--progress", "none"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3_600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.suffix for path in (tmp_path / "output" / "honest").iterdir()} >= {".pdf", ".epub", ".docx", ".html"}
