"""Telemetry is off in every process, and browsers have no network; `make proof` shows it with the real programs."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from exporter import offline
from exporter.speech import onnx
from exporter.validate.external import ace, installed
from tests.validate.external.fakes import program

PRINTS = "import exporter, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"


def test_importing_the_package_switches_telemetry_off_whatever_the_user_has_set() -> None:
    env = os.environ | {"ORT_DISABLE_TELEMETRY": "0"}
    done = subprocess.run([sys.executable, "-c", PRINTS], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_the_runtime_of_networks_is_told_too_before_a_network_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def note(name: str) -> Any:
        return lambda *_, **__: called.append(name)

    library = types.SimpleNamespace(
        disable_telemetry_events=note("disable"), SessionOptions=types.SimpleNamespace, InferenceSession=note("load")
    )
    monkeypatch.setitem(sys.modules, "onnxruntime", library)
    onnx.session(Path("model.onnx"))
    assert called == ["disable", "load"]


def test_a_program_keeps_everything_in_one_folder(tmp_path: Path) -> None:
    code = "import pathlib, tempfile; print(pathlib.Path.home(), tempfile.gettempdir())"
    env = os.environ | offline.private(tmp_path)
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path)] * 2


def test_the_browser_of_ace_has_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = program(tmp_path / "a browser", "import sys; print(*sys.argv[1:], sep='\\n')")
    monkeypatch.setattr(installed, "chromium", lambda: str(real))
    browser = ace._offline_browser(tmp_path)
    done = subprocess.run([browser, "--headless"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[:2] == ["--headless", "--proxy-server=127.0.0.1:9"]
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in done.stdout.splitlines()
