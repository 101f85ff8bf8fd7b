"""Numbers, sizes, times and quotations as a report says them."""

from __future__ import annotations

import pytest

from exporter.report.formatting import (
    format_count,
    format_date,
    format_duration,
    format_severities,
    format_size,
    join_names,
    language_name,
    mark_quotations,
    replace_invalid,
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (format_count(1, "error"), "1 error"),
        (format_count(1204, "finding"), "1,204 findings"),
        (format_severities({"error": 2, "warning": 0, "note": 1}), "2 errors, 1 note"),
        (format_severities({}), "no problems found"),
        (join_names(["PDF", "EPUB", "Word"]), "PDF, EPUB and Word"),
        (join_names([]), ""),
        (format_size(999), "999 bytes"),
        (format_size(999_600), "1.0 MB"),
        (format_size(1_234_567), "1.2 MB"),
        (format_size(45_000), "45 kB"),
        (format_duration(40), "40 s"),
        (format_duration(59.6), "1 min"),
        (format_duration(4125), "1 h 9 min"),
        (format_date("2027-03-31"), "31 March 2027"),
        (format_date("soon"), "soon"),
        (language_name("es-MX"), "Spanish (Mexico)"),
        (language_name("no language"), "no language"),
        (replace_invalid("a\x00b\ud800\u202e"), "a\ufffdb\ufffd\u202e"),
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
    assert mark_quotations(text, tag) == expected
