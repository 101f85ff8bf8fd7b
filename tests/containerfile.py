"""`Containerfile` as stages and instructions, and its steps carried out in a folder that is the root of a system."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FILE = ROOT / "Containerfile"


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
