"""The page of a publication: text first, then every edition with all that is known of it; sound whatever is put in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter import model as m
from exporter.contracts import PageLinks
from exporter.contracts.sidecars import Chapter
from exporter.labels import Labels
from exporter.site import publication
from exporter.site.alternates import Translation, translations
from exporter.site.entry import Accessibility
from tests.site.pages import CHAPTERS, FILES, file, page_of, read, render
from tests.write_context import STYLES
from tests.writers import sample

LANGUAGES = sorted(path.stem for path in (STYLES / "labels").glob("*.toml"))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def is_sound(text: str) -> Any:
    """Check what holds for every page; gives it parsed."""
    root = read(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), sorted(name for name in set(ids) if ids.count(name) > 1)
    for link in root.iter("a"):
        target = link.get("href")
        assert not target.startswith("#") or target[1:] in ids, target
    for element in root.iter():
        assert element.get("style") is None
        assert not [name for name in element.attrib if name.startswith("on")]
        for target in (element.get("aria-labelledby") or "").split():
            assert target in ids, target
    kinds = [script.get("type") for script in root.iter("script")]
    assert kinds in (["application/ld+json"], ["application/ld+json", "application/json", None])
    policy = next(meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv"))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    assert f"style-src 'sha256-{digest(style[1])}'" in policy
    if kinds[-1] is None:
        script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
        assert script is not None
        assert f"script-src 'sha256-{digest(script[1])}'" in policy
    else:
        assert "script-src" not in policy
    return root


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> publication.Page:
    return page_of(tmp_path_factory.mktemp("page"))


def test_the_text_stands_before_the_editions_and_both_can_be_skipped_to(page: publication.Page) -> None:
    root = is_sound(render(page))
    skips = [link.get("href")[1:] for link in root.find_class("skip")]
    assert [skip.rpartition("-")[2] for skip in skips] == ["text", "listen", "editions"]
    (main,) = root.iter("main")
    assert [part.get("class") for part in main] == ["listen", "text", "editions"]
    assert words(next(root.iter("h1"))) == "Waiting for a Judge"
    assert page.text.body in render(page)


def test_the_opening_leads_to_the_editions_and_to_all_publications(page: publication.Page) -> None:
    root = is_sound(render(page))
    (links,) = root.find_class("links")
    assert words(links) == "Download All publications"
    # A picture may fill the first screen.
    (opening,) = root.find_class("opening")
    assert next(iter(opening.iter("p", "h1", "img"))) is links
    editions, catalogue = (link.get("href") for link in links.iter("a"))
    assert root.get_element_by_id(editions[1:]).get("class") == "editions"
    assert catalogue == "../index.html"


def test_a_link_to_an_edition_says_title_language_format_size_and_length(page: publication.Page) -> None:
    root = is_sound(render(page))
    links = {link.get("href"): link for link in root.xpath("//ul[@class='files']/li/a")}
    assert list(links) == ["waiting.pdf", "waiting.epub", "waiting.m4b", "waiting.odt"]
    assert words(links["waiting.pdf"]) == "Waiting for a Judge, English, PDF, 1.2 MB, 12 pages"
    assert words(links["waiting.m4b"]) == "Waiting for a Judge, English, Audiobook (M4B), 1.2 MB, 1 hr 5 min"
    assert words(links["waiting.odt"]) == "Waiting for a Judge, English, ODT, 1.2 MB"
    assert links["waiting.epub"].get("type") == "application/epub+zip"
    assert {link.get("hreflang") for link in links.values()} == {"en"}


def test_each_edition_says_what_it_is_good_for_what_it_lacks_and_its_checksum(page: publication.Page) -> None:
    with_gaps = page_of_gaps(page, {"epub": ("tables",)})
    root = is_sound(render(with_gaps))
    items = root.xpath("//ul[@class='files']/li")
    assert "For telephones" in words(items[1])
    assert "Known gaps" in words(items[1])
    assert "Some tables may be read aloud without the names of their columns and rows." in words(items[1])
    assert "Known gaps" not in words(items[0])
    assert all("ab" * 32 in words(item) for item in items)


def page_of_gaps(page: publication.Page, gaps: dict[str, tuple[str, ...]]) -> publication.Page:
    from msgspec.structs import replace

    return replace(page, gaps=gaps)


def test_alternates_and_translations_are_links_of_the_head_and_of_the_opening(tmp_path: Path) -> None:
    others = (Translation("العدالة", "ar", "../justice/index.html"), Translation("Otro", "", "https://example.org/"))
    root = is_sound(render(page_of(tmp_path, translations=others)))
    heads = [(link.get("type"), link.get("hreflang"), link.get("href")) for link in root.xpath("//head/link")]
    assert ("application/pdf", None, "waiting.pdf") in heads
    assert ("text/html", "ar", "../justice/index.html") in heads
    (arabic, other) = root.find_class("languages")[0].iter("a")
    assert (arabic.get("hreflang"), arabic[0].get("lang"), arabic[0].get("dir")) == ("ar", "ar", "rtl")
    assert words(arabic.getparent()) == "العدالة (العربية)"
    (name,) = arabic.getparent().find_class("form")[0].iter("bdi")
    assert name.get("lang") == "ar"
    assert other.get("hreflang") is None


def test_pages_name_each_language_once_for_search_engines_and_the_original_by_default(tmp_path: Path) -> None:
    others = (
        Translation("La espera", "es", "../espera/index.html", m.Form.TRANSLATION),
        Translation("Waiting, easy", "en", "../easy/index.html", m.Form.EASY_READ),
    )
    page = page_of(tmp_path, translations=others)
    page = msgspec.structs.replace(
        page, metadata=msgspec.structs.replace(page.metadata, family=m.Family(m.Form.ORIGINAL))
    )
    root = is_sound(render(page))
    alternates = [(link.get("hreflang"), link.get("href")) for link in root.xpath("//head/link[@hreflang]")]
    assert alternates == [
        (page.metadata.language, "index.html"),
        ("es", "../espera/index.html"),
        ("x-default", "index.html"),
    ]
    (nav,) = root.find_class("languages")
    assert [words(item) for item in nav.iter("li")] == ["La espera (español)", "Waiting, easy (English, easy to read)"]
    schema = json.loads(root.xpath("//script[@type='application/ld+json']")[0].text)
    assert [work["url"] for work in schema["workTranslation"]] == ["../espera/index.html"]
    assert [work["url"] for work in schema["workExample"]] == ["../easy/index.html"]


def test_translations_lead_to_the_web_and_to_what_is_published_and_nowhere_else() -> None:
    related = (
        m.Related("A", "justice", "ar"),
        m.Related("B", "not-there", "es"),
        m.Related("C", "https://example.org/c", "fr"),
        m.Related("D", "javascript:alert(1)", "fr"),
        m.Related("E", "", "ru"),
    )
    found = translations(m.Metadata(translations=related), {"justice"})
    assert [other.href for other in found] == ["../justice/index.html", "https://example.org/c"]


def test_the_recording_is_played_in_the_page_and_its_chapters_are_links_without_a_script(
    page: publication.Page,
) -> None:
    root = is_sound(render(page))
    (audio,) = root.iter("audio")
    assert audio.get("controls") is not None
    assert audio.get("autoplay") is None
    assert audio[0].get("src") == "waiting.m4b"
    links = root.find_class("chapters")[0].findall(".//a")
    assert [link.get("href") for link in links] == [f"waiting.m4b#t={c.begin}" for c in CHAPTERS]
    assert [words(link) for link in links] == [
        "Waiting for a Judge 0:00",
        "Executive summary 0:12",
        "Method <1> 1:01:40",
    ]
    assert root.find_class("knobs")[0].get("hidden") is not None, "without a script there is nothing to turn"


def test_without_a_recording_there_is_neither_player_nor_script(tmp_path: Path) -> None:
    silent = tuple(one for one in FILES if one.name != "audio")
    root = is_sound(render(page_of(tmp_path, files=silent)))
    assert root.findall(".//audio") == []
    assert root.find_class("listen") == []
    assert len(list(root.iter("script"))) == 1
    assert len(root.find_class("skip")) == 2
    assert "auditory" not in next(root.iter("script")).text


def test_a_recording_of_an_earlier_run_is_played_without_chapters(tmp_path: Path) -> None:
    root = is_sound(render(page_of(tmp_path, chapters=(), clips=b"")))
    assert len(root.findall(".//audio")) == 1
    assert root.find_class("chapters") == []


def test_machines_are_told_each_edition_as_an_encoding(page: publication.Page) -> None:
    root = read(render(page))
    told = json.loads(next(root.iter("script")).text)
    assert [one["contentUrl"] for one in told["encoding"]] == [
        "waiting.pdf",
        "waiting.epub",
        "waiting.m4b",
        "waiting.odt",
    ]
    assert told["encoding"][2]["duration"] == "PT3912S"
    assert told["accessibilityFeature"]
    assert told["name"] == "Waiting for a Judge"
    assert "auditory" in told["accessMode"]
    assert told["accessModeSufficient"][-1]["itemListElement"] == ["auditory"]
    spanish = json.loads(next(read(render(page, "es")).iter("script")).text)
    assert "Leído por una voz sintética" in spanish["accessibilitySummary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_publication(language: str, page: publication.Page) -> None:
    root = is_sound(render(page, language))
    labels = Labels.load(STYLES, language)
    assert labels("page.editions") in [words(heading) for heading in root.iter("h2")]
    assert labels("page.good_pdf") in words(root.find_class("files")[0])
    assert root.find_class("listen")[0].get("lang") is None


def test_words_in_a_language_without_labels_say_that_they_are_english(tmp_path: Path) -> None:
    metadata = m.Metadata(title="Tlahtolli", language="nah")
    tree = m.Publication(metadata, body=(sample.section("one", "Ce", sample.p("Tlahtolli.")),))
    root = is_sound(render(page_of(tmp_path, tree, clips=b"")))
    for name in ("skips", "listen", "editions"):
        assert root.find_class(name)[0].get("lang") == "en"
    assert root.find_class("chapters")[0].find(".//a").get("lang") == "nah"


HOSTILE = '</script></style><img src=x onerror="alert(1)">\u2028 & "quoted" \u202e<!-- ]]>'


def test_words_that_look_like_markup_stay_words(tmp_path: Path) -> None:
    metadata = m.Metadata(
        title=HOSTILE,
        subtitle=HOSTILE,
        language="en",
        description=HOSTILE,
        authors=(m.Contributor(HOSTILE),),
        contact=m.Contact(HOSTILE, f"{HOSTILE}@x", "javascript:alert(1)", HOSTILE),
    )
    tree = m.Publication(metadata, body=(sample.section("s", HOSTILE, sample.p(HOSTILE, id="p")),))
    said = [{"node": "p", "begin": 0, "end": 1, "text": HOSTILE, "kind": "text"}]
    made = page_of(
        tmp_path,
        tree,
        chapters=(Chapter(HOSTILE, 0.0),),
        clips=json.dumps(said).encode(),
        gaps={"pdf": ("text",)},
        translations=(Translation(HOSTILE, "es", "../a%20b/index.html"),),
        files=(*FILES, file("html", " & <b>.html", "text/html")),
    )
    root = is_sound(render(made))
    assert list(root.iter("img")) == []
    assert not [link for link in root.iter("a") if link.get("href").startswith("javascript")]
    assert json.loads(next(root.iter("script")).text)["name"] == HOSTILE


def test_identifiers_of_the_text_never_meet_those_of_the_page(tmp_path: Path) -> None:
    names = ("page-text", "page-editions", "page-page-listen")
    tree = m.Publication(
        m.Metadata(title="T", language="en"), body=tuple(sample.section(name, name, sample.p("x")) for name in names)
    )
    is_sound(render(page_of(tmp_path, tree)))


def test_the_same_page_has_the_same_bytes(page: publication.Page) -> None:
    assert render(page) == render(page)


def test_the_sheet_takes_colours_from_the_theme_and_sizes_from_the_reader() -> None:
    from exporter.writers.web import theme

    sheet = (STYLES / publication.STYLESHEET).read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet)
    assert not re.findall(r"(?:font|font-size|line-height):[^;}]*\d(?:px|pt|mm)", sheet)
    assert set(re.findall(r"var\(--([a-z-]+)\)", sheet)) <= set(theme.load(STYLES, "house", "en").light)


def test_the_page_says_how_the_epub_can_be_read_and_leads_to_the_results_of_the_checks(page: publication.Page) -> None:
    claims = Accessibility(
        modes=("textual",),
        sufficient=(("textual",),),
        features=("tableOfContents",),
        hazards=("none",),
        certifier="Desk",
    )
    folder = "https://example.org/r/waiting/"
    links = PageLinks(f"{folder}index.html", conformance=f"{folder}conformance.html")
    certified = msgspec.structs.replace(page, accessibility=claims, links=links)
    root = is_sound(render(certified))
    (fields,) = root.find_class("accessibility")
    assert "Readable in read aloud or dynamic braille" in [words(each) for each in fields.iter("dd")]
    (report,) = root.xpath("//a[contains(@href, 'conformance')]")
    assert words(report) == "For more information refer to the certifier's report"
    schema = json.loads(next(root.iter("script")).text)
    assert schema["url"] == links.page
    encodings = {encoding["contentUrl"]: encoding for encoding in schema["encoding"]}
    assert encodings["waiting.epub"]["accessibilityFeature"] == ["tableOfContents"]
    assert encodings["waiting.epub"]["accessModeSufficient"] == [{"@type": "ItemList", "itemListElement": ["textual"]}]
    assert encodings["waiting.pdf"]["accessibilityFeature"] == ["taggedPDF"]
    beside = PageLinks("index.html", conformance="conformance.html")
    plain = is_sound(render(msgspec.structs.replace(page, links=beside)))
    assert plain.find_class("accessibility") == []
    assert [words(link) for link in plain.xpath("//a[@href='conformance.html']")] == [
        "Detailed conformance information"
    ]


def test_a_sign_language_video_is_played_from_the_file_beside_the_page(page: publication.Page) -> None:
    film = file("sign-language", "-sign-language.mp4", "video/mp4")
    video = publication.Video(
        "bfi", "British Sign Language", "data:image/png;base64,AA==", "A woman <signs>.", "", "Go."
    )
    text = render(msgspec.structs.replace(page, files=(*FILES, film), video=video))
    root = is_sound(text)
    (player,) = root.iter("video")
    assert player.get("poster") == "data:image/png;base64,AA=="
    assert words(root.get_element_by_id(player.get("aria-describedby"))) == "A woman <signs>."
    assert [source.get("src") for source in player.iter("source")] == ["waiting-sign-language.mp4"]
    assert list(player.iter("track")) == []
    (link,) = root.xpath("//ul[@class='files']//a[contains(@href, 'sign-language')]")
    assert link.get("hreflang") == "bfi"
    assert "Sign language video, British Sign Language" in words(link)
    policy = next(meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv"))
    assert "media-src 'self' data:;" in policy
    captioned = msgspec.structs.replace(video, captions="data:text/vtt;base64,AA==")
    root = is_sound(render(msgspec.structs.replace(page, files=(*FILES, film), video=captioned)))
    assert [(track.get("kind"), track.get("srclang")) for track in root.iter("track")] == [("captions", "en")]
    encodings = {each["contentUrl"]: each for each in json.loads(next(root.iter("script")).text)["encoding"]}
    signed = encodings["waiting-sign-language.mp4"]
    assert (signed["@type"], signed["inLanguage"], signed["accessibilityFeature"]) == (
        "VideoObject",
        "bfi",
        ["signLanguage"],
    )
