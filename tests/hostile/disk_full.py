"""Exports into a small disk that is more or less full.

`unshare --mount python -m tests.hostile.disk_full FOLDER (output | store | temporary) MOMENTS`

Prints, for each amount of free space, how the export ended and which titles stood then; at last, the same with room.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.hostile.exports import Exports

SIZE = 8_000_000
"""Bytes of the disk: several times what an export needs."""


def main(root: Path, name: str, moments: int) -> None:
    """Export with ever more room in the output folder, the store or the temporary folder."""
    exports = Exports(root)
    place = exports.places[name]
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], check=True)
    exports.write(0)
    assert exports.run()[0] == 0
    complete, ended = set(exports.published()), []
    needed = max(sum(path.stat().st_size for path in place.rglob("*") if path.is_file()), 100_000)
    filler = place / "filler"
    for moment in range(moments + 1):
        exports.write(moment + 1)
        if moment < moments:
            _fill(filler, needed * moment // moments)
        code, printed = exports.run()
        ended.append((code, printed, sorted(exports.titles()), complete <= set(exports.published())))
        filler.unlink(missing_ok=True)
    json.dump(ended, sys.stdout)


def _fill(filler: Path, free: int) -> None:
    """Write a file until this many bytes are free."""
    status = os.statvfs(filler.parent)
    size = max(0, status.f_bavail * status.f_frsize - free)
    with filler.open("wb") as file:
        while size > 0:
            try:
                size -= file.write(bytes(min(size, 65_536)))
            except OSError:
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
