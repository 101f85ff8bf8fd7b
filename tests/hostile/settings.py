"""Settings and tables of alternative texts that are hostile or merely huge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.hostile.kind import HEAD, PART, Command, Kind, markdown

_TEXT = HEAD + PART
_PICTURE = _TEXT + "![Alt](a.png)\n"
_COLUMNS = "Picture,Decorative (yes or no),Alt text,Key\n"


def _toml(text: Callable[[], str | bytes] | str, check: str = "error") -> Kind:
    def write(folder: Path) -> None:
        markdown(_TEXT)(folder)
        data = text if isinstance(text, str) else text()
        (folder / "publication.toml").write_bytes(data if isinstance(data, bytes) else data.encode())

    return Kind(write, check=check)


def _table(text: Callable[[], str | bytes]) -> Kind:
    def write(folder: Path) -> None:
        markdown(_PICTURE)(folder)
        data = text()
        (folder / "table.csv").write_bytes(data if isinstance(data, bytes) else data.encode())

    return Kind(write, command=Command.DESCRIBE)


KINDS: dict[str, Kind] = {
    "settings-keys": _toml(lambda: "[metadata]\n" + "".join(f"k{n} = 1\n" for n in range(60_000))),
    "settings-tables": _toml(lambda: "".join(f"[t{n}]\n" for n in range(60_000))),
    "settings-depth": _toml(lambda: f"[{'.'.join('a' * 20_000)}]\nb = 1\n"),
    "settings-inline-depth": _toml(lambda: f"a = {'{b = ' * 2_000}1{'}' * 2_000}\n"),
    "settings-number": _toml(lambda: f"[pdf]\ntext_size = {'9' * 20_000}\n"),
    "settings-not-a-number": _toml("[pdf]\ntext_size = nan\nline_height = -inf\n[export]\ntime_limit = nan\n"),
    "settings-limits": _toml("[export]\ntime_limit = inf\nread_limit = 1e308\n"),
    "settings-limits-none": _toml("[export]\ntime_limit = 0.0\nread_limit = -1.0\n"),
    "settings-sizes": _toml('[pdf]\ntext_size = 1e9\nmargin = "1e9mm"\n[large-print]\ntext_size = 1e-9\n'),
    "settings-sizes-largest": _toml("[pdf]\ntext_size = 72.0\nline_height = 9.0\n", check="off"),
    "settings-binary": _toml(lambda: bytes(range(256)) * 1_000),
    "settings-900-kb": _toml(lambda: f'[metadata]\ndescription = "{"word " * 180_000}"\n', check="off"),
    "settings-2-mb": _toml(lambda: "#" * 2_000_000),
    "settings-waivers": _toml(
        lambda: '[[gate.waivers]]\nrule = "alt-missing"\nwhere = "x"\nreason = "r"\nuntil = 2027-01-01\n' * 8_000
    ),
    "settings-waiver-long": _toml(
        lambda: (
            f'[[gate.waivers]]\nrule = "alt-missing"\nwhere = "{"(a+)+" * 20_000}"\nreason = "r"\nuntil = 2027-01-01\n'
        )
    ),
    "settings-rules": _toml(lambda: "[gate.rules]\n" + "".join(f'r{n} = "off"\n' for n in range(30_000))),
    "settings-authors": _toml(
        lambda: "[metadata]\nauthors = [" + ", ".join(f'{{ name = "A{n}" }}' for n in range(15_000)) + "]\n",
        check="off",
    ),
    "settings-keywords": _toml(
        lambda: "[metadata]\nkeywords = [" + ", ".join(f'"word{n}"' for n in range(40_000)) + "]\n", check="off"
    ),
    "settings-editions": _toml(lambda: "[export]\neditions = [" + ", ".join(f'"e{n}"' for n in range(30_000)) + "]\n"),
    "settings-dates": _toml("[metadata]\ndate = 0001-01-01\n", check="off"),
    "settings-date-time": _toml("[metadata]\ndate = 9999-12-31T23:59:59.999999999-23:59\n"),
    "settings-language": _toml(lambda: f'[metadata]\nlang = "{"en-x-" + "a-" * 20_000}a"\n', check="off"),
    "settings-bidi": _toml('[metadata]\ntitle = "\u202e\u2066title\u200f\ufeff"\n', check="off"),
    "settings-pictures": _toml('[metadata]\ncover = { source = "../../etc/hostname", alt = "A" }\n'),
    "table-rows": _table(lambda: _COLUMNS + "1,,Text,k\n" * 500_000),
    "table-columns": _table(lambda: ",".join(f"c{n}" for n in range(500_000)) + "\n"),
    "table-cell": _table(lambda: _COLUMNS + f'1,,"{"x" * 15_000_000}",k\n'),
    "table-quotes": _table(lambda: _COLUMNS + '1,,"' + '""' * 5_000_000),
    "table-nul": _table(lambda: _COLUMNS + "1,\0,Te\0xt,k\n"),
    "table-binary": _table(lambda: bytes(range(256)) * 10_000),
    "table-empty": _table(lambda: ""),
    "table-21-mb": _table(lambda: "," * 21_000_000),
    "table-heads": _table(lambda: "Key,Key,Alt text,Alt text\nk,k,a,b\n"),
}
