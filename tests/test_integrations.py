"""The GitHub Action and the pre-commit hook, run against a small repository with this copy of the source.

`tests/proof/test_installed.py` installs exporter for them, too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from exporter.errors import ExitCode
from tests.integrations import BAD, GOOD, ROOT, Runner, git, installed_exporter, repository
from tests.report.test_sarif import _schema


def test_the_action_reports_findings_with_paths_of_the_repository(tmp_path: Path) -> None:
    checked = repository(tmp_path / "repository", good=GOOD, bad=BAD)
    runner = Runner(checked, tmp_path, install={"exporter": str(installed_exporter(tmp_path / "bin"))})
    check, result = runner.run(source="input/good\ninput/bad\n", sarif="reports/a b.sarif")
    assert runner.outputs["check"] == {"sarif": "reports/a b.sarif", "code": str(int(ExitCode.FINDINGS))}
    assert "input/bad/manuscript.md:15: error: " in check.stdout
    assert result.returncode == ExitCode.FINDINGS
    log = json.loads((checked / "reports" / "a b.sarif").read_bytes())
    _schema().validate(log)
    assert {run["automationDetails"]["id"] for run in log["runs"]} == {"exporter/good/", "exporter/bad/"}
    results = [result for run in log["runs"] for result in run["results"] if result["level"] == "error"]
    for result_ in results:
        place = result_["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "input/bad/manuscript.md", "uriBaseId": "%SRCROOT%"}
        assert place["region"]["startLine"] == 15
    assert {result_["ruleId"] for result_ in results} == {"image-missing", "alt-missing"}


def test_the_action_has_only_values_of_inputs_in_variables() -> None:
    """A branch or a path must not become part of a command."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "run" not in step or step["shell"] == "bash"
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text("utf-8")))
    assert used == set(action["inputs"])


def test_the_hook_stops_a_commit_with_errors(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    folder = repository(tmp_path / "repository", good=GOOD, bad=BAD)
    (folder / "README.md").write_text("# No manuscript\n")
    local = {**hook, "language": "system"}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
    git(folder, "add", "-A")
    environment = os.environ | {
        "PATH": f"{installed_exporter(tmp_path / 'bin').parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "EXPORTER_STORE": str(tmp_path / "store"),
    }
    command = [sys.executable, "-m", "pre_commit", "run"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "input/bad/manuscript.md:15: error: " in done.stdout, done.stdout + done.stderr
    assert "good: no problems found" in done.stdout
    assert "README" not in done.stdout
