"""The steps of the Containerfile, carried out in a clean Debian system, and an export in it without rights."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.containerfile import System
from tests.integrations import GOOD, has_every_edition

FROM_OUTSIDE = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pip.conf",
)
"""What reaches the packages: a builder of images has its own."""


@pytest.fixture
def system(tmp_path: Path) -> System:
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        pytest.fail("This needs root and mmdebstrap: sudo apt-get install --no-install-recommends mmdebstrap")
    root = tmp_path / "root"
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates", "trixie", str(root)], check=True
    )
    for path in filter(Path.is_file, map(Path, FROM_OUTSIDE)):
        target = root / path.relative_to("/")
        # A link of the system would lead to a file outside of it.
        target.unlink(missing_ok=True)
        shutil.copyfile(path, target)
    return System(root, {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"})


def test_the_container_makes_every_edition(system: System) -> None:
    system.build("plain")
    manuscript = system.root / "work" / "input" / "small" / "manuscript.md"
    manuscript.parent.mkdir(parents=True)
    manuscript.write_text(GOOD, "utf-8")
    for path in (system.root / "work").rglob("*"):
        os.chown(path, 1000, 1000)
    done = system.run("exporter", "export", "--progress", "none")
    assert done.returncode == 0, done.stdout + done.stderr
    assert has_every_edition(done.stdout), done.stdout
    assert "MISSING" not in system.run("exporter", "doctor").stdout
    assert not (system.root / "home" / "exporter" / ".cache").exists()
