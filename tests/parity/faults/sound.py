"""Faults of the sounds of EPUBs and talking books, and of what is shown with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exporter.parity.audio.daisy import clock
from tests.parity.audio.silence import sound_mark
from tests.parity.faults.editing import Fault, Files, remove

BOTH = ("epub", "daisy")
_TIMES = ("clipBegin", "clipEnd", "clip-begin", "clip-end")


def _overlay(files: Files) -> Any:
    """Return the overlay of a chapter with several clips."""
    return next(root for name, root in sorted(files.roots.items()) if len(list(root.iter("{*}audio"))) > 5)


def _clips(files: Files) -> list[Any]:
    return list(_overlay(files).iter("{*}audio"))


def _exchange(files: Files) -> None:
    one, other = _clips(files)[1:3]
    values = dict(one.attrib)
    for target, source in ((one, dict(other.attrib)), (other, values)):
        for key in _TIMES:
            if key in source:
                target.set(key, source[key])


def _late(files: Files) -> None:
    for element in _clips(files):
        for key in _TIMES:
            if key in element.attrib:
                seconds = clock(element.get(key)) + 4
                element.set(key, f"npt={seconds:.3f}s" if "-" in key else f"0:00:{seconds:06.3f}")


def _exchange_texts(files: Files) -> None:
    one, other = list(_overlay(files).iter("{*}text"))[1:3]
    first, second = one.get("src"), other.get("src")
    one.set("src", second)
    other.set("src", first)


def _sounds(change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    """Return a change of the first sound file that has the utterance number 20."""

    def plant(files: Files) -> None:
        name = next(name for name, data in files.data.items() if sound_mark(20) in data)
        files.data[name] = change(files.data[name])

    return plant


def _exchange_sounds(data: bytes) -> bytes:
    other = next(sound_mark(number) for number in range(21, 99) if sound_mark(number) in data)
    return (
        data.replace(sound_mark(20), b"utterance *****")
        .replace(other, sound_mark(20))
        .replace(b"utterance *****", other)
    )


def _overlay_of(change: Callable[[Any], object]) -> Callable[[Files], object]:
    return lambda files: change(_overlay(files))


_TEXTREF, _TYPE = "{http://www.idpf.org/2007/ops}textref", "{http://www.idpf.org/2007/ops}type"


def _seq(root: Any) -> Any:
    return next(root.iter("{*}seq"))


def _in_other_seq(root: Any) -> None:
    """Move the last step of a structure behind it, into the next one."""
    one, other = list(root.iter("{*}seq"))[:2]
    other.insert(0, list(one.iterchildren("{*}par"))[-1])


FAULTS = (
    Fault(
        "a sound of another type",
        lambda f: next(f.all("item", media_type="audio/mp4")).set("media-type", "audio/mpeg"),
        "clips",
        ("epub",),
    ),
    Fault(
        "a structure is of another document",
        _overlay_of(lambda r: next(r.iter("{*}body")).set(_TEXTREF, "nav.xhtml")),
        "clips",
        ("epub",),
    ),
    Fault("a structure is another one", _overlay_of(lambda r: _seq(r).set(_TYPE, "footnote")), "clips", ("epub",)),
    Fault("a structure has no kind", _overlay_of(lambda r: _seq(r).attrib.pop(_TYPE)), "clips", ("epub",)),
    Fault(
        "a sentence is skipped as a note",
        _overlay_of(lambda r: next(r.iter("{*}par")).set(_TYPE, "footnote")),
        "clips",
        ("epub",),
    ),
    Fault("a sentence is in another structure", _overlay_of(_in_other_seq), "clips", ("epub",)),
    Fault("two clips exchanged", _exchange, "clips", BOTH),
    Fault("all clips of a chapter late", _late, "clips", BOTH),
    Fault("the texts of two clips exchanged", _exchange_texts, "clips", BOTH),
    Fault("a clip lost", lambda f: remove(list(_overlay(f).iter("{*}par"))[2]), "clips", BOTH),
    Fault("an utterance is silent", _sounds(lambda data: data.replace(sound_mark(20), bytes(15))), "clips", ("epub",)),
    Fault("the sounds of two utterances exchanged", _sounds(_exchange_sounds), "clips", ("epub",)),
)
