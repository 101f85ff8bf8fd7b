"""Front matter: one key is changed, and all other lines stay, with their order, comments and quotation marks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml

from exporter.revise.changes import MetadataValue
from exporter.revise.refusal import UnsupportedError
from exporter.revise.text_edits import TextEdits

_OPEN = re.compile(r"---[ \t]*\r?\n(?=[^\n]*\S)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_OTHER_KEYS = {
    "authors": ("author",),
    "description": ("abstract",),
    "keywords": ("subjects",),
}
"""Other names of keys in front matter."""
_SIMPLE = re.compile(r"[^\W_](?:[\w .()/&;!?’“”–—-]*[^\W_]|[\w .()/&;!?’“”–—-]*[.)!?’”])?")
"""Texts that need no quotation marks in front matter, if YAML reads them as texts."""
_YAML_TEXT = "tag:yaml.org,2002:str"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_key(edits: TextEdits, name: str, value: MetadataValue) -> None:
    """Set a key of the front matter, which is created if there is none; an empty value removes the key.

    Args:
        edits: Edits of the manuscript.
        name: The key in `[metadata]`.
        value: Its value.

    Raises:
        UnsupportedError: The front matter is written in an unusual form.
    """
    text = edits.text
    opening = _OPEN.match(text)
    if opening is None:
        if value:
            edits.front_matter.append(f"{name}: {_written(name, value)}")
        return
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        raise UnsupportedError("The front matter has no end.", "Write a line with --- below it.")
    first = opening.end()
    region = text[first : closing.start()]
    root = yaml.compose(region, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) and not root.flow_style else None
    if root is not None and pairs is None:
        raise UnsupportedError("The front matter is not a list of keys.", "Change it there.")
    names = (name, *_OTHER_KEYS.get(name, ()))
    known = [(key, old) for key, old in pairs or () if key.value in names]
    if not known:
        if value:
            edits.replace(closing.start(), closing.start(), f"{name}: {_written(name, value)}\n")
        return
    key, old = known[0]
    colon = region.index(":", key.end_mark.index) + 1
    end = max(_end(region, old), colon)
    if not value:
        edits.replace(first + key.start_mark.index, first + _after_line(region, end), "")
        return
    style = old.style if isinstance(old, yaml.ScalarNode) else None
    comment = region[colon : region.find("\n", colon)].strip() if "\n" in region[colon : old.start_mark.index] else ""
    written = " ".join(filter(None, (_written(name, value, style), comment)))
    edits.replace(first + colon, first + end, f" {written}")


def _end(region: str, node: yaml.Node) -> int:
    """Return where a value ends, without the comments and empty lines below it."""
    lines = region[: node.end_mark.index].split("\n")
    if len(lines) > region[: node.start_mark.index].count("\n") + 1:
        while not lines[-1].strip() or lines[-1].startswith("#"):
            lines.pop()
    return len("\n".join(lines).rstrip())


def _after_line(region: str, position: int) -> int:
    end = region.find("\n", position)
    return len(region) if end < 0 else end + 1


def _written(name: str, value: MetadataValue | bool, style: str | None = None) -> str:
    """Return a value as YAML on one line, in the quotation marks that it had."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        keys = {"source": "image"} if name == "cover" else {}
        return "{" + ", ".join(f"{keys.get(key, key)}: {_quoted(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_quoted(item) for item in value) + "]"
    text = " ".join(value.split())
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == '"' or not _is_plain(text):
        return json.dumps(text, ensure_ascii=False)
    return text


def _quoted(value: str | bool | Mapping[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else _written("", value)


def _is_plain(text: str) -> bool:
    """Return whether a text needs no quotation marks."""
    if _DATE.fullmatch(text):
        return True
    if not _SIMPLE.fullmatch(text):
        return False
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    return isinstance(node, yaml.ScalarNode) and node.tag == _YAML_TEXT and node.value == text
