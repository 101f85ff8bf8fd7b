"""What a Python file imports is found without parsing it as it is with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.pipeline import import_scanner

ROOT = Path(import_scanner.__file__).parents[1]


def test_imports_are_found_without_parsing_as_they_are_with_it() -> None:
    sources = [path.read_bytes() for path in sorted(ROOT.rglob("*.py"))]
    quick = [import_scanner.plain(source) for source in sources]
    assert sum(found is None for found in quick) < len(sources) / 10
    assert [found or import_scanner.parsed(source) for found, source in zip(quick, sources, strict=True)] == [
        import_scanner.parsed(source) for source in sources
    ]


@pytest.mark.parametrize(
    "source",
    [
        b"import a.b, c as d\n",
        b"from a import (\n    b,  # why\n    c as d,\n)\n",
        b"from a import *\nfrom . import e\nfrom .f import g\n",
        b"def f():\n    import a  # late\n    from b.c import d\n",
        b"if True: import a\n",
        b"x = 1; import a\n",
        b"from a import \\\n    b\n",
        b"import a \\\n    , b\n",
        b"from a import(b, c)\n",
        b"from a import\tb\nimport\tc\n",
        b"from a import*\n",
        b'"""From here\nfrom there to somewhere\nimport nothing at all\n"""\nimport a\n',
        b"try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c\nfinally:\n    import d\n",
        b"match x:\n    case 1:\n        import a\n",
        b"not python at all (\nimport a\n",
    ],
)
def test_no_import_is_missed_however_it_is_written(source: bytes) -> None:
    quick = import_scanner.plain(source)
    assert quick is None or quick >= import_scanner.parsed(source)
