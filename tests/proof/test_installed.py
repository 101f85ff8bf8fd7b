"""exporter installed like other tools, outside the checkout: from a wheel, as a tool, by the Action, and as a hook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from exporter.errors import ExitCode
from tests.containerfile import System
from tests.integrations import BAD, GOOD, ROOT, Runner, git, has_every_edition, repository

UV = Path(sys.executable).with_name("uv")
PYTHONS = ("3.11", *(pytest.param(name, marks=pytest.mark.soak) for name in ("3.12", "3.13")), "3.14")
LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "ghostscript", "colord-data", "liblouis-bin")
"""What WeasyPrint, the print edition and braille need of the system."""
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
INSTALLING = {"UV_CACHE_DIR": str(_CACHE / "uv"), "PIP_CACHE_DIR": str(_CACHE / "pip"), "PIP_NO_COMPILE": "1"}
"""Packages are downloaded once, and not by each test; what they do not use is not compiled."""


def clean(folder: Path, **more: str) -> dict[str, str]:
    """The environment of somebody who has no copy of the source."""
    ours = ("PYTHON", "VIRTUAL_ENV", "EXPORTER_", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"XDG_CACHE_HOME": str(folder / "cache"), **INSTALLING} | more


def call(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=1200
    )


@pytest.fixture(scope="session")
def built_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, which is built from the source archive, and that archive."""
    folder = tmp_path_factory.mktemp("dist")
    done = call(UV, "build", "-q", "--out-dir", folder, ROOT, cwd=folder, env=clean(folder))
    assert done.returncode == 0, done.stderr
    return folder


def exports_everything(exporter: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Check that a command makes every edition in a folder that has nothing to do with the checkout."""
    manuscript = folder / "input" / "small" / "manuscript.md"
    manuscript.parent.mkdir(parents=True)
    manuscript.write_text(GOOD, "utf-8")
    done = call(exporter, "export", "--progress", "none", "--validators", "own", cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert has_every_edition(done.stdout), done.stdout
    assert call(exporter, "doctor", cwd=folder, env=environment).returncode == 0


@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_makes_every_edition(built_packages: Path, tmp_path: Path, version: str) -> None:
    environment = clean(tmp_path)
    # Those of pyenv are on the PATH only if they are chosen.
    paths = [*map(str, Path.home().glob(".pyenv/versions/*/bin")), environment["PATH"]]
    searched = environment | {"PATH": os.pathsep.join(paths)}
    found = call(UV, "python", "find", "--no-python-downloads", version, cwd=tmp_path, env=searched)
    if found.returncode:
        pytest.skip(f"Python {version} is not installed")
    created = call(UV, "venv", "-q", "--python", found.stdout.strip(), "venv", cwd=tmp_path, env=environment)
    assert created.returncode == 0, created.stderr
    (wheel,) = built_packages.glob("*.whl")
    python = tmp_path / "venv" / "bin" / "python"
    done = call(UV, "pip", "install", "-q", "--python", python, wheel, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    exports_everything(tmp_path / "venv" / "bin" / "exporter", tmp_path / "anywhere", environment)


def test_the_wheel_makes_every_edition_with_python_3_14_of_debian(built_packages: Path, tmp_path: Path) -> None:
    system = System.of_debian(tmp_path / "root", "forky", "python3.14-venv", *LIBRARIES)
    (wheel,) = built_packages.glob("*.whl")
    home = system.root / "home" / "ana"
    manuscript = home / "input" / "small" / "manuscript.md"
    manuscript.parent.mkdir(parents=True)
    manuscript.write_text(GOOD, "utf-8")
    shutil.copy(wheel, home)
    for path in (home, *home.rglob("*")):
        os.chown(path, 1000, 1000)
    system.folder, system.user = "/home/ana", "1000:1000"
    system.environment |= {"HOME": "/home/ana", "PIP_NO_COMPILE": "1"}
    for command in (("python3.14", "-m", "venv", "venv"), ("venv/bin/pip", "install", "-q", wheel.name)):
        done = system.run(*command)
        assert done.returncode == 0, done.stderr[-3000:]
    done = system.run("venv/bin/exporter", "export", "--progress", "none", "--validators", "own")
    assert done.returncode == 0, done.stdout + done.stderr
    assert has_every_edition(done.stdout), done.stdout


def test_pipx_installs_it(built_packages: Path, tmp_path: Path) -> None:
    (wheel,) = built_packages.glob("*.whl")
    folders = {name: str(tmp_path / name.lower()) for name in ("PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR")}
    environment = clean(tmp_path, **folders)
    command = (UV, "tool", "run", "pipx", "install", "-q", "--python", sys.executable, wheel)
    done = call(*command, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    exports_everything(tmp_path / "pipx_bin_dir" / "exporter", tmp_path / "anywhere", environment)


def test_it_is_installed_as_a_tool(built_packages: Path, tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    environment = clean(tmp_path, UV_TOOL_DIR=str(tmp_path / "tools"), UV_TOOL_BIN_DIR=str(bin_folder))
    (archive,) = built_packages.glob("*.tar.gz")
    done = call(UV, "tool", "install", "-q", "--python", sys.executable, archive, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    exports_everything(bin_folder / "exporter", tmp_path / "anywhere", environment)


def test_the_packages_are_complete_and_small(built_packages: Path) -> None:
    (wheel,), (archive,) = built_packages.glob("*.whl"), built_packages.glob("*.tar.gz")
    assert wheel.stat().st_size < 3_000_000, "fonts and voices are packages of their own"
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    styles = {f"exporter/_styles/{path.relative_to(ROOT / 'styles')}" for path in files(ROOT / "styles")}
    code = {str(path.relative_to(ROOT)) for path in files(ROOT / "exporter")}
    assert styles | code <= names
    with tarfile.open(archive) as unpacked:
        sources = {name.partition("/")[2] for name in unpacked.getnames()}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(listed.stdout.splitlines()) <= sources


def files(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [path for path in found if not path.name.startswith(".")]


def test_the_action_installs_what_it_runs(tmp_path: Path) -> None:
    runner = Runner(repository(tmp_path / "repository", good=GOOD, bad=BAD), tmp_path)
    install, check, result = runner.run()
    assert install.returncode == 0, install.stderr
    assert "input/bad/manuscript.md:15: error: " in check.stdout
    assert result.returncode == ExitCode.FINDINGS


def test_pre_commit_installs_the_hook(tmp_path: Path) -> None:
    ours = tmp_path / "exporter"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(ours)], check=True)
    # What is not committed yet is tested, too.
    subprocess.run(f"git ls-files -z | xargs -0 cp --parents -t {ours}", cwd=ROOT, shell=True, check=True)
    git(ours, "add", "-A")
    git(ours, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "state")
    checked = repository(tmp_path / "repository", good=GOOD, bad=BAD)
    environment = clean(tmp_path, PRE_COMMIT_HOME=str(tmp_path / "pre-commit"))
    command = (sys.executable, "-m", "pre_commit", "try-repo", ours, "exporter-check")
    done = call(*command, cwd=checked, env=environment)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "input/bad/manuscript.md:15: error: " in done.stdout
