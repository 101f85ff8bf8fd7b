"""Word files that pandoc makes: for each its Markdown, and the lines that have to be in what is read."""

from __future__ import annotations

FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "emphasis": ("*a* **b** ~~c~~ x^2^ H~2~O `d`", ("*a* **b** ~~c~~ x^2^ H~2~O `d`",)),
    "headings": ("# One\n\n## Two\n\nx\n\n# Three\n\ny", ("# One", "  # Two", "# Three")),
    "links": (
        "[a](https://example.org/) and [b](#two)\n\n# Two {#two}\n\nx\n\n# C\n\ny",
        ("[a](https://example.org/) and [b](#two)", "# Two #two"),
    ),
    "bullets": ("- a\n    - b\n        - c\n- d", ("list bullet 1", "        list bullet 1", "            c", "    d")),
    "numbers": (
        "5. a\n6. b\n\n    more\n\n    (a) c\n\nx\n\n1. d",
        ("list decimal 5", "    more", "    list lower-alpha 1", "list decimal 1"),
    ),
    "roman": ("iv. a\nv. b\n\nx\n\nC. d", ("list lower-roman 4",)),
    "definitions": ("Term\n\n:   One\n\n    More\n\n:   Two", ("Term:", "    One", "    More", "    Two")),
    "quote": ("> Words.\n>\n> — Ana\n\nx", ("quote Ana", "  Words.")),
    "code": ("```\na = 1\n  b\n```\n\nx", ("code 'a = 1\\n  b'",)),
    "verse": ("| one\n|   two\n\nx", ("one/\u00a0\u00a0two",)),
    "rule": ("a\n\n---\n\nb", ("break",)),
    "table": (
        "| A | B |\n|---|--:|\n| 1 | 2 |\n\n: The caption",
        ("table The caption", "  head: A col | B col", "  body: 1 | 2"),
    ),
    "grid table": (
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| - x | 1   |\n+-----+-----+\n",
        ("table ", "  head: a col | b col"),
    ),
    "footnotes": ("a[^1] b[^2]\n\n[^1]: One\n\n[^2]: Two\n\n    more", ("a<footnote-9> b<footnote-10>",)),
    "languages": (
        "Long English words all around it, [la frase]{lang=es-MX} and more of them.",
        ("Long English words all around it, [la frase]{es-MX} and more of them.",),
    ),
    "another language": (
        "::: {lang=es}\nHola mundo.\n:::\n\nA longer text in English follows it here.",
        ("Hola mundo. es",),
    ),
    "right to left": (
        "::: {lang=ar dir=rtl}\nهذا نص عربي\n:::\n\nA longer text in English follows it here.",
        ("هذا نص عربي ar",),
    ),
    "figure": ('![The caption](a.png){alt="What it shows"}', ("figure !What it shows! The caption",)),
    "picture in a line": ("a ![What it shows](a.png) b", ("a !What it shows! b",)),
    "formulas": ("$x^2$ is\n\n$$\\frac{a}{b} = \\sqrt{c}$$\n\nx", ("$x2$ is", "formula ab=c")),
    "a list in a table": ("+-------+---+\n| - a   | c |\n| - b   |   |\n+-------+---+\n", ("table ",)),
    "smart": ("“Quoted” — and … then", ("“Quoted” — and … then",)),
    "hard break": ("one\\\ntwo", ("one/two",)),
    "metadata": ("---\ntitle: The title\nauthor: Ana\n---\n\nx", ("x",)),
}
"""By name."""
