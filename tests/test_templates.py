"""What fills in the templates: strict, escaping, and compiled once."""

from __future__ import annotations

from pathlib import Path

import jinja2
import markupsafe
import pytest

from exporter import templates


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(templates, "TEMPLATES", tmp_path)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "page.html").write_text("<p>{{ words }}</p>\n", "utf-8")
    return tmp_path


def rendered(**values: object) -> str:
    return templates.environment("room").get_template("page.html").render(values)


def test_values_are_escaped_and_one_that_is_missing_is_an_error(room: Path) -> None:
    assert rendered(words="a < b") == "<p>a &lt; b</p>"
    assert rendered(words=markupsafe.Markup("<b>a</b>")) == "<p><b>a</b></p>"
    with pytest.raises(jinja2.UndefinedError):
        rendered()


def test_a_template_is_kept_compiled_where_python_keeps_modules_until_it_changes(room: Path) -> None:
    rendered(words="one")
    assert [path.name for path in room.iterdir()] == ["room"]
    kept = room / "__pycache__"
    kept.mkdir()
    assert rendered(words="one") == rendered(words="one") == "<p>one</p>"
    assert [path.suffix for path in kept.iterdir()] == [".cache"]
    (room / "room" / "page.html").write_text("<i>{{ words }}</i>", "utf-8")
    assert rendered(words="one") == "<i>one</i>"


def test_a_damaged_one_is_compiled_anew(room: Path) -> None:
    (room / "__pycache__").mkdir()
    rendered(words="one")
    for path in (room / "__pycache__").iterdir():
        path.write_bytes(b"rubbish")
    assert rendered(words="one") == "<p>one</p>"
