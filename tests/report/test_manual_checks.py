"""Manual checks, counted from the tree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.model.walk import images
from exporter.report.manual_checks import count_content, list_manual_checks
from tests.trees import PUBLICATIONS, examples


def at(line: int, **more: object) -> m.At:
    return m.At(source=m.Source("manuscript.md", line), **more)


def image(line: int, alt: m.Alt) -> m.Figure:
    return m.Figure((m.Image("img/a.png", alt),), at=at(line))


def row(*words: str, colspan: int = 1) -> m.Row:
    return m.Row(tuple(m.Cell((m.Paragraph((m.Text(word),)),), colspan=colspan) for word in words))


def said(*blocks: m.Block, kinds: tuple[str, ...] = ("pdf",), **about: object) -> dict[str, str]:
    checks = list_manual_checks(m.Publication(m.Metadata(language="es", **about), body=blocks), kinds)
    return {check.what: " ".join(str(place) for place in check.places) for check in checks}


def test_alt_texts_are_counted_with_their_places_and_the_cover_among_them() -> None:
    blocks = (image(4, m.Described("Uno")), image(9, m.Described("Dos")), image(12, m.Decorative()))
    checks = said(*blocks, cover=m.Cover("img/c.png", m.Described("Tapa")))
    assert checks["3 alt texts, that of the cover among them"] == "manuscript.md:4 manuscript.md:9"
    assert checks["1 image marked as decorative"] == "manuscript.md:12"
    assert "2 alt texts" in said(*blocks)


def test_tables_without_a_caption_are_named_by_their_number() -> None:
    bare = m.Table((), head=(row("a"),), at=at(3))
    captioned = m.Table((), head=(row("a"),), caption=(m.Text("Cifras"),))
    assert said(captioned, bare)["No caption for table 2"] == "manuscript.md:3"
    assert "No caption for tables 1, 3" in said(bare, captioned, bare)


def test_tables_with_merged_cells_are_read_by_a_person() -> None:
    merged = m.Table((), head=(row("a", colspan=2),), caption=(m.Text("Cifras"),))
    assert "1 table with merged cells or several header rows" in said(merged)
    assert not any("merged" in what for what in said(m.Table((), head=(row("a"),), caption=(m.Text("x"),))))


def test_names_are_listened_to_where_something_is_heard() -> None:
    turn = m.Turn(m.Speaker("Marisol"), (m.Paragraph((m.Abbreviation("INEGI", "Instituto"),)),))
    script = m.Transcript((turn, turn), at=at(2))
    assert "1 name of a person and 1 abbreviation in the recording" in said(script, kinds=("sound",))
    assert not any("recording" in what for what in said(script, kinds=("pdf",)))
    assert said(script)["1 video script or interview"] == "manuscript.md:2"


def test_passages_are_counted_where_another_language_begins_and_not_inside_it() -> None:
    inside = m.Span((m.Emphasis((m.Text("x"),), at=at(5, language="fr-CA")),), at=at(5, language="fr"))
    block = m.Paragraph((inside, m.Span((m.Text("y"),), at=at(6, language="es-MX"))))
    assert said(block)["1 passage in another language"] == "manuscript.md:5"


def test_what_every_text_has_is_asked_last_and_always() -> None:
    assert list(said(m.Paragraph((m.Text("x"),))))[-1] == "The whole text"


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
@given(PUBLICATIONS)
def test_any_tree_can_be_counted_and_asked_about(publication: m.Publication) -> None:
    counts = count_content(publication)
    checks = list_manual_checks(publication, ("pdf", "sound"))
    pictures = len(list(images(publication))) + bool(publication.metadata.cover)
    assert counts["pictures"] == pictures
    assert bool(counts["alts"]) == any("alt text" in check.what for check in checks)
    assert bool(counts["links"]) == any(check.what.endswith((" link", " links")) for check in checks)
    assert len({check.what for check in checks}) == len(checks)
