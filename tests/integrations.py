"""A small repository of publications, and the steps of `action.yml` executed as a runner executes them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from exporter.service import formats

ROOT = Path(__file__).parents[1]
GOOD = """---
title: A small publication
kind: report
author: Ana Author
publisher: Rights Press
date: 2026-01-31
lang: en
description: What it is about.
---

# Part

A paragraph.
"""
BAD = GOOD + "\n![](missing.png)\n"
_EXPRESSION = re.compile(r"\$\{\{ (?:inputs\.(?P<input>\w+)|steps\.(?P<step>\w+)\.outputs\.(?P<output>\w+)) \}\}")


def repository(folder: Path, **manuscripts: str) -> Path:
    """Make a repository with a manuscript for each name."""
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "Ana Author")
    git(folder, "config", "user.email", "ana@example.org")
    for name, text in manuscripts.items():
        path = folder / "input" / name / "manuscript.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    git(folder, "add", "-A")
    return folder


def has_every_edition(printed: str) -> bool:
    """Whether an export prints a file of each edition that suits all; that of braille has its code in its name."""
    files = re.findall(r"^  output/small/(small\S*) ", printed, re.MULTILINE)
    suffixes = [edition.suffix for edition in formats()[1] if edition.suits_all]
    return len(files) == len(suffixes) and all(any(file.endswith(suffix) for file in files) for suffix in suffixes)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def installed_exporter(folder: Path) -> Path:
    """Make a folder with a command `exporter` that runs this copy of the source."""
    folder.mkdir(parents=True)
    program = folder / "exporter"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m exporter "$@"\n', "utf-8")
    program.chmod(0o755)
    return program


class Runner:
    """Stands for a runner of GitHub: executes the steps of `action.yml` that are commands.

    Args:
        repository: The repository that is checked out.
        temporary: Its folder for temporary files.
        outputs: Outputs of steps that are not executed.
    """

    def __init__(self, repository: Path, temporary: Path, **outputs: dict[str, str]) -> None:
        self.action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        self._repository = repository
        self._temporary = temporary
        self.outputs = outputs

    def run(self, **inputs: str) -> list[subprocess.CompletedProcess[str]]:
        """Execute the steps that have not been executed yet."""
        values = {name: str(entry.get("default", "")) for name, entry in self.action["inputs"].items()} | inputs
        return [
            self._step(step, values)
            for step in self.action["runs"]["steps"]
            if "run" in step and step.get("id") not in self.outputs
        ]

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> subprocess.CompletedProcess[str]:
        written = self._temporary / "output"
        written.write_text("")
        environment = os.environ | {name: self._value(text, inputs) for name, text in step.get("env", {}).items()}
        environment |= {"RUNNER_TEMP": str(self._temporary), "GITHUB_ACTION_PATH": str(ROOT)}
        environment |= {"GITHUB_OUTPUT": str(written), "EXPORTER_STORE": str(self._temporary / "store")}
        # What is not used need not be compiled.
        environment["PIP_NO_COMPILE"] = "1"
        # As in the documentation of `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command, cwd=self._repository, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        if "id" in step:
            self.outputs[step["id"]] = dict(line.split("=", 1) for line in written.read_text().splitlines())
        return done

    def _value(self, text: str, inputs: dict[str, str]) -> str:
        def value(match: re.Match[str]) -> str:
            return inputs[match["input"]] if match["input"] else self.outputs[match["step"]][match["output"]]

        return _EXPRESSION.sub(value, text)
