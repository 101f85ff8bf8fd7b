"""Options of the tests, and what all of them share."""

from __future__ import annotations

import gc
import hashlib
import os
import signal
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from exporter.model import Direction
from exporter.pipeline.storage.code_digest import CodeDigest
from exporter.validate.java import JvmServer
from exporter.writers.pdf.options import Standard
from tests.publications import Editions
from tests.shared_builds import build_once

if TYPE_CHECKING:
    from tests.writers.pdf.made import Made

# The same examples in every run, here and wherever it is tested; `make soak` and EXPORTER_TREES look for others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).parents[1]
MACHINE = "EXPORTER_TEST_JAVA"
"""Variable with the address of the Java machine, for the processes of pytest-xdist."""
TRIALS = "tests/hostile/test_hostile.py"
_running = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what tests get as golden files; then read the difference"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep one Java machine for all processes of the run; Java itself is started by the first file that it checks."""
    # As the command does: with all that the tests load, most of the time of a collection finds nothing.
    gc.set_threshold(100_000, 20, 20)
    # What a shell starts in the background ignores Ctrl-C, and so would the commands that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Hypothesis would draw constants from the modules that are loaded, which takes a second and differs by process.
    _running.enter_context(pytest.MonkeyPatch.context()).setattr(providers, "_get_local_constants", Constants)
    if not hasattr(config, "workerinput"):
        os.environ[MACHINE] = _running.enter_context(JvmServer()).address


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the tests of a whole run in another order in each process: rewriting their asserts takes half of the time
    of their collection, and what one process has rewritten is read by the others."""
    worker = getattr(session.config, "workerinput", None)
    if worker and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        proof = ROOT / "tests" / "proof"
        found = (path for path in (ROOT / "tests").rglob("test_*.py") if not path.is_relative_to(proof))
        paths = sorted(path.relative_to(ROOT) for path in found)
        for path in paths[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
            # What cannot be imported is reported when it is collected.
            with suppress(Exception):
                import_module(".".join(path.with_suffix("").parts))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the folder in which every test is part of the proof where none of them would be run."""
    return True if collection_path == ROOT / "tests" / "proof" and config.option.markexpr == "not proof" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first, so that no process waits for another at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, which makes what they share; trials share nothing and take minutes."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith(TRIALS) else super()._split_scope(nodeid)

    return Scheduling(config, log)


def pytest_unconfigure() -> None:
    _running.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI runs the tests, let none be skipped because a program is missing."""
    report = yield
    if "CI" in os.environ and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if "not installed" in reason:
            report.outcome = "failed"
            report.longrepr = reason
    return report


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def java() -> str:
    """The address of a Java machine at work, shared by all tests."""
    return os.environ[MACHINE]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    # Each process of pytest-xdist has a folder of its own in that of the run.
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def editions(shared: Path) -> Editions:
    """Editions of the publications, each made once for all processes of this run."""
    folder = shared / "editions"
    folder.mkdir(exist_ok=True)
    return Editions(folder)


@pytest.fixture(scope="session")
def sample_pdf(shared: Path) -> Callable[[Standard], Made]:
    """The PDF of a publication with everything, in each standard."""
    from tests.writers.pdf.made import make

    return lambda standard: build_once(
        shared / f"everything-{standard.value}", lambda folder: make(folder, pdf_standard=standard)
    )


@pytest.fixture(scope="session")
def everything(sample_pdf: Callable[[Standard], Made]) -> Made:
    """The PDF of a publication with everything."""
    return sample_pdf(Standard.UA_1)


@pytest.fixture(scope="session")
def hard_cases(shared: Path) -> Callable[[Direction, Standard], Made]:
    """The PDF of the hard cases, in each direction and standard."""
    from tests.writers.stress import write

    return lambda direction, standard: build_once(
        shared / f"hard-{direction.value}-{standard.value}", lambda folder: write(folder, direction, standard)
    )


@pytest.fixture(autouse=True, scope="session")
def _subsets_made_once(shared: Path) -> Iterator[None]:
    """Make each subset of a font once for all processes of this run: it takes seconds, and every new store has none."""
    from exporter.writers.xhtml import embedded_fonts

    make = embedded_fonts._make_subset

    @wraps(make)
    def make_once(data: bytes, characters: list[int]) -> bytes:
        key = hashlib.sha256(data + repr(characters).encode()).hexdigest()
        return build_once(shared / f"subset-{key}", lambda _: make(data, characters))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded_fonts, "_make_subset", make_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _stylesheets_parsed_once() -> Iterator[None]:
    """Parse each stylesheet of pages once in a process, which takes longer than the layout of a short text.

    Those with fonts of their own, and those that WeasyPrint complains about, are parsed for each document.
    """
    from exporter.writers.pdf import engine

    parse = engine._parse
    known: dict[tuple[str, Path], tuple[Any, Any]] = {}

    def parse_once(text: str, path: Path, fetcher: Any, configuration: Any, counters: Any) -> Any:
        if (text, path) not in known:
            own = type(counters)()
            with engine.warnings() as complaints:
                sheet = parse(text, path, fetcher, configuration, own)
            if complaints or "@font-face" in text:
                return parse(text, path, fetcher, configuration, counters)
            known[text, path] = sheet, own
        sheet, own = known[text, path]
        counters.update(own)
        return sheet

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_parse", parse_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _source_read_once() -> Iterator[None]:
    """Read our own source for the keys of steps once, although each test has a store of its own."""
    source = CodeDigest._source
    own: list[Mapping[str, str]] = []

    def read_once(self: CodeDigest, package: str) -> Mapping[str, str]:
        if package != "exporter":
            return source(self, package)
        if not own:
            own.append(source(self, package))
        return own[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CodeDigest, "_source", read_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _voices_that_are_everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave natural voices out, installed or not: they take minutes, and not every machine has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPORTER_VOICES", str(tmp_path_factory.mktemp("no-voices")))
        patch.delenv("EXPORTER_PIPER_VOICES", raising=False)
        yield
