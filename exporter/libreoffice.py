"""LibreOffice: where it is, and its command without a window, in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from exporter.installation import which

PROGRAM = "soffice"
# With a profile of an earlier version, it first tests how it draws, which takes as long as a conversion.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>99.9</value></prop></item>{settings}</oor:items>
"""


def program() -> Path | None:
    """Return the executable rather than its launcher, so that it can be stopped, or None if it is not installed."""
    launcher = which(PROGRAM)
    if launcher is None:
        return None
    executable = Path(launcher).resolve().with_name("soffice.bin")
    return executable if executable.is_file() else Path(launcher)


def state() -> str:
    """Return its path and modification time; empty if it is not installed."""
    executable = program()
    return f"{executable} {executable.stat().st_mtime_ns}" if executable else ""


def command(executable: Path | str, folder: Path, *arguments: str | Path, settings: str = "") -> list[str | Path]:
    """Return the command with its arguments, and write its profile.

    Args:
        executable: The program.
        folder: A folder of this run only; nothing is written elsewhere.
        arguments: What it does.
        settings: Items of the profile.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(settings=settings), "utf-8")
    return [
        executable,
        f"-env:UserInstallation={profile.as_uri()}",
        # Otherwise it writes to its installation folder when it searches for extensions.
        f"-env:UNO_SHARED_PACKAGES_CACHE={(profile / 'shared').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        *arguments,
    ]


def environment(folder: Path) -> Mapping[str, str]:
    """Return the environment of the command: nothing of the user's but where programs are."""
    inherited = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return {**inherited, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
