"""What a document must come through: it is read or refused in a sentence, and what was read becomes every edition."""

from __future__ import annotations

import signal
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from exporter import service
from exporter.config import GateLevel
from exporter.contracts import Reader
from exporter.errors import ExitCode, SourceError
from exporter.model.serialisation import decode, encode
from exporter.transforms import apply
from tests.images.pictures import SVG, raster

SECONDS = 20
"""That reading one document may take; each takes milliseconds."""
SETTINGS = """[export]
time_limit = 120.0
read_limit = 60.0
[audio]
voice = "espeak-ng"
"""
"""The plainest voice: what is soaked is not how an engine speaks, and a natural voice takes most of the time."""
EXPECTED = frozenset(ExitCode) - {ExitCode.BUG, ExitCode.INTERRUPTED, ExitCode.USAGE}
"""How an export of any document may end."""
CRASHES = frozenset({"step-crashed", "step-too-long"})
"""Rules that say that a step did not end as it should."""


class HungError(Exception):
    """Reading took too long."""


def reads(data: bytes, reader: Reader, suffix: str) -> str:
    """Read a document; gives what went wrong, empty when nothing did."""
    try:
        with _limit(SECONDS):
            publication = reader.read(data, f"manuscript{suffix}").publication
            assert decode(encode(publication)) == publication, "the tree does not come back from JSON"
            tidy = apply(publication, "soak")
            assert apply(tidy, "soak") == tidy, "transforming twice changes more"
    except SourceError as error:
        return "" if error.message.strip() and "\n" not in error.message else f"not a sentence: {error.message!r}"
    except Exception:
        return traceback.format_exc()
    return ""


def exports(documents: Sequence[bytes], suffix: str, editions: Sequence[str] = ()) -> dict[int, str]:
    """Export documents together; gives what went wrong, by the place of the document.

    Args:
        documents: Manuscripts.
        suffix: What their names end in, with the dot.
        editions: Their names; all when empty.
    """
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        root = Path(folder)
        for number, data in enumerate(documents):
            home = root / "input" / f"d{number}"
            home.mkdir(parents=True)
            (home / f"manuscript{suffix}").write_bytes(data)
            (home / "bars.png").write_bytes(raster())
            (home / "drawing.svg").write_text(SVG.format("<path d='M0 0h9'/>"), "utf-8")
            (home / "publication.toml").write_text(SETTINGS, "utf-8")
        request = service.Request(
            sources=(root / "input",),
            output=root / "output",
            editions=tuple(editions),
            gate=GateLevel.WARNING,
            store=root / "store",
        )
        outcome = service.export(request, lambda _event: None)
    wrong: dict[int, str] = {}
    for one in outcome.publications:
        crashes = [str(finding) for finding in one.findings if finding.rule in CRASHES]
        if one.code not in EXPECTED or crashes:
            wrong[int(one.slug[1:])] = "\n".join(crashes) or f"exit code {int(one.code)}"
    return wrong


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HungError(f"not read within {seconds} seconds")

    was = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, was)
