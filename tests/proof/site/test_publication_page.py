"""The page of a publication in Chromium: it can be read, walked through, and listened to with the words in sight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from exporter import images, transforms
from exporter.contracts.sidecars import Chapter, PageParts
from exporter.labels import Labels
from exporter.readers import markdown
from exporter.site import alternates, publication
from exporter.site.entry import EditionFile
from exporter.writers import audio, web
from tests.proof.built_editions import INPUT, BuiltEditions
from tests.proof.site.browsing import MAIN_WAYS, WAYS, browse, troubles
from tests.proof.site.validity import errors
from tests.write_context import STYLES, Pictures, write_context

SLUGS = ("asylum-dispatch", "arabic-brief")
"""One with a transcript, one from right to left."""


def put(slug: str, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """Make the page of a publication beside its HTML edition and its recording; gives it, and what is heard when."""
    read = markdown.read((INPUT / slug / "manuscript.md").read_bytes(), "manuscript.md")
    gathered = images.collect(read.publication, INPUT / slug, read.media)
    tree = transforms.apply(gathered.publication, slug)
    pictures = Pictures(folder / "pictures")
    for digest, data in gathered.blobs.items():
        pictures.path(digest).write_bytes(data)
    place = write_context(folder, tree.metadata.language, pictures=pictures)
    files, facts = [], {}
    for writer in (web, audio):
        path = folder / f"{slug}{writer.SUFFIX}"
        options = writer.Options(voice="espeak-ng") if writer is audio else writer.Options()
        facts |= writer.write(tree, place, options, path).sidecars
        name, size = writer.NAME, path.stat().st_size
        files.append(EditionFile(name=name, file=path.name, media_type=writer.MEDIA_TYPE, size=size, sha256="0" * 64))
    page = publication.Page(
        metadata=tree.metadata,
        text=msgspec.json.decode(facts["page"], type=PageParts),
        files=tuple(files),
        gaps={"html": ("text",)},
        chapters=msgspec.json.decode(facts["chapters"], type=tuple[Chapter, ...]),
        clips=facts["clips"],
        translations=(alternates.Translation("La espera", "es", "../la-espera/index.html"),),
        report="report.html",
    )
    sheet = (STYLES / publication.STYLESHEET).read_text("utf-8")
    target = folder / "index.html"
    target.write_bytes(publication.render(page, Labels.load(STYLES, tree.metadata.language), sheet))
    return target, msgspec.json.decode(facts["clips"])


@pytest.mark.parametrize("slug", SLUGS)
def test_everybody_can_read_the_page_and_follow_the_recording(slug: str, tmp_path: Path) -> None:
    page, clips = put(slug, tmp_path)
    told = browse(page, f"page-{slug}", listen=True)
    assert troubles(told) == {}
    assert told["dead"] == 0, "without a script nothing is shown that needs one"
    assert {Path(address).name for address in told["asked"]} == {"index.html", f"{slug}.m4b"}
    assert told["skipped"] == "text"
    follows_the_recording(told, clips)


def test_everybody_can_read_the_page_of_every_publication(built: BuiltEditions, shown: str) -> None:
    page = built.silent(shown) / "index.html"
    assert errors([page]) == []
    told = browse(page, f"publication-{shown}", ways=WAYS if shown in SLUGS else MAIN_WAYS)
    assert troubles(told) == {}
    assert told["skipped"] == "text"


def follows_the_recording(told: dict[str, Any], clips: list[dict[str, Any]]) -> None:
    still = told["still"]
    assert (still["paused"], still["words"], still["current"]) == (True, "", 0), "nothing plays by itself"
    assert (told["follows"], told["speed"]) == ("true", 2)
    heard = told["heard"]
    assert {one["error"] for one in heard} == {""}
    assert heard[-1]["time"] > heard[0]["time"] + 5, "twice as fast"
    assert heard[-1]["scrolled"] > 0, "the text comes along"
    shown = [one for one in heard if one["words"]]
    assert len(shown) > len(heard) / 2
    assert len({one["words"] for one in shown}) >= 3, "one passage after the other"
    for one in shown:
        # What is shown began before, or just now, and is not long over.
        near = [clip for clip in clips if clip["begin"] - 0.3 <= one["time"] <= clip["end"] + 1.3]
        assert " ".join(one["words"].split()) in {" ".join(clip["text"].split()) for clip in near}
        assert one["current"] == 1
    assert told["onwards"]["chapter"] not in {"", heard[0]["chapter"]}
    assert told["onwards"]["paused"] is False
    assert told["under"] == []
    assert told["calm"] == "auto"
