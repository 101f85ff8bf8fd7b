"""Numbers, sizes, times and quotations as a report says them."""

from __future__ import annotations

import pytest

from exporter.report.formatting import amount, clean, counts, day, duration, language, listed, said, size


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (amount(1, "error"), "1 error"),
        (amount(1204, "finding"), "1,204 findings"),
        (counts({"error": 2, "warning": 0, "note": 1}), "2 errors, 1 note"),
        (counts({}), "nothing found"),
        (listed(["PDF", "EPUB", "Word"]), "PDF, EPUB and Word"),
        (listed([]), ""),
        (size(999), "999 bytes"),
        (size(999_600), "1.0 MB"),
        (size(1_234_567), "1.2 MB"),
        (size(45_000), "45 kB"),
        (duration(40), "40 s"),
        (duration(59.6), "1 min"),
        (duration(4125), "1 h 9 min"),
        (day("2027-03-31"), "31 March 2027"),
        (day("soon"), "soon"),
        (language("es-MX"), "Spanish (Mexico)"),
        (language("no language"), "no language"),
        (clean("a\x00b\ud800\u202e"), "a\ufffdb\ufffd\u202e"),
    ],
)
def test_it_is_said(given: str, expected: str) -> None:
    assert given == expected


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("The link is called “haz clic”.", "es", 'The link is called “<bdi lang="es">haz clic</bdi>”.'),
        ("The picture “a.png” is missing.", "es", "The picture “<bdi>a.png</bdi>” is missing."),
        ("“two words”", "en-GB", "“<bdi>two words</bdi>”"),
        ("“<b> & b”", "fr", '“<bdi lang="fr">&lt;b&gt; &amp; b</bdi>”'),
        ("<i>“", "fr", "&lt;i&gt;“"),
        ("“a b”", '"><x', '“<bdi lang="&#34;&gt;&lt;x">a b</bdi>”'),
    ],
)
def test_what_is_quoted_keeps_its_direction_and_its_language(text: str, tag: str, expected: str) -> None:
    assert said(text, tag) == expected
