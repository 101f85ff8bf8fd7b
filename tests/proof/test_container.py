"""The steps of the Containerfile, carried out in a clean Debian system, and an export in it without rights."""

from __future__ import annotations

import os
from pathlib import Path

from tests.containerfile import System
from tests.integrations import GOOD, has_every_edition


def test_the_container_makes_every_edition(tmp_path: Path) -> None:
    system = System.of_debian(tmp_path / "root", "trixie")
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
