"""SMIL 1.0 files that synchronise text and sound, one a section, and the master SMIL file (DAISY 2.02, 2.3, 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exporter.writers.daisy.formatting import clock, offset
from exporter.writers.daisy.sections import Skip
from exporter.writers.markup.element import Attributes, attributes, element

MASTER = "master.smil"
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
)
FORMAT = "Daisy 2.02"
_LINE = "\n"


class Clip(NamedTuple):
    """A text reference with its clip."""

    text: str
    """Address of the element in a document."""
    begin: int
    """Milliseconds."""
    end: int
    skip: Skip | None


class File(NamedTuple):
    """A section as it is played."""

    name: str
    sound: str
    title: str
    clips: Sequence[Clip]
    length: int
    """Milliseconds."""
    before: int
    """Length of all sections before it in milliseconds."""


def text_id(number: int) -> str:
    """Return the identifier of a text by its number from 1, for links from other files."""
    return f"t{number:04}"


def section(file: File, identifier: str, title: str, generator: str) -> bytes:
    """Return the SMIL file of a section."""
    values = {
        "dc:format": FORMAT,
        "dc:identifier": identifier,
        "dc:title": title,
        "title": file.title,
        "ncc:generator": generator,
        "ncc:totalElapsedTime": clock(file.before),
        "ncc:timeInThisSmil": clock(file.length),
    }
    pars = "\n".join(_par(number, clip, file.sound) for number, clip in enumerate(file.clips, 1))
    return _document(values, element("seq", f"\n{pars}\n", {"dur": offset(file.length)}))


def master(files: Iterable[File], identifier: str, title: str, generator: str) -> bytes:
    """Return the master SMIL file."""
    files = tuple(files)
    values = {
        "dc:format": FORMAT,
        "dc:identifier": identifier,
        "dc:title": title,
        "ncc:generator": generator,
        "ncc:timeInThisSmil": clock(sum(file.length for file in files)),
    }
    refs = (
        _empty("ref", {"title": file.title, "src": file.name, "id": f"s{number:04}"})
        for number, file in enumerate(files, 1)
    )
    return _document(values, "\n".join(refs))


def _par(number: int, clip: Clip, sound: str) -> str:
    text = _empty("text", {"src": clip.text, "id": text_id(number)})
    times = {"clip-begin": f"npt={offset(clip.begin)}", "clip-end": f"npt={offset(clip.end)}"}
    audio = _empty("audio", {"src": sound, **times, "id": f"a{number:04}"})
    skip = clip.skip.value if clip.skip else None
    values = {"endsync": "last", "id": f"p{number:04}", "system-required": skip}
    return element("par", f"{text}<seq>{audio}</seq>", values)


def _document(values: Attributes, body: str) -> bytes:
    metas = "\n".join(_empty("meta", {"name": name, "content": value}) for name, value in values.items())
    layout = element("layout", _empty("region", {"id": "textView"}))
    head = element("head", f"\n{metas}\n{layout}\n")
    smil = element("smil", f"\n{head}\n{element('body', f'{_LINE}{body}{_LINE}')}\n")
    return f"{_HEAD}{smil}\n".encode()


def _empty(name: str, values: Attributes) -> str:
    return f"<{name}{attributes(values)}/>"
