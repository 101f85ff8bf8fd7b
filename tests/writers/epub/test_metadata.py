"""Metadata: nothing is claimed that is not there."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec
import pytest
from PIL import Image as Pixels

from exporter import model as m
from exporter.labels import Labels
from exporter.model.walk import rewrite
from exporter.writers.epub.metadata import CONFORMANCE, describe
from exporter.writers.xhtml.accessibility import CLAIMS, SUMMARY
from exporter.writers.xhtml.files import CSS, File
from exporter.writers.xhtml.inventory import BookInventory, inspect
from tests.write_context import LANGUAGES, STYLES
from tests.writers.epub.books import Bench, Book, figure, kitchen_sink, metadata, paragraph, pixels, section

FEATURE = "schema:accessibilityFeature"


def test_title_and_subtitle_are_one(sink: Book) -> None:
    assert sink.values("dc:title") == ["Justice Denied: A report"]


def test_the_publication_is_described(sink: Book) -> None:
    expected = {
        "dc:language": ["en-GB"],
        "dc:creator": ["Ana López"],
        "dc:contributor": ["Boris Ivanov"],
        "dc:publisher": ["Example Rights"],
        "dc:date": ["2026-03-01"],
        "dc:identifier": ["urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100"],
        "dc:description": ["What the courts did not do."],
        "dc:subject": ["Access to justice", "Mexico"],
        "dc:rights": ["CC BY 4.0"],
        "role": ["aut", "trl"],
        "belongs-to-collection": ["Country reports"],
        "collection-type": ["series"],
    }
    assert {name: sink.values(name) for name in expected} == expected


def test_where_nobody_is_the_author_everybody_is_a_creator(bench: Bench) -> None:
    about = metadata(authors=(m.Contributor("Ed", "edt"), m.Contributor("Tess", "trl")))
    book = bench.book(m.Publication(about))
    assert book.values("dc:creator") == ["Ed", "Tess"]
    assert book.values("dc:contributor") == []


def test_what_is_not_said_is_left_out(bench: Bench) -> None:
    about = m.Metadata(title="Bare", language="en", identifier="urn:x:bare")
    book = bench.book(m.Publication(about))
    for name in ("dc:creator", "dc:publisher", "dc:date", "dc:description", "dc:subject", "dc:rights"):
        assert book.values(name) == []
    assert book.values("dcterms:modified") == ["1980-01-01T00:00:00Z"]
    assert datetime.date(1980, 1, 1).isoformat() not in book.data["EPUB/title.xhtml"].decode()


def test_a_book_with_everything_claims_everything_that_it_holds(sink: Book) -> None:
    assert sink.values("schema:accessMode") == ["textual", "visual"]
    assert sink.values("schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert sink.values("schema:accessibilityHazard") == ["none"]
    assert sink.values(FEATURE) == [
        "alternativeText",
        "ARIA",
        "displayTransformability",
        "longDescription",
        "MathML",
        "pageBreakMarkers",
        "pageNavigation",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ]


def without(*kinds: type[m.Node]) -> Callable[[m.Publication], m.Publication]:
    def cut(node: m.Node) -> m.Node | tuple[m.Node, ...]:
        if isinstance(node, m.Section) and m.Section in kinds:
            return node.children
        if isinstance(node, m.Figure) and m.Image in kinds:
            return ()
        return () if isinstance(node, kinds) else node

    return lambda publication: rewrite(publication, cut)


def without_descriptions(publication: m.Publication) -> m.Publication:
    def cut(node: m.Node) -> m.Node:
        return msgspec.structs.replace(node, description=()) if isinstance(node, m.Figure | m.Table) else node

    return rewrite(publication, cut)


def with_alt(alt: m.Alt) -> Callable[[m.Publication], m.Publication]:
    def change(node: m.Node) -> m.Node:
        return msgspec.structs.replace(node, alt=alt) if isinstance(node, m.Image) else node

    return lambda publication: rewrite(publication, change)


@pytest.mark.parametrize(
    ("change", "name", "values"),
    [
        (without(m.Math, m.MathBlock), FEATURE, {"MathML"}),
        (without(m.PageBreak), FEATURE, {"pageBreakMarkers", "pageNavigation"}),
        (without(m.PageBreak), "pageBreakSource", {"none"}),
        (without_descriptions, FEATURE, {"longDescription"}),
        (without(m.Image), FEATURE, {"alternativeText"}),
        (without(m.Image), "schema:accessMode", {"visual"}),
        (without(m.Image), "schema:accessModeSufficient", {"textual,visual"}),
        (with_alt(m.Decorative()), FEATURE, {"alternativeText"}),
        (with_alt(m.Decorative()), "schema:accessMode", {"visual"}),
        (with_alt(m.Undescribed()), FEATURE, {"alternativeText"}),
        (with_alt(m.Undescribed()), "schema:accessModeSufficient", {"textual"}),
    ],
)
def test_a_feature_that_goes_takes_its_claim_with_it(
    bench: Bench, change: Callable[[m.Publication], m.Publication], name: str, values: set[str]
) -> None:
    publication = kitchen_sink(bench)
    before, after = bench.book(publication), bench.book(change(publication))
    assert values <= set(before.values(name))
    assert not values & set(after.values(name))


FULL = BookInventory(
    text=True,
    headings=True,
    contents=True,
    page_list=True,
    page_markers=True,
    described=1,
    long_descriptions=1,
    formulas=1,
    roles=True,
    flowing=True,
    in_step=True,
    sound=True,
)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.property}-{claim.value}")
def test_an_empty_book_makes_no_claim_but_that_it_is_harmless(claim: object) -> None:
    assert claim.holds(BookInventory()) == (claim.value == "none")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.property}-{claim.value}")
def test_every_claim_can_be_made_and_says_when(claim: object) -> None:
    moving = msgspec.structs.replace(FULL, moving=True, sound=False, in_step=False)
    still = msgspec.structs.replace(FULL, sound=False, in_step=False)
    noisy = msgspec.structs.replace(FULL, sound=True, in_step=False)
    assert any(claim.holds(book) for book in (FULL, moving, still, noisy))
    assert claim.rule


def test_claims_are_not_made_twice() -> None:
    pairs = [(claim.property, claim.value) for claim in CLAIMS]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("size", ["12px", "9pt", "1cm"])
def test_a_style_sheet_that_fixes_the_size_of_text_takes_a_claim_away(size: str) -> None:
    def flowing(sheet: str) -> bool:
        return inspect([File("s.css", "s", CSS, sheet.encode())], {}).flowing

    assert flowing("p { font-size: 1.2em; margin: 3px }")
    assert not flowing(f"p {{ font-size: {size} }}")
    assert not flowing(f"@media print {{ p {{ line-height: {size} }} }}")


def test_a_picture_that_moves_is_not_called_harmless(bench: Bench) -> None:
    moving = pixels("GIF", (4, 4), save_all=True, append_images=[Pixels.new("RGB", (4, 4), "white")])
    asset = bench.assets.add("a.gif", moving, "image/gif", 4, 4)
    body = (figure("a.gif", m.Described("A light blinks."), "f"),)
    book = bench.book(m.Publication(metadata(), body=body, assets=(asset,)))
    assert book.values("schema:accessibilityHazard") == [
        "unknownFlashingHazard",
        "unknownMotionSimulationHazard",
        "noSoundHazard",
    ]


def test_the_cover_claims_nothing(bench: Bench) -> None:
    about = metadata(cover=m.Cover("img/chart.png", m.Described("A court.")))
    book = bench.book(m.Publication(about, body=(paragraph("Text."),), assets=(bench.png,)))
    assert book.values("schema:accessMode") == ["textual"]
    assert "alternativeText" not in book.values(FEATURE)


def test_the_summary_names_known_gaps(bench: Bench) -> None:
    summary = bench.book(with_alt(m.Undescribed())(kitchen_sink(bench))).values("schema:accessibilitySummary")[0]
    assert "2 pictures have no description in words." in summary
    assert "No person has certified its accessibility" in summary
    assert "Everything in this publication is there as text" not in summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_in_the_language_of_the_document(bench: Bench, language: str) -> None:
    labels = bench.workshop(language).labels
    publication = msgspec.structs.replace(kitchen_sink(bench), metadata=metadata(language=language))
    summary = bench.book(publication).values("schema:accessibilitySummary")[0]
    assert labels("epub.summary_text") in summary
    assert labels("epub.summary_uncertified") in summary


def test_every_sentence_of_the_summary_has_its_words_in_every_language(bench: Bench) -> None:
    for path in sorted((bench.workshop("en").styles / "labels").glob("*.toml")):
        labels = bench.workshop(path.stem).labels
        for sentence in SUMMARY:
            assert labels.has(sentence.label), (path.name, sentence.label)
            assert labels(sentence.label, count=7)


def test_conformance_is_claimed_only_in_the_name_of_somebody(bench: Bench) -> None:
    publication = kitchen_sink(bench)
    certified = msgspec.structs.replace(publication, metadata=metadata(certifier="Access Lab"))
    assert bench.book(publication).values("dcterms:conformsTo") == []
    book = bench.book(certified)
    assert book.values("dcterms:conformsTo") == [CONFORMANCE]
    assert book.values("a11y:certifiedBy") == ["Access Lab"]


def test_the_report_of_the_certifier_is_the_page_with_the_results_of_the_checks() -> None:
    address = "https://example.org/r/corridor/conformance.html"

    def links(certifier: str) -> list[str]:
        book, labels = BookInventory(text=True, contents=True, flowing=True), Labels.load(STYLES, "en")
        about = metadata(certifier=certifier)
        described = describe(about, book, labels, language="en", certifier_report=address)
        return [meta.attributes["href"] for meta in described if meta.attributes.get("rel") == "a11y:certifierReport"]

    assert links("Access Lab") == [address]
    assert links("") == []


def test_a_certificate_is_left_out_and_reported_when_a_picture_is_not_described(bench: Bench) -> None:
    publication = with_alt(m.Undescribed())(kitchen_sink(bench))
    target, written = bench.write(msgspec.structs.replace(publication, metadata=metadata(certifier="Access Lab")))
    book = Book(target)
    assert book.values("dcterms:conformsTo") == book.values("a11y:certifiedBy") == []
    assert [finding.rule for finding in written.findings] == ["certified-with-gaps"]


@pytest.mark.parametrize(
    ("about", "body", "gap"),
    [
        (metadata(certifier="Access Lab", language=""), paragraph("x"), "the language is unknown"),
        (metadata(certifier="Access Lab"), figure("gone.png", m.Described("A"), "f"), "the edition is incomplete: "),
        (
            metadata(certifier="Access Lab"),
            paragraph(m.Link(target="javascript:x", children=(m.Text(text="x"),))),
            "the edition is incomplete: ",
        ),
    ],
)
def test_a_certificate_is_left_out_when_anything_is_amiss(
    bench: Bench, about: m.Metadata, body: m.Block, gap: str
) -> None:
    target, written = bench.write(m.Publication(about, body=(section("One", body, ident="one"),)))
    book = Book(target)
    assert book.values("dcterms:conformsTo") == book.values("a11y:certifiedBy") == []
    assert "Access Lab" not in book.values("schema:accessibilitySummary")[0]
    (finding,) = (each for each in written.findings if each.rule == "certified-with-gaps")
    assert f"named as certifier, but {gap}" in finding.message


def test_the_imprint_shows_the_same_summary(sink: Book) -> None:
    assert sink.values("schema:accessibilitySummary")[0] in "".join(sink.document("about.xhtml").itertext())


def test_a_publication_without_a_title_is_called_after_its_first_heading(bench: Bench) -> None:
    body = (paragraph("Before."), section("What happened", paragraph("x"), ident="one"))
    book = bench.book(m.Publication(metadata(title="", subtitle=""), body=body))
    assert book.values("dc:title") == ["What happened"]
    assert book.document("title.xhtml").findtext(".//{*}h1") == "What happened"


def test_a_subtitle_without_a_title_is_the_title(bench: Bench) -> None:
    book = bench.book(m.Publication(metadata(title="", subtitle="Weekly Assignments"), body=(paragraph("Words."),)))
    assert book.values("dc:title") == ["Weekly Assignments"]


@pytest.mark.parametrize("title", ["", " "])
def test_a_publication_that_says_nothing_of_itself_has_a_title_and_an_unknown_language(
    bench: Bench, title: str
) -> None:
    about = m.Metadata(title=title, identifier="urn:x:bare")
    book = bench.book(m.Publication(about, body=(paragraph("Text."),)))
    assert book.values("dc:title") == ["Untitled"]
    assert book.values("dc:language") == ["und"]
    assert {root.get("lang") for root in book.documents().values()} == {"und"}
