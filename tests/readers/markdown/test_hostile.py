"""Manuscripts that were made to hurt: refused in a sentence, or read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.errors import SourceError
from exporter.model.serialisation import decode, encode
from exporter.model.walk import walk
from exporter.readers.markdown import read
from exporter.readers.markdown.limits import MAX_BYTES
from tests.sampling import sampled

REFUSED = {
    "a line of 50 MB": (b"a" * 50_000_000, "50 MB", 0),
    "too many lines": (b"a\n" * 200_000, "the limit for its size is 110,000", 0),
    "10 MB of emphasis": (b"**a** " * 1_700_000, "6,800,000 characters of Markdown", 0),
    "one endless paragraph": (b"a " * 100_000, "199,999 characters", 1),
    "100,000 quote marks": (b">" * 100_000, "nested too deeply", 1),
    "100,000 brackets": (b"x\n\n" + b"[" * 90_000, "nested too deeply", 3),
    "brackets inside each other": (b"[" * 500 + b"](a)" * 500, "nested too deeply", 1),
    "pictures inside each other": (b"![" * 500 + b"](a)" * 500, "nested too deeply", 1),
    "fences inside each other": (b"::: a\n" * 20_000, "nested too deeply", 41),
    "notes inside each other": (b"^[" * 500 + b"]" * 500, "nested too deeply", 1),
    "emphasis inside each other": (b"*a **b " * 300 + b"c** d* " * 300, "nested too deeply", 1),
    "HTML inside each other": (b"<div>" * 3000 + b"x" + b"</div>" * 3000, "nested too deeply", 1),
    "open HTML": (b"<div>\n\n" * 3000, "nested too deeply", 81),
    "open elements with Markdown": (b"<div markdown=1>\n" * 20_000, "nested too deeply", 41),
    "open HTML among words": (b"<b>" * 3000, "nested too deeply", 1),
    "a long address used often": (b"[a]: b.html#" + b"c" * 9_000 + b"\n\n" + b"[a] " * 1_200, "over 10,000,000", 3),
    "a long form used often": (b"*[ab]: " + b"c" * 9_000 + b"\n\n" + b"ab " * 1_200, "over 10,000,000", 3),
    "a table of merged cells": (b"<table>" + b"<tr><td rowspan=65534 colspan=1000>x</tr>\n" * 500, "cells", 1),
    "a row without end": (b"<table><tr>" + b"<td>x</td>" * 30_000, "columns", 1),
    "a YAML bomb": (b"---\na: &a [x,x]\nb: [*a,*a]\n---\nx", "Aliases", 3),
    "deep YAML": (b"---\na: " + b"[" * 20_000 + b"\n---\nx", "nested too deeply", 2),
    "long YAML": (b"---\ntitle: " + b"x" * 100_000 + b"\n---\nx", "64,000 characters", 1),
    "open YAML": (b"---\ntitle: x\n\nText", "Unclosed front matter", 1),
    "broken YAML": (b"---\ntitle: a\nlang: b: c\n---\nx", "a value has a second colon", 3),
    "a YAML list": (b"---\n- a\n---\nx", "not a list of keys", 2),
    "Latin-1": (b"a\nb\xe9c", "not UTF-8: byte 4 of the file is 0xE9", 2),
    "UTF-16": ("hello".encode("utf-16"), "UTF-16", 0),
    "UTF-16 without a mark": ("hello".encode("utf-16-le"), "zero byte", 1),
    "UTF-32": ("hello".encode("utf-32"), "UTF-32", 0),
    "a zero byte": (b"a\n\0", "zero byte", 2),
    "nothing": (b"", "no text", 1),
    "nothing but spaces": (b" \n\n", "no text", 1),
    "only front matter": (b"---\ntitle: x\n---\n", "front matter, but no text", 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence_that_says_where(name):
    data, words, line = REFUSED[name]
    with pytest.raises(SourceError) as caught:
        read(data, "m.md")
    assert words in caught.value.message
    assert caught.value.advice
    assert caught.value.source is not None
    assert (caught.value.source.file, caught.value.source.line) == ("m.md", line)


READ = {
    "stars": b"*" * 90_000,
    "open stars": b"*a **b " * 10_000,
    "underscores": b"_a" * 40_000,
    "backticks": b"`" * 90_000,
    "backtick runs": b"".join(b"`" * length + b"x" for length in range(400)),
    "open tags": b"<a " * 30_000,
    "open comments": b"x <!--" * 15_000,
    "dollars": b"$a" * 45_000,
    "open formulas": b"$$a\n" * 20_000,
    "carets": b"^a" * 40_000,
    "braces": b"a {#" * 20_000,
    "open attributes": b'[a]{b="' * 10_000,
    "directives, never closed": b"```{note}\n" * 20 + b"- x\n" * 5_000,
    "callouts in items": b"- ```{note}\n  a\n\n- <div markdown=1>\n  a\n  </div>\n" * 2_000,
    "callouts": b"> [!note] x\n> y\n\n" * 2_000,
    "flat fences": b"::: aside\nx\n:::\n" * 3_000,
    "lists in letters": b"a) x\n\nb) y\n\n" * 3_000,
    "notes": b"x\n\n" + b"".join(b"[^%d]: x\n" % number for number in range(5_000)),
    "ragged rows": b"|a|b|\n|-|-|\n" + b"|c|\n" * 5_000,
    "a wide table": b"|a" * 10_000 + b"\n" + b"|-" * 10_000 + b"\n",
    "open tables": b"<table>\nx\n\n" * 30,
    "deep TeX": b"$" + b"{" * 2000 + b"}" * 2000 + b"$",
    "endless TeX": b"$" + b"x^" * 2400 + b"$",
    "a byte order mark": b"\xef\xbb\xbf# A\n\nx",
    "old line ends": b"a\rb\r\n\rc",
}


@pytest.mark.parametrize("name", sampled(READ))
def test_it_is_read(name):
    data = READ[name]
    assert len(data) < MAX_BYTES
    assert read(data, "m.md").publication.body


PIECES = st.sampled_from(
    """# |## |> |- |1. |a) |(i) |    |\t|::: |::: aside |::: transcript |::: {lang=es} |:::|```|~~~|---|===|***|**|*|_|`
    |[|]|(|)|![|](a.png)|](b)|^[|[^1]|[^1]: |{#a}|{.b}|{lang=es}|{alt=""}|{|}|$|$$|\\frac|~|~~|^|<b>|</b>|<div>|</div>
    |<table>|<tr>|<td rowspan=2>|<th>|</table>|<!--|-->|<img src=a>|<br>|<script>|&amp;|&#0;|\\|| a | b |
|---|---||Table: x|: x|*[A]: b|A|— |**A, b:** |\\newpage|[a]: /b|---
title: |\n|\n\n|é|\u200f|\u0001|\x0b|\u2028|https://a.b|<http://a.b>|"|'|wörds and more """.replace("\n    ", "").split(
        "|"
    )
)


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map("".join))
def test_no_text_crashes_the_reader_and_every_node_knows_its_line(text):
    data = text.encode("utf-8", "replace")
    try:
        result = read(data, "m.md")
    except SourceError as error:
        assert error.source is not None  # noqa: PT017 - hypothesis gives many texts, few of which are refused
        return
    lines = len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    for node in walk(result.publication):
        assert node.at.source is not None, node
        assert 1 <= node.at.source.line <= lines, node
    assert [finding.source.line for finding in result.findings] == sorted(f.source.line for f in result.findings)
    assert decode(encode(result.publication)) == result.publication
    assert read(data, "m.md") == result
