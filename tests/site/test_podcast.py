"""The podcast is sound RSS 2.0, has whole addresses only, and says nothing but what is so."""

from __future__ import annotations

import uuid
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.labels import Labels
from exporter.model import Contributor
from exporter.site import podcast
from exporter.site.entry import CatalogueEntry
from exporter.site.settings import Site
from tests.site.entries import STYLES, brief, entry
from tests.trees import examples

ENGLISH = Labels.load(STYLES, "en-GB")
SITE = Site(name="Open Record", address="https://example.org/r/", language="en-GB")
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def channel(*entries: CatalogueEntry, site: Site = SITE) -> Any:
    data = podcast.feed(entries, site, ENGLISH)
    assert data is not None
    root = etree.fromstring(data)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (found,) = root
    return found


def test_the_channel_has_what_rss_asks_for() -> None:
    found = channel(entry())
    assert {name: found.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate")} == {
        "title": "Open Record, read aloud",
        "link": "https://example.org/r/",
        "description": "Publications read by a synthetic voice, each with its chapters and its transcript.",
        "language": "en-GB",
        "lastBuildDate": "Tue, 27 Jan 2026 00:00:00 GMT",
    }
    assert dict(found.find(f"{ATOM}link").attrib) == {
        "href": "https://example.org/r/podcast.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert found.find(f"{ITUNES}image").get("href") == "https://example.org/r/podcast.png"


def test_the_podcast_has_the_identifier_that_every_player_works_out() -> None:
    # The example of the Podcast Namespace itself.
    assert str(uuid.uuid5(podcast._NAMESPACE, "podnews.net/rss")) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    wanted = uuid.uuid5(podcast._NAMESPACE, "example.org/r/podcast.xml")
    assert channel(entry()).findtext(f"{PODCAST}guid") == str(wanted)


def test_an_episode_is_the_recording_with_its_length_its_chapters_and_its_transcript() -> None:
    (item,) = channel(entry()).iterfind("item")
    assert item.findtext("title") == "The Long Corridor: Access to justice"
    assert item.findtext("link") == "https://example.org/r/corridor/"
    assert item.findtext("description") == "What happens to a person who reports a crime."
    assert item.findtext("pubDate") == "Tue, 27 Jan 2026 00:00:00 GMT"
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://example.org/r/corridor/corridor.m4b",
        "length": "1234567",
        "type": "audio/mp4",
    }
    assert item.findtext(f"{ITUNES}duration") == "3900"
    assert item.findtext(f"{DC}language") == "en-GB"
    assert dict(item.find(f"{PODCAST}chapters").attrib) == {
        "url": "https://example.org/r/corridor/corridor-chapters.json",
        "type": "application/json+chapters",
    }
    assert dict(item.find(f"{PODCAST}transcript").attrib) == {
        "url": "https://example.org/r/corridor/corridor.vtt",
        "type": "text/vtt",
        "rel": "captions",
        "language": "en-GB",
    }
    people = [(one.text, one.get("group"), one.get("role")) for one in item.iterfind(f"{PODCAST}person")]
    assert people == [("Inés Cañedo", "writing", "author"), ("Tom Ardley", "writing", "editor")]


def test_an_episode_keeps_its_identifier_when_it_moves() -> None:
    (item,) = channel(entry()).iterfind("item")
    (moved,) = channel(entry(), site=msgspec.structs.replace(SITE, address="https://example.net/")).iterfind("item")
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("guid") == moved.findtext("guid") == entry().metadata.identifier


def test_only_recordings_are_episodes() -> None:
    assert [item.findtext("title") for item in channel(entry(), brief()).iterfind("item")] == [
        "The Long Corridor: Access to justice"
    ]
    assert podcast.feed([brief()], SITE, ENGLISH) is None
    assert not podcast.has_recordings([brief()])


def test_without_an_address_there_is_no_feed_rather_than_a_false_one() -> None:
    assert podcast.feed([entry()], Site(name="Open Record"), ENGLISH) is None
    assert podcast.has_recordings([entry()])
    assert "[site]" in podcast.NO_ADDRESS


def test_what_nobody_has_said_is_left_out() -> None:
    bare = entry("bare", ("audio",), authors=(), date=None, description="", language="", identifier="", subtitle="")
    found = channel(msgspec.structs.replace(bare, page=""), site=Site(address="https://example.org/"))
    assert found.findtext("title") == "Publications"
    assert found.findtext("language") == "en-GB", "that of the catalogue"
    names = {etree.QName(child).localname for child in found}
    assert not names & {"category", "explicit", "author", "lastBuildDate"}
    (item,) = found.iterfind("item")
    assert [etree.QName(child).localname for child in item] == ["title", "guid", "enclosure", "duration"]
    assert item.findtext("guid") == "bare"


def test_what_directories_ask_for_is_there_when_the_house_says_it() -> None:
    found = channel(entry(), site=msgspec.structs.replace(SITE, category="News", explicit=False, description="All."))
    assert found.find(f"{ITUNES}category").get("text") == "News"
    assert found.findtext(f"{ITUNES}explicit") == "false"
    assert found.findtext("description") == "All."


def test_a_date_is_one_that_players_read() -> None:
    (item,) = channel(entry()).iterfind("item")
    assert parsedate_to_datetime(item.findtext("pubDate")).date() == entry().metadata.date


@settings(max_examples=examples(80))
@given(title=st.text(), name=st.text(min_size=1), description=st.text())
def test_whatever_a_manuscript_says_the_feed_is_well_formed_and_the_same_twice(
    title: str, name: str, description: str
) -> None:
    one = entry(title=title, authors=(Contributor(name),), description=description)
    channel(one)
    assert podcast.feed([one], SITE, ENGLISH) == podcast.feed([one], SITE, ENGLISH)


@pytest.mark.parametrize("slug", ["año 1", "a&b", "a<b"])
def test_addresses_hold_nothing_that_an_address_may_not(slug: str) -> None:
    (item,) = channel(entry(slug)).iterfind("item")
    for address in (item.find("enclosure").get("url"), item.findtext("link")):
        assert address.isascii()
        assert not set(' <>"&') & set(address)
