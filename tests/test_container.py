"""The Containerfile, checked without building it; `tests/proof/test_container.py` carries it out."""

from __future__ import annotations

import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.containerfile import FILE, ROOT, stages

STAGES = stages()


def test_a_linter_has_no_complaint() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint is not installed: make setup-dev")
    done = subprocess.run([linter, FILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", ["plain", "voices", "cluster"])
def test_what_can_be_run_is_no_root(name: str) -> None:
    base, own = STAGES[name]
    instructions = dict([*STAGES.get(base, ("", []))[1], *own])
    user, _, group = instructions["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert instructions["ENTRYPOINT"] == '["exporter"]'


def test_the_stage_that_is_built_if_none_is_named_has_the_plain_voices() -> None:
    assert [*STAGES] == ["base", "fetched-voices", "voices", "cluster", "plain"]
    assert "voices" not in str(STAGES["plain"])


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    kept = [line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")]
    for _, instructions in STAGES.values():
        for name, value in instructions:
            if name == "COPY" and not value.startswith("--from"):
                for source in value.split()[:-1]:
                    assert (ROOT / source).exists()
                    assert any(fnmatch(source.rstrip("/"), pattern) for pattern in kept), source


def test_a_worker_of_a_cluster_has_what_the_tests_of_clusters_have() -> None:
    tested = (ROOT / "requirements-dev.lock").read_text("utf-8").splitlines()
    pinned = (ROOT / "requirements-cluster.lock").read_text("utf-8").splitlines()
    for package in ("distributed", "fsspec", "s3fs", "msgspec"):
        (line,) = (line for line in pinned if line.startswith(f"{package}=="))
        assert line in tested


def test_the_system_has_what_make_installs() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    wanted = re.findall(r"^SYSTEM(?:_PRINT|_BRAILLE)? := (.*)$", makefile, re.MULTILINE)
    installed = next(value for name, value in STAGES["base"][1] if name == "RUN" and "apt-get install" in value)
    for package in " ".join(wanted).split():
        assert package in installed.split()


def test_nothing_is_fetched_without_a_digest_but_packages_of_debian() -> None:
    for _, instructions in STAGES.values():
        for name, value in instructions:
            assert name != "ADD"
            for command in value.split("&&") if name == "RUN" else ():
                if "pip install" in command:
                    assert "--require-hashes" in command or "--no-deps" in command
