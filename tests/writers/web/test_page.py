"""The page of every publication and of any tree: sound, closed to the outside, with the structure of the manuscript."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
import turbohtml
from hypothesis import HealthCheck, Phase, given, settings

from exporter import model as m
from exporter import transforms
from exporter.contracts import PageLinks
from exporter.model import walk
from exporter.writers import web
from tests.parity.compared import compare
from tests.publications import SLUGS, Editions
from tests.trees import PUBLICATIONS, examples, pictures_of_trees
from tests.write_context import Pictures, write_context
from tests.writers import sample
from tests.writers.web.pages import HTML, Page, make, text_of


@pytest.fixture(scope="module", params=SLUGS)
def published(request: pytest.FixtureRequest, editions: Editions) -> tuple[m.Publication, Page]:
    edition = editions.of(request.param, "html")
    return edition.publication, Page(edition.path, edition.written)


def is_sound(page: Page) -> None:
    """Check what holds for every page, whatever its text."""
    ids = page.ids()
    assert len(ids) == len(set(ids)), sorted(name for name in set(ids) if ids.count(name) > 1)
    for link in page.all("a"):
        if link.get("href").startswith("#"):
            assert link.get("href")[1:] in ids, link.get("href")
    for element in page.root.iter():
        for name in ("aria-labelledby", "aria-details", "headers"):
            for target in (element.get(name) or "").split():
                assert target in ids, (name, target)
        assert element.get("style") is None, "the policy forbids it"
        assert not [name for name in element.attrib if name.startswith("on")]
        for name in ("src", "srcset", "data", "poster", "action"):
            assert (element.get(name) or "data:").startswith("data:"), element.get(name)
    assert {script.get("type") for script in page.all("script")} == {"application/ld+json"}
    assert page.all("link", "iframe", "object", "embed", "base", "form") == []
    assert not re.search(r"@import|url\((?!data:)", page.css())
    assert [text_of(title) for title in page.all("title")] == [" ".join(page.parts()["title"].split())]


def as_browsers_read_it(page: Page) -> None:
    """Check that a parser of HTML finds the elements that a parser of XML finds."""

    def names(node: Any) -> list[str]:
        found = [node.tag] if isinstance(getattr(node, "tag", None), str) else []
        for child in getattr(node, "children", ()):
            found += names(child)
        return found

    xml = [element.tag.rpartition("}")[2] for element in page.root.iter() if isinstance(element.tag, str)]
    html = [name for name in names(turbohtml.parse(page.text)) if not name.startswith(("#", "!"))]
    assert html == xml


def test_a_page_is_sound_and_browsers_read_what_xml_reads(published: tuple[m.Publication, Page]) -> None:
    _, page = published
    is_sound(page)
    as_browsers_read_it(page)
    assert page.written.findings == ()
    assert compare(published[0], {"html": page.path}) == []


def test_headings_are_those_of_the_tree_one_level_down(published: tuple[m.Publication, Page]) -> None:
    publication, page = published
    wanted = [(heading.level + 1, heading.text) for heading in walk.headings(publication)]
    main = page.one("main")
    own = [section for section in main.iter(f"{HTML}section") if section.get("role") != "doc-endnotes"]
    found = [(int(section[0].tag[-1]), heading_text(section[0])) for section in own]
    assert found == wanted
    assert text_of(page.one("h1")) == publication.metadata.title


def heading_text(heading: Any) -> str:
    heading = copy.deepcopy(heading)
    for mark in heading.iter(f"{HTML}sup"):
        if mark.get("class") == "noteref-mark":
            mark.clear(keep_tail=True)
    return text_of(heading)


def test_the_page_is_made_of_landmarks_and_the_contents_lead_to_every_heading(
    published: tuple[m.Publication, Page],
) -> None:
    publication, page = published
    body = page.one("body")
    assert [child.tag.removeprefix(HTML) for child in body] == ["a", "header", "div", "footer"]
    assert body[0].get("href") == f"#{page.one('main').get('id')}"
    links = [link.get("href")[1:] for link in page.one("nav").iter(f"{HTML}a")]
    assert links == [heading.section.at.id for heading in walk.headings(publication)]
    assert [details.get("open") for details in page.one("nav").iter(f"{HTML}details")] == [""]


def test_notes_stand_at_the_end_and_lead_back_to_each_place(published: tuple[m.Publication, Page]) -> None:
    publication, page = published
    ways = [link for link in page.all("a") if link.get("role") == "doc-backlink"]
    marks = [link for link in page.all("a") if link.get("role") == "doc-noteref"]
    assert {link.get("href")[1:] for link in ways} == {link.get("id") for link in marks}
    assert len({link.get("href") for link in marks}) == len(publication.notes)
    assert bool(publication.notes) == any(s.get("role") == "doc-endnotes" for s in page.one("main")[-1:])


def test_any_tree_becomes_a_sound_page() -> None:
    @given(PUBLICATIONS)
    @settings(
        max_examples=examples(40), suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    def write(publication: m.Publication) -> None:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            pictures, assets = pictures_of_trees(folder)
            whole = m.Publication(publication.metadata, publication.front, publication.body, publication.notes, assets)
            is_sound(make(folder, transforms.apply(whole, "any"), pictures=pictures))

    write()


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(tmp_path: Path) -> None:
    page = make(tmp_path)
    policy = next(meta.get("content") for meta in page.all("meta") if meta.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(page.css().encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "script-src" not in policy


HOSTILE = '</script></style><img src=x onerror="alert(1)">\u2028 & "quoted" \u202e<!-- ]]>'


def test_words_that_look_like_markup_stay_words(tmp_path: Path) -> None:
    publication = sample.with_metadata(
        m.Publication(
            m.Metadata(language="en"),
            body=(
                sample.section("s", HOSTILE, sample.p(HOSTILE), m.CodeBlock(HOSTILE, HOSTILE)),
                m.Aside((sample.p(HOSTILE),), title=(m.Text(HOSTILE),)),
            ),
        ),
        title=HOSTILE,
        subtitle=HOSTILE,
        description=HOSTILE,
        authors=(m.Contributor(HOSTILE),),
        rights=HOSTILE,
        contact=m.Contact(HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE),
    )
    page = make(tmp_path, transforms.apply(publication, "hostile"))
    is_sound(page)
    as_browsers_read_it(page)
    assert page.all("img") == []
    assert page.schema()["name"] == HOSTILE
    assert text_of(page.one("h1")) == " ".join(HOSTILE.split())
    assert "javascript:" not in {link.get("href") for link in page.all("a")}


def test_identifiers_of_the_text_never_meet_those_of_the_frame(tmp_path: Path) -> None:
    names = ("frame-main", "frame-notes", "frame-frame-main")
    body = tuple(sample.section(name, name, sample.p("x", m.NoteReference("n"))) for name in names)
    note = m.Note(id="n", children=(sample.p("A note."),))
    is_sound(make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=body, notes=(note,))))


def test_a_text_without_title_language_or_heading_is_a_page_too(tmp_path: Path) -> None:
    page = make(tmp_path, m.Publication(m.Metadata(), body=(sample.p("Only words."),)))
    is_sound(page)
    assert text_of(page.one("h1")) == "Untitled"
    assert page.all("nav") == []
    assert page.root.get("lang") == "und"


def test_a_picture_that_is_not_there_is_told_in_words_and_said(tmp_path: Path) -> None:
    lost = m.Figure((m.Image("img/lost.png", m.Described("A lost picture.")),), (m.Text("Caption"),))
    page = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(lost,)))
    assert page.all("img") == []
    assert "A lost picture." in text_of(page.one("main"))
    assert [(finding.rule, finding.edition) for finding in page.written.findings] == [("not-carried", "html")]


def test_a_decorative_picture_has_an_empty_alt_and_no_role(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    asset = pictures.add("a.png", sample.picture(40, 20), "image/png", 40, 20)
    body = (m.Figure((m.Image("a.png", m.Decorative()),)),)
    metadata = m.Metadata(title="T", language="en", cover=m.Cover("a.png", m.Decorative()))
    page = make(tmp_path, m.Publication(metadata, body=body, assets=(asset,)), pictures=pictures)
    assert [(image.get("alt"), image.get("role")) for image in page.all("img")] == [("", None)] * 2


def test_a_term_of_which_nothing_is_said_ends_no_list(tmp_path: Path) -> None:
    item = m.DefinitionItem((m.Term((m.Text("Term"),)),), ())
    page = make(tmp_path, m.Publication(m.Metadata(title="T", language="en"), body=(m.DefinitionList((item,)),)))
    assert [child.tag.removeprefix(HTML) for child in page.one("main").find(f"{HTML}dl")] == ["dt", "dd"]


def test_a_text_from_right_to_left_says_so_and_keeps_addresses_in_their_order(tmp_path: Path) -> None:
    metadata = m.Metadata(
        title="عنوان", language="ar", direction=m.Direction.RTL, contact=m.Contact("", "a@example.org")
    )
    page = make(tmp_path, m.Publication(metadata, body=(sample.p("نص"),)))
    assert page.root.get("dir") == "rtl"
    assert next(link[0].get("dir") for link in page.all("a") if link.get("href").startswith("mailto")) == "ltr"


def test_the_address_of_the_contact_is_contact_information(tmp_path: Path) -> None:
    metadata = m.Metadata(title="T", language="en", contact=m.Contact(url="https://example.org/formats"))
    page = make(tmp_path, m.Publication(metadata, body=(sample.p("Text."),)))
    assert [text_of(address) for address in page.all("address")] == ["https://example.org/formats"]


def test_the_page_links_to_what_is_beside_it(tmp_path: Path) -> None:
    related = (m.Related("The Corridor", "corridor"), m.Related("Elsewhere", "elsewhere"))
    publication = m.Publication(m.Metadata(title="Water", language="en", related=related))
    alone = write_context(tmp_path)
    pages = PageLinks("index.html", "../index.html", {"corridor": "../corridor/index.html"})
    found = {}
    for name, context in (("alone", alone), ("beside", msgspec.structs.replace(alone, links=pages))):
        path = tmp_path / f"{name}.html"
        page = Page(path, web.write(publication, context, web.Options(fonts=False), path))
        found[name] = [(text_of(link), link.get("href")) for link in page.all("a")]
    assert [target for _, target in found["alone"]] == ["#frame-main"]
    assert found["beside"][1:] == [
        ("Download", "index.html#page-editions"),
        ("All publications", "../index.html"),
        ("The Corridor", "../corridor/index.html"),
    ]
