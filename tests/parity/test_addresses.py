"""Writers make links of the same addresses as parity expects, each by its own rule."""

from __future__ import annotations

import pytest

from exporter.parity.addresses import is_followed
from exporter.writers.markup.links import may_be_followed

ADDRESSES = {
    "https://example.org": True,
    "HTTP://example.org:80/a?b#c": True,
    "https://пример.рф/путь": True,
    "https://es.wikipedia.org/wiki/Comisión_(política)": True,
    "https://user@example.org/": True,
    "http://[::1]/": True,
    "mailto:a@example.org": True,
    "tel:+52-1": True,
    "https://example.org/?list[]=1": True,
    "mailto:ab]": False,
    "MAILTO:[a@example.org": False,
    "http://www.example. org/": False,
    "https://": False,
    "https:///path": False,
    "https://example.org:http/": False,
    "http://%s/": False,
    "https://example.org/{name}": False,
    "javascript:alert(1)": False,
    "file:///etc/passwd": False,
    "chapter-2.html": False,
    "": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_parity_and_writers_follow_the_same_addresses(address: str) -> None:
    assert (is_followed(address), may_be_followed(address)) == (ADDRESSES[address], ADDRESSES[address])
