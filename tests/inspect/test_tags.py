"""Tags with too many attributes are found in one pass over a page."""

from __future__ import annotations

import time

import pytest

from exporter.inspect.limits import LimitError
from exporter.inspect.tags import check_attributes


@pytest.mark.parametrize("page", [b"<p " + b"a " * 3_000 + b">", b"<p>1 < 2 <br " + b"a=<x " * 3_000 + b">"])
def test_a_tag_with_thousands_of_attributes_is_found(page: bytes) -> None:
    with pytest.raises(LimitError, match="attributes"):
        check_attributes(page)


def test_long_values_are_no_attributes() -> None:
    check_attributes(b'<p style="' + b"a " * 9_000 + b'">' + b"word " * 9_000 + b"<br>")


def test_beginnings_of_tags_are_read_once() -> None:
    page = (b"<a " * 1_300 + b">") * 2_500
    begin = time.process_time()
    check_attributes(page)
    assert time.process_time() - begin < 0.25
