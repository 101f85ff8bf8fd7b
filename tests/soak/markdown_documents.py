"""Manuscripts put together from pieces of the dialect, broken ones among them; the same seed gives the same one."""

from __future__ import annotations

import random

PICTURES = ("bars.png", "drawing.svg", "nowhere.png", "../up.png", "https://example.org/a.png", "sp ace.png")
LANGUAGES = ("en-GB", "es-MX", "ar", "he", "fr", "ru", "hi", "zh-Hant", "nah", "xx", "", "not a language")
WORDS = (
    *[
        "court",
        "hearing",
        "delay",
        "people",
        "waited",
        "figures",
        "witness",
        "1,204",
        "2026",
        "38",
        "%",
        "Art.",
        "U.N.",
        "H2O",
        "–",
        "—",
        "…",
        "“quoted”",
        "l’accès",
    ],
    *[
        "justicia",
        "العدالة",
        "צדק",
        "правосудие",
        "δικαιοσύνη",
        "न्याय",
        "司法",
        "ความยุติธรรม",
        "🎉",
        "👩🏽\u200d🚀",
        "é",
        "\xad",
        "\u202e",
        "\u2067",
        "\u200f",
    ],
    "x" * 300,
    "https://example.org/" + "a/" * 80,
    "\u00a0",
    "\x07",
    "\ufffe",
)
INLINES = (
    "*{}*",
    "**{}**",
    "***{}***",
    "~~{}~~",
    "`{}`",
    "H~{}~",
    "10^{}^",
    "[{}](https://example.org)",
    "[{}](#p)",
    "[{}]{{lang=es}}",
    "[{}]{{lang=ar}}",
    "![{}](bars.png)",
    "![](bars.png){{.decorative}}",
    '![{}](drawing.svg){{alt="Bars fall"}}',
    "$\\frac{{1}}{{{}}}$",
    "${}",
    "[^a]",
    "[^b]",
    "^[{}]",
    "<span lang=fr>{}</span>",
    "<b>{}",
    "</i>{}",
    "<br>",
    "&amp;{}",
    "&#{};",
    "\\{}",
    "[{}]",
    "![{}",
    "[{}](",
    "{{#{}}}",
    "<!-- {} -->",
    "<script>{}</script>",
    "WHO {}",
    "{}  \n",
    "{}\\\n",
    '"{}"',
    "<q>{}</q>",
)
BLOCKS = (
    "{}",
    "# {}",
    "## {} {{#p}}",
    "#### {}",
    "{}\n===",
    "{}\n---",
    "- {}\n- {}\n  - {}",
    "1. {}\n2. {}\n\n   {}",
    "(a) {}\n(b) {}",
    "7) {}",
    "> {}\n>\n> — {}",
    "| {} | {} |\n|---|--:|\n| {} | {} |\n\nTable: {}",
    "| {} |\n|---|\n| {} | {} |",
    "| {}\n|   {}",
    "{}\n:   {}\n\n    {}",
    "```python\n{}\n```",
    "~~~\n{}",
    "    {}",
    "$$\n{}\n$$",
    "***",
    "\\newpage",
    "[^a]: {}",
    "[^b]: {}\n\n    {}[^a]",
    "*[WHO]: {}",
    "::: box {}\n{}\n:::",
    "::: transcript\n*({})*\n\n**{}, role:** {}\n\n{}\n:::",
    "::: description\n{}\n:::",
    "::: {}",
    ":::",
    "::: {{lang=ar}}\n{}\n:::",
    "![{}](bars.png)",
    "![{}](nowhere.png)",
    "<div>\n{}",
    "</div>",
    "<details><summary>{}</summary>\n\n{}\n\n</details>",
    "<table><caption>{}</caption><tr><th colspan=2>{}</th></tr><tr><td rowspan=3>{}<td>{}</table>",
    "<table><tr><td>{}",
    "+-----+-----+\n| {} | {} |\n+=====+=====+\n| {} | {} |\n+-----+-----+",
    "  ---- -----\n  {}  {}\n  ---- -----",
    "[x]: {}",
    "<ul><li>{}<li>{}</ul>",
    "{{.front}}",
    "# {} {{.front}}",
    "Table: {}",
)
KEYS = (
    "title: {}",
    "title: [{}]",
    "subtitle: {}",
    "kind: report",
    "kind: {}",
    "author: {}",
    "author:\n  - {}\n  - name: {}\n    role: editor",
    "date: 2026-03-01",
    "date: {}",
    "publisher: {}",
    "description: >\n  {}",
    "keywords: [a, b]",
    "cover: bars.png",
    "cover-alt: {}",
    "contact: a@example.org",
    "contact:\n  name: {}",
    "export: {{pdf: {{page_size: a5}}}}",
    "export: {}",
    "{}: {}",
    "related: {}",
    "series: {}",
)


def document(seed: int) -> bytes:
    """Return the manuscript with this number."""
    chance = random.Random(seed)
    text = _front(chance) + "\n\n".join(_block(chance, 0) for _ in range(chance.randint(1, 14))) + "\n"
    data = text.encode("utf-8", "replace")
    if chance.random() < 0.15:
        data = _damaged(chance, data)
    if chance.random() < 0.1:
        data = data.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if chance.random() < 0.05 else data


def _front(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return ""
    lines = ["title: A title", f"lang: {chance.choice(LANGUAGES)}"]
    lines += [_filled(chance, key, _plain) for key in chance.sample(KEYS, chance.randint(0, 6))]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _block(chance: random.Random, depth: int) -> str:
    text = _filled(chance, chance.choice(BLOCKS), _words)
    if depth < 6 and chance.random() < 0.3:
        inner = _block(chance, depth + 1)
        start = chance.choice(("> ", "- ", "1. ", "    ", "[^a]: ", ":   "))
        rest = start if start == "> " else " " * len(start)
        text += "\n\n" + start + inner.replace("\n", "\n" + rest)
    return text


def _words(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(0, 6)):
        word = chance.choice(WORDS)
        for _ in range(chance.choice((0, 0, 0, 1, 2, 5))):
            word = chance.choice(INLINES).replace("{}", word).replace("{{", "{").replace("}}", "}")
        parts.append(word)
    return " ".join(parts)


def _plain(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, 3)))


def _filled(chance: random.Random, pattern: str, words: object) -> str:
    assert callable(words)
    parts = pattern.split("{}")
    text = parts[0]
    for part in parts[1:]:
        text += f"{words(chance)}{part}"
    return text.replace("{{", "{").replace("}}", "}")


def _damaged(chance: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(out) + 1)
        match chance.randrange(4):
            case 0:
                out[place:place] = bytes([chance.randrange(256)])
            case 1:
                del out[place : place + chance.randrange(20)]
            case 2:
                out[place:place] = out[chance.randrange(len(out) + 1) :][:60]
            case _:
                out[place:place] = (
                    chance.choice((b"[", b"]", b"(", b"*", b"`", b"<", b"|", b"\n", b"{", b"$", b":::")) * 9
                )
    return bytes(out)
