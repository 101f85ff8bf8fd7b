"""Exports and checks send nothing, look no name up, and write only into store, output and temporary folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest
from PIL import Image

from exporter.service import formats
from exporter.speech.engines import kokoro
from tests.proof.offline import tracing
from tests.proof.validators import ROOT, JudgeMissing, libreoffice
from tests.speech.engines import small_voice

MANUSCRIPT = Path(__file__).with_name("manuscript.md")
TELEMETRY = "import onnxruntime, sys; onnxruntime.InferenceSession(sys.argv[1])"
SOCKETS = "import socket; socket.socket().connect_ex(({!r}, {}))"


class Machine:
    """Runs commands in a home that is empty, and knows where they may write.

    Args:
        folder: For all of it.
        scratch: The temporary folder of the commands. Its path is short, and so is that of the store inside it, since
            sockets and the data of eSpeak NG are in `/tmp` where the path would be long.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder, self.scratch, self.home = folder, scratch, folder / "home"
        self.home.mkdir()
        self.output, self.store = folder / "output", scratch / "store"
        self.source = folder / "short"
        self.source.mkdir()
        shutil.copy(MANUSCRIPT, self.source)
        Image.new("RGB", (1200, 800), "grey").save(self.source / "square.png")

    def export(self, source: Path, *arguments: str, **variables: str) -> None:
        """Export a manuscript, and find nothing."""
        folders = ["-o", str(self.output), "--store", str(self.store)]
        command = ["-m", "exporter", "export", str(source), *folders, "--progress", "none", *arguments]
        done, findings = self.traced(command, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        assert findings == []

    def traced(self, arguments: list[str], **variables: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        """Run Python with some arguments; return how it ended, and what it did outside its folders."""
        trace = self.folder / "trace"
        variables |= {"HOME": str(self.home), "TMPDIR": str(self.scratch)}
        env = {name: value for name, value in os.environ.items() if not _of_the_tests(name)} | variables
        done = tracing.run([sys.executable, *arguments], trace=trace, env=env, cwd=ROOT)
        folders = (self.output, self.scratch)
        return done, tracing.findings(trace, folders)


def _of_the_tests(name: str) -> bool:
    """Return whether a variable is not one that users have: the tests set it, or the package that they import."""
    return name.startswith(("EXPORTER_", "XDG_")) or name == "ORT_DISABLE_TELEMETRY"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="offline-") as scratch:
        yield Machine(tmp_path, Path(scratch))


def test_every_edition_and_every_check(machine: Machine) -> None:
    machine.export(machine.source, "--voice", "espeak-ng", "--validators", "own")
    files = [str(path) for path in machine.output.glob("short/short*")]
    assert len(files) == sum(edition.suits_all for edition in formats()[1])
    done, findings = machine.traced(["-m", "exporter", "verify", "--json", *files])
    checks = [check for file in json.loads(done.stdout)["files"] for check in file["checks"]]
    assert [check["reason"] for check in checks if not check["ran"]] == []
    assert findings == []


@pytest.mark.parametrize(
    "editions", [("--to", "epub,audio"), pytest.param((), marks=pytest.mark.soak)], ids=["two", "all"]
)
def test_recordings_with_natural_voices(machine: Machine, editions: tuple[str, ...]) -> None:
    if sys.version_info >= (3, 14):
        pytest.skip("there are no packages of Kokoro for this Python")
    with pytest.MonkeyPatch.context() as patch:
        # The tests hide the natural voices.
        patch.delenv("EXPORTER_VOICES")
        if kokoro.missing():
            raise JudgeMissing(kokoro.missing())
    machine.export(machine.source, "--voice", "kokoro", "--validators", "own", *editions)


def test_every_edition_with_a_voice_of_piper(machine: Machine) -> None:
    voices = machine.folder / "voices"
    voices.mkdir()
    small_voice.write(voices)
    machine.export(machine.source, "--voice", "piper", "--validators", "own", EXPORTER_PIPER_VOICES=str(voices))


@pytest.mark.parametrize("suffix", ["docx", "html", "odt", "rtf", "doc"])
def test_every_kind_of_manuscript(machine: Machine, suffix: str) -> None:
    source = machine.folder / "from-another"
    source.mkdir()
    path = source / f"manuscript.{suffix}"
    if suffix == "doc":
        draft = machine.folder / "manuscript.docx"
        _pandoc(machine, draft)
        profile = f"-env:UserInstallation={(machine.folder / 'profile').as_uri()}"
        command = [libreoffice(), profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", source, draft]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"HOME": str(machine.home)})
    else:
        _pandoc(machine, path)
    machine.export(source, "--to", "html", "--check", "off")


def _pandoc(machine: Machine, path: Path) -> None:
    """Write the manuscript as another kind of file."""
    options = ["--standalone", f"--resource-path={machine.source}"]
    pypandoc.convert_file(str(MANUSCRIPT), path.suffix[1:], outputfile=str(path), extra_args=options)


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (SOCKETS.format("192.0.2.1", 443), "connects to 192.0.2.1 port 443"),
        (SOCKETS.format("127.0.0.1", 53), "looks a name up at 127.0.0.1"),
        ("import socket; socket.getaddrinfo('example.org', 443)", "looks a name up at"),
        ("import pathlib; (pathlib.Path.home() / 'id').write_text('1')", "openat"),
        ("import os; os.chdir(os.environ['HOME']); open('id', 'w')", "openat"),
        ("import os; os.makedirs(os.path.expanduser('~/.cache/ids'))", "mkdir"),
    ],
)
def test_what_is_looked_for_is_found(machine: Machine, program: str, expected: str) -> None:
    _, findings = machine.traced(["-c", program])
    assert any(each.startswith(expected) for each in findings)


def test_loopback_and_temporary_files_are_allowed(machine: Machine) -> None:
    program = "import tempfile; tempfile.mkstemp(); " + SOCKETS.format("127.0.0.1", 443)
    assert machine.traced(["-c", program])[1] == []


def test_without_the_switch_the_runtime_of_networks_is_caught(machine: Machine) -> None:
    voice = str(small_voice.write(machine.folder))
    _, findings = machine.traced(["-c", TELEMETRY, voice])
    assert any("deviceid" in each for each in findings)
    _, findings = machine.traced(["-c", f"import exporter; {TELEMETRY}", voice])
    assert findings == []
