"""The command `store`."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import click
import msgspec

from exporter import service
from exporter.cli.output import print_line, size_of
from exporter.cli.parameters import store_limit_option, store_option, styles_option
from exporter.config import Location


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for programs.")
@store_option
@store_limit_option
@styles_option
def store(*, as_json: bool, store: Location | None, store_limit: str, styles: Path | None) -> None:
    """Show what is in the store of intermediate results, and why steps of the last run were not taken from it.

    With --store-limit, what was not used for longest is removed first, until the store is smaller.
    """
    content = service.store_content(store, store_limit, styles)
    if as_json:
        print_line(msgspec.json.format(msgspec.json.encode(_as_json(content)), indent=2).decode())
        return
    limit = f"its limit is {size_of(content.limit)}" if content.limit is not None else "it has no limit"
    print_line(f"Store: {content.folder}", "bold")
    print_line(f"{size_of(content.size)}; {limit}.")
    width = max((len(row.kind) for row in content.rows), default=0)
    for row in content.rows:
        files = f"{row.files} file{'' if row.files == 1 else 's'}"
        print_line(f"  {row.kind:<{width}}  {size_of(row.size):>9} in {files:<12}  last used {_time(row.last_use)}")
    if not content.last_run:
        print_line("No run is recorded yet.")
        return
    executed = [entry for entry in content.last_run if entry.is_made]
    stored = len(content.last_run) - len(executed)
    print_line(
        f"The last run, {_time(content.last_run[0].run)}: {stored} steps from the store, {len(executed)} executed.",
        "bold",
    )
    for publication, count in Counter(entry.publication for entry in executed).items():
        print_line(f"  {publication}: {count} executed")
        for entry in executed:
            if entry.publication == publication:
                print_line(f"    {entry.step}: {entry.reason}")


def _as_json(content: service.StoreContent) -> dict[str, object]:
    return {
        "folder": str(content.folder),
        "size": content.size,
        "limit": content.limit,
        "kinds": [
            {"kind": row.kind, "files": row.files, "size": row.size, "last_use": _time(row.last_use)}
            for row in content.rows
        ],
        "last_run": [
            {
                "publication": entry.publication,
                "step": entry.step,
                "state": "made" if entry.is_made else "unchanged",
                "reason": entry.reason,
            }
            for entry in content.last_run
        ],
    }


def _time(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")
