"""The catalogue knows what stands in the output folder, and nothing else."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.labels import Labels
from exporter.model import Cover, Decorative, Kind, Source
from exporter.site.entry import ENTRY, CatalogueEntry, EditionFile, edition_label, encode, read_entries, sort_files
from tests.site.entries import ALL, INSTALLED, STYLES, brief, comment, entry, file, stand
from tests.trees import examples


def slugs(output: Path) -> list[str]:
    return [one.slug for one in read_entries(output)]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    stand(tmp_path, entry())
    (read,) = read_entries(tmp_path)
    assert read.metadata == entry().metadata
    assert [one.name for one in read.files] == list(ALL)
    assert read.cover == entry().cover
    assert read.accessibility == entry().accessibility
    assert read.page == "index.html"


def test_equal_entries_are_equal_bytes_and_say_their_format() -> None:
    assert encode(entry()) == encode(entry())
    assert json.loads(encode(entry()))["format"] == 1


def test_editions_stand_in_the_order_in_which_readers_look_for_them_whatever_order_they_came_in() -> None:
    assert sort_files(reversed(entry().files), INSTALLED) == entry().files


def test_an_entry_keeps_no_place_of_the_manuscript_and_no_name_of_its_pictures() -> None:
    metadata = msgspec.structs.replace(
        entry().metadata, cover=Cover("img/secret.jpg", Decorative()), source=Source("manuscript.md", 3)
    )
    data = encode(msgspec.structs.replace(entry(), metadata=metadata))
    assert b"secret" not in data
    assert b"manuscript.md" not in data


def test_publications_come_newest_first_undated_last_equals_by_title(tmp_path: Path) -> None:
    day = datetime.date(2025, 5, 5)
    stand(tmp_path, entry("undated", date=None))
    stand(tmp_path, entry("b", date=day, title="Beta"))
    stand(tmp_path, entry("a", date=day, title="alpha"))
    stand(tmp_path, entry("new", date=datetime.date(2026, 1, 1)))
    stand(tmp_path, entry("handbook", date=datetime.date(2026, 2, 2), kind=Kind.MANUAL))
    assert slugs(tmp_path) == ["new", "a", "b", "undated", "handbook"], "manuals stand after all others"


def test_a_folder_without_an_entry_and_a_file_beside_the_folders_are_no_publications(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "index.html").write_text("catalogue")
    stand(tmp_path, entry())
    assert slugs(tmp_path) == ["corridor"]


def test_no_output_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert read_entries(tmp_path / "none") == ()


def test_an_edition_that_is_gone_or_has_another_length_is_left_out(tmp_path: Path) -> None:
    folder = stand(tmp_path, entry())
    (folder / "corridor.epub").unlink()
    (folder / "corridor.pdf").write_bytes(b"cut")
    (read,) = read_entries(tmp_path)
    assert [one.name for one in read.files] == [name for name in ALL if name not in {"epub", "pdf"}]
    assert read.accessibility is None, "nobody says any more what an EPUB says that is gone"


def test_a_publication_without_editions_is_left_out(tmp_path: Path) -> None:
    folder = stand(tmp_path, comment())
    for suffix in (".pdf", ".epub", ".docx"):
        (folder / f"comentario{suffix}").unlink()
    assert slugs(tmp_path) == []


def test_a_folder_that_has_been_given_another_name_is_left_out(tmp_path: Path) -> None:
    stand(tmp_path, entry()).rename(tmp_path / "copy")
    assert slugs(tmp_path) == []


def test_a_cover_or_a_page_that_is_gone_is_not_shown(tmp_path: Path) -> None:
    folder = stand(tmp_path, entry(), page=False)
    (folder / "cover.jpg").unlink()
    (read,) = read_entries(tmp_path)
    assert read.cover is None
    assert read.page == ""


def broken(folder: Path, **changes: object) -> bytes:
    table = json.loads((folder / ENTRY).read_text("utf-8"))
    return json.dumps(table | changes).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":1}',
        b" " * 1_000_001,
    ],
)
def test_a_damaged_entry_costs_its_publication_and_no_other(tmp_path: Path, data: bytes) -> None:
    (stand(tmp_path, brief()) / ENTRY).write_bytes(data)
    stand(tmp_path, entry())
    assert slugs(tmp_path) == ["corridor"]


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"slug": "../corridor"},
        {"files": [msgspec.to_builtins(file("x", "pdf")) | {"file": "../../etc/passwd"}]},
        {"files": [msgspec.to_builtins(file("x", "pdf")) | {"file": "/etc/passwd"}]},
        {"files": [msgspec.to_builtins(file("x", "pdf")) | {"size": 0}]},
        {"files": [msgspec.to_builtins(file("x", "pdf")) | {"size": "1"}]},
        {"files": [msgspec.to_builtins(file("x", "pdf")) | {"sha256": "no"}]},
        {"cover": {"file": "cover.jpg", "media_type": "image/jpeg", "width": 0, "height": 1}},
        {"metadata": {"title": 1}},
        {"metadata": {"date": "yesterday"}},
    ],
)
def test_an_entry_that_says_what_cannot_be_is_left_out(tmp_path: Path, changes: dict[str, object]) -> None:
    folder = stand(tmp_path, entry())
    assert slugs(tmp_path) == ["corridor"]
    (folder / ENTRY).write_bytes(broken(folder, **changes))
    assert slugs(tmp_path) == []


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_an_entry_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    output = tmp_path_factory.mktemp("damage")
    folder = stand(output, entry())
    whole = (folder / ENTRY).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    (folder / ENTRY).write_bytes(whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :])
    assert len(read_entries(output)) <= 1


def test_an_edition_of_another_package_is_called_by_its_suffix() -> None:
    labels = Labels.load(STYLES, "en")
    other = EditionFile(name="odt", file="corridor.odt", media_type="application/x", size=1, sha256="0" * 64)
    assert edition_label(other, labels) == "ODT"
    assert edition_label(file("corridor", "large-print"), labels) == "PDF in large print"


def test_a_publication_without_a_title_is_called_by_its_folder() -> None:
    assert CatalogueEntry(slug="corridor", metadata=entry(title="").metadata, files=()).title == "corridor"
