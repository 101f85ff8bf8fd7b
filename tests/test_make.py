"""Setting up: natural voices are asked for, and what happens without them; every Python has the same packages."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = "The natural voices need Python 3.11 to 3.13."
PLAIN = "eSpeak NG reads the editions that are heard."

TOO_NEW = '[ "$1" != -c ]'
NO_NETWORK = '[ "$1" = -c ] || { echo "WARNING: Retrying" >&2; echo "ERROR: no answer" >&2; exit 1; }'
ALL_WELL = "true"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder of programs that stands for a virtual environment which is set up; Python is to be put there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder / "exporter", 'echo "exporter $*"')
    program(folder / "npm", "true")
    for each in (".ready", ".compiled"):
        (folder / each).touch()
    return folder


def program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/bash\n{line}\n", "utf-8")
    path.chmod(0o755)


def make(target: str, made: Path) -> subprocess.CompletedProcess[str]:
    # The tests may be run by make themselves, which hands its own settings on.
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("ARGS", "MAKE", "MFLAGS"))}
    environment = mine | {"PATH": f"{made}{os.pathsep}{os.environ['PATH']}"}
    # What is set up and what the system lacks is not the matter here.
    old = [part for name in ("system", made / ".ready", made / ".compiled") for part in ("-o", str(name))]
    command = ["make", *old, target, f"BIN={made}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("python", "why"), [(TOO_NEW, NEEDED), (NO_NETWORK, "cannot be had; is there a network?")], ids=["new", "offline"]
)
def test_an_export_goes_on_without_the_natural_voices_and_says_why(made: Path, python: str, why: str) -> None:
    program(made / "python", python)
    done = make("export", made)
    assert done.returncode == 0, done.stderr
    assert why in done.stderr
    assert "Retrying" not in done.stderr
    assert PLAIN in done.stdout
    assert done.stdout.splitlines()[-1].strip() == "exporter export"
    assert not (made / ".ready-voices").exists()


def test_asked_for_by_name_they_are_an_error_where_they_cannot_be_had(made: Path) -> None:
    program(made / "python", TOO_NEW)
    done = make("voices", made)
    assert done.returncode != 0
    assert NEEDED in done.stderr
    assert PLAIN not in done.stdout


def test_they_are_installed_once(made: Path) -> None:
    program(made / "python", ALL_WELL)
    first, second = make("export", made), make("export", made)
    assert "Installing the natural voices" in first.stdout
    assert PLAIN not in first.stdout
    assert second.stdout.strip() == "exporter export"


def test_every_python_has_the_same_packages() -> None:
    """What one edition is made with must not depend on the Python that is there."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pinned = [line.partition("==")[0] for line in lines if "==" in line and not line.startswith(" ")]
    assert len(pinned) > 30
    assert sorted(pinned) == sorted(set(pinned))


@pytest.mark.parametrize("file", ["Makefile", "Containerfile", "action.yml", ".ci/voices"])
def test_a_lock_is_installed_as_it_is(file: str) -> None:
    """pip asked about what packages need would meet versions newer than those of the lock, and refuse them all."""
    commands = [
        line
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if re.search(r"-r \S*requirements\S*\.lock", line)
    ]
    assert commands
    assert all("--require-hashes --no-deps -r" in command for command in commands)
