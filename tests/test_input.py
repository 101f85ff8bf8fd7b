"""Our own publications: read without a finding, their figures agree with their charts, and the handbook tells all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageChops, ImageStat

from exporter import transforms
from exporter.cli.commands import app
from exporter.errors import ExitCode
from exporter.model import CodeBlock, Figure, Kind, List, ListStyle, NoteReference, Publication, Table, Transcript
from exporter.model.walk import images, plain_text, walk
from exporter.pipeline.registry import Edition, discover
from exporter.readers import markdown
from exporter.validate.lint import lint
from tests.pictures import charts

INPUT = Path(__file__).parent.parent / "input"
KINDS = {
    "access-to-justice-report": (Kind.REPORT, "en-GB"),
    "arabic-brief": (Kind.BRIEF, "ar"),
    "asylum-dispatch": (Kind.DISPATCH, "en-US"),
    "comentario-justicia": (Kind.COMMENTARY, "es-MX"),
    "committee-submission": (Kind.SUBMISSION, "en-GB"),
    "handbook": (Kind.MANUAL, "en-GB"),
    "presentacion-comite": (Kind.SUBMISSION, "es-MX"),
    "submission-easy-read": (Kind.EASY_READ, "en-GB"),
}


@cache
def publication(slug: str) -> Publication:
    return markdown.read((INPUT / slug / "manuscript.md").read_bytes(), "manuscript.md").publication


@cache
def table(slug: str, name: str) -> Table:
    return next(node for node in walk(publication(slug)) if isinstance(node, Table) and node.at.id == name)


def rows(slug: str, name: str) -> Iterator[list[str]]:
    for body in table(slug, name).bodies:
        for row in body:
            yield [plain_text(cell) for cell in row.cells]


def description(slug: str, picture: str) -> str:
    figures = (node for node in walk(publication(slug)) if isinstance(node, Figure))
    figure = next(figure for figure in figures if figure.images[0].source == picture)
    return plain_text(figure.description)


def test_input_holds_one_folder_for_each_publication_and_nothing_else() -> None:
    assert {path.name for path in INPUT.iterdir()} == set(KINDS)
    for slug in KINDS:
        assert {path.name for path in (INPUT / slug).iterdir()} <= {"manuscript.md", "publication.toml", "img"}


@pytest.mark.parametrize("slug", KINDS)
def test_a_manuscript_is_read_without_a_finding(slug: str) -> None:
    read = markdown.read((INPUT / slug / "manuscript.md").read_bytes(), "manuscript.md")
    assert [str(finding) for finding in read.findings] == []
    metadata = read.publication.metadata
    assert (metadata.kind, metadata.language) == KINDS[slug]
    assert all((metadata.title, metadata.authors, metadata.publisher, metadata.date, metadata.description))


@pytest.mark.parametrize("slug", KINDS)
def test_the_pictures_of_a_manuscript_are_all_there_and_all_used(slug: str) -> None:
    used = {image.source for image in images(publication(slug))}
    if cover := publication(slug).metadata.cover:
        used.add(cover.source)
    folder = INPUT / slug
    assert {path.relative_to(folder).as_posix() for path in folder.glob("img/*")} == used


def test_the_pictures_are_small_enough_for_a_repository() -> None:
    sizes = [path.stat().st_size for path in INPUT.glob("*/img/*")]
    assert max(sizes) < 400_000
    assert sum(sizes) < 4_000_000


@pytest.mark.parametrize("slug", KINDS)
def test_each_note_is_referred_to(slug: str) -> None:
    marks = {node.note for node in walk(publication(slug)) if isinstance(node, NoteReference)}
    assert marks == {note.id for note in publication(slug).notes}


@pytest.mark.parametrize(
    ("draw", "path"),
    [
        (charts.homicides, "access-to-justice-report/img/homicides.png"),
        (charts.crimes, "access-to-justice-report/img/crimes.png"),
        (charts.unsentenced, "access-to-justice-report/img/unsentenced.png"),
        (charts.crimes_in_arabic, "arabic-brief/img/crimes.png"),
    ],
)
def test_a_chart_is_what_its_code_draws(draw: object, path: str) -> None:
    assert callable(draw)
    with Image.open(INPUT / path) as kept:
        difference = ImageChops.difference(kept.convert("RGB"), draw())
    # Another version of the font engine moves edges by a shade; another figure moves whole columns.
    assert max(ImageStat.Stat(difference).mean) < 1.0


def test_the_description_of_each_chart_holds_all_its_figures() -> None:
    report = "access-to-justice-report"
    said = description(report, "img/homicides.png")
    assert all(f"{count:,} in {year}" in said for year, count in charts.HOMICIDES.items())
    said = description(report, "img/unsentenced.png")
    assert all(f"In {y}: men {men}, women {women}" in said for y, (women, men) in charts.UNSENTENCED.items())
    said = description(report, "img/crimes.png")
    assert all(words in said for words in ("Twelve are", "Fifty-nine are", "Thirty-three are", "The other 896 are"))
    assert list(charts.CRIMES.values()) == [896, 33, 59, 12]
    assert sum(charts.CRIMES.values()) == 1000


def test_the_dark_figure_of_each_year_follows_from_its_shares() -> None:
    for year, _, reported, opened, dark in rows("access-to-justice-report", "tbl-envipe"):
        assert 100 - float(reported) * float(opened) / 100 == pytest.approx(float(dark), abs=0.1), year


def test_the_change_of_each_impunity_rate_is_the_difference_of_its_years() -> None:
    for offence, before, after, change in rows("access-to-justice-report", "tbl-impunity"):
        assert float(change) == pytest.approx(float(after) - float(before), abs=0.051), offence


def test_the_legal_bases_of_detention_add_up_to_everybody_without_a_sentence() -> None:
    for year, _, _, *shares in rows("access-to-justice-report", "tbl-prison"):
        assert sum(map(float, shares)) == pytest.approx(100, abs=0.11), year


def test_the_paragraphs_of_the_submission_are_numbered_without_a_gap() -> None:
    numbers = [
        block.start + place
        for block in walk(publication("committee-submission"))
        if isinstance(block, List) and block.style is ListStyle.DECIMAL
        for place, _ in enumerate(block.items)
    ]
    assert numbers == list(range(1, 21))


def test_the_dispatch_has_two_speakers_with_their_cues() -> None:
    script = next(node for node in walk(publication("asylum-dispatch")) if isinstance(node, Transcript))
    speakers = {turn.speaker for turn in script.turns if hasattr(turn, "speaker")}
    assert {(speaker.name, speaker.role) for speaker in speakers} == {("Narrator", ""), ("“Marisol”", "asylum seeker")}
    assert sum(not hasattr(turn, "speaker") for turn in script.turns) == 4


@pytest.mark.parametrize("slug", KINDS)
def test_the_lint_finds_nothing_to_mend(slug: str) -> None:
    findings = lint(transforms.apply(publication(slug), slug))
    assert [str(finding) for finding in findings] == []


def test_the_handbook_names_every_exit_code() -> None:
    assert [int(row[0]) for row in rows("handbook", "tbl-codes")] == [code.value for code in ExitCode]


def handbook_row(edition: Edition) -> tuple[str, str]:
    """Return the first cells of the row that the handbook has for an edition: title and name, and suffix."""
    return f"{edition.description.title} ({edition.name})", edition.writer.SUFFIX


def test_the_handbook_tells_every_edition_and_its_settings() -> None:
    editions = sorted(discover().editions, key=lambda edition: edition.description.order)
    assert [tuple(row[:2]) for row in rows("handbook", "tbl-editions")] == [handbook_row(one) for one in editions]
    settings = {
        (edition.name, f.encode_name) for edition in editions for f in msgspec.structs.fields(edition.writer.Options)
    }
    assert {(row[0], row[1]) for row in rows("handbook", "tbl-settings")} == settings


def test_the_handbook_tells_every_command_and_option() -> None:
    commands = {row[0].split()[0] for row in rows("handbook", "tbl-commands")}
    assert commands == set(app.commands)
    told = {option for row in rows("handbook", "tbl-options") for option in re.findall(r"--[a-z-]+", row[0])}
    parameters = (*app.commands["export"].params, *app.commands["check"].params)
    known = {option for parameter in parameters for option in parameter.opts if "--" in option}
    assert told == known - {"--help"}


def test_the_examples_of_the_handbook_can_be_read() -> None:
    examples = [
        n for n in walk(publication("handbook")) if isinstance(n, CodeBlock) and n.syntax in ("markdown", "html")
    ]
    assert len(examples) > 10
    for example in examples:
        findings = markdown.read(example.text.encode(), "example.md").findings
        assert [str(f) for f in findings if f.rule not in ("heading-skipped", "note-missing")] == [], example.text


def test_the_handbook_tells_what_to_do_about_every_message() -> None:
    told = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", (INPUT / "handbook" / "manuscript.md").read_text("utf-8")))
    assert rules() <= told, sorted(rules() - told)


def rules() -> set[str]:
    from exporter.findings import Rule
    from exporter.images import rules as pictures
    from exporter.readers import rules as reading

    return {value.id for module in (pictures, reading) for value in vars(module).values() if isinstance(value, Rule)}
