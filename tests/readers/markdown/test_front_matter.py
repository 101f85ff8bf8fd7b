from __future__ import annotations

import datetime

import pytest

from exporter.errors import SourceError
from exporter.model import (
    Contact,
    Contributor,
    Cover,
    Decorative,
    Described,
    Direction,
    Family,
    Form,
    Kind,
    Related,
    Source,
    Undescribed,
)
from exporter.model.walk import plain_text
from tests.readers.markdown.reading import line, md


def _metadata(yaml):
    result = md(f"---\n{yaml}\n---\n\nText")
    assert [str(finding) for finding in result.findings] == []
    return result.publication.metadata


def _findings(yaml):
    found = md(f"---\n{yaml}\n---\n\nText").findings
    return [(finding.rule, finding.source.line) for finding in found]


def test_every_key_is_read():
    metadata = _metadata(
        """title: "Who: pays"
subtitle: Two
kind: Report
authors:
  - Ana
  - name: Ben
    role: translator
date: 2026-03-01
lang: ar
description: >
  Several
  lines
keywords: [law, "access to justice"]
rights: CC BY 4.0
identifier: urn:x
publisher: P
series: S
place: Toluca
related:
  - title: R
    target: other
translations:
  - title: T
    url: https://example.org
    lang: es
cover:
  image: img/c.png
  alt: A door
contact:
  name: Press
  mail: a@example.org
certifier: C"""
    )
    assert metadata.title == "Who: pays"
    assert metadata.kind is Kind.REPORT
    assert metadata.authors == (Contributor("Ana"), Contributor("Ben", "trl"))
    assert metadata.date == datetime.date(2026, 3, 1)
    assert (metadata.language, metadata.direction) == ("ar", Direction.RTL)
    assert metadata.description == "Several lines"
    assert metadata.subjects == ("law", "access to justice")
    assert metadata.related == (Related("R", "other"),)
    assert metadata.translations == (Related("T", "https://example.org", "es"),)
    assert metadata.cover == Cover("img/c.png", Described("A door"))
    assert metadata.contact == Contact(name="Press", email="a@example.org")
    assert (metadata.subtitle, metadata.rights, metadata.identifier) == ("Two", "CC BY 4.0", "urn:x")
    assert (metadata.publisher, metadata.series, metadata.place, metadata.certifier) == ("P", "S", "Toluca", "C")
    assert metadata.source == Source("m.md", 2)


def test_a_family_has_an_original_a_form_and_members_elsewhere():
    metadata = _metadata(
        """family:
  original: well
  form: easy-read
  members:
    - {title: The well in signs, target: "https://example.org/", lang: ase, form: sign-language}"""
    )
    video = Related("The well in signs", "https://example.org/", "ase", Form.SIGN_LANGUAGE)
    assert metadata.family == Family(Form.EASY_READ, "well", (video,))
    assert _metadata("family: {original: well}").family == Family(original="well")
    assert _metadata("family: {form: original}").family == Family(Form.ORIGINAL)


@pytest.mark.parametrize(
    ("yaml", "sentence"),
    [
        ("family: well", "The family is not a map."),
        ("family: {original: well, form: translated}", "Unknown form “translated”."),
        ("family: {orignal: well}", "Unknown key “orignal” in the family; it was ignored."),
    ],
)
def test_a_family_that_is_written_wrongly_is_told(yaml, sentence):
    (finding,) = md(f"---\n{yaml}\n---\n\nText").findings
    assert (finding.message, finding.source.line) == (sentence, 2)


@pytest.mark.parametrize(
    ("yaml", "alt"),
    [
        ("cover: c.png", Undescribed()),
        ("cover: c.png\ncover-alt: A door", Described("A door")),
        ('cover: c.png\ncover-alt: ""', Decorative()),
        ('cover: c.png\ncover-alt: " "', Undescribed()),
        ('cover:\n  image: c.png\n  alt: " "', Undescribed()),
        ("cover:\n  image: c.png", Undescribed()),
        ("cover:\n  image: c.png\n  decorative: true", Decorative()),
    ],
)
def test_a_cover_is_described_or_decorative_or_neither(yaml, alt):
    assert _metadata(yaml).cover == Cover("c.png", alt)


@pytest.mark.parametrize(
    ("yaml", "contact"),
    [
        ("contact: a@example.org", Contact(email="a@example.org")),
        ("contact: Press <a@example.org>", Contact(name="Press", email="a@example.org")),
        ("contact: https://example.org", Contact(url="https://example.org")),
        ("contact: The office", Contact(name="The office")),
    ],
)
def test_a_contact_may_be_one_text(yaml, contact):
    assert _metadata(yaml).contact == contact


def test_words_that_yaml_takes_for_something_else_stay_words():
    metadata = _metadata("title: no\nsubtitle: 2024\nkeywords: yes, off")
    assert (metadata.title, metadata.subtitle, metadata.subjects) == ("no", "2024", ("yes", "off"))


@pytest.mark.parametrize(
    ("yaml", "rule"),
    [
        ("lang: en\nlanguage: es", "metadata-unknown"),
        ("lang: en\nkind: novel", "metadata-value"),
        ("lang: en\ndate: March 2026", "metadata-value"),
        ("lang: en\ndate: 2026-02-30", "metadata-value"),
        ("lang: en\ntitle: [a]", "metadata-value"),
        ("title: en\ntitle: b", "metadata-value"),
        ("lang: en\nauthor: [{role: aut}]", "metadata-value"),
        ("lang: en\nauthor: {name: a, role: boss}", "metadata-value"),
        ("lang: en\nauthor: {name: a, roll: b}", "metadata-unknown"),
        ("lang: en\ncover: {alt: a}", "metadata-value"),
        ("lang: en\ncover-alt: a", "metadata-value"),
        ("lang: en\nrelated: [{target: a}]", "metadata-value"),
        ("lang: en\ncontact: [a]", "metadata-value"),
        ("lang: en\n? [a]\n: b", "metadata-unknown"),
    ],
)
def test_a_wrong_value_is_a_finding_at_its_line(yaml, rule):
    assert _findings(yaml) == [(rule, 3)]


def test_an_unknown_key_names_its_neighbour():
    (finding,) = md("---\ntitel: x\n---\n\nText").findings
    assert "“title”" in finding.advice


def test_lines_are_counted_from_the_beginning_of_the_file():
    assert line(md("---\ntitle: x\n---\nText").publication.body[0]) == 4


def test_a_thematic_break_at_the_beginning_is_no_front_matter():
    assert len(md("---\n\na\n\n---\n").publication.body) == 3


def test_what_the_editions_are_to_be_like_is_handed_over_as_it_was_written():
    yaml = (
        "title: T\nexport:\n  editions: [pdf, epub]\n  pdf: {page_size: a5, cover: no}\n  docx:\n  audio: {speed: 1.10}"
    )
    read = md(f"---\n{yaml}\n---\n\nText")
    assert read.findings == ()
    assert read.options == {
        "editions": ["pdf", "epub"],
        "pdf": {"page_size": "a5", "cover": "no"},
        "audio": {"speed": "1.10"},
    }


def test_options_that_are_no_map_or_stand_twice_are_findings():
    assert _findings("title: T\nexport: pdf") == [("metadata-value", 3)]
    assert _findings("export:\n  pdf:\n    theme: a\n    theme: b") == [("metadata-value", 5)]


def test_front_matter_in_toml_is_refused_and_no_text():
    with pytest.raises(SourceError, match="is TOML"):
        md('+++\ntitle = "Post"\ndate = 2026-03-01\n+++\n\nText\n')
    assert md("+++\n\nText\n").findings == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title: Report: the facts", "a value has a second colon"),
        ("title: a\n  kind: news", "a line is indented without reason"),
        ("title: a\n\tkind: news", "a line begins with a tab"),
        ("title: @home", "a value begins with a reserved character"),
        ("title: a\nkind news\nlang: en", "has no colon after its key"),
        ('title: "a\nkind: news', "a quotation mark is not closed"),
        ("keywords: [a, b\nkind: news", "a bracket is not closed"),
        ('title: "Word" and more', "text follows a closing quotation mark"),
        (r'title: "a\q"', "not valid YAML (while scanning"),
    ],
)
def test_a_slip_of_the_pen_is_said_in_words_that_people_know(line: str, said: str) -> None:
    with pytest.raises(SourceError, match=r"^m.md:\d: Invalid front matter: ") as caught:
        md(f"---\n{line}\n---\n\nText")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "title: A title\n\nText.",
        "\n\nTitle: A title\nAuthor: Ana\n---\nText.",
        "title: A title\nkeywords:\n- one\n- two\nexport:\n  pdf:\n    page_size: a5\n\nText.",
    ],
)
def test_front_matter_without_lines_of_dashes_is_read_and_said(text):
    result = md(text)
    assert result.publication.metadata.title == "A title"
    (block,) = result.publication.body
    assert plain_text((block,)) == "Text."
    assert line(block) == text.count("\n") + 1
    assert [finding.rule for finding in result.findings] == ["front-matter-unmarked"]


@pytest.mark.parametrize(
    "text", ["Date: a sweet fruit.\nPlace: any.\n\nText.", "Note: this.\ntitle: A title\n\nText.", "Who: me.\n\nText."]
)
def test_text_that_only_looks_like_front_matter_stays_text(text):
    result = md(text)
    assert result.publication.metadata.date is None
    assert "front-matter-unmarked" not in {finding.rule for finding in result.findings}


def test_an_error_in_front_matter_without_lines_of_dashes_has_its_line():
    with pytest.raises(SourceError) as error:
        md("\ntitle: A title: with more\nauthor: Ana\n\nText.")
    assert error.value.source == Source("m.md", 2)
