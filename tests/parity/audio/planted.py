"""Defects to plant in recordings and in what stands beside them: each with the rules that have to find it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.parity.audio.silence import sound_mark

Clips = list[dict[str, Any]]


class InScript(NamedTuple):
    """A change of the utterances."""

    name: str
    change: Callable[[Clips], None]
    rules: frozenset[str]


class InFile(NamedTuple):
    """A change of a finished file."""

    name: str
    edition: str
    change: Callable[[Path], None]
    rules: frozenset[str]


def _rules(*names: str) -> frozenset[str]:
    return frozenset(f"parity-{each}" for each in names)


# Utterances


def at(clips: Clips, words: str, kind: str = "") -> int:
    """Return the place of the first utterance with these words, of a kind if that is said."""
    return next(n for n, each in enumerate(clips) if words in each["text"] and kind in {"", each["kind"]})


def _set(clips: Clips, words: str, kind: str = "", **values: Any) -> None:
    clips[at(clips, words, kind)].update(values)


def _swap(clips: Clips, one: str, two: str) -> None:
    first, second = clips[at(clips, one)], clips[at(clips, two)]
    keys = ("text", "node", "kind", "language", "speaker")
    before = {key: first.get(key, "") for key in keys}
    first.update({key: second.get(key, "") for key in keys})
    second.update(before)


def _again(clips: Clips, words: str) -> None:
    place = at(clips, words)
    clips[place + 1].update({key: clips[place][key] for key in ("text", "node", "kind")})


def _strange(clips: Clips) -> None:
    clips[at(clips, "", "announcement")].update(text="Buy now.", kind="text", node="")


def _early(clips: Clips) -> None:
    place = at(clips, "I waited")
    clips[place]["begin"] = clips[place - 1]["begin"]


def _behind(clips: Clips) -> None:
    clips[-1]["end"] += 60


def _no_time(clips: Clips) -> None:
    place = at(clips, "I waited")
    clips[place]["end"] = clips[place]["begin"]


def _note_first(clips: Clips) -> None:
    note = clips.pop(at(clips, "At the end.", "note"))
    announced = clips.pop(at(clips, "Note 3", "announcement"))
    clips[1:1] = [announced, note]
    _timed(clips)


def _timed(clips: Clips) -> None:
    """Return the utterances times that follow each other again."""
    for place, each in enumerate(clips):
        each.update(begin=place * 0.1, end=place * 0.1 + 0.05, chapter=-1)


def _no_head(clips: Clips) -> None:
    clips[:] = [each for each in clips if "Source" not in each["text"]]


def _drop(clips: Clips, words: str, kind: str = "") -> None:
    del clips[at(clips, words, kind)]


IN_SCRIPT = (
    InScript("a paragraph is not read", lambda c: _drop(c, "After the tables"), _rules("text")),
    InScript("a word is another", lambda c: _set(c, "I waited", text="I wailed."), _rules("text")),
    InScript("half a paragraph is not read", lambda c: _drop(c, "A new line"), _rules("text")),
    InScript("two paragraphs change places", lambda c: _swap(c, "Nobody told me why", "I waited"),
             _rules("order")),
    InScript("a paragraph is read twice", lambda c: _again(c, "Three in four files"), _rules("text")),
    InScript("words that nobody wrote are read", _strange, _rules("text", "order")),
    InScript("a caption is not read", lambda c: _drop(c, "The court in Toluca"), _rules("text")),
    InScript("a cell is not read", lambda c: _drop(c, "2,711"), _rules("text")),
    InScript("a head of a column is not read", _no_head, _rules("text")),
    InScript("a head is said again in other words", lambda c: _set(c, "", "repeated-header", text="Else"),
             _rules("text")),
    InScript("a passage lost its language", lambda c: _set(c, "las autoridades", language="en-GB"),
             _rules("languages")),
    InScript("an alt text is not read", lambda c: _drop(c, "Bar chart"), _rules("pictures")),
    InScript("an alt text is a file name", lambda c: _set(c, "A courthouse", text="photo.jpg"), _rules("pictures")),
    InScript("a note is not announced", lambda c: _drop(c, "Note 2", "announcement"), _rules("notes")),
    InScript("a note is read before the text refers to it", _note_first, _rules("notes", "clips")),
    InScript("a turn is spoken by the narrator", lambda c: _set(c, "We left our country", speaker=""),
             _rules("speakers")),
    InScript("nobody says who speaks", lambda c: _drop(c, "Elizabeth", "speaker"), _rules("speakers")),
    InScript("an item has another number", lambda c: _set(c, "5.", "marker", text="6."), _rules("nesting")),
    InScript("an item has another sign around its number", lambda c: _set(c, "5.", "marker", text="5)"),
             _rules("nesting")),
    InScript("an item has no number", lambda c: _drop(c, "6.", "marker"), _rules("nesting")),
    InScript("code is not read", lambda c: _drop(c, "make export"), _rules("text")),
    InScript("a formula is not read", lambda c: _drop(c, "s", "maths"), _rules("text")),
    InScript("two utterances overlap", _early, _rules("clips")),
    InScript("an utterance ends behind the file", _behind, _rules("clips")),
    InScript("an utterance lasts no time", _no_time, _rules("clips")),
    InScript("an utterance is of a chapter before", lambda c: _set(c, "I waited", chapter=1), _rules("chapters")),
    InScript("a heading is heard after its chapter begins", lambda c: _drop(c, "Voices", "heading"),
             _rules("text", "chapters")),
)  # fmt: skip


# Files


def _bytes(path: Path, old: str, new: str, count: int = -1) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode(), count))


def _tag(path: Path, key: str, value: Any) -> None:
    from mutagen.mp4 import MP4

    file: Any = MP4(path)
    if value is None:
        del file[key]
    else:
        file[key] = [value]
    file.save()


def _text(path: Path, pattern: str, new: str) -> None:
    text = path.read_text("utf-8")
    changed = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    path.write_text(changed, "utf-8")


def _inside(path: Path, name: str, change: Callable[[bytes], bytes | None]) -> None:
    """Change the first file of an archive whose name fits; None takes it out."""
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    entry = next(each for each in sorted(files) if re.search(name, each))
    changed = change(files[entry])
    assert changed != files[entry]
    if changed is None:
        del files[entry]
    else:
        files[entry] = changed
    with zipfile.ZipFile(path, "w") as archive:
        for each, data in files.items():
            archive.writestr(each, data)


def _sub(pattern: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: re.sub(pattern.encode(), new.encode(), data, count=1, flags=re.DOTALL)


def _id3(frame: str, change: Callable[[Any], None], number: int = 0) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        from mutagen.id3 import ID3

        file = io.BytesIO(data)
        tags: Any = ID3(file)
        change(tags.getall(frame)[number])
        tags.save(file, v2_version=3)
        return file.getvalue()

    return changed


def _later(frame: Any) -> None:
    frame.start_time += 400


def _mute(data: bytes) -> bytes:
    number = next(number for number in range(999) if sound_mark(number) in data)
    return data.replace(sound_mark(number), bytes(15))


def _tampered(data: bytes) -> bytes:
    """Change a packet in the middle of an MP3."""
    place = data.index(b"\xff\xf3", len(data) // 2) + 30
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def _retitle(frame: Any) -> None:
    frame.sub_frames.getall("TIT2")[0].text = ["Else"]


def _say(value: str) -> Callable[[Any], None]:
    def change(frame: Any) -> None:
        frame.text = [value]

    return change


def _chapters(path: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    listed = json.loads(path.read_text("utf-8"))
    change(listed["chapters"])
    path.write_text(json.dumps(listed), "utf-8")


def _late(chapters: list[dict[str, Any]]) -> None:
    chapters[3]["startTime"] += 1


def _shorter(chapters: list[dict[str, Any]]) -> None:
    del chapters[3]


def _reorder(data: bytes) -> bytes:
    listed = json.loads(data)
    order = listed["readingOrder"]
    order[1], order[2] = order[2], order[1]
    return json.dumps(listed).encode()


def _sound(path: Path, number: int, mark: bytes) -> None:
    data = path.read_bytes()
    assert sound_mark(number) in data
    path.write_bytes(data.replace(sound_mark(number), mark))


def _exchange_sounds(path: Path) -> None:
    _sound(path, 12, b"utterance *****")
    _sound(path, 20, sound_mark(12))
    path.write_bytes(path.read_bytes().replace(b"utterance *****", sound_mark(20)))


IN_FILE = (
    InFile("an utterance is silent", "audio", lambda p: _sound(p, 20, bytes(15)), _rules("clips")),
    InFile("the sounds of two utterances are exchanged", "audio", _exchange_sounds, _rules("clips")),
    InFile("a chapter has another title", "audio", lambda p: _bytes(p, "Tables and", "Cables and"),
           _rules("headings", "chapters")),
    InFile("one list of chapters has another title", "audio", lambda p: _bytes(p, "Lists", "Lasts", 1),
           _rules("chapters")),
    InFile("another title", "audio", lambda p: _tag(p, "\xa9nam", "Justice"), _rules("title", "metadata")),
    InFile("another language", "audio", lambda p: _tag(p, "----:com.apple.iTunes:LANGUAGE", b"fr"),
           _rules("language")),
    InFile("an author is lost", "audio", lambda p: _tag(p, "\xa9ART", "Ana Torres"), _rules("metadata")),
    InFile("another date", "audio", lambda p: _tag(p, "\xa9day", "2025-01-01"), _rules("metadata")),
    InFile("another narrator", "audio", lambda p: _tag(p, "\xa9nrt", "Else"), _rules("metadata")),
    InFile("another narrator as composer", "audio", lambda p: _tag(p, "\xa9wrt", "Else"), _rules("metadata")),
    InFile("no narrator", "audio", lambda p: _tag(p, "\xa9nrt", None), _rules("metadata")),
    InFile("another narrator", "audiobook",
           lambda p: _inside(p, "publication", _sub(r'("readBy":.*?"name": ")', r"\1Else ")), _rules("metadata")),
    InFile("another narrator", "daisy",
           lambda p: _inside(p, "ncc", _sub(r'(name="ncc:narrator" content=")', r"\1Else ")), _rules("metadata")),
    InFile("no publisher", "audio", lambda p: _tag(p, "\xa9pub", None), _rules("metadata")),
    InFile("a track is not in the playlist", "mp3",
           lambda p: _inside(p, "m3u8", _sub(r"#EXTINF[^\n]*\n02[^\n]*\n", "")), _rules("headings", "metadata")),
    InFile("a track is lost", "mp3", lambda p: _inside(p, "^02", lambda _data: None), _rules("unreadable")),
    InFile("a chapter of a track has another title", "mp3", lambda p: _inside(p, "^02", _id3("CHAP", _retitle)),
           _rules("headings", "chapters")),
    InFile("a track says another length", "mp3", lambda p: _inside(p, "^02", _id3("TLEN", _say("999000"))),
           _rules("clips")),
    InFile("another album", "mp3", lambda p: _inside(p, "^01", _id3("TALB", _say("Justice"))),
           _rules("title", "metadata")),
    InFile("a track is no sound", "mp3", lambda p: _inside(p, "^02", lambda _data: b"nothing"), _rules("unreadable")),
    InFile("tracks are out of order", "audiobook", lambda p: _inside(p, "publication", _reorder),
           _rules("headings", "contents", "transcript")),
    InFile("another author", "audiobook", lambda p: _inside(p, "publication", _sub("Ana Torres", "Ana Ruiz")),
           _rules("metadata")),
    InFile("a track says another length", "audiobook",
           lambda p: _inside(p, "publication", _sub(r'("duration": "PT[\d.]+S".*?"duration": "PT)', r"\g<1>9")),
           _rules("clips")),
    InFile("a cue is lost", "audiobook",
           lambda p: _inside(p, r"002\.vtt", _sub(r"\n\n[^\n]*\n[^\n]*-->[^\n]*\n[^\n]*", "")),
           _rules("transcript")),
    InFile("a line of the contents is lost", "audiobook",
           lambda p: _inside(p, "index", _sub(r"<li><a[^>]*>Voices</a>", "<li>")), _rules("outline", "contents")),
    InFile("a line of the contents leads elsewhere", "audiobook",
           lambda p: _inside(p, "index", _sub(r'#t=[\d.]+">(?=Voices)', '#t=0.5">')), _rules("contents")),
    InFile("a cue comes late", "audiobook",
           lambda p: _inside(p, r"002\.vtt", _sub(r"\n00:0(\d[^\n]*)-->", r"\n00:1\1-->")),
           _rules("transcript", "clips")),
    InFile("an utterance is silent", "audiobook", lambda p: _inside(p, r"002\.m4a", _mute), _rules("clips")),
    InFile("a packet is another", "mp3", lambda p: _inside(p, "^02", _tampered), _rules("clips")),
    InFile("a packet is another", "daisy", lambda p: _inside(p, r"d0003\.mp3", _tampered), _rules("clips")),
    InFile("a chapter of a track is late", "mp3", lambda p: _inside(p, "^03", _id3("CHAP", _later, 1)),
           _rules("chapters")),
    InFile("a cue is lost", "transcript", lambda p: _text(p, r"\n\n[^\n]*\n[^\n]*-->[^\n]*\nI waited\.", ""),
           _rules("transcript")),
    InFile("a word is another", "transcript", lambda p: _text(p, r"I waited\.", "I wailed."), _rules("transcript")),
    InFile("a cue comes late", "transcript",
           lambda p: _text(p, r"(\d\d):(\d\d\.\d{3}) -->([^\n]*\nI waited)", r"59:\2 -->\3"),
           _rules("transcript", "clips")),
    InFile("a cue has no language", "transcript", lambda p: _text(p, r"<lang es>(.*?)</lang>", r"\1"),
           _rules("languages")),
    InFile("a cue has no speaker", "transcript", lambda p: _text(p, r"<v [^>]*>", ""), _rules("speakers")),
    InFile("it is no transcript", "transcript", lambda p: _text(p, "WEBVTT", "WEBVTX"), _rules("unreadable")),
    InFile("a chapter begins late", "chapters", lambda p: _chapters(p, _late), _rules("chapters")),
    InFile("a chapter has another title", "chapters", lambda p: _chapters(p, lambda c: c[3].update(title="Else")),
           _rules("headings", "chapters")),
    InFile("a chapter is lost", "chapters", lambda p: _chapters(p, _shorter),
           _rules("headings", "chapters")),
    InFile("a clip ends behind its file", "daisy",
           lambda p: _inside(p, r"d0003\.smil", _sub(r'(.*clip-end="npt=)[\d.]+s', r"\g<1>999.000s")), _rules("clips")),
    InFile("two clips overlap", "daisy",
           lambda p: _inside(p, r"d0003\.smil", _sub(r'(clip-begin.*?clip-begin="npt=)[\d.]+s', r"\g<1>0.000s")),
           _rules("clips")),
    InFile("the book says another length", "daisy",
           lambda p: _inside(p, "ncc", _sub(r'(name="ncc:totalTime" content=")[\d:.]+', r"\g<1>09:00:00")),
           _rules("clips")),
)  # fmt: skip
