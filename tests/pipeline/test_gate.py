"""What is let out and what is not: weights of rules, waivers, and what the report says of both."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from exporter.config import GateLevel
from exporter.errors import ExitCode
from exporter.pipeline.events import Ended, Published, Removed, StepState
from tests.pipeline.bench import GOOD, Bench

TODAY = datetime.date(2026, 6, 30)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def report(bench: Bench, slug: str = "one") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((bench.output / slug / "report.json").read_text("utf-8"))
    return read


def settings(bench: Bench, text: str) -> None:
    (bench.input / "one" / "publication.toml").write_text(text, "utf-8")


def waiver(rule: str, until: str = "2026-12-31", where: str = "", reason: str = "Agreed with the readers.") -> str:
    return (
        f'[[gate.waivers]]\nrule = "{rule}"\nwhere = "{where}"\nreason = "{reason}"\nuntil = {until}\n'
        if until
        else f'[[gate.waivers]]\nrule = "{rule}"\nreason = "{reason}"\n'
    )


def test_an_edition_with_an_error_is_withheld_and_the_others_are_published(bench: Bench) -> None:
    bench.write("one")
    outcome = bench.export("bad-edition", "words")
    assert outcome.code is ExitCode.FINDINGS
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}
    gate = next(event for event in bench.events if isinstance(event, Ended) and event.step == "gate")
    assert (gate.state, gate.reason) == (StepState.FAILED, "Published without bad-edition: 1 error.")
    contents = report(bench)
    assert contents["published"] is True
    editions = {edition["name"]: edition for edition in contents["editions"]}
    assert {name: edition["standing"] for name, edition in editions.items()} == {
        "bad-edition": "withheld",
        "words": "made",
    }
    assert editions["bad-edition"]["reason"] == "Not published: this edition has errors."
    assert editions["bad-edition"]["sha256"] is None or not editions["bad-edition"]["sha256"]
    page = (bench.output / "one" / "report.html").read_text()
    assert "Published without bad-edition" in page


def test_where_every_edition_has_an_error_nothing_is_published(bench: Bench) -> None:
    bench.write("one")
    assert bench.export("bad-edition").code is ExitCode.FINDINGS
    assert bench.files("one") == {}
    assert report(bench)["published"] is False


def test_the_earlier_file_of_a_withheld_edition_stays_and_the_report_says_so(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "bad-edition", gate=GateLevel.WARNING)
    before = bench.files("one")
    sums = {edition["name"]: edition["sha256"] for edition in report(bench)["editions"]}
    bench.write("one", "Another title\nText.\n")
    assert bench.export("words", "bad-edition").code is ExitCode.FINDINGS
    after = bench.files("one")
    assert (after["bad.txt"], after["words.txt"] == before["words.txt"]) == (before["bad.txt"], False)
    withheld = next(edition for edition in report(bench)["editions"] if edition["name"] == "bad-edition")
    assert (withheld["standing"], withheld["sha256"]) == ("withheld", sums["bad-edition"])
    assert not [event for event in bench.events if isinstance(event, Removed)]


def test_an_error_in_the_manuscript_blocks_all_of_it(bench: Bench) -> None:
    bench.write("one", "A title\n!img.png\n")
    assert bench.export("words", "other").code is ExitCode.FINDINGS
    assert bench.files("one") == {}


def test_once_it_is_mended_everything_is_let_out_and_nothing_is_made_twice(bench: Bench) -> None:
    bench.write("one")
    bench.export("words", "bad-edition")
    bench.export("words")
    assert bench.files("one") == {"words.txt": "A title Only part A paragraph. 11"}
    assert not [line for line in bench.worked() if "write" in line or "parity" in line or "check" in line]
    assert report(bench)["published"] is True


@pytest.mark.parametrize("gate", [GateLevel.WARNING, GateLevel.OFF])
def test_a_loosened_gate_lets_everything_out_and_the_report_says_so(bench: Bench, gate: GateLevel) -> None:
    bench.write("one")
    assert bench.export("bad-edition", "words", gate=gate).code is ExitCode.DONE
    assert set(bench.files("one")) == {"bad.txt", "words.txt"}
    told = report(bench)
    assert (told["published"], told["gate"]) == (True, gate.value)
    checks = {f"{one['edition']} {one['name']}": one for one in told["checks"]}
    if gate is GateLevel.OFF:
        assert (
            checks["words parity"]["reason"] == checks[" lint"]["reason"] == "Checks are disabled on the command line."
        )


@pytest.mark.parametrize("weight", ["warning", "note", "off"])
def test_a_rule_that_settings_make_lighter_lets_the_publication_out(bench: Bench, weight: str) -> None:
    bench.write("one")
    settings(bench, f'[gate]\nrules = {{ "unusable" = "{weight}" }}\n')
    assert bench.export("bad-edition").code is ExitCode.DONE
    assert set(bench.files("one")) == {"bad.txt"}
    told = report(bench)
    assert told["weighed"] == [{"rule": "unusable", "weight": weight, "by": "publication.toml", "amount": 1}]
    assert [one["severity"] for one in told["findings"] if one["rule"] == "unusable"] == (
        [] if weight == "off" else [weight]
    )


def test_a_rule_that_settings_make_heavier_keeps_the_publication_in(bench: Bench) -> None:
    bench.write("one", "A title\nText.\n!img.svg|image of a square\n")
    bench.write("one", SQUARE, "img.svg")
    bench.write("one", "", "publication.toml")
    assert bench.export("words").code is ExitCode.DONE
    (warning,) = [one for one in report(bench)["findings"] if one["severity"] == "warning"]
    settings(bench, f'[gate]\nrules = {{ {warning["rule"]} = "error" }}\n')
    before = bench.files("one")
    assert bench.export("words").code is ExitCode.FINDINGS
    assert bench.files("one") == before
    assert bench.found()[warning["rule"]].startswith("manuscript.lines:")
    # What was found is the same: only what is made of it has changed.
    assert not [line for line in bench.worked() if "lint" in line or "prepare" in line]


def test_settings_of_the_house_win_over_those_of_a_publication(bench: Bench, tmp_path: Path) -> None:
    import shutil

    from exporter.config import styles_folder

    styles = tmp_path / "styles"
    shutil.copytree(styles_folder(), styles)
    (styles / "house.toml").write_text('[gate]\nrules = { "unusable" = "error" }\n')
    bench.write("one")
    settings(bench, '[gate]\nrules = { "unusable" = "off" }\n')
    assert bench.export("bad-edition", styles=styles).code is ExitCode.FINDINGS


def test_a_manuscript_waives_for_itself(bench: Bench) -> None:
    head = (
        "---\ntitle: A title\nkind: report\nauthor: Ana Author\npublisher: House\ndate: 2026-01-31\nlang: en\n"
        "description: What it is about.\nexport:\n  gate:\n    rules: {unusable: warning}\n    waivers:\n"
        "      - rule: heading-empty\n        reason: A test.\n        until: 2026-12-31\n---\n\n# Part\n\nText.\n"
    )
    bench.write("one", head, "manuscript.md")
    assert bench.export("bad-edition", today=TODAY).code is ExitCode.DONE
    assert bench.found()["waiver-unused"].startswith("manuscript.md:13: warning: ")


@pytest.mark.parametrize("where", ["", "bad-edition", "not usable", "It is not usable."])
def test_a_waiver_lets_a_finding_pass_and_the_report_shows_it(bench: Bench, where: str) -> None:
    bench.write("one")
    settings(bench, waiver("unusable", where=where))
    assert bench.export("bad-edition", "words", today=TODAY).code is ExitCode.DONE
    assert set(bench.files("one")) == {"bad.txt", "words.txt"}
    told = report(bench)
    assert [one["rule"] for one in told["findings"]] == []
    (one,) = told["waived"]
    assert one["finding"]["message"] == "It is not usable."
    assert one["finding"]["severity"] == "error"
    assert (one["reason"], one["until"]) == ("Agreed with the readers.", "2026-12-31")
    assert "unusable" not in bench.found()


@pytest.mark.parametrize("where", ["words", "usa", "manuscript.lines:1"])
def test_a_waiver_for_another_place_lets_nothing_pass(bench: Bench, where: str) -> None:
    bench.write("one")
    settings(bench, waiver("unusable", where=where))
    assert bench.export("bad-edition", "words", today=TODAY).code is ExitCode.FINDINGS
    assert set(bench.files("one")) == {"words.txt"}


def test_a_waiver_names_a_line_of_the_manuscript(bench: Bench) -> None:
    bench.write("one", "A title\nText.\n!img.svg\n!img.svg\n")
    bench.write("one", SQUARE, "img.svg")
    settings(bench, waiver("alt-missing", where="manuscript.lines:3"))
    assert bench.export(today=TODAY).code is ExitCode.FINDINGS
    assert bench.found()["alt-missing"].startswith("manuscript.lines:4: ")
    settings(
        bench,
        waiver("alt-missing", where="manuscript.lines:3") + waiver("alt-missing", where="manuscript.lines:4"),
    )
    assert bench.export(today=TODAY).code is ExitCode.DONE
    assert len(report(bench)["waived"]) == 2


def test_a_waiver_holds_on_its_last_day_and_no_longer(bench: Bench) -> None:
    bench.write("one")
    settings(bench, waiver("unusable", until="2026-06-30"))
    assert bench.export("bad-edition", today=TODAY).code is ExitCode.DONE
    assert bench.export("bad-edition", today=TODAY + datetime.timedelta(days=1)).code is ExitCode.FINDINGS
    assert bench.found()["waiver-expired"].startswith("publication.toml:1: error: Expired waiver: “unusable” ended on")
    assert "unusable" in bench.found()


def test_a_waiver_that_covers_nothing_is_told(bench: Bench) -> None:
    bench.write("one")
    settings(
        bench, '[export]\neditions = ["words"]\n' + waiver("heading-empty") + waiver("parity-title", where="words")
    )
    outcome = bench.export(editions=(), today=TODAY)
    assert outcome.code is ExitCode.DONE
    unused = [one for one in report(bench)["findings"] if one["rule"] == "waiver-unused"]
    assert [one["source"]["line"] for one in unused] == [3, 8]
    # Of editions that are not made this time nobody can tell.
    bench.export("words", today=TODAY)
    unused = [one for one in report(bench)["findings"] if one["rule"] == "waiver-unused"]
    assert [one["source"]["line"] for one in unused] == [3]


def test_a_waiver_that_covers_nothing_is_told_by_check_too(bench: Bench) -> None:
    from exporter import service

    bench.write("one")
    settings(bench, waiver("heading-empty") + waiver("unusable"))
    request = service.Request(sources=(bench.input,), store=bench.store, today=TODAY)
    outcome = service.check(request, lambda _: None)
    (one,) = outcome.publications
    assert [(f.rule, f.source.line if f.source else 0) for f in one.findings] == [("waiver-unused", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (waiver("unusable", until=""), "publication.toml:1: Waiver without a last day: “unusable”."),
        (waiver("unusable", reason=" "), "publication.toml:1: Waiver without a reason: “unusable”."),
        (
            '[gate]\n[[gate.waivers]]\nrule = "x"\nuntil = 2026-12-31\n',
            "publication.toml:2: Waiver without a reason: “x”",
        ),
        ('[gate]\nwaivers = [{ reason = "x", until = 2026-12-31 }]\n', "publication.toml:2: Waiver without a rule."),
        (waiver("unusable", until='"soon"'), "publication.toml:1: Invalid value for “until” in [gate.waivers]"),
        (waiver("unusable") + 'becuse = "x"\n', "publication.toml:1: Unknown setting “becuse” in [gate.waivers]."),
        (
            "[gate]\nwaivers = 3\n",
            "publication.toml:2: Invalid value for “waivers” in [gate]: expected a list of tables.",
        ),
        ("[gate]\nwaivers = [3]\n", "publication.toml:2: Invalid waiver: expected a table of settings."),
        (waiver("unusable") * 1_001, "publication.toml:1: Invalid value for “waivers” in [gate]: 1,001 entries"),
        ("[gate]\nrules = 3\n", "publication.toml:2: Invalid value for “rules” in [gate]: expected a table."),
        (
            '[gate]\nruels = { "a" = "off" }\n',
            "publication.toml:2: Unknown setting “ruels” in [gate]. Did you mean “rules”?",
        ),
        (
            '[gate.rules]\n"table-caption" = "of"\n',
            "publication.toml:2: Invalid value for “table-caption” in [gate]",
        ),
        ('[gate.rules]\n"table-capton" = "off"\n', "publication.toml:2: Unknown rule “table-capton”. Did you mean"),
        (waiver("alt-misisng"), "publication.toml:1: Unknown rule “alt-misisng”. Did you mean “alt-missing”?"),
        (
            '[gate.rules]\n"alt-missing" = "off"\n',
            "publication.toml:2: The severity of “alt-missing” cannot be lowered",
        ),
        ('[gate.rules]\n"parity-unreadable" = "note"\n', "The severity of “parity-unreadable” cannot be lowered"),
    ],
)
def test_a_slip_in_the_settings_of_the_gate_is_said_with_its_line(bench: Bench, text: str, words: str) -> None:
    bench.write("one")
    settings(bench, text)
    outcome = bench.export("words", today=TODAY)
    assert outcome.code is ExitCode.SETTINGS
    assert (
        words.replace("publication.toml:1: ", "publication.toml:1: error: ").replace(
            "publication.toml:2: ", "publication.toml:2: error: "
        )
        in bench.found()["settings-wrong"]
    )
    assert bench.files("one") == {}


def test_a_step_that_fails_cannot_be_waived(bench: Bench) -> None:
    bench.write("one")
    settings(bench, '[gate]\nrules = { "step-crashed" = "off" }\n')
    assert bench.export("raises", "words").code is ExitCode.STEP
    assert "step-crashed" in bench.found()
    assert set(bench.files("one")) == {"words.txt"}


def test_a_good_manuscript_has_nothing_to_say_of_the_gate(bench: Bench) -> None:
    bench.write("one", GOOD)
    bench.export("words")
    told = report(bench)
    assert (told["waived"], told["weighed"], told["published"]) == ([], [], True)


def test_a_publication_that_is_kept_in_keeps_its_page_and_its_place_in_the_catalogue(bench: Bench) -> None:
    bench.write("one")
    bench.write("two", "The second\nText.\n")
    bench.export("words")
    folder = bench.output / "one"
    page, entry = (folder / "index.html").read_bytes(), (folder / "entry.json").read_bytes()
    catalogue = (bench.output / "index.html").read_text("utf-8")
    assert "A title" in catalogue
    assert "The second" in catalogue
    bench.write("one", "Another title\n!img.png\n")
    bench.write("two", "The second, mended\nText.\n")
    assert bench.export("words").code is ExitCode.FINDINGS
    assert ((folder / "index.html").read_bytes(), (folder / "entry.json").read_bytes()) == (page, entry)
    catalogue = (bench.output / "index.html").read_text("utf-8")
    assert "A title" in catalogue
    assert "Another title" not in catalogue
    assert "The second, mended" in catalogue


def test_the_catalogue_is_not_made_again_when_nothing_has_changed(bench: Bench) -> None:
    bench.write("one")
    bench.export("words")
    names = [Path(event.file).name for event in bench.events if isinstance(event, Published)]
    assert "opds.json" in names
    bench.export("words")
    assert not [event for event in bench.events if isinstance(event, Published) and event.publication == "catalogue"]
    (bench.output / "index.html").unlink()
    bench.export("words")
    assert (bench.output / "index.html").is_file()
