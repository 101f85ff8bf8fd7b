"""The catalogue of a real export: whatever it names stands there, and what it says of an edition is so."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from PIL import Image
from turbohtml import parse

from exporter.site.accessibility import read_accessibility
from exporter.site.entry import read_entries
from tests.proof.built_editions import INPUT
from tests.proof.site.browsing import browse
from tests.proof.validators import ROOT
from tests.site.entries import STYLES
from tests.site.opds_schema import ALONE, FEED

SLUGS = ("arabic-brief", "asylum-dispatch", "comentario-justicia")
EDITIONS = ("html", "pdf", "epub", "audio", "transcript", "chapters")
ADDRESS = "https://example.org/publications/"


def export(folder: Path, *slugs: str, editions: tuple[str, ...] = EDITIONS) -> Path:
    styles = folder / "styles"
    if not styles.exists():
        shutil.copytree(STYLES, styles)
        (styles / "house.toml").write_text(f'[site]\naddress = "{ADDRESS}"\n', "utf-8")
    command = [sys.executable, "-m", "exporter", "export", *(str(INPUT / slug) for slug in slugs)]
    to = [part for name in editions for part in ("--to", name)]
    options = ["-o", "output", "--store", "store", "--styles", "styles", "--progress", "none"]
    if "audio" in editions:
        options += ["--voice", "espeak-ng", "--epub-audio", "off"]
    done = subprocess.run(
        [*command, *to, *options],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("house"), *SLUGS)


def feed(output: Path) -> Any:
    return json.loads((output / "opds.json").read_bytes())


def test_every_publication_is_listed_with_every_edition(output: Path) -> None:
    entries = read_entries(output)
    assert {entry.slug for entry in entries} == set(SLUGS)
    for entry in entries:
        assert {file.name for file in entry.files} == set(EDITIONS)


def test_what_is_said_of_an_edition_is_so(output: Path) -> None:
    for entry in read_entries(output):
        for file in entry.files:
            data = (output / entry.slug / file.file).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256), file.file
        pdf, audio = entry.of_type("application/pdf"), entry.of_type("audio/")
        assert pdf is not None
        assert audio is not None
        assert pdf.pages > 1
        assert audio.seconds > 60
        assert entry.accessibility == read_accessibility(output / entry.slug / f"{entry.slug}.epub")
        assert entry.accessibility is not None
        assert entry.cover is not None
        with Image.open(output / entry.slug / entry.cover.file) as picture:
            assert picture.size == (entry.cover.width, entry.cover.height)


def test_whatever_the_page_leads_to_stands_there(output: Path) -> None:
    page: Any = parse((output / "index.html").read_text("utf-8"))
    led = {one.attrs[name] for name in ("href", "src") for one in page.select(f"[{name}]")}
    files = {unquote(address) for address in led if not address.startswith("#")}
    assert len(files) > len(SLUGS) * len(EDITIONS)
    assert [name for name in files if not (output / name).is_file()] == []


def test_the_feeds_are_valid_and_lead_to_what_stands_there(output: Path) -> None:
    document = feed(output)
    Draft202012Validator(FEED).validate(document)
    assert document["metadata"]["numberOfItems"] == len(SLUGS)
    links = [link for one in document["publications"] for link in (*one["links"], *one["images"])]
    for link in links:
        assert link["href"].startswith(ADDRESS)
        assert (output / unquote(link["href"].removeprefix(ADDRESS))).is_file(), link["href"]
    for slug in SLUGS:
        Draft202012Validator(ALONE).validate(json.loads((output / slug / "opds.json").read_bytes()))


def test_every_recording_is_an_episode_whose_parts_stand_there(output: Path) -> None:
    channel = etree.fromstring((output / "podcast.xml").read_bytes())[0]
    items = channel.findall("item")
    assert len(items) == len(SLUGS)
    for item in items:
        enclosure = item.find("enclosure")
        path = output / unquote(enclosure.get("url").removeprefix(ADDRESS))
        assert path.stat().st_size == int(enclosure.get("length"))
        for name in ("chapters", "transcript"):
            other = item.find(f"{{https://podcastindex.org/namespace/1.0}}{name}")
            assert (output / unquote(other.get("url").removeprefix(ADDRESS))).is_file()
    assert (output / "podcast.png").is_file()


def test_axe_finds_nothing_in_it(output: Path) -> None:
    told = browse(output / "index.html", "whole-catalogue")
    assert {way: found["violations"] for way, found in told["ways"].items() if found["violations"]} == {}


def test_one_publication_more_leaves_the_others_and_an_earlier_edition_stays_listed(tmp_path: Path) -> None:
    output = export(tmp_path, "arabic-brief", editions=("pdf", "transcript"))
    export(tmp_path, "comentario-justicia", editions=("docx",))
    export(tmp_path, "arabic-brief", editions=("docx",))
    found = {entry.slug: {file.name for file in entry.files} for entry in read_entries(output)}
    assert found == {"arabic-brief": {"docx", "pdf", "transcript"}, "comentario-justicia": {"docx"}}
    assert feed(output)["metadata"]["numberOfItems"] == 2


def test_an_export_without_a_change_writes_nothing_of_it(tmp_path: Path) -> None:
    output = export(tmp_path, "comentario-justicia", editions=("docx",))
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    export(tmp_path, "comentario-justicia", editions=("docx",))
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before
