"""`Containerfile` as stages and instructions, and its steps carried out in a folder that is the root of a system."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple, Self

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "Containerfile"
FROM_OUTSIDE = ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
"""What reaches the packages: a builder of images has its own."""


class Instruction(NamedTuple):
    name: str
    value: str


def stages() -> dict[str, tuple[str, list[Instruction]]]:
    """The base and the instructions of each stage."""
    text = re.sub(r"^#.*\n", "", FILE.read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found: dict[str, tuple[str, list[Instruction]]] = {}
    instructions: list[Instruction] = []
    for line in filter(str.strip, text.splitlines()):
        name, _, value = line.partition(" ")
        if name == "FROM":
            base, _, stage = value.split()
            instructions = []
            found[stage] = base, instructions
        else:
            instructions.append(Instruction(name, " ".join(value.split())))
    return found


class System:
    """A folder that is the root of a system, as a builder of images leaves it after the instructions of a stage.

    Args:
        root: The folder.
        environment: Variables of its commands.
    """

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self.root = root
        self.folder = "/"
        self.user = ""
        self.environment = environment

    @classmethod
    def of_debian(cls, root: Path, suite: str, *packages: str) -> Self:
        """Make a clean Debian system in a folder."""
        if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
            pytest.fail("This needs root and mmdebstrap: sudo apt-get install --no-install-recommends mmdebstrap")
        included = ",".join(("ca-certificates", *packages))
        # What a mirror has of a suite may be weeks old; its signature is checked all the same.
        options = ["--quiet", "--variant=minbase", '--aptopt=Acquire::Check-Valid-Until "false"']
        # A system for one test need not survive a power cut.
        options.append("--dpkgopt=force-unsafe-io")
        source = f"deb http://deb.debian.org/debian {suite} main"
        command = ["mmdebstrap", *options, f"--include={included}", suite, str(root), source]
        subprocess.run(command, check=True)
        for path in filter(Path.is_file, map(Path, FROM_OUTSIDE)):
            target = root / path.relative_to("/")
            # A link of the system would lead to a file outside of it.
            target.unlink(missing_ok=True)
            shutil.copyfile(path, target)
        return cls(root, {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"})

    def build(self, stage: str) -> None:
        """Carry out the instructions of a stage, after those of its base."""
        base, instructions = stages()[stage]
        if base in stages():
            self.build(base)
        for instruction in instructions:
            self._carry_out(instruction)

    def _carry_out(self, instruction: Instruction) -> None:
        match instruction.name:
            case "RUN":
                done = self.run("sh", "-c", instruction.value)
                assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
            case "ARG" | "ENV":
                for part in shlex.split(instruction.value):
                    name, _, value = part.partition("=")
                    self.environment[name] = value.replace("$PATH", self.environment["PATH"])
            case "WORKDIR":
                self.folder = instruction.value
                (self.root / self.folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                *sources, target = instruction.value.split()
                folder = self.root / self.folder.lstrip("/") / target
                folder.mkdir(parents=True, exist_ok=True)
                for source in sources:
                    if (ROOT / source).is_dir():
                        ignored = shutil.ignore_patterns("__pycache__")
                        shutil.copytree(ROOT / source, folder, dirs_exist_ok=True, ignore=ignored)
                    else:
                        shutil.copy2(ROOT / source, folder)
            case "USER":
                self.user = instruction.value

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the system, with its folder, variables and user."""
        user = ("--userspec", self.user) if self.user else ()
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        inside = ["sh", "-c", 'cd "$0" && exec "$@"', self.folder, *command]
        # What is mounted here is gone when the command ends.
        mounting = ["unshare", "--mount", "sh", "-c", 'mount -t proc proc "$0/proc" && exec "$@"', str(self.root)]
        return subprocess.run(
            [*mounting, "chroot", *user, str(self.root), "env", "-i", *variables, *inside],
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,
        )
