"""What is missing is named with the command of the system that it is missing on."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import espeakng_loader
import pytest

from exporter import installation, service
from exporter.errors import MissingToolError
from exporter.programs import find
from exporter.speech.engines import espeak_ng
from exporter.validate.external import ace, installed
from exporter.writers.pdf import patches

PANGO = (
    r"winget install --exact --id MSYS2.MSYS2; C:\msys64\usr\bin\pacman.exe -S --noconfirm mingw-w64-ucrt-x86_64-pango"
)
APT = "sudo apt-get install --no-install-recommends"
COMMANDS = {
    "Linux": {
        "library Pango": f"{APT} libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "library liblouis": f"{APT} liblouis20 liblouis-data",
        "program gs": f"{APT} ghostscript colord-data",
        "program pdftoppm": f"{APT} poppler-utils",
        "colour profiles of presses": f"{APT} ghostscript colord-data",
    },
    "Darwin": {
        "library Pango": "brew install pango",
        "library liblouis": "brew install liblouis",
        "program gs": "brew install ghostscript",
        "program soffice": "brew install --cask libreoffice",
        "program pdftoppm": "brew install poppler",
    },
    "Windows": {
        "library Pango": PANGO,
        "library Fontconfig": PANGO,
        "library liblouis": "wsl --install -d Debian, and use exporter in it",
        "program gs": "winget install --exact --id ArtifexSoftware.GhostScript",
        "program soffice": "winget install --exact --id TheDocumentFoundation.LibreOffice",
        "program pdftoppm": "winget install --exact --id oschwartz10612.Poppler",
    },
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system on which nothing is installed besides Python packages."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(installation, "find_library", lambda _: None)
    monkeypatch.setattr(installation, "_HOMEBREW", ())
    library = espeakng_loader.get_library_path()
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: library)
    monkeypatch.setenv("XDG_DATA_DIRS", "/nowhere")
    monkeypatch.setenv("EXPORTER_VALIDATORS", "/nowhere")
    return monkeypatch


@pytest.mark.parametrize("system", COMMANDS)
def test_doctor_names_the_command_of_the_system(bare: pytest.MonkeyPatch, system: str) -> None:
    bare.setattr(platform, "system", lambda: system)
    missing = {item.name: item.install for item in service.doctor() if not item.installed}
    for name, command in COMMANDS[system].items():
        assert missing[name] == f"Run: {command}"
    if system != "Linux":
        assert "apt-get" not in str(missing)
        assert missing["colour profiles of presses"].startswith("Ask the printer for the profile")
    # Windows has no make, even beside a copy of the source.
    assert ("Run: make " in str(missing)) is (system != "Windows")


def test_software_for_validators_is_named_with_its_commands(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setattr(platform, "system", lambda: "Windows")
    bare.setattr(installed, "_CHECKOUT", tmp_path)
    assert ace.Ace().missing() == (
        "Ace by DAISY is not installed (@daisy/ace-cli, node, chromium). "
        "Run: winget install --exact --id OpenJS.NodeJS.LTS; winget install --exact --id Google.Chrome; "
        "npm install --prefix validators @daisy/ace-cli@1.4.6, and set EXPORTER_VALIDATORS to its path"
    )


def test_packages_of_npm_are_those_of_the_project() -> None:
    package = json.loads((Path(__file__).parents[1] / "package.json").read_bytes())
    assert installed.NPM_VERSIONS.items() <= (package["devDependencies"] | package["optionalDependencies"]).items()


@pytest.mark.parametrize(
    ("file", "command", "again"),
    [
        ("nothing", "pip install", "pip install --force-reinstall"),
        ("pipx_metadata.json", "pipx inject exporter", "pipx inject --force exporter"),
        (
            "uv-receipt.toml",
            'uv pip install --python "$(uv tool dir)/exporter"',
            'uv pip install --python "$(uv tool dir)/exporter" --force-reinstall',
        ),
    ],
)
def test_packages_are_installed_beside_exporter_and_again_by_the_option_of_each_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: str, command: str, again: str
) -> None:
    (tmp_path / file).touch()
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert installation.pip_command("fsspec", "s3fs>=2026.9") == f"{command} fsspec 's3fs>=2026.9'"
    assert installation.pip_command("espeakng-loader", again=True) == f"{again} espeakng-loader"
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    assert installation.pip_command("fsspec", "s3fs>=2026.9") == f'{command} fsspec "s3fs>=2026.9"'


@pytest.mark.parametrize(("system", "machine"), [("Darwin", "x86_64"), ("Windows", "AMD64"), ("Linux", "aarch64")])
def test_no_package_is_named_that_npm_refuses_on_this_system(
    bare: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    bare.setattr(platform, "system", lambda: system)
    bare.setattr(platform, "machine", lambda: machine)
    (item,) = (item for item in service.doctor() if item.name == "validator Open XML SDK validator")
    assert item.install == "Open XML SDK validator is not installed: it needs Linux on an x86-64 processor."


@pytest.mark.parametrize(
    ("system", "advice"),
    [("Linux", "espeakng-loader"), ("Windows", "Run: winget install --exact --id Microsoft.VCRedist.2015+.x64")],
)
def test_a_library_of_voices_that_cannot_be_loaded_is_no_crash(
    monkeypatch: pytest.MonkeyPatch, system: str, advice: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: "/nowhere/espeak-ng.dll")
    monkeypatch.setattr(espeak_ng, "_load_problem", espeak_ng._load_problem.__wrapped__)
    (item,) = (item for item in service.doctor() if item.name == "voices of eSpeak NG")
    assert not item.installed
    assert "/nowhere/espeak-ng.dll" in item.install
    assert item.install.endswith(advice)


@pytest.mark.parametrize("system", COMMANDS)
def test_a_program_that_is_needed_is_named_with_it_too(bare: pytest.MonkeyPatch, system: str) -> None:
    bare.setattr(platform, "system", lambda: system)
    with pytest.raises(MissingToolError) as caught:
        find("gs")
    assert COMMANDS[system]["program gs"] in caught.value.advice


def test_pango_that_cannot_be_loaded_is_no_crash(bare: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    bare.setattr(platform, "system", lambda: "Darwin")
    bare.setattr(patches.importlib, "import_module", missing)
    with pytest.raises(MissingToolError, match="Pango") as caught:
        patches._import()
    assert caught.value.advice == "Run: brew install pango"


def test_pango_of_homebrew_that_this_python_does_not_see_is_found(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "libpango-1.0.dylib").touch()
    bare.setattr(platform, "system", lambda: "Darwin")
    bare.setattr(installation, "_HOMEBREW", (str(tmp_path),))
    assert installation.library_advice().endswith(f"Run: export DYLD_FALLBACK_LIBRARY_PATH={tmp_path}")


def test_libraries_of_msys2_are_found_on_windows(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setattr(platform, "system", lambda: "Windows")
    for file in ("libpango-1.0-0.dll", "libfontconfig-1.dll"):
        (tmp_path / file).touch()
    bare.setenv("WEASYPRINT_DLL_DIRECTORIES", f"/nowhere;{tmp_path}")
    assert installation.library_path("pango-1.0") == str(tmp_path / "libpango-1.0-0.dll")
    assert installation.library_path("fontconfig") == str(tmp_path / "libfontconfig-1.dll")
    assert installation.library_path("harfbuzz") == ""


def test_programs_beside_the_path_are_found(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("gs10.03.1", "gs10.05.1"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "gswin64c.exe").touch()
    bare.setattr(installation, "_PATHS", {"gs": (str(tmp_path / "gs*" / "bin" / "gswin64c.exe"),)})
    assert find("gs") == tmp_path / "gs10.05.1" / "bin" / "gswin64c.exe"


def test_commands_are_quoted_for_the_shell_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    path = r"C:\Users\Ana's\My report.docx"
    assert installation.shell_command("exporter", "check", path) == f'exporter check "{path}"'
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert installation.shell_command("exporter", "check", "My report.docx") == "exporter check 'My report.docx'"
