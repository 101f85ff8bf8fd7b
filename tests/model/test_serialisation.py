"""The tree survives the way to JSON and back, and the schema describes what is written."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from exporter import model as m
from exporter.model import serialisation, walk
from tests.trees import PUBLICATIONS, examples

UNHURRIED = settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))


@UNHURRIED
@given(PUBLICATIONS)
def test_a_publication_comes_back_from_json_as_it_was(publication: m.Publication) -> None:
    data = serialisation.encode(publication)
    assert serialisation.decode(data) == publication
    assert serialisation.encode(serialisation.decode(data)) == data


@settings(UNHURRIED, max_examples=examples(10))
@given(PUBLICATIONS)
def test_the_schema_accepts_what_the_codec_writes(publication: m.Publication) -> None:
    assert SCHEMA.is_valid(json.loads(serialisation.encode(publication)))


SCHEMA = jsonschema.Draft202012Validator(serialisation.schema())


def test_the_digest_of_the_content_is_that_of_all_but_the_positions() -> None:
    def digest(text: str, source: m.Source | None) -> str:
        body = (m.Paragraph((m.Text(text),), at=m.At(id="p", source=source)),)
        return serialisation.content_digest(serialisation.encode(m.Publication(m.Metadata(source=source), body=body)))

    tricky = 'He wrote "source":{"file":"a.md"}, and \\"source\\":{}'
    here, there = m.Source("a.md", 3), m.Source("a {b} \\.md", 5, 'after "One"}')
    assert digest(tricky, here) == digest(tricky, there)
    assert digest(tricky, here) != digest(tricky.replace("a.md", "b.md"), here)


def test_the_schema_is_a_json_schema() -> None:
    meta_schema = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    assert meta_schema.is_valid(serialisation.schema())


def test_the_schema_refuses_a_picture_about_which_nobody_has_decided() -> None:
    tree = {"metadata": {}, "body": [{"type": "Paragraph", "children": [{"type": "Image", "source": "a.png"}]}]}
    assert not SCHEMA.is_valid(tree)
    with pytest.raises(serialisation.CodecError, match="alt"):
        serialisation.decode(json.dumps(tree).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"metadata": 3}',
        b'{"metadata": {}, "body": [{"type": "Heading"}]}',
        b'{"metadata":{},"body":' + b'[{"type":"Quote","children":' * 5000 + b"[]" + b"}]" * 5000 + b"}",
    ],
    ids=["empty", "not UTF-8", "a list", "no metadata", "wrong type", "unknown node", "nested too deeply"],
)
def test_what_is_no_tree_is_refused_with_a_codec_error(data: bytes) -> None:
    with pytest.raises(serialisation.CodecError):
        serialisation.decode(data)


def test_every_node_type_is_generated_by_the_strategies() -> None:
    seen: set[str] = set()

    @settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
    @given(PUBLICATIONS)
    def collect(publication: m.Publication) -> None:
        seen.update(type(node).__name__ for node in walk.walk(publication))

    collect()
    nodes = {name for name, kind in vars(m).items() if isinstance(kind, type) and issubclass(kind, m.Node)} - {"Node"}
    assert seen == nodes
