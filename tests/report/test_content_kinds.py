"""Rows of different standards about the same content agree on whether an edition has it."""

from __future__ import annotations

import re

import msgspec
import pytest

from exporter.report import model as r
from exporter.report.conformance import assess
from exporter.report.content_kinds import COUNTED, KINDS, NEVER, OF_EDITIONS
from exporter.report.criteria import WCAG, standards
from exporter.writers.sign_language import CAPTIONS
from tests.report.reports import INSTALLED, clean, edition

SUBJECTS = {
    "formulas": "formulas?|mathematical",
    "forms": "fields?|(?<!XFA )forms?(?! XObjects)",
    "headings": "headings",
    "links": "links?",
    "lists": "lists",
    "logins": "logging in",
    "notes": "notes?",
    "pictures": "images|graphics|flash\\w*",
    "recordings": "sound|recording|narrat\\w+",
    "scripts": "gestures?|scripts|time limits",
    "tables": "tables?(?! of contents)",
    "videos": "videos?",
}
"""What the text of a row calls content of a kind."""
GENERAL = {
    *("1.3.1", "9.1.3.1", "10.1.3.1", "eBraille 1.0 6.2", "eBraille 1.0 8", "eBraille 1.0 10"),
    *("1.3.3", "9.1.3.3", "10.1.3.3", "1.4.3", "9.1.4.3", "10.1.4.3"),
    *("page-list", "sync-skipping", "30"),
}
"""Rows about whatever there is, of which they name examples, or for which the word is another thing."""
NOTHING = dict.fromkeys(COUNTED, 0)
EVERYTHING = dict.fromkeys(COUNTED, 1)


def report(content: dict[str, int], **more: object) -> r.Report:
    names = ("html", "pdf", "epub", "docx", "audio", "daisy", "sign-language")
    own = {"epub": more}
    return clean(*names, content=content, editions=tuple(edition(name, **own.get(name, {})) for name in names))


def answers(of: r.Report) -> dict[str, dict[str, set[str]]]:
    """Return what rows about one kind of content alone say, by kind and edition: the reason why it does not apply."""
    found: dict[str, dict[str, set[str]]] = {}
    for result in assess(of, INSTALLED):
        for row in result.criteria:
            if len(row.criterion.content) == 1:
                for name, cell in row.editions.items():
                    if INSTALLED[name].kind in (row.criterion.editions or ()):
                        reason = cell.reason if cell.support is r.Support.NOT_APPLICABLE else ""
                        found.setdefault(row.criterion.content[0], {}).setdefault(name, set()).add(reason)
    return found


@pytest.mark.parametrize("content", [NOTHING, EVERYTHING, {}], ids=["nothing", "everything", "unknown"])
@pytest.mark.parametrize("recorded", [True, False])
def test_rows_about_the_same_content_agree(content: dict[str, int], *, recorded: bool) -> None:
    said = answers(report(content, recorded=recorded))
    assert {kind for kind, editions in said.items() if any(len(reasons) > 1 for reasons in editions.values())} == set()
    assert said["recordings"]["epub"] == {"" if recorded else OF_EDITIONS["recordings"]}
    assert said["recordings"]["pdf"] == {OF_EDITIONS["recordings"]}
    assert said["forms"]["epub"] == said["forms"]["pdf"] == {NEVER["forms"]}
    assert said["pictures"]["pdf"] == {"The manuscript has no pictures." if content is NOTHING else ""}


def test_a_sign_language_video_has_what_criteria_of_videos_are_about() -> None:
    said = answers(report(EVERYTHING))["videos"]
    assert said["sign-language"] == {""}
    assert {name for name, reasons in said.items() if reasons == {OF_EDITIONS["videos"]}} == said.keys() - {
        "sign-language"
    }


def test_each_row_names_the_kind_of_content_that_its_text_is_about() -> None:
    wrong = []
    for standard in standards():
        for row in standard.criterion:
            assert set(row.content) <= KINDS, row.id
            if {row.id, f"{standard.standard} {row.id}"} & GENERAL:
                continue
            text = re.sub(r"(?i)audio description|videos? with sound", "video", f"{row.name} {row.asks}")
            named = {kind for kind, words in SUBJECTS.items() if re.search(rf"(?i)\b({words})\b", text)}
            allowed = {*row.content, *({"links", "notes"} if "controls" in row.content else ())}
            wrong += [f"{standard.standard} {row.id}: {kind}" for kind in sorted(named - allowed)]
    assert wrong == []


def test_a_video_without_captions_does_not_support_its_criterion() -> None:
    found = CAPTIONS.finding("No captions.", edition="sign-language")
    (cell,) = (
        row.editions["sign-language"]
        for result in assess(msgspec.structs.replace(report(NOTHING), findings=(found,), rules=(CAPTIONS,)), INSTALLED)
        for row in result.criteria
        if (result.standard.standard, row.criterion.id) == (WCAG, "1.2.2")
    )
    assert cell.support is r.Support.PARTLY
